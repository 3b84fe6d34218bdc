"""Phone numbers in E.164 (ITU-T E.164), validated with Google's metadata."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from anonshare.errors import MissingExtra

__all__ = ["e164"]


_EXPONENT = re.compile(r"[0-9][.,]?[0-9]*[eE]\+?[0-9]+")
_LONGEST = 60


def _written(value: str) -> str | None:
    """The number as it was meant: invisible characters off, digits of other scripts as digits, ``00`` as ``+``.

    None for a number that a spreadsheet rounded (4.07E+10): its last digits are lost.
    """
    if len(value) > _LONGEST:
        return None
    kept = "".join(c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) not in {"Cf", "Cc"})
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept).strip()
    if _EXPONENT.fullmatch(text):
        return None
    text = text.removesuffix(".0") if text.replace(".0", "").isdigit() else text
    return f"+{text[2:]}" if text.startswith("00") else text


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
