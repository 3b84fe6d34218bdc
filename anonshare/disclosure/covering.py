"""Which classes of a descent each person fits: besides the one he is in, all that begin at a rest which he passed by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.class_nodes import NO_NODE, ClassNodes
from anonshare.disclosure.descent import REST, Descent
from anonshare.disclosure.front import differs

__all__ = ["Cover", "cover"]

_MOST = 20_000_000
"""Pairs of persons and classes that are kept at most: what is left out are whole classes, to which nobody moves then."""


@dataclass(frozen=True, slots=True)
class Cover:
    """``run`` per person: persons alike are one; from ``start`` the ``many`` ``classes`` that a run fits, the finest first."""

    run: np.ndarray = field(repr=False)
    start: np.ndarray = field(repr=False)
    many: np.ndarray = field(repr=False)
    classes: np.ndarray = field(repr=False)

    def pairs(self, members: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The place of a member and a class that he fits, member by member."""
        run = self.run[members]
        many = self.many[run]
        before = np.cumsum(many) - many
        flat = np.repeat(self.start[run] - before, many) + np.arange(many.sum())
        return np.repeat(np.arange(len(members)), many), self.classes[flat]

    def finest(self, losses: np.ndarray) -> np.ndarray:
        """Float64 per person: the least loss of a class that he fits; infinite where all that he fits were left out."""
        least = np.full(len(self.many), np.inf)
        there = self.many > 0
        least[there] = losses[self.classes[self.start[there]]]
        return np.asarray(least[self.run])


def cover(descent: Descent, classes: ClassNodes, losses: np.ndarray, persons: int) -> Cover:
    """The classes that persons, in canonical order, fit; ``losses`` per class order them."""
    change = differs(classes.found, persons)
    run = np.cumsum(change) - 1
    ends, who, total = [], [], 0
    for number, members in _reached(descent, classes, np.flatnonzero(change)):
        total += len(members)
        if total > _MOST:
            break
        ends.append(np.full(len(members), number, dtype=np.int32))
        who.append(run[members].astype(np.int32))
    nothing = np.zeros(0, dtype=np.int32)
    of, end = np.concatenate([nothing, *who]), np.concatenate([nothing, *ends])
    order = np.lexsort((end, losses[end], of))
    many = np.bincount(of, minlength=int(change.sum()))
    return Cover(run, np.cumsum(many) - many, many, end[order])


def _reached(descent: Descent, classes: ClassNodes, members: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each class with all who fit it: at every step a member goes the way of his label, and into the rest as well."""
    waiting: list[tuple[int, np.ndarray]] = [(0, members)]
    while waiting:
        at, here = waiting.pop()
        step = descent.steps[at]
        own = classes.own(step.feature, step.level, here)
        ways = [
            (way, following, here[own == node])
            for way, (node, following) in enumerate(zip(classes.children[at], step.children.values(), strict=True))
            if node != NO_NODE
        ]
        if step.has_rest:
            ways.append((REST, step.rest, here))
        for way, following, inside in ways:
            if following is not None and len(inside):
                waiting.append((following, inside))
            elif len(inside):
                yield classes.number[at, way], inside
