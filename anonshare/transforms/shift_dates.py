"""All dates of a person move by one secret number of days: their order and their distances stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from anonshare.transforms.derive import iso_date
from anonshare.transforms.entities import somebody
from anonshare.transforms.mac import Mac
from anonshare.transforms.spec import OfPerson, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Resolution", "ShiftDates"]

Resolution = Literal["day", "month", "quarter", "year"]
"""To what a date is cut after it was shifted; distances of days are a fingerprint, those of months hardly."""


@dataclass(frozen=True, slots=True)
class ShiftDates(OfPerson):
    """The offset follows from the person alone, in [-days, days] and never 0; columns of one ``days`` share it.

    The person may be the name of an event: then all dates of an event move together, whosever they are, and two events
    apart. Dates of one person that belong to two events keep no distance.
    """

    column: str
    days: int
    resolution: Resolution
    mac: Mac = field(repr=False)

    def offset(self, person: str) -> int:
        """The days by which a person's dates move; raises DisclosureError where no person is given."""
        # the whole digest: its remainder is uniform to 2^-240
        code = self.mac(somebody(person, self.column).encode())
        step = int.from_bytes(code, "big") % (2 * self.days) - self.days
        return step if step < 0 else step + 1

    def __call__(self, value: str, person: str = "") -> str | None:
        """The shifted date, cut to the resolution; None for what is no ISO date, or leaves the calendar."""
        day = iso_date(value)
        if day is None:
            return None
        try:
            return _cut(day + timedelta(days=self.offset(person)), self.resolution)
        except OverflowError:
            return None


def _cut(day: date, resolution: Resolution) -> str:
    """``2024-03-05``, ``2024-03``, ``2024-Q1`` or ``2024``."""
    text = day.isoformat()
    if resolution == "quarter":
        return f"{text[:4]}-Q{(day.month + 2) // 3}"
    return text[: {"day": 10, "month": 7, "year": 4}[resolution]]


def _build(params: Any, context: OperatorContext) -> ShiftDates:
    mac = Mac.of(context.subkey("person", "shift_dates"))
    return ShiftDates(context.column, params.days, params.resolution, mac)


OPERATOR = OperatorSpec("shift_dates", leaves=True, build=_build, needs=frozenset({"key"}))
