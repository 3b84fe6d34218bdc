"""Phone numbers in E.164 (ITU-T E.164), validated with Google's metadata."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from anonshare.errors import MissingExtra

__all__ = ["e164", "several"]

_EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_LONGEST = 60

_RUN = re.compile(r"\+?\d(?:[^\w;,|+\n]{0,4}\d)*")
_BETWEEN = re.compile(r"\s{0,3}/\s{0,3}|\s{1,3}[-\u2013\u2014]\s{1,3}")
_WHOLE = 6
"""Digits from which a part of a cell is a number of its own: fewer are an area code, an extension or a last digit."""

_MOST = 15
"""Digits of the longest number (ITU-T E.164)."""


def _written(value: str) -> str | None:
    """The number as it was meant: invisible characters off, digits of other scripts as digits, ``00`` as ``+``.

    None for a number that a spreadsheet rounded (4.07E+10): its last digits are lost.
    """
    if len(value) > _LONGEST:
        return None
    text = (value if value.isascii() and value.isprintable() else _plain(value)).strip()
    if _EXPONENT.fullmatch(text):
        return None
    text = text.removesuffix(".0") if text.replace(".0", "").isdigit() else text
    return f"+{text[2:]}" if text.startswith("00") else text


def _plain(value: str) -> str:
    kept = (c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) not in {"Cf", "Cc"})
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)


@cache
def _library() -> Any:
    try:
        import phonenumbers
    except ImportError:
        raise MissingExtra("Reading phone numbers", "share") from None
    return phonenumbers


def e164(value: str, region: str | None = None) -> str | None:
    """The number as ``+40…``, None where it is not valid; ``region`` is assumed where no country code is given."""
    library = _library()
    text = _written(value)
    if text is None:
        return None
    try:
        number = library.parse(text, region)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))


def several(value: str) -> tuple[str, ...]:
    """The numbers of a cell that may hold more than one, without extensions and words; the cell itself where it is one.

    ``0722 123 456 / 0733 444 555`` is two, ``0212/123456`` one; ``int. 12`` belongs to no number.
    """
    text = value.strip()
    text = text.removesuffix(".0") if text.replace(".0", "").isdigit() else text
    parts = [part for run in _RUN.findall(text) for part in _parts(run)]
    numbers = tuple(dict.fromkeys(part for part in parts if _digits(part) >= _WHOLE))
    # a cell that is one number with separators of its own ("0212,123456") is searched as it is written
    apart = len(numbers) > 1 or any(c.isalpha() for c in text)
    return numbers if numbers and apart else (text,)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _parts(run: str) -> list[str]:
    """A run cut where a number stands on both sides of a mark; ``0722123456/57`` is a number and another ending."""
    head, *rest = _BETWEEN.split(run)
    if rest and all(_digits(part) >= _WHOLE for part in (head, *rest)):
        return [one for part in (head, *rest) for one in _halves(part)]
    if rest and _digits(head) > _WHOLE and all(_digits(part) <= 2 for part in rest):
        return [head, *(head[: -len(part)] + part for part in rest)]
    return _halves(run)


def _halves(run: str) -> list[str]:
    """A run that is too long for one number, cut at a space into numbers of the same length."""
    groups = run.split()
    half, rest = divmod(_digits(run), 2)
    if not rest and _MOST < 2 * half <= 2 * _MOST:
        for cut in range(1, len(groups)):
            if _digits("".join(groups[:cut])) == half:
                return [" ".join(groups[:cut]), " ".join(groups[cut:])]
    return [run]
