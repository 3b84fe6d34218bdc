"""New columns made from others before anything else happens: ``derive: {year: {from: interview_date, do: year}}``."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from anonshare.errors import PolicyError

__all__ = ["derive", "iso_date", "month", "year"]

_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)
_MOMENT = re.compile(r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,Zz+-]+)?", re.ASCII)


def iso_date(text: str) -> date | None:
    """The day of an ISO 8601 calendar date ``2024-03-01``; None for any other text."""
    if len(text) != len("2024-03-01"):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    # week dates have ten characters too, and would leave in another form than they came
    return day if day.isoformat() == text else None


def _day(text: str) -> date | None:
    moment = _MOMENT.fullmatch(text)
    return iso_date(moment["day"]) if moment else None


def month(text: str) -> str | None:
    """The month ``2024-03`` of an ISO date, moment or month; None where the text holds none."""
    if _MONTH.fullmatch(text):
        return None if text.startswith("0000") else text
    day = _day(text)
    return day.isoformat()[:7] if day else None


def year(text: str) -> str | None:
    """The year ``2024`` of an ISO date, moment, month or year; None where the text holds none."""
    if _YEAR.fullmatch(text):
        return None if text == "0000" else text
    found = month(text)
    return found[:4] if found else None


_FUNCTIONS: dict[str, Callable[[str], str | None]] = {"month": month, "year": year}


def derive(name: str) -> Callable[[str], str | None]:
    """The function of a name; raises PolicyError where there is none."""
    try:
        return _FUNCTIONS[name]
    except KeyError:
        raise PolicyError(
            "A derived column asks for something that is not known.", hint=f"There is: {', '.join(_FUNCTIONS)}."
        ) from None
