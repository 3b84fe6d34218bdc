"""The leak gate's scan: identifiers that prove themselves by a check digit or a valid form, anywhere in a text.

It looks at every distinct value that leaves, so it is cheap: a character class rules most values out before a pattern
runs. Dates, months, bands and our own tokens are none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from anonshare.identifiers.checksums import iban_valid, luhn_valid, mrz_valid
from anonshare.identifiers.phones import e164

__all__ = ["CHECKED", "IdentifierCheck", "residual"]

TOKEN = re.compile(r"\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b|\bu[0-9a-f]{24}\b")
CARD_PREFIX = re.compile(r"(?:3[47]|4|5[1-5]|2[2-7]|6)")


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """A kind of identifier: where it may stand, and whether what stands there is one."""

    name: str
    pattern: re.Pattern[str]
    valid: Callable[[str], bool]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _card(text: str) -> bool:
    digits = _digits(text)
    return 13 <= len(digits) <= 19 and bool(CARD_PREFIX.match(digits)) and luhn_valid(digits)


def _imei(text: str) -> bool:
    digits = _digits(text)
    return len(digits) == 15 and len(set(digits)) > 2 and luhn_valid(digits)


CHECKED: tuple[IdentifierCheck, ...] = (
    IdentifierCheck("e-mail address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), lambda _: True),
    IdentifierCheck(
        "IBAN",
        re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b"),
        lambda text: iban_valid(text.replace(" ", "")),
    ),
    IdentifierCheck("phone number", re.compile(r"\+[0-9][0-9 ()./-]{6,20}[0-9]"), lambda text: e164(text) is not None),
    IdentifierCheck("card number", re.compile(r"(?<![0-9.-])[0-9](?:[ -]?[0-9]){12,18}(?![0-9.-])"), _card),
    IdentifierCheck("device number (IMEI)", re.compile(r"(?<![0-9.])[0-9]{15}(?![0-9.])"), _imei),
    IdentifierCheck("passport zone", re.compile(r"\b[A-Z0-9<]{44}(?![A-Z0-9<])"), mrz_valid),
)


def residual(text: str) -> tuple[str, ...]:
    """The names of the kinds of identifiers that stand in ``text``, each once."""
    if "@" not in text and sum(c.isdigit() for c in text) < 7:
        return ()
    rest = TOKEN.sub(" ", text)
    return tuple(
        check.name for check in CHECKED if any(check.valid(found.group()) for found in check.pattern.finditer(rest))
    )
