"""Numbers that only a country makes sense of, for the leak gate: phones as they are dialled there, proven national ids.

A cell of seven digits is a number of anything; dates, bands and amounts are taken out before anything is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.identifiers.national_ids import proven
from anonshare.identifiers.phones import e164

__all__ = ["regional"]

FEWEST = 8
"""Digits of a phone, and characters of a national number, from which it is looked for."""

DATES = re.compile(
    r"(?<![0-9])(?:(?:1[89]|20)[0-9]{2}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:1[89]|20)[0-9]{2}"
    r"|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01]))(?![0-9])(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
AMOUNT = re.compile(
    r"[0-9]{1,15}[.,][0-9]{1,9}\Z|[1-9][0-9]{0,2}(?:[.,'][0-9]{3}){1,6}(?:[.,][0-9]{1,2})?\Z"
    r"|[1-9][0-9]{0,2}(?: [0-9]{3}){0,5} 000\Z"
)
"""A decimal number, thousands set apart, or thousands set apart by spaces that are round."""
BAND = re.compile(r"([0-9]{1,12}) ?[-/] ?([0-9]{1,12})\Z")
RUNS = re.compile(r"(?<![0-9A-Za-z.,+/-])[0-9A-Za-z][0-9A-Za-z./-]{6,24}(?![0-9A-Za-z])")
SPACED = re.compile(r"(?<![0-9A-Za-z.,+/-])[0-9(][0-9 ()./-]{6,22}[0-9](?![0-9A-Za-z])")
SEPARATORS = re.compile(r"[ ()/-]")
SEVEN = re.compile(r"(?:[^0-9]*+[0-9]){7}")


def regional(text: str, region: str) -> Iterator[str]:
    """The kinds of numbers of ``region`` (ISO alpha-2) that stand in ``text``, each once."""
    rest = DATES.sub(" ; ", text)
    if SEVEN.match(rest) is None:
        return
    found = [hit.group().strip("./- ") for pattern in (RUNS, SPACED) for hit in pattern.finditer(rest)]
    candidates = [one for one in dict.fromkeys(found) if not (AMOUNT.match(one) or _band(one))]
    if any(_national(one, region) for one in candidates):
        yield "national number"
    if any(_phone(one, region) for one in candidates):
        yield "phone number"


def _national(text: str, region: str) -> bool:
    return sum(map(str.isalnum, text)) >= FEWEST and sum(map(str.isdigit, text)) >= FEWEST - 1 and proven(text, region)


def _phone(text: str, region: str) -> bool:
    """Whether a text is a valid phone, written as people of the region write one.

    Where a trunk 0 is written, a bare number without it is any number; where there is none, it is the number itself.
    """
    digits = sum(map(str.isdigit, text))
    if digits < FEWEST or any(c.isalpha() for c in text):
        return False
    written = e164(text, region)
    if written is None:
        return False
    return text[0] in "0(" or SEPARATORS.search(text) is not None or e164(f"0{text}", region) != written


def _band(text: str) -> bool:
    """Whether a text is a band of numbers, from a lower to a higher one of about the same length."""
    found = BAND.match(text)
    if found is None or text[0] == "0":
        return False
    low, high = found.groups()
    return int(low) < int(high) and len(high) - len(low) <= 1
