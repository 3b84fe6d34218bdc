"""HiGHS behind a short face: bounds, rows, one linear goal, in reals or in integers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anonshare.disclosure.arrays import np
from anonshare.errors import DisclosureError, MissingExtra

__all__ = ["INFINITY", "SECONDS", "Row", "Solver"]

INFINITY = float("inf")
SECONDS = 20.0
"""How long one question may take before it counts as not answered."""

_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Row:
    """``lower <= sum(values * x[columns]) <= upper``, all of them whole numbers or infinite."""

    columns: Sequence[int]
    values: Sequence[int]
    lower: float
    upper: float


class Solver:
    """One system, asked many questions; each starts from the last answer."""

    def __init__(self, lower: np.ndarray, upper: np.ndarray, rows: Sequence[Row], seconds: float = SECONDS) -> None:
        try:
            import highspy
        except ImportError:
            raise MissingExtra("Judging protected tables", "share") from None
        self._lower, self._upper = lower.astype(np.float64), upper.astype(np.float64)
        self._rows = rows
        self._all = np.arange(len(lower), dtype=np.int32)
        self._kinds, self._status = highspy.HighsVarType, highspy.HighsModelStatus
        self._integer, self._seconds = False, seconds
        # the class that highspy shows prints a banner to stdout before it can be told not to; its base does not
        bare: Any = highspy.Highs.__base__
        self._highs: Any = bare()
        # an optimum within a gap would be no bound
        for option, value in (("output_flag", False), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.0)):
            self._highs.setOptionValue(option, value)
        self._highs.addVars(len(lower), self._lower, self._upper)
        for row in rows:
            columns, values = np.array(row.columns, dtype=np.int32), np.array(row.values, dtype=np.float64)
            self._highs.addRow(row.lower, row.upper, len(columns), columns, values)

    def bound(self, column: int, lower: float, upper: float) -> None:
        """Set the bounds of one variable."""
        self._lower[column], self._upper[column] = lower, upper
        self._highs.changeColBounds(column, lower, upper)

    def minimum(self, costs: np.ndarray, *, integer: bool = False) -> np.ndarray | None:
        """A point where ``costs @ x`` is least, None where the rows contradict each other.

        Raises DisclosureError where the solver gives no answer: what was not judged is not released.
        """
        if not self._all.size:
            return np.zeros(0)
        self._highs.changeColsCost(len(self._all), self._all, np.asarray(costs, dtype=np.float64))
        self._set_integer(integer)
        # HiGHS counts the time of all its runs together
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + self._seconds)
        self._highs.run()
        status = self._highs.getModelStatus()
        if status == self._status.kInfeasible:
            return None
        if status != self._status.kOptimal:
            raise DisclosureError(
                "The table of counts cannot be judged in the time allowed.",
                hint="Use fewer columns or coarser values in this table.",
                reason="not-judged",
            )
        return np.array(self._highs.getSolution().col_value)

    def duals(self) -> np.ndarray:
        """Per row, what the last optimum in reals would gain if it gave way by one."""
        return np.array(self._highs.getSolution().row_dual)

    def _set_integer(self, integer: bool) -> None:
        if integer != self._integer:
            kind = self._kinds.kInteger if integer else self._kinds.kContinuous
            kinds = np.array([kind.value] * len(self._all), dtype=np.uint8)
            self._highs.changeColsIntegrality(len(self._all), self._all, kinds)
            self._integer = integer

    def whole(self, point: np.ndarray) -> np.ndarray | None:
        """The point in int64 where it is integral and, counted exactly, holds every bound and row; else None."""
        rounded = np.rint(point).astype(np.int64)
        near = bool((np.abs(point - rounded) <= _TOLERANCE).all())
        inside = bool(((rounded >= self._lower) & (rounded <= self._upper)).all())
        return rounded if near and inside and all(_holds(row, rounded) for row in self._rows) else None


def _holds(row: Row, point: np.ndarray) -> bool:
    total = sum(value * int(point[column]) for column, value in zip(row.columns, row.values, strict=True))
    return row.lower <= total <= row.upper
