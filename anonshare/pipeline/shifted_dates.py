"""The hierarchy of dates that were shifted: it begins at the resolution at which they leave."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from anonshare.codes.dates import DateHierarchy

__all__ = ["ShiftedDates"]

LEVELS = {"day": 0, "month": 1, "quarter": 2, "year": 3}
QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class ShiftedDates:
    """Days, months, quarters or years, and what is coarser: the levels of ``date`` from ``resolution`` up."""

    resolution: Literal["day", "month", "quarter", "year"]
    name: str = "date"

    @property
    def height(self) -> int:
        """The levels below the root."""
        return DateHierarchy().height - LEVELS[self.resolution]

    @property
    def domain(self) -> int:
        """The days of the domain: loss stays comparable."""
        return DateHierarchy().domain

    def path(self, value: str) -> tuple[str, ...] | None:
        """The labels of a date as the operator cuts it; None for anything else."""
        whole = DateHierarchy().path(_first_day(value))
        return None if whole is None else whole[LEVELS[self.resolution] :]

    def leaves(self, level: int, label: str) -> int:
        """The number of days under a label."""
        return DateHierarchy().leaves(level + LEVELS[self.resolution], label)


def _first_day(value: str) -> str:
    quarter = QUARTER.fullmatch(value)
    if quarter:
        return f"{quarter[1]}-{int(quarter[2]) * 3 - 2:02}-01"
    return value + "2024-01-01"[len(value) :]
