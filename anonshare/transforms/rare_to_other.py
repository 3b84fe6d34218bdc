"""Values that few persons have become one label, such as ``other``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "RareToOther"]


@dataclass(frozen=True, slots=True)
class RareToOther(OfValue):
    """``counts`` are the distinct persons per value; a value that was not counted is rare. Idempotent."""

    below: int
    label: str
    counts: Mapping[str, int] = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The value of at least ``below`` persons, the label for any other."""
        return value if self.counts.get(value, 0) >= self.below else self.label


def _build(params: Any, context: OperatorContext) -> RareToOther:
    return RareToOther(params.below, params.label, context.counts)


OPERATOR = OperatorSpec("rare_to_other", leaves=True, build=_build, needs=frozenset({"counts"}))
