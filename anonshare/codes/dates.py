"""Dates become months, quarters, years, decades (truncation, which joins across releases; see disclosure trap 9)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["FIRST", "LAST", "DateHierarchy"]

FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)
"""The domain over which losses are computed; a date outside it has no path."""
ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,Zz+-]{1,40})?", re.ASCII)


@dataclass(frozen=True)
class DateHierarchy:
    """Day, month (``2024-03``), quarter (``2024-Q1``), year, decade (``2020s``).

    Reads full ISO dates alone, with or without a time of day: a partial date has no day, and a made-up one would be
    false.
    """

    name: str = "date"
    height: int = 5

    @property
    def domain(self) -> int:
        """The days of the domain."""
        return (LAST - FIRST).days + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """The labels of an ISO date, None for anything else."""
        found = ISO.fullmatch(value.strip())
        try:
            day = date.fromisoformat(found[1]) if found else None
        except ValueError:
            day = None
        if day is None or not FIRST <= day <= LAST:
            return None
        return (
            day.isoformat(),
            f"{day.year}-{day.month:02}",
            f"{day.year}-Q{(day.month + 2) // 3}",
            str(day.year),
            f"{day.year // 10 * 10}s",
        )

    def leaves(self, level: int, label: str) -> int:
        """The number of days under a label."""
        if level == 0:
            return 1
        year = int(label[:4])
        if level == 4:
            return (date(year + 9, 12, 31) - date(year, 1, 1)).days + 1
        if level == 3:
            return (date(year, 12, 31) - date(year, 1, 1)).days + 1
        month, months = (int(label[6]) * 3 - 2, 3) if level == 2 else (int(label[5:7]), 1)
        after = date(year + (month + months > 12), (month + months - 1) % 12 + 1, 1)
        return (after - date(year, month, 1)).days
