"""All cells of all tables of a release as one linear system: a cell is the sum of the kinds of persons that it counts.

A *kind* are the persons who are in exactly the same cells. What is published binds their numbers; a table beside another
one, or one of an earlier release, is only more cells over the same kinds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np

__all__ = ["CellSystem", "system_of"]

_SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class CellSystem:
    """``weights`` int64 per kind (persons, or an amount in its smallest coin), ``of`` int64 per cell: its column.

    Cells that count the same kinds are one column: whatever shows one of them shows all. ``members`` int32 are the kinds
    of column ``c`` from ``start[c]`` to ``start[c + 1]``.
    """

    weights: np.ndarray = field(repr=False)
    of: np.ndarray = field(repr=False)
    members: np.ndarray = field(repr=False)
    start: np.ndarray = field(repr=False)

    @property
    def kinds(self) -> int:
        """The number of kinds."""
        return len(self.weights)

    @property
    def columns(self) -> int:
        """The number of different cells."""
        return len(self.start) - 1

    @property
    def sizes(self) -> np.ndarray:
        """Int64 per column: how many cells it stands for."""
        return np.bincount(self.of, minlength=self.columns)

    @property
    def width(self) -> np.ndarray:
        """Int64 per column: how many kinds it counts."""
        return np.diff(self.start)

    @property
    def totals(self) -> np.ndarray:
        """Int64 per column: its true value."""
        return self.sums(self.weights)

    def sums(self, per_kind: np.ndarray) -> np.ndarray:
        """Of a number per kind, the sum over each column."""
        return np.add.reduceat(per_kind[self.members], self.start[:-1]) if self.columns else per_kind[:0]

    def kinds_of(self, column: int) -> np.ndarray:
        """The kinds that a column counts."""
        return self.members[self.start[column] : self.start[column + 1]]

    def per_column(self, cells: np.ndarray) -> np.ndarray:
        """Bool per column: whether any of its cells is marked; ``cells`` is bool per cell."""
        found = np.zeros(self.columns, dtype=np.bool_)
        found[self.of[cells]] = True
        return found


def system_of(cells: int, covering: Sequence[np.ndarray], weights: np.ndarray) -> CellSystem:
    """The system of ``cells`` cells; ``covering`` int (rows, m) each, the cells that count each row, of ``weights``.

    Every cell counts some row; numbers from ``cells`` on stand for none. Rows that are in the same cells become one kind.
    """
    of_rows = np.sort(np.concatenate(covering, axis=1), axis=1)
    kinds, kind = np.unique(of_rows, axis=0, return_inverse=True)
    summed = np.zeros(len(kinds), dtype=np.int64)
    np.add.at(summed, kind.ravel(), weights)
    number = np.repeat(np.arange(len(kinds), dtype=np.int32), kinds.shape[1])
    pairs = np.unique(np.stack([kinds.ravel(), number], axis=1), axis=0)
    pairs = pairs[pairs[:, 0] < cells]
    mark = np.random.default_rng(_SEED).integers(1, 1 << 62, size=len(kinds), dtype=np.uint64)
    digest = np.zeros(cells, dtype=np.uint64)
    np.add.at(digest, pairs[:, 0], mark[pairs[:, 1]])
    _, first, of = np.unique(digest, return_index=True, return_inverse=True)
    edges = np.searchsorted(pairs[:, 0], np.arange(cells + 1))
    parts = [pairs[edges[cell] : edges[cell + 1], 1] for cell in first.tolist()]
    start = np.concatenate([[0], np.cumsum([len(part) for part in parts])]).astype(np.int64)
    members = np.concatenate(parts).astype(np.int32) if parts else np.zeros(0, dtype=np.int32)
    return CellSystem(summed, of.ravel().astype(np.int64), members, start)
