"""Amounts of money as people write them: read where there is one reading, never guessed.

``1,234`` is a thousand for some and one for others; nothing in the cell tells.
"""

from __future__ import annotations

import json
import re
import unicodedata
from decimal import Decimal
from functools import cache

from anonshare.codes.lists import data_file

__all__ = ["read_amount"]

LONGEST = 40
_WHOLE = re.compile(r"([+-]?) ?([^\d +(),.'-]{0,4}) ?([+-]?) ?(\d[\d.,' ]*?) ?([^\d +(),.'-]{0,4})", re.ASCII)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_GROUPED = re.compile(
    r"\d{1,3}(?:(?:[ ]\d{3})+|(?:'\d{3})+)(?:[.,]\d+)?"
    r"|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:\.\d{3})+,\d+"
    r"|\d{1,3}(?:(?:,\d{3}){2,}|(?:\.\d{3}){2,})"
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?",
    re.ASCII,
)
_TWO_READINGS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)


@cache
def _currencies() -> frozenset[str]:
    raw = json.loads(data_file("currencies.json"))
    return frozenset(f"{raw['codes']} {raw['signs']}".casefold().split())


def read_amount(text: str) -> Decimal | None:
    """The amount that a text is, without its currency; None where it is none, or has two readings.

    Groups of thousands are set apart by points, commas, spaces or apostrophes. A single point or comma before exactly
    three digits has two readings, unless what stands before it could be no group (``0.125``, ``1234.500``). A
    currency may stand on one side: an ISO 4217 code or a sign. Parentheses mean less than nothing.
    """
    plain = _as_typed(text)
    debt = plain.startswith("(") and plain.endswith(")")
    found = _WHOLE.fullmatch(plain[1:-1].strip() if debt else plain)
    if found is None:
        return None
    sign, before, second, body, after = found.groups()
    known = all(mark.casefold() in _currencies() for mark in (before, after) if mark)
    number = _number(body) if known and not (before and after) else None
    if number is None or (bool(sign) + bool(second) + debt) > 1:
        return None
    return -number if debt or "-" in (sign, second) else number


def _as_typed(text: str) -> str:
    """Digits, spaces, minus signs and apostrophes of all kinds as a keyboard has them; nothing where it is too long."""
    if len(text) > LONGEST:
        return ""
    plain = text.translate({0x2212: "-", 0x2019: "'", 0x066B: ",", 0x066C: "'"})
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in plain)
    return " ".join(digits.split())


def _number(body: str) -> Decimal | None:
    if _PLAIN.fullmatch(body):
        return None if _TWO_READINGS.fullmatch(body) else Decimal(body.replace(",", "."))
    if not _GROUPED.fullmatch(body):
        return None
    mark = next(c for c in body if not c.isdigit())
    rest = body.replace(mark, "")
    return Decimal(rest.replace(",", "."))
