"""What the tokens of a column stand for, and the words for it."""

from __future__ import annotations

from typing import Any

from anonshare.errors import DisclosureError, PolicyError
from anonshare.transforms.spec import OperatorContext
from anonshare.transforms.tokens import TOKEN_TYPES

__all__ = ["WORDS", "code_entity", "entity_of", "somebody"]

WORDS = {
    "per": "PERSON",
    "ph": "PHONE_NUMBER",
    "em": "EMAIL_ADDRESS",
    "ib": "IBAN",
    "doc": "DOCUMENT",
    "acc": "ACCOUNT",
    "plt": "LICENSE_PLATE",
    "addr": "ADDRESS",
    "org": "ORGANIZATION",
    "ip": "IP_ADDRESS",
}
"""Token type -> the words of a mark, those of Presidio where it has them."""


def entity_of(params: Any, context: OperatorContext) -> str:
    """The token type of a column, as the policy says or else as its name does; raises PolicyError where neither does."""
    entity = params.entity or context.entity
    if entity not in TOKEN_TYPES:
        raise PolicyError(
            f"columns.{context.column}: it is not clear what the tokens of this column stand for.",
            hint=f"Add entity: one of {', '.join(TOKEN_TYPES)}.",
        )
    return str(entity)


def code_entity(params: Any, context: OperatorContext) -> str:
    """The token type of a column that holds no names of persons; raises PolicyError for one that does."""
    entity = entity_of(params, context)
    if entity == "per":
        raise PolicyError(
            f"columns.{context.column}: a token of a name alone is found by how often the name occurs.",
            hint="Use pseudonymize, which makes tokens of persons; where the column holds a code, say entity: acc.",
        )
    return entity


def somebody(person: str, column: str) -> str:
    """The person, or the cell, that a result depends on; raises DisclosureError where none is given."""
    if not person:
        raise DisclosureError(
            f"The column {column!r} cannot be protected without knowing whose its values are.", reason="null-unit"
        )
    return person
