"""Cells of a table of counts: true ones, which stay, and protected ones, which leave.

Zeros are open: a combination that is not listed occurred for nobody, and everybody may know it. So a listed cell that
is suppressed counts at least one person.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

__all__ = ["MARGIN", "CountTable", "Key", "ProtectedCell", "ProtectedTable", "covering"]

MARGIN = "(all)"
"""The label of a column over which a cell is summed."""

Key = tuple[str | None, ...]
"""One label per column; None is a missing value, MARGIN all values together."""


@dataclass(frozen=True, slots=True)
class CountTable:
    """True counts, never to leave as they are.

    ``cells`` maps every combination that occurs, and every margin, to its distinct persons (or rows). ``patterns`` maps
    a set of innermost combinations, sorted, to the persons who are in exactly these.
    """

    by: tuple[str, ...]
    cells: Mapping[Key, int] = field(repr=False)
    patterns: Mapping[tuple[Key, ...], int] = field(repr=False)

    @property
    def additive(self) -> bool:
        """Whether everybody is in one innermost cell alone, so that margins are sums."""
        return all(len(pattern) == 1 for pattern in self.patterns)


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """A cell as it leaves: no count where it is suppressed, and no word on why (DESIGN: one outward mark)."""

    key: Key = field(repr=False)
    count: int | None = field(repr=False)

    @property
    def status(self) -> Literal["published", "suppressed"]:
        """The outward status."""
        return "suppressed" if self.count is None else "published"


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """What may leave of a table of counts. ``primary`` and ``secondary`` are figures for the contributor alone."""

    by: tuple[str, ...]
    cells: tuple[ProtectedCell, ...] = field(repr=False)
    primary: int
    secondary: int


def covering(key: Key) -> Iterator[Key]:
    """The cells that count whoever is in an innermost cell: itself and all its margins."""
    return product(*((label, MARGIN) for label in key))
