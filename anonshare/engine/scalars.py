"""The canonical text of one Python value: what a cell says, whatever held it."""

from __future__ import annotations

import math
from datetime import date, datetime, time
from decimal import Decimal
from numbers import Integral, Real

__all__ = ["float_text", "moment_text", "text_of"]


def float_text(value: float) -> str | None:
    """The shortest text that reads back as the same double, without ``.0``; NaN is no value.

    Raises ValueError for an infinity, which is no measurement.
    """
    if math.isnan(value):
        return None
    if math.isinf(value):
        raise ValueError("an infinity")
    return "0" if value == 0 else repr(value).removesuffix(".0")


def moment_text(value: datetime) -> str:
    """ISO 8601 wall-clock time without its zone; midnight is the date alone, because that is what a date became."""
    wall = value.replace(tzinfo=None)
    if wall.time() == time():
        return wall.date().isoformat()
    return _trimmed(wall.isoformat(timespec="microseconds"))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".")


def _decimal_text(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("an infinity")
    return format(value, "f")


def _real_text(value: Real) -> str | None:
    # numpy's narrow floats print their own shortest text: 3.14, not the double 3.140000104904175 next to it
    return float_text(value if isinstance(value, float) else float(str(value)))


def text_of(value: object) -> str | None:
    """The canonical text of a value, None where there is no value; raises TypeError for a kind that has no text.

    Integers plain, floats shortest, booleans ``true`` and ``false``, dates and times ISO 8601; blank text is none.
    """
    if value is None or value != value:  # noqa: PLR0124  NaN and NaT are not equal to themselves
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Decimal):
        return _decimal_text(value)
    if isinstance(value, Real):
        return _real_text(value)
    if isinstance(value, datetime):
        return moment_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _trimmed(value.replace(tzinfo=None).isoformat(timespec="microseconds"))
    raise TypeError("a kind without text")
