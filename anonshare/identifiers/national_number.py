"""One row of the table of national numbers of persons: a country's form, what proves it, how it is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DAY", "MONTH", "NationalNumber", "number"]

MONTH = "(?:0[1-9]|1[0-2])"
DAY = "(?:0[1-9]|[12][0-9]|3[01])"


@dataclass(frozen=True)
class NationalNumber:
    """A number of persons in ``country`` (ISO alpha-2).

    ``form`` is the compact form (letters in upper case, no separators). ``rule`` is a module of python-stdnum
    (``pl.pesel``), one of our own rules, or "" where no check digit exists. ``strong`` says that a number that passes is
    one by chance in fewer than about one of a hundred cases: an embedded date and a check digit, two check digits, a
    check letter. ``printed`` is a form with separators that hardly anything else has.
    """

    country: str
    name: str
    form: re.Pattern[str]
    lengths: tuple[int, ...]
    rule: str = ""
    strong: bool = False
    printed: re.Pattern[str] | None = None


def number(
    country: str, name: str, form: str, *lengths: int, rule: str = "", strong: bool = False, printed: str = ""
) -> NationalNumber:
    """A row, its patterns compiled."""
    shown = re.compile(rf"(?:{printed})\Z") if printed else None
    return NationalNumber(country, name, re.compile(rf"(?:{form})\Z"), lengths, rule, strong, shown)
