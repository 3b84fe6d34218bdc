"""Values become labels of a hierarchy at one fixed level; recoding may go further up, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from anonshare.errors import DisclosureError, PolicyError
from anonshare.shapes import Hierarchy
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Generalize"]


@dataclass(frozen=True, slots=True)
class Generalize(OfValue):
    """``level`` counts from 0, the hierarchy's finest labels; the root above the last level is no value."""

    column: str
    hierarchy: Hierarchy = field(repr=False)
    level: int
    refuse_unknown: bool

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The label, None for a value that the hierarchy does not know; raises DisclosureError where that is refused."""
        path = self.hierarchy.path(value)
        if path is not None:
            return path[self.level]
        if self.refuse_unknown:
            raise DisclosureError(
                f"The column {self.column!r} holds a value that the hierarchy {self.hierarchy.name!r} does not know.",
                hint="Correct the value, add it to the hierarchy, or write unknown: suppress in the policy.",
                reason="unknown-value",
            )
        return None


def _build(params: Any, context: OperatorContext) -> Generalize:
    hierarchy = context.hierarchy(params.hierarchy)
    if not 0 <= params.level < hierarchy.height:
        raise PolicyError(
            f"columns.{context.column}: the hierarchy {hierarchy.name!r} has the levels 0 to {hierarchy.height - 1}.",
            hint="Choose one of them, or drop the column.",
        )
    return Generalize(context.column, hierarchy, params.level, params.unknown == "refuse")


OPERATOR = OperatorSpec("generalize", leaves=True, build=_build)
