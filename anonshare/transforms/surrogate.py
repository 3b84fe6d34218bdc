"""Values become realistic ones that are invented, for recipients whose programs take nothing else.

Two values may have one surrogate, so nothing is linked by it; that is what tokens are for. A surrogate of a name is
made for each person, since one for each name would be found by how often the name occurs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anonshare.shapes import Operator
from anonshare.transforms.entities import somebody
from anonshare.transforms.framing import framed
from anonshare.transforms.invented import KINDS, Inventor, inventor
from anonshare.transforms.mac import Mac
from anonshare.transforms.spec import OfPerson, OfValue, OperatorContext, OperatorSpec

__all__ = ["MARK", "OPERATOR", "Surrogate", "SurrogateName"]

MARK = " (invented)"


@dataclass(frozen=True, slots=True)
class Inventing:
    """What the surrogates of a column are made with; ``residual(text, region)`` names identifiers that stand in a text."""

    column: str
    kind: str
    region: str | None
    marked: bool
    mac: Mac = field(repr=False)
    normalise: Callable[..., str | None] = field(repr=False)
    invent: Inventor = field(repr=False)
    residual: Callable[[str, str | None], tuple[str, ...]] = field(repr=False)

    def normal(self, value: str) -> str | None:
        """The one spelling of a value, None for what is no valid value of its kind."""
        return self.normalise(KINDS[self.kind], value, region=self.region)

    def of(self, message: bytes) -> str | None:
        """The first value drawn for a message that is no identifier of somebody; None where none is found."""
        for _ in range(16):
            message = self.mac(message)
            made = self.invent(int.from_bytes(message, "big"))
            # an address at example.org is the one identifier that is known to be nobody's
            if self.kind == "email" or not self.residual(made, self.region):
                return made + MARK if self.marked else made
        return None


@dataclass(frozen=True, slots=True)
class Surrogate(OfValue):
    """One value in all its spellings has one surrogate under a key; what is no valid value of its kind has none."""

    inventing: Inventing

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The surrogate of the normalised value."""
        normal = self.inventing.normal(value)
        return None if normal is None else self.inventing.of(framed(normal))


@dataclass(frozen=True, slots=True)
class SurrogateName(OfPerson):
    """One name has one surrogate in the rows of a person, and most likely another one in those of the next."""

    inventing: Inventing

    def __call__(self, value: str, person: str = "") -> str | None:
        """The surrogate of person and normalised name; raises DisclosureError where no person is given."""
        normal = self.inventing.normal(value)
        if normal is None:
            return None
        return self.inventing.of(framed(somebody(person, self.inventing.column), normal))


def _build(params: Any, context: OperatorContext) -> Operator:
    from anonshare.identifiers.checks import residual
    from anonshare.identifiers.normalise import normalise

    entity = KINDS[params.kind]
    mac = Mac.of(context.subkey(entity, "surrogate", "person"))
    made = inventor(params.kind)
    inventing = Inventing(context.column, params.kind, context.region, params.marked, mac, normalise, made, residual)
    return SurrogateName(inventing) if entity == "per" else Surrogate(inventing)


OPERATOR = OperatorSpec("surrogate", leaves=True, build=_build, needs=frozenset({"key"}))
