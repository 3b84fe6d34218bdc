"""Top and bottom coding: numbers beyond a bound become the bound's label, for the extremes are known persons."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anonshare.errors import PolicyError
from anonshare.transforms.numbers import canonical, number
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "TopBottom"]


@dataclass(frozen=True, slots=True)
class TopBottom(OfValue):
    """A bound itself stays, and so does a bound's own label: idempotent."""

    bottom: Decimal | None
    top: Decimal | None

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """``<bottom``, ``>top`` or the number between them; None for what is no number."""
        below = None if self.bottom is None else f"<{canonical(self.bottom)}"
        above = None if self.top is None else f">{canonical(self.top)}"
        if value in {below, above}:
            return value
        found = number(value)
        if found is None:
            return None
        if self.bottom is not None and found < self.bottom:
            return below
        if self.top is not None and found > self.top:
            return above
        return canonical(found)


def _build(params: Any, context: OperatorContext) -> TopBottom:
    bottom, top = (None if bound is None else number(str(bound)) for bound in (params.bottom, params.top))
    if (bottom is None and top is None) or (bottom is not None and top is not None and bottom >= top):
        raise PolicyError(
            f"columns.{context.column}: top_bottom has no bound, or its bottom is not below its top.",
            hint="Name bottom or top, or both, the lower one first.",
        )
    return TopBottom(bottom, top)


OPERATOR = OperatorSpec("top_bottom", leaves=True, build=_build)
