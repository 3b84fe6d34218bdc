"""Ages in bands of five, ten and twenty years, and minor or adult; no age itself is a label."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from anonshare.codes.ages import OLDEST, age_on, broad

__all__ = ["AgeBands", "age_5", "age_10", "minor_adult"]

TOP = 90
"""From here on all ages are one band: HIPAA's Safe Harbor, 45 CFR 164.514(b)(2)(i)(C)."""


@dataclass(frozen=True)
class AgeBands:
    """Bands of ages as of a day, from fine to coarse, each a function of the age."""

    as_of: date
    name: str
    levels: tuple[Callable[[int], str], ...]

    @property
    def height(self) -> int:
        """The number of bands that an age has."""
        return len(self.levels)

    @property
    def domain(self) -> int:
        """The ages 0 to 120."""
        return OLDEST + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """The bands of an age, an ISO birth date or a birth year; None for anything else."""
        age = age_on(value, self.as_of)
        return None if age is None else tuple(band(age) for band in self.levels)

    def leaves(self, level: int, label: str) -> int:
        """The number of ages under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [Counter(map(band, range(OLDEST + 1))) for band in self.levels]


def _five(age: int) -> str:
    return _years(age, 5)


def _ten(age: int) -> str:
    return _years(age, 10)


def _twenty(age: int) -> str:
    return _years(age, 20)


def _years(age: int, width: int) -> str:
    low = min(age, TOP) // width * width
    return f"{low}+" if low + width > TOP else f"{low}-{low + width - 1}"


def age_5(as_of: date) -> AgeBands:
    """Bands of five years, ten, twenty; one from 90 on."""
    return AgeBands(as_of, "age_5", (_five, _ten, _twenty))


def age_10(as_of: date) -> AgeBands:
    """Bands of ten years, twenty; one from 90 on."""
    return AgeBands(as_of, "age_10", (_ten, _twenty))


def minor_adult(as_of: date) -> AgeBands:
    """``0-17`` or ``18+``."""
    return AgeBands(as_of, "minor_adult", (broad,))
