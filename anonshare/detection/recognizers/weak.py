"""The last class: a number or a code that nothing else claimed, and that is no date, amount, quantity or law."""

from __future__ import annotations

import re
from bisect import bisect_left

from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.guards import dated, law, measured, part_of_address
from anonshare.detection.recognizers.hit import WEAK, Hit

__all__ = ["weak_hit"]

_DIGITS = re.compile(r"\+?[0-9](?:[ ./()\u2013-]{0,2}[0-9]){6,40}(?![A-Za-z0-9])")
_CODE = re.compile(r"[A-Za-z0-9]{1,40}(?:[-/_.:#][A-Za-z0-9]{1,40}){0,8}")
_SPACED = re.compile(r"[A-Z]{1,4} [0-9]{1,9}(?:[ -][0-9]{2,9}){0,3}(?: [A-Z]{1,2}(?![A-Za-z]))?(?![A-Za-z0-9])")
_MIXED = re.compile(r"(?=[A-Z0-9]{6}\Z)(?:[A-Z]{1,4}[0-9]{1,4}[A-Z]|[0-9]{1,4}[A-Z]{1,4}[0-9])")
"""A record locator: six letters and digits that take turns."""
_YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}[ ,/\u2013-]{0,3}){1,9}\Z")
_QUANTITY = re.compile(r"[0-9][0-9.,]*(?:[a-z]{1,4}|[A-Z]{2}|[KMG]B)\Z")


def _counted(text: str) -> int:
    return sum(map(str.isdigit, text))


def _before_a_date(reading: Reading, start: int, end: int) -> int:
    """``end``, or where a date begins behind a space inside the stretch."""
    numbers = reading.numbers
    for place in numbers[bisect_left(numbers, start + 1) : bisect_left(numbers, end)]:
        if reading.text[place - 1] == " " and dated(reading.text, place):
            return place - 1
    return end


def _code(text: str, place: int) -> int:
    found = _CODE.match(text, place)
    if found is None:
        return 0
    written = found.group()
    alike = sum(c.isalnum() for c in written)
    if _MIXED.match(written):
        return found.end()
    if alike < 6 or _counted(written) < 3 or written.isdigit() or _QUANTITY.match(written):
        return 0
    letters = any(c.isalpha() for c in written)
    known = any(c.isupper() for c in written) or _counted(written) >= 4
    return found.end() if letters and known else 0


def weak_hit(reading: Reading, place: int) -> Hit | None:
    """The number or code at ``place`` as an ID_NUMBER; None where it is something that identifies nobody."""
    text = reading.text
    found = _DIGITS.match(text, place)
    end = _before_a_date(reading, place, found.end()) if found else 0
    end = max(end, _code(text, place))
    if not end:
        spaced = _SPACED.match(text, place)
        end = spaced.end() if spaced and _counted(spaced.group()) >= 5 else 0
    written = text[place:end]
    if not end or _counted(written) < 2 or _YEARS.match(written):
        return None
    if found and end == found.end() and _counted(written) < 7:
        return None
    date_end = dated(text, place)
    if date_end >= end or measured(text, place, end) or law(text, place) or part_of_address(text, place, end):
        return None
    return Hit(WEAK, place, end, "ID_NUMBER", 0.4, "shape")
