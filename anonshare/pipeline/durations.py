"""Days that lie a duration after another day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

__all__ = ["after"]


def after(day: date, duration: str) -> date:
    """The day ``duration`` (ISO 8601, ``P90D``, ``P6M``, ``P2Y``) after ``day``; a day that no month has becomes its last."""
    number, unit = int(duration[1:-1]), duration[-1]
    if unit == "D":
        return day + timedelta(days=number)
    months = day.month - 1 + number * (12 if unit == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
