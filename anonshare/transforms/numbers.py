"""Numbers as people write them, exactly: no float, no exponent, no infinity, and none that could be read two ways."""

from __future__ import annotations

import re
from decimal import Decimal

__all__ = ["canonical", "number"]

_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<whole>[0-9]{1,30})(?:(?P<mark>[.,])(?P<part>[0-9]{1,30}))?", re.ASCII)


def number(text: str) -> Decimal | None:
    """The number of a text; a comma is a decimal mark where it cannot stand between thousands.

    ``1,5`` and ``0,500`` are numbers, ``1,500`` is not: it is one and a half to some and fifteen hundred to others. A
    point is the decimal mark, as in the files that programs write.
    """
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    sign, whole, mark, part = found.group("sign", "whole", "mark", "part")
    if mark == "," and len(part) == 3 and len(whole) <= 3 and whole[0] != "0":
        return None
    return Decimal(f"{sign}{whole}.{part or '0'}")


def canonical(value: Decimal) -> str:
    """The one way to write a number: no sign but a minus, no zeros that say nothing, no exponent."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    digits = digits.lstrip("0")
    if not digits:
        return "0"
    return sign + (f"0{digits}" if digits.startswith(".") else digits)
