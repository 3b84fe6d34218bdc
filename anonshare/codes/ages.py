"""Ages in the bands in which the field publishes: CTDC's, then minor or adult."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

__all__ = ["ADULT", "BANDS", "OLDEST", "CtdcAge", "age_on", "broad"]

BANDS = ((0, 8), (9, 17), (18, 20), (21, 23), (24, 26), (27, 29), (30, 38), (39, 47), (48, 120))
ADULT = 18
OLDEST = 120
ISO = re.compile(r"(\d{4})(?:-(\d{2})-(\d{2}))?\Z", re.ASCII)
AGE = re.compile(r"\d{1,3}\Z", re.ASCII)


def age_on(text: str, as_of: date) -> int | None:
    """The age that a text tells on a day, from an age, an ISO birth date or a birth year; None where it tells none.

    A birth year alone gives the age reached in the year of ``as_of``; dates that do not exist and ages over 120 are
    none.
    """
    age = _age(text.strip(), as_of)
    return age if age is not None and 0 <= age <= OLDEST else None


def _age(text: str, as_of: date) -> int | None:
    if AGE.match(text):
        return int(text)
    found = ISO.match(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or month is None or day is None:
        return as_of.year - (year or 0)
    try:
        born = date(year, month, day)
    except ValueError:
        return None
    return as_of.year - born.year - ((as_of.month, as_of.day) < (born.month, born.day))


@dataclass(frozen=True)
class CtdcAge:
    """Age in years, CTDC band, minor or adult, as of a day."""

    as_of: date
    name: str = "ctdc_age"
    height: int = 3

    @property
    def domain(self) -> int:
        """The ages 0 to 120."""
        return OLDEST + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """Age, band, ``0-17`` or ``18+``."""
        age = age_on(value, self.as_of)
        return None if age is None else (str(age), _band(age), broad(age))

    def leaves(self, level: int, label: str) -> int:
        """The number of ages under a label."""
        if level == 0:
            return 1
        of = _band if level == 1 else broad
        return sum(of(age) == label for age in range(OLDEST + 1))


def _band(age: int) -> str:
    low, high = next(band for band in BANDS if band[0] <= age <= band[1])
    return f"{low}+" if high == OLDEST else f"{low}-{high}"


def broad(age: int) -> str:
    """``0-17`` or ``18+``."""
    return f"0-{ADULT - 1}" if age < ADULT else f"{ADULT}+"
