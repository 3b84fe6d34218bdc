"""Dates as people write them, and partial dates: read without guessing.

``05/03/2024`` is two days. A column is decided by its own evidence or by its author, never cell by cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["ColumnDates", "Order", "PartialDate", "ambiguous", "column_order", "read_date"]

Order = Literal["dmy", "mdy", "ymd"]

MONTHS = {
    1: "january jan enero ene janvier janv ianuarie ian januar gennaio gen січня січень января январь",
    2: "february feb febrero fevrier fevr februarie februar febbraio лютого лютий февраля февраль",
    3: "march mar marzo mars martie marz maerz березня березень марта март",
    4: "april apr abril abr avril avr aprilie aprile квітня квітень апреля апрель",
    5: "may mayo mai maggio mag травня травень мая май",
    6: "june jun junio juin iunie iun juni giugno giu червня червень июня июнь",
    7: "july jul julio juillet juil iulie iul juli luglio lug липня липень июля июль",
    8: "august aug agosto ago aout august серпня серпень августа август",
    9: "september sep sept septiembre septembre septembrie settembre set вересня вересень сентября сентябрь",
    10: "october oct octubre octobre octombrie oktober okt ottobre ott жовтня жовтень октября октябрь",
    11: "november nov noviembre novembre noiembrie листопада листопад ноября ноябрь",
    12: "december dec diciembre dic decembre decembrie dezember dez dicembre грудня грудень декабря декабрь",
}


def _bare(text: str) -> str:
    """Letters without the marks that typists leave out."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text)).casefold()
    return unicodedata.normalize("NFC", "".join(c for c in folded if unicodedata.category(c) not in {"Mn", "Cf", "Cc"}))


_MONTH_OF = {_bare(word): number for number, words in MONTHS.items() for word in words.split()}
_YMD = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?")
_XXY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})")
_MY = re.compile(r"([0-9]{1,2})[-/.]([0-9]{4})")
_YEAR = re.compile(r"[0-9]{4}")
_COMPACT = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_NAMED = re.compile(r"(?:([0-9]{1,2})(?:st|nd|rd|th|er|º|\.)? (?:de |of )?)?([^\W\d_]+)\.?,? (?:de |of )?([0-9]{4})")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
_TIME = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?: ?[AaPp][Mm])?(?:Z|[+-][0-9:]{4,6})?\Z")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def iso(self) -> str:
        """``2024``, ``2024-03`` or ``2024-03-05``."""
        month = "" if self.month is None else f"-{self.month:02}"
        return f"{self.year:04}{month}" + ("" if self.day is None else f"-{self.day:02}")


@dataclass(frozen=True, slots=True)
class ColumnDates:
    """What the distinct texts of a column say: dates read, texts that are none, dates with two readings.

    ``order`` is the order that all dates with one reading agree on, None where they tell none or disagree.
    """

    read: int
    unread: int
    ambiguous: int
    order: Order | None


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in _bare(text))
    return _TIME.sub("", " ".join(digits.upper().split())).lower()


def _made(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    if not 1000 <= year <= 9999 or (month is not None and not 1 <= month <= 12):
        return None
    try:
        date(year, month or 1, day if day is not None else 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def read_date(text: str, order: Order | None = None) -> PartialDate | None:
    """The date that a text is, as exact as it was written; None where it is none, or has two readings.

    ``order`` says whether the day or the month comes first where both are numbers below 13. Years have four digits:
    ``24`` could be a day or a year of two centuries. A time of day is cut off.
    """
    plain = _plain(text)
    if found := _YMD.fullmatch(plain):
        year, month, day = (int(part) if part else None for part in found.groups())
        return _made(year or 0, month, day)
    if found := _XXY.fullmatch(plain):
        return _two_readings(int(found[1]), int(found[2]), int(found[3]), order)
    if found := _MY.fullmatch(plain):
        return _made(int(found[2]), int(found[1]))
    if _YEAR.fullmatch(plain):
        return _made(int(plain))
    if found := _COMPACT.fullmatch(plain):
        return _made(*map(int, found.groups()))
    return _named(plain)


def _two_readings(first: int, second: int, year: int, order: Order | None) -> PartialDate | None:
    dmy, mdy = _made(year, second, first), _made(year, first, second)
    if dmy is None or mdy is None or dmy == mdy:
        return dmy or mdy
    return {"dmy": dmy, "mdy": mdy}.get(order or "")


def _named(plain: str) -> PartialDate | None:
    if found := _NAMED.fullmatch(plain):
        month = _MONTH_OF.get(found[2])
        return _made(int(found[3]), month, int(found[1]) if found[1] else None) if month else None
    if found := _MONTH_FIRST.fullmatch(plain):
        month = _MONTH_OF.get(found[1])
        return _made(int(found[3]), month, int(found[2])) if month else None
    return None


def ambiguous(text: str) -> bool:
    """Whether a text is one date with the day first and another with the month first."""
    first, second = read_date(text, "dmy"), read_date(text, "mdy")
    return first is not None and second is not None and first != second


def _shown(text: str) -> Order | None:
    """The order that a date with one reading shows."""
    found = _XXY.fullmatch(_plain(text))
    if found is None or read_date(text) is None or found[1] == found[2]:
        return None
    return "dmy" if int(found[1]) > 12 else "mdy" if int(found[2]) > 12 else None


def column_order(values: Iterable[str]) -> ColumnDates:
    """What a column's distinct texts say of its dates."""
    texts = list(values)
    two = sum(map(ambiguous, texts))
    read = sum(read_date(text) is not None for text in texts)
    shown = {order for text in texts if (order := _shown(text)) is not None}
    return ColumnDates(read, len(texts) - read - two, two, shown.pop() if len(shown) == 1 else None)
