"""Phone numbers in E.164 (ITU-T E.164), validated with Google's metadata."""

from __future__ import annotations

from functools import cache
from typing import Any

from anonshare.errors import MissingExtra

__all__ = ["e164"]


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
    try:
        number = library.parse(value, region)
    except library.NumberParseException:
        return None
    if not library.is_valid_number(number):
        return None
    return str(library.format_number(number, library.PhoneNumberFormat.E164))
