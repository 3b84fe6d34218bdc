"""What an attacker finds out about the hidden cells of tables who solves the linear system that the published ones form.

He knows the rule (what is listed and hidden counts at least one), the zeros, and every published cell of every table.
For each hidden cell: the least and the largest value that it can have. First parts of the system are moved while the rest
stays, which is cheap and shows most cells to be uncertain; what is left is asked of the whole system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.solver import INFINITY, Row, Solver
from anonshare.disclosure.tabular.blocks_of_kinds import Blocks
from anonshare.disclosure.tabular.needs import Needs, Possible
from anonshare.disclosure.tabular.system import CellSystem
from anonshare.errors import DisclosureError

__all__ = ["Attack", "Limits", "attack"]

_SLACK = 1e-6
_TRIES = 3
_AT_ONCE = 16
"""Random goals for the whole system before a cell is asked for by itself: each settles many."""

_WHOLE_AT_ONCE = 1_500
"""Kinds up to which the whole system is asked first: it settles more at a time than parts do."""

_SEED = 20_260_103


@dataclass(frozen=True, slots=True)
class Limits:
    """What is known beforehand: float ``least`` and ``most`` of each kind, float ``listed``, the least of each column.

    A listed count is at least 1; a zero is open, and no kind at all.
    """

    least: np.ndarray = field(repr=False)
    most: np.ndarray = field(repr=False)
    listed: np.ndarray = field(repr=False)


@dataclass(frozen=True, slots=True)
class Attack:
    """``possible`` are values that each column can have (the true ends are no nearer).

    ``exposed`` are hidden columns that are less uncertain than needed, each with the published columns from which that
    follows; their ends are exact.
    """

    possible: Possible = field(repr=False)
    exposed: dict[int, tuple[int, ...]] = field(repr=False)


def attack(
    system: CellSystem,
    hidden: np.ndarray,
    limits: Limits,
    needs: Needs,
    *,
    published: np.ndarray | None = None,
    values: np.ndarray | None = None,
    point: np.ndarray | None = None,
    possible: Possible | None = None,
    most: int | None = None,
) -> Attack:
    """Find the possible values of every hidden column; at most ``most`` that are exposed, all of them where it is None.

    ``published`` bool per column (all that are not hidden where it is None), ``values`` int64 per column those of the
    published ones (the true ones where it is None). ``point`` are possible
    numbers of all kinds, such as the true ones; without one the attacker finds some himself. ``possible`` was seen
    before. Raises DisclosureError where the published values contradict each other, or the solver gives no answer in time.
    """
    shown = ~hidden if published is None else published
    work = _Work(system, hidden, shown, limits, needs, system.totals if values is None else values, possible)
    if point is not None:
        work.see(point.astype(np.float64))
    if len(work.open()):
        if point is None:
            work.see(work.any_point())
        if system.kinds > _WHOLE_AT_ONCE:
            work.move_parts()
    return Attack(work.possible, work.finish(most))


class _Work:
    def __init__(
        self,
        system: CellSystem,
        hidden: np.ndarray,
        shown: np.ndarray,
        limits: Limits,
        needs: Needs,
        values: np.ndarray,
        possible: Possible | None,
    ) -> None:
        self._system, self._hidden, self._limits, self._needs = system, hidden, limits, needs
        self._shown, self._published = shown, np.flatnonzero(shown)
        # a hidden cell that is listed, though each of its kinds may be nobody
        floors = ~shown & (limits.listed > np.add.reduceat(limits.least[system.members], system.start[:-1]))
        self._floors = np.flatnonzero(floors)
        self._values = values.astype(np.float64)
        self.possible = possible or Possible(system.columns)
        self._point = np.zeros(0)
        self._random = np.random.default_rng(_SEED)
        self._whole: Solver | None = None

    def see(self, point: np.ndarray) -> None:
        """A possible table, by the number of each kind."""
        self._point = point if not self._point.size else self._point
        self.possible.see(self._system.sums(point))

    def any_point(self) -> np.ndarray:
        """Numbers of all kinds that fit what is published."""
        point = self._solver().minimum(np.zeros(self._system.kinds))
        if point is None:
            raise DisclosureError(
                "The published counts contradict each other.",
                hint="Some of them were changed, or belong to other tables.",
                reason="table",
            )
        return point

    def open(self) -> np.ndarray:
        """The hidden columns that are not known to be uncertain enough."""
        return self.possible.open(self._hidden, self._needs)

    def _solver(self) -> Solver:
        if self._whole is None:
            rows = [self._row(column) for column in self._published.tolist()]
            rows += [self._listed(column) for column in self._floors.tolist()]
            self._whole = Solver(self._limits.least, self._limits.most, rows)
        return self._whole

    def _row(self, column: int) -> Row:
        kinds, total = self._system.kinds_of(column), self._values[column]
        return Row(kinds.tolist(), [1] * len(kinds), total, total)

    def _listed(self, column: int) -> Row:
        kinds = self._system.kinds_of(column)
        return Row(kinds.tolist(), [1] * len(kinds), float(self._limits.listed[column]), INFINITY)

    def move_parts(self) -> None:
        """Move parts of the system around the open columns, each once."""
        blocks = Blocks(self._system, self._shown, self._floors, self._limits.listed)
        tried = np.zeros(self._system.columns, dtype=np.bool_)
        while waiting := [c for c in self.open().tolist() if not tried[c]]:
            column = waiting[int(self._random.integers(len(waiting)))]
            kinds = blocks.around(column)
            for point in self._moved(kinds, column, blocks):
                self.see(point)
            tried[column] = True

    def _moved(self, kinds: np.ndarray, column: int, blocks: Blocks) -> Iterator[np.ndarray]:
        rows, fixed = blocks.rows(kinds, self._point)
        now = self._point[kinds]
        least = np.where(fixed, now, self._limits.least[kinds])
        most = np.where(fixed, now, self._limits.most[kinds])
        solver = Solver(least, most, rows)
        goal = np.isin(kinds, self._system.kinds_of(column)).astype(np.float64)
        goals = [goal, -goal, *(self._random.standard_normal(len(kinds)) for _ in range(_TRIES))]
        for costs in goals:
            found = solver.minimum(costs)
            if found is not None:
                point = self._point.copy()
                point[kinds] = found
                yield point

    def finish(self, most: int | None) -> dict[int, tuple[int, ...]]:
        """Ask the whole system for what is still open; the columns of which too little is possible, and why."""
        exposed: dict[int, tuple[int, ...]] = {}
        for _ in range(min(_AT_ONCE, 1 + len(self.open()) // 4)):
            if not len(self.open()):
                return exposed
            self._ask(self._random.standard_normal(self._system.kinds))
        while open_columns := [c for c in self.open().tolist() if c not in exposed]:
            if most is not None and len(exposed) >= most:
                break
            column = open_columns[0]
            goal = np.zeros(self._system.kinds)
            goal[self._system.kinds_of(column)] = 1.0
            paths = [self._ask(goal), self._ask(-goal)]
            if column in self.open():
                exposed[column] = tuple(sorted(set().union(*paths)))
        return exposed

    def _ask(self, goal: np.ndarray) -> set[int]:
        """See the optimum; the published columns that hold it there."""
        point = self._solver().minimum(goal)
        if point is None:
            point = self.any_point()
        self.see(point)
        return set(self._published[np.abs(self._solver().duals()[: len(self._published)]) > _SLACK].tolist())
