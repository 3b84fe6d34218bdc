"""Values become tokens: HMAC-SHA-256 under a key that never leaves, another one for each recipient.

A hash without a key does not exist here: all mobile numbers of a country can be hashed in seconds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anonshare.errors import PolicyError
from anonshare.transforms.mac import Mac
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec
from anonshare.transforms.tokens import TOKEN_TYPES, make_token

__all__ = ["OPERATOR", "Pseudonymize"]


@dataclass(frozen=True, slots=True)
class Pseudonymize(OfValue):
    """One value in all its spellings becomes one token; what is no valid value of its type becomes none.

    ``normalise(entity, value, region=…)`` gives the one spelling that is authenticated, None where there is none.
    """

    entity: str
    region: str | None
    mac: Mac = field(repr=False)
    normalise: Callable[..., str | None] = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The token of the normalised value, None where it is not valid."""
        normal = self.normalise(self.entity, value, region=self.region)
        return None if normal is None else make_token(self.entity, self.mac(normal.encode()))


def _build(params: Any, context: OperatorContext) -> Pseudonymize:
    from anonshare.identifiers.normalise import normalise

    entity = params.entity or context.entity
    if entity not in TOKEN_TYPES:
        raise PolicyError(
            f"columns.{context.column}: it is not clear what the tokens of this column stand for.",
            hint=f"Add entity: one of {', '.join(TOKEN_TYPES)}.",
        )
    return Pseudonymize(entity, context.region, Mac.of(context.subkey(entity, "pseudonymize")), normalise)


OPERATOR = OperatorSpec("pseudonymize", leaves=True, build=_build)
