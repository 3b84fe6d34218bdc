"""Nothing of the column leaves; ``withhold`` does the same to notes, which are scanned before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Drop"]


@dataclass(frozen=True, slots=True)
class Drop(OfValue):
    """Any value becomes no value."""

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """None, whatever the value."""
        return None


def _build(_params: Any, _context: OperatorContext) -> Drop:
    return Drop()


OPERATOR = OperatorSpec("drop", leaves=False, build=_build)
