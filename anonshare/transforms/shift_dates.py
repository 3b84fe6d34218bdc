"""All dates of a person move by one secret number of days: their order and their distances stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from anonshare.errors import DisclosureError
from anonshare.transforms.derive import iso_date
from anonshare.transforms.mac import Mac
from anonshare.transforms.spec import OfPerson, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "ShiftDates"]


@dataclass(frozen=True, slots=True)
class ShiftDates(OfPerson):
    """The offset follows from the person alone, in [-days, days] and never 0; columns of one ``days`` share it."""

    days: int
    mac: Mac = field(repr=False)

    def offset(self, person: str) -> int:
        """The days by which a person's dates move; raises DisclosureError where no person is given."""
        if not person:
            raise DisclosureError("Dates cannot be shifted without knowing whose they are.", reason="null-unit")
        # the whole digest: its remainder is uniform to 2^-240
        step = int.from_bytes(self.mac(person.encode()), "big") % (2 * self.days) - self.days
        return step if step < 0 else step + 1

    def __call__(self, value: str, person: str = "") -> str | None:
        """The shifted ISO date; None for what is no ISO date, or leaves the calendar."""
        day = iso_date(value)
        if day is None:
            return None
        try:
            return (day + timedelta(days=self.offset(person))).isoformat()
        except OverflowError:
            return None


def _build(params: Any, context: OperatorContext) -> ShiftDates:
    return ShiftDates(params.days, Mac.of(context.subkey("person", "shift_dates")))


OPERATOR = OperatorSpec("shift_dates", leaves=True, build=_build)
