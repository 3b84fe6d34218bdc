"""The values leave as they are, unless recoding suppresses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Keep"]


@dataclass(frozen=True, slots=True)
class Keep(OfValue):
    """Any value stays itself."""

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The value."""
        return value


def _build(_params: Any, _context: OperatorContext) -> Keep:
    return Keep()


OPERATOR = OperatorSpec("keep", leaves=True, build=_build)
