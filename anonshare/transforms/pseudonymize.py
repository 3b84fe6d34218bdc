"""Values become tokens: HMAC-SHA-256 under a key that never leaves, another one for each recipient.

A hash without a key does not exist here: all mobile numbers of a country can be hashed in seconds. Nor does a token of
a name alone: whoever counts names finds the commonest ones. What is called ``per`` stands for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from anonshare.errors import PolicyError
from anonshare.registry import guests
from anonshare.shapes import Operator
from anonshare.transforms.entities import entity_of, somebody
from anonshare.transforms.framing import framed
from anonshare.transforms.mac import Mac
from anonshare.transforms.spec import OfCell, OfPerson, OfValue, OperatorContext, OperatorSpec, Scope
from anonshare.transforms.tokens import make_token

__all__ = ["OPERATOR", "OfPersonAlone", "PerCell", "PerPerson", "PerValue"]


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the tokens of a column are made with.

    ``normalise(entity, value, region=…)`` gives the one spelling that is authenticated, None where there is none.
    """

    column: str
    entity: str
    region: str | None
    mac: Mac = field(repr=False)
    normalise: Callable[..., str | None] = field(repr=False)

    def normal(self, value: str) -> str | None:
        """The one spelling of a value, None for what is no valid value of its type."""
        return self.normalise(self.entity, value, region=self.region)

    def token(self, message: bytes) -> str:
        """The token of a message."""
        return make_token(self.entity, self.mac(message))


@dataclass(frozen=True, slots=True)
class PerValue(OfValue):
    """Scopes person and relationship: one value in all its spellings becomes one token, an invalid one none."""

    tokens: Tokens

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The token of the normalised value, None where it is not valid."""
        normal = self.tokens.normal(value)
        return None if normal is None else self.tokens.token(normal.encode())

    def many(self, values: Sequence[str]) -> list[str | None]:
        """The same for many values, in a fraction of the time."""
        with guests("Making tokens", "share"):
            from anonshare.transforms.token_arrays import make_tokens

        normal = [self.tokens.normal(value) for value in values]
        codes = self.tokens.mac.many(text.encode() for text in normal if text is not None)
        made = iter(make_tokens(self.tokens.entity, codes))
        return [None if text is None else next(made) for text in normal]


@dataclass(frozen=True, slots=True)
class PerPerson(OfPerson):
    """Scope document: one value has one token in the rows of a person, and another one in those of the next."""

    tokens: Tokens

    def __call__(self, value: str, person: str = "") -> str | None:
        """The token of person and normalised value; raises DisclosureError where no person is given."""
        normal = self.tokens.normal(value)
        if normal is None:
            return None
        return self.tokens.token(framed(somebody(person, self.tokens.column), normal))


@dataclass(frozen=True, slots=True)
class OfPersonAlone(OfPerson):
    """All names of the unit of protection become the one token of the person, whatever stands in them."""

    tokens: Tokens

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  the name itself has no token
        """The token of the person; raises DisclosureError where none is given."""
        return self.tokens.token(framed(somebody(person, self.tokens.column)))


@dataclass(frozen=True, slots=True)
class PerCell(OfCell):
    """Scope transaction: no two cells share a token, which says no more than that there is a valid value."""

    tokens: Tokens

    def __call__(self, value: str, person: str = "") -> str | None:
        """The token of the cell's secret name; raises DisclosureError where none is given."""
        if self.tokens.normal(value) is None:
            return None
        return self.tokens.token(framed(somebody(person, self.tokens.column)))


def _build(params: Any, context: OperatorContext) -> Operator:
    entity = entity_of(params, context)
    if params.scope == "transaction":
        return PerCell(_tokens(entity, "transaction", context))
    if entity == "per":
        return _of_persons(params, context)
    tokens = _tokens(entity, params.scope, context)
    return PerPerson(tokens) if params.scope == "document" else PerValue(tokens)


def _of_persons(params: Any, context: OperatorContext) -> Operator:
    who = params.who or ("unit" if context.names_unit else None)
    if who == "unit":
        return OfPersonAlone(_tokens("per", params.scope, context))
    if who == "other":
        # names of others repeat: in any wider scope their counts would tell them
        return PerPerson(_tokens("per", "document", context))
    raise PolicyError(
        f"columns.{context.column}: it is not clear whose names these are, and a token of a name alone hides nobody.",
        hint="Add who: unit where they name the unit of protection, who: other where they name somebody else.",
    )


def _tokens(entity: str, scope: Scope, context: OperatorContext) -> Tokens:
    from anonshare.identifiers.normalise import normalise

    mac = Mac.of(context.subkey(entity, "pseudonymize", scope))
    return Tokens(context.column, entity, context.region, mac, normalise)


OPERATOR = OperatorSpec("pseudonymize", leaves=True, build=_build, needs=frozenset({"key"}))
