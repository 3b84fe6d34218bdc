"""Numbers become the nearest multiple of a step, a tie the even one, so that rounding adds up to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from anonshare.errors import PolicyError
from anonshare.transforms.numbers import canonical, number
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "RoundTo"]

_EXACT = Context(prec=200)


@dataclass(frozen=True, slots=True)
class RoundTo(OfValue):
    """Exact at every size; idempotent."""

    step: Decimal

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The nearest multiple; None for what is no number."""
        found = number(value)
        if found is None:
            return None
        steps = round(Fraction(found) / Fraction(self.step))
        return canonical(_EXACT.multiply(Decimal(steps), self.step))


def _build(params: Any, context: OperatorContext) -> RoundTo:
    step = number(str(params.to))
    if step is None or step <= 0:
        raise PolicyError(f"columns.{context.column}: round needs a step above 0.", hint='Write to: 10, or to: "0.5".')
    return RoundTo(step)


OPERATOR = OperatorSpec("round", leaves=True, build=_build)
