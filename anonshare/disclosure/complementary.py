"""Primary and complementary suppression: which counts stay at home so that none of the small ones can be derived.

For every suppressed cell there must be another possible world: other persons, the same published counts, another count
in this cell. The cheapest such world is a linear programme (the idea of Kelly, Golden and Assad 1992, with persons
instead of cycles of cells); the cells in which it differs are suppressed. So every suppressed cell comes with its proof.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.solver import INFINITY, Row, Solver
from anonshare.disclosure.table_audit import WIDTH
from anonshare.errors import DisclosureError

__all__ = ["World", "complement"]

_FREE, _DEAR = 1e-3, 1e3
"""Prices of a cell that is hidden anyway, and of one that must stay as it is if that is possible at all."""

_PATIENCE = 300
"""Programmes spent on publishing cells again; a count of programmes, not seconds, so that results can be repeated."""


@dataclass(frozen=True, slots=True)
class World:
    """True counts per cell, and kinds of persons: the cells that count one of the kind, and how many there are."""

    counts: np.ndarray = field(repr=False)
    kinds: Sequence[Sequence[int]] = field(repr=False)
    persons: Sequence[int] = field(repr=False)


def complement(world: World, primary: np.ndarray, width: int = WIDTH) -> np.ndarray:
    """Bool per cell: suppressed besides ``primary`` so that each suppressed cell has another count in another world."""
    search = _Search(world, primary, width)
    while (cell := search.unproven()) is not None:
        search.settle(cell)
    search.reopen()
    return np.asarray(search.hidden & ~primary)


class _Search:
    """The hidden cells so far, and for each the worlds (differences of counts) that prove it."""

    def __init__(self, world: World, primary: np.ndarray, width: int) -> None:
        self.hidden = primary.copy()
        self._primary, self._width, self._counts = primary, width, world.counts
        self._worlds: list[np.ndarray] = []
        self._patience = _PATIENCE
        # another cell costs one, a little more where it counts many
        self._price = 1.0 + np.log1p(world.counts) / 16
        size, kinds = len(world.counts), len(world.kinds)
        self._size = size
        # variables: more, less (per cell), then the change of each kind of persons
        self._lower = np.concatenate([np.zeros(2 * size), -np.array(world.persons, dtype=np.float64)])
        self._upper = np.concatenate(
            [np.full(size, INFINITY), np.maximum(world.counts - 1.0, 0), np.full(kinds, INFINITY)]
        )
        self._solver = Solver(self._lower, self._upper, _balances(world))

    def unproven(self) -> int | None:
        """The hidden cell with the largest count among those without a proof; what was hidden on the way counts too."""
        span = self._span(self._worlds)
        open_cells = np.flatnonzero(self.hidden & (span < self._width)).tolist()
        return max(open_cells, key=lambda cell: (int(self._counts[cell]), -cell), default=None)

    def settle(self, cell: int) -> None:
        """Find a world for the cell and hide what differs in it."""
        found = self._cheapest(cell, np.where(self.hidden, _FREE, self._price))
        if found is None:
            raise DisclosureError(
                "A small count cannot be hidden: no other table of counts is possible.",
                hint="Use coarser values in this table.",
                reason="table",
            )
        self._worlds.append(found)
        self.hidden |= found != 0

    def _span(self, worlds: Sequence[np.ndarray]) -> np.ndarray:
        """How far the counts of each cell are apart over these worlds and the true one."""
        stack = np.stack([np.zeros(self._size, dtype=np.int64), *worlds])
        return np.asarray(stack.max(axis=0) - stack.min(axis=0))

    def _cheapest(self, cell: int, price: np.ndarray) -> np.ndarray | None:
        """The cheaper of two worlds: ``width`` more in the cell, or ``width`` fewer where that leaves somebody."""
        found = []
        for side in (cell, self._size + cell):
            if self._width <= self._upper[side]:
                world = self._solve(side, price)
                if world is not None:
                    found.append(world)
        return min(found, key=lambda world: float(price @ (world != 0)), default=None)

    def _solve(self, side: int, price: np.ndarray) -> np.ndarray | None:
        other = (side + self._size) % (2 * self._size)
        self._solver.bound(side, self._width, self._upper[side])
        self._solver.bound(other, 0, 0)
        costs = np.concatenate([price, price, np.zeros(len(self._lower) - 2 * self._size)])
        try:
            for integer in (False, True):
                point = self._solver.minimum(costs, integer=integer)
                if point is None:
                    return None
                whole = self._solver.whole(point)
                if whole is not None:
                    return np.asarray(whole[: self._size] - whole[self._size : 2 * self._size])
        finally:
            self._solver.bound(side, self._lower[side], self._upper[side])
            self._solver.bound(other, self._lower[other], self._upper[other])
        return None

    def reopen(self) -> None:
        """Publish again what turned out needless, the largest counts first: the hidden cells that are left prove all."""
        extra = np.flatnonzero(self.hidden & ~self._primary)
        for cell in sorted(extra.tolist(), key=lambda cell: (-int(self._counts[cell]), cell)):
            worlds = self._without(cell)
            if worlds is not None:
                self.hidden[cell] = False
                self._worlds = worlds

    def _without(self, cell: int) -> list[np.ndarray] | None:
        """Worlds that prove all other hidden cells and leave this one and the published ones as they are."""
        worlds = [world for world in self._worlds if world[cell] == 0]
        hidden = self.hidden.copy()
        hidden[cell] = False
        price = np.where(hidden, _FREE, _DEAR)
        while (lost := np.flatnonzero(hidden & (self._span(worlds) < self._width))).size:
            self._patience -= 1
            world = self._cheapest(int(lost[0]), price) if self._patience >= 0 else None
            if world is None or bool((world[~hidden] != 0).any()):
                return None
            worlds.append(world)
        return worlds


def _balances(world: World) -> list[Row]:
    """More less fewer in a cell is the sum of the changes of the kinds that it counts."""
    size = len(world.counts)
    counted: list[list[int]] = [[] for _ in range(size)]
    for kind, cells in enumerate(world.kinds):
        for cell in cells:
            counted[cell].append(2 * size + kind)
    return [
        Row([cell, size + cell, *kinds], [1, -1, *[-1] * len(kinds)], 0.0, 0.0) for cell, kinds in enumerate(counted)
    ]
