"""How the tokens of a column are made, as a policy says it and its names of columns do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from anonshare.codes.headers import meaning_of
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

__all__ = ["TokenKind", "token_kind"]


@dataclass(frozen=True, slots=True)
class TokenKind:
    """Two columns of one kind of identifier can be joined by their tokens where they agree in all of it.

    ``entity`` is the token type, None where nothing tells it; ``who`` is said of names of persons alone.
    """

    operator: str
    entity: str | None
    scope: Literal["person", "relationship", "document", "transaction"]
    who: Literal["unit", "other"] | None

    @property
    def follows_value(self) -> bool:
        """Whether equal values of two persons have equal tokens, so that tokens can be counted like values."""
        return self.entity != "per" and self.scope in {"person", "relationship"}


def token_kind(policy: Policy, name: str, column: Column) -> TokenKind | None:
    """The kind of tokens that a column leaves as, by its own name in its table; None where it leaves otherwise."""
    meaning = meaning_of(name)
    told = meaning.token if meaning else None
    do = column.do
    if do.pseudonymize is not None:
        entity = do.pseudonymize.entity or told
        who = do.pseudonymize.who or ("unit" if name in policy.unit_columns else None)
        return TokenKind(do.name, entity, do.pseudonymize.scope, who if entity == "per" else None)
    if do.pseudonymize_reversible is not None:
        return TokenKind(do.name, do.pseudonymize_reversible.entity or told, do.pseudonymize_reversible.scope, None)
    if do.tokenize_vault is not None:
        return TokenKind(do.name, do.tokenize_vault.entity or told, "relationship", None)
    return None
