"""Values become no value: all of a column, which stays and is empty, or those of a list."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Suppress"]


@dataclass(frozen=True, slots=True)
class Suppress(OfValue):
    """``values`` as ``folded`` gives them; None means every value. Idempotent."""

    values: frozenset[str] | None = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The value where it is not one of those; case and spaces around it do not count."""
        return None if self.values is None or folded(value) in self.values else value


def folded(value: str) -> str:
    """A value as it is compared."""
    return value.strip().casefold()


def _build(params: Any, _context: OperatorContext) -> Suppress:
    return Suppress(None if params.values is None else frozenset(map(folded, params.values)))


OPERATOR = OperatorSpec("suppress", leaves=True, build=_build)
