"""Levels for lattices that are too large to be proven: a beam from the root downwards. It proves nothing."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from anonshare.disclosure.node_counts import Judged, NodeCounter

__all__ = ["BeamSearch"]

WIDTH = 8
"""Nodes that are followed at a time."""

Node = tuple[int, ...]


class BeamSearch:
    """The interface is that of ``LatticeSearch``; the bound is what no levels whatever undercut."""

    def __init__(self, counter: NodeCounter, sizes: Sequence[int], rows: int, limit: int) -> None:
        self._counter, self._sizes, self._rows, self._limit = counter, tuple(sizes), rows, limit
        self._totals = counter.totals
        self._seen: dict[Node, Judged] = {}
        self.best: Node | None = None
        self.loss = math.inf

    @property
    def nodes(self) -> int:
        """How many nodes were judged."""
        return len(self._seen)

    @property
    def bound(self) -> float:
        """The cost of all labels at their finest level: nothing is suppressed there, and nothing is coarser."""
        cells = max(self._rows * len(self._sizes), 1)
        return min(sum(float(total.min()) for total in self._totals) / cells, self.loss)

    def run(self, deadline: float | None) -> bool:
        """Follow the best nodes downwards until none gets better; False, for nothing is proven."""
        beam = [tuple(size - 1 for size in self._sizes)]
        self._judge(beam[0])
        while beam:
            found: dict[Node, float] = {}
            for node in beam:
                for child in _children(node):
                    if deadline is not None and time.monotonic() > deadline:
                        return False
                    if child not in self._seen:
                        self._judge(child)
                        found[child] = self._rank(child)
            beam = sorted((n for n in found if found[n] < math.inf), key=lambda n: (found[n], n))[:WIDTH]
        return False

    def _judge(self, node: Node) -> None:
        found = self._seen[node] = self._counter.judge(node)
        loss = self._loss(node, found)
        if self._fits(found) and (self.best is None or (loss, node) < (self.loss, self.best)):
            self.best, self.loss = node, loss

    def _fits(self, found: Judged) -> bool:
        return found.suppressed <= self._limit and found.allowed

    def _rank(self, node: Node) -> float:
        return self._loss(node, self._seen[node]) if self._fits(self._seen[node]) else math.inf

    def _loss(self, node: Node, found: Judged) -> float:
        left = sum(
            float(total[level] - gone[level]) for total, gone, level in zip(self._totals, found.gone, node, strict=True)
        )
        return left / max(self._rows * len(self._sizes), 1) + found.suppressed / self._rows


def _children(node: Node) -> list[Node]:
    return [(*node[:c], level - 1, *node[c + 1 :]) for c, level in enumerate(node) if level]
