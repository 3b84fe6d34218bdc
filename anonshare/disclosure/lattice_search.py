"""The node of least loss in a lattice of levels, with a proof.

A node's loss is what its labels cost plus what its suppressed rows cost. What a node surely suppresses (under
models of which no part of a failing class can hold, such as k) is suppressed at every finer one, so a node that was
judged bounds the loss of the whole box below it; where nothing may be suppressed, one failing class closes the box under
every monotone model, for a coarser class of classes that hold would hold. The search
takes the node with the least bound and looks for the coarsest node above it that refutes it: that closes a box
instead of a node. (Flash, Kohlmayer et al. 2012, walks chains for anonymity; Incognito, LeFevre et al. 2005, prunes by
subsets of columns: nodes with all other columns at their root are those subsets.)
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.node_counts import Judged, NodeCounter

__all__ = ["LatticeSearch"]

_TINY = 1e-12
Node = tuple[int, ...]


class LatticeSearch:
    """A dense lattice of ``sizes`` levels a column; ``limit`` rows at most may be suppressed of ``rows``."""

    def __init__(self, counter: NodeCounter, sizes: Sequence[int], rows: int, limit: int, *, monotone: bool) -> None:
        self._counter, self._sizes, self._rows, self._limit = counter, tuple(sizes), rows, limit
        self._monotone = monotone
        self._cells = max(rows * len(sizes), 1)
        self._totals = counter.totals
        # without a column the lattice is one node, which an array of no dimensions would not let itself be written to
        self._bounds = np.atleast_1d(self._summed(self._totals, tuple(size - 1 for size in sizes), 0.0))
        self._judged: dict[Node, Judged] = {}
        self._order = _least_telling_first(counter, self._sizes)
        self._deadline: float | None = None
        self.best: Node | None = None
        self.loss = math.inf

    @property
    def nodes(self) -> int:
        """How many nodes were judged."""
        return len(self._judged)

    @property
    def bound(self) -> float:
        """No node has a smaller loss than this."""
        return min(float(self._bounds.min()), self.loss)

    def run(self, deadline: float | None) -> bool:
        """Search until the best node is proven, or until the deadline; True where it is."""
        self._deadline = deadline
        self._greedy()
        while True:
            node = self._next()
            if self._bound_of(node) >= self.loss - _TINY:
                return True
            if self._late():
                return False
            self._refute(node)

    def _late(self) -> bool:
        return self._deadline is not None and time.monotonic() > self._deadline

    def judge(self, node: Node) -> Judged:
        """Judge a node once, and let it bound everything below it."""
        found = self._judged.get(node)
        if found is None:
            found = self._judged[node] = self._counter.judge(node)
            self._note(node, found)
        return found

    def _note(self, node: Node, found: Judged) -> None:
        fits = found.suppressed <= self._limit and found.allowed
        loss = self._loss(node, found) if fits else math.inf
        if fits and (self.best is None or loss < self.loss - _TINY or (loss <= self.loss + _TINY and node < self.best)):
            self.best, self.loss = node, loss
        if self._monotone:
            self._close(node, found)
        # what is judged needs no bound any more
        self._bounds[node or ...] = math.inf

    def _close(self, node: Node, found: Judged) -> None:
        box = tuple(slice(0, level + 1) for level in node) or ...
        below = self._bounds[box]
        if self._surely(found) > self._limit:
            below[...] = math.inf
            return
        if found.sure:
            left = [total - gone for total, gone in zip(self._totals, found.surely_gone, strict=True)]
            np.maximum(below, self._summed(left, node, found.sure / self._rows), out=below)

    def _surely(self, found: Judged) -> int:
        """Rows that are suppressed at every finer node, or more than may be where any of these fails."""
        return found.suppressed if self._limit == 0 else found.sure

    def _summed(self, costs: Sequence[np.ndarray], top: Node, more: float) -> np.ndarray:
        """Over the box below ``top``: the sum of one cost a column, as a share of all cells, and ``more``."""
        whole = np.full((1,) * len(top), more)
        for c, (cost, level) in enumerate(zip(costs, top, strict=True)):
            shape = [1] * len(top)
            shape[c] = level + 1
            whole = whole + (cost[: level + 1] / self._cells).reshape(shape)
        return np.asarray(whole)

    def _least(self, node: Node, found: Judged) -> float:
        """What a node costs at least, of a finer one's sure suppression."""
        left = sum(
            float(total[level] - gone[level])
            for total, gone, level in zip(self._totals, found.surely_gone, node, strict=True)
        )
        return left / self._cells + found.sure / self._rows

    def _loss(self, node: Node, found: Judged) -> float:
        left = sum(
            float(total[level] - gone[level]) for total, gone, level in zip(self._totals, found.gone, node, strict=True)
        )
        return left / self._cells + found.suppressed / self._rows

    def _greedy(self) -> None:
        """From the root downwards, always to the child of least loss, then from the best upwards and down again."""
        node: Node | None = tuple(size - 1 for size in self._sizes)
        while node is not None:
            self.judge(node)
            below = [child for child in _children(node) if not self._late() and self._fits(child)]
            node = min(below, key=lambda child: (self._loss(child, self._judged[child]), child), default=None)
        self._improve()

    def _improve(self) -> None:
        """Steps of one level up or down, or one up and one down, as long as the loss falls."""
        before = math.inf
        while self.best is not None and self.loss < before - _TINY:
            before = self.loss
            for node in _neighbours(self.best, self._sizes):
                if self._bounds[node] < self.loss and not self._late():
                    self.judge(node)

    def _fits(self, node: Node) -> bool:
        found = self.judge(node)
        return found.suppressed <= self._limit and found.allowed

    def _bound_of(self, node: Node) -> float:
        return float(self._bounds[node]) if node else float(self._bounds[0])

    def _next(self) -> Node:
        if not self._sizes:
            return ()
        place = np.unravel_index(int(self._bounds.argmin()), self._sizes)
        return tuple(int(level) for level in place)

    def _refute(self, node: Node) -> None:
        """Look for the coarsest node on the way from ``node`` to the root that closes it, halving the way; else judge it."""
        path = self._path(node)
        low, high = 0, len(path) if self._monotone else 1
        while high - low > 1:
            middle = (low + high) // 2
            if self._refutes(self.judge(path[middle]), node):
                low = middle
            else:
                high = middle
        if low == 0:
            self.judge(node)

    def _refutes(self, above: Judged, node: Node) -> bool:
        return self._surely(above) > self._limit or self._least(node, above) >= self.loss - _TINY

    def _path(self, node: Node) -> list[Node]:
        """From a node to the root: columns that tell least are raised first, to their root."""
        path, here = [node], list(node)
        for c in self._order:
            while here[c] < self._sizes[c] - 1:
                here[c] += 1
                path.append(tuple(here))
        return path


def _least_telling_first(counter: NodeCounter, sizes: Sequence[int]) -> list[int]:
    """Columns by how many classes each makes alone: raising one of few classes merges few persons."""
    root = [size - 1 for size in sizes]
    told = [(counter.distinct((*root[:c], 0, *root[c + 1 :])), c) for c in range(len(sizes))]
    return [c for _, c in sorted(told)]


def _children(node: Node) -> list[Node]:
    return [(*node[:c], level - 1, *node[c + 1 :]) for c, level in enumerate(node) if level]


def _neighbours(node: Node, sizes: Sequence[int]) -> list[Node]:
    down = _children(node)
    up = [(*node[:c], level + 1, *node[c + 1 :]) for c, level in enumerate(node) if level < sizes[c] - 1]
    both = [child for above in up for child in _children(above) if child != node]
    return [*down, *up, *both]
