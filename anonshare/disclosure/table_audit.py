"""What an attacker can derive from a published table of counts: the judge of every protected table.

The attacker knows the rule, the zeros and every published cell, and solves the linear system that they form. It needs
nothing but what was published, so the receiver runs it as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import ProtectedCell, covering
from anonshare.disclosure.groups import Group, flat_groups, relations
from anonshare.disclosure.solver import Solver
from anonshare.errors import DisclosureError
from anonshare.shapes import Verdict

__all__ = ["WIDTH", "Attack", "attack", "audit"]

WIDTH = 1
"""Default protection width: at least two counts, ``lo`` and ``lo + 1``, are possible for each suppressed cell."""

_SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Attack:
    """What came out: whether the counts fit together at all, and the numbers of the cells that are too certain."""

    consistent: bool
    exposed: tuple[int, ...] = ()


def audit(
    cells: Iterable[ProtectedCell],
    by: Sequence[str],
    min_count: int,
    additive: bool | None = None,
    width: int = WIDTH,
) -> Verdict:
    """Whether no published count is in 1..``min_count`` - 1 and every suppressed one has ``width`` + 1 possible counts.

    ``additive``: every counted unit is in one innermost cell, so that margins are sums (always so for rows); False:
    margins are unions of persons; None, where that is not known: sums, unless the published counts contradict that.
    Raises DisclosureError where the solver gives no answer in time.
    """
    cells = list(cells)
    problems = _form(cells, by, min_count)
    if not problems:
        found = attack([cell.count for cell in cells], flat_groups([cell.key for cell in cells]), additive, width)
        problems = _findings(found)
    return Verdict(
        check="table_cells",
        met=not problems,
        evidence="recomputed",
        promised=str(min_count),
        found=str(min((cell.count for cell in cells if cell.count), default="")),
        missing=tuple(problems),
    )


def _form(cells: Sequence[ProtectedCell], by: Sequence[str], min_count: int) -> list[str]:
    published = [cell.count for cell in cells if cell.count is not None]
    small = sum(0 < count < min_count for count in published)
    listed = {cell.key for cell in cells}
    bare = sum(not listed.issuperset(covering(cell.key)) for cell in cells)
    twice = sum(count > 1 for count in Counter(cell.key for cell in cells).values())
    problems = [
        (not cells, "no cell is left, so nothing can be judged"),
        (any(len(cell.key) != len(by) for cell in cells), "cells and columns of the table do not fit"),
        (bool(twice), f"{twice} cells are listed twice"),
        (bool(bare), f"the margins of {bare} cells are not listed"),
        (any(count < 0 for count in published), "a count is below zero"),
        (bool(small), f"{small} published counts are below {min_count}"),
    ]
    return [words for wrong, words in problems if wrong]


def _findings(found: Attack) -> list[str]:
    if not found.consistent:
        return ["the published counts contradict each other"]
    return [f"{len(found.exposed)} suppressed counts can be derived"] if found.exposed else []


def attack(
    counts: Sequence[int | None], groups: Sequence[Group], additive: bool | None = None, width: int = WIDTH
) -> Attack:
    """Try to derive every hidden count (None); cells and groups are numbered alike. A hidden count is at least 1."""
    if additive is None:
        sums = attack(counts, groups, True, width)
        return sums if sums.consistent else attack(counts, groups, False, width)
    known = {cell: count for cell, count in enumerate(counts) if count is not None}
    hidden = [cell for cell, count in enumerate(counts) if count is None]
    rows = relations(groups, known, {cell: i for i, cell in enumerate(hidden)}, additive)
    # the cap makes every question finite; it is far above anything that the published counts can force
    cap = 2 * max(known.values(), default=0) + 1_000 * (width + len(counts))
    if any(not row.columns for row in rows):
        return Attack(consistent=False)
    ranges = _Ranges(Solver(np.ones(len(hidden)), np.full(len(hidden), float(cap)), rows), len(hidden), width)
    if not ranges.consistent():
        return Attack(consistent=False)
    return Attack(consistent=True, exposed=tuple(cell for i, cell in enumerate(hidden) if not ranges.wide(i)))


class _Ranges:
    """The least and largest count of each hidden cell over all whole tables that were found so far."""

    def __init__(self, solver: Solver, size: int, width: int) -> None:
        self._solver, self._size, self._width = solver, size, width
        self._low: np.ndarray | None = None
        self._high: np.ndarray | None = None

    def consistent(self) -> bool:
        """Whether any whole table fits what was published."""
        goal = np.zeros(self._size)
        for integer in (False, True):
            point = self._solver.minimum(goal, integer=integer)
            if point is None:
                return False
            if self._see(point):
                return True
        raise _not_judged()

    def wide(self, cell: int) -> bool:
        """Whether two whole tables differ by ``width`` in the cell; reals first, integers where they do not decide."""
        if self._settled(cell):
            return True
        ends = [self._end(cell, sign, integer=False) for sign in (1, -1)]
        if self._settled(cell):
            return True
        if np.floor(ends[1] + _SLACK) - np.ceil(ends[0] - _SLACK) < self._width:
            return False
        for sign in (1, -1):
            self._end(cell, sign, integer=True)
        return self._settled(cell)

    def _end(self, cell: int, sign: int, *, integer: bool) -> float:
        goal = np.zeros(self._size)
        goal[cell] = sign
        point = self._solver.minimum(goal, integer=integer)
        if point is None or (not self._see(point) and integer):
            raise _not_judged()
        return float(point[cell])

    def _see(self, point: np.ndarray) -> bool:
        whole = self._solver.whole(point)
        if whole is None:
            return False
        self._low = whole if self._low is None else np.minimum(self._low, whole)
        self._high = whole if self._high is None else np.maximum(self._high, whole)
        return True

    def _settled(self, cell: int) -> bool:
        return (
            self._low is not None and self._high is not None and bool(self._high[cell] - self._low[cell] >= self._width)
        )


def _not_judged() -> DisclosureError:
    return DisclosureError(
        "The table of counts cannot be judged: the solver's answers do not hold exactly.",
        hint="Use fewer columns or coarser values in this table.",
        reason="not-judged",
    )
