"""The leak gate's scan: identifiers that prove themselves by a check digit or a valid form, anywhere in a text.

It looks at every distinct value that leaves, so it is cheap: one look rules most values out before a pattern runs. Dates,
months, bands and our own tokens are none of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from anonshare.identifiers.checks_regional import regional
from anonshare.identifiers.checksums import iban_valid, luhn_valid
from anonshare.identifiers.phones import e164
from anonshare.identifiers.travel import td1_valid, zone_valid
from anonshare.identifiers.vehicles import vin_valid
from anonshare.identifiers.wallets import bitcoin_valid, tron_valid, wallet_form

__all__ = ["CHECKED", "IdentifierCheck", "residual"]

TOKEN = re.compile(r"\b[a-z]{2,4}_[0-9a-hjkmnp-tv-z]{26}\b|\bu[0-9a-f]{24}\b")
CARD_PREFIX = re.compile(r"(?:3[47]|4|5[1-5]|2[2-7]|6)")
SEVEN = re.compile(r"(?:[^0-9]*+[0-9]){7}")
RUN = re.compile(r"[A-Za-z0-9<]{17}")
HIDDEN = frozenset({"Cf", "Cc"})


@dataclass(frozen=True, slots=True)
class IdentifierCheck:
    """A kind of identifier: where it may stand, and whether what stands there is one.

    ``least`` is the fewest characters of a text that holds one, ``mark`` a character that it cannot be without.
    """

    name: str
    pattern: re.Pattern[str]
    valid: Callable[[str], bool]
    least: int
    mark: str = ""


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _card(text: str) -> bool:
    digits = _digits(text)
    return 13 <= len(digits) <= 19 and bool(CARD_PREFIX.match(digits)) and luhn_valid(digits)


def _imei(text: str) -> bool:
    digits = _digits(text)
    return len(digits) == 15 and len(set(digits)) > 2 and luhn_valid(digits)


def _iccid(text: str) -> bool:
    digits = _digits(text)
    return len(digits) in {19, 20} and len(set(digits)) > 2 and luhn_valid(digits)


def _zone(text: str) -> bool:
    return zone_valid((text,))


def _card_zone(text: str) -> bool:
    return td1_valid(text[:30], text[-30:])


def _wallet(text: str) -> bool:
    return bitcoin_valid(text) or tron_valid(text) or wallet_form(text)


CHECKED: tuple[IdentifierCheck, ...] = (
    IdentifierCheck(
        "e-mail address", re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"), lambda _: True, 5, "@"
    ),
    IdentifierCheck(
        "IBAN",
        re.compile(r"\b[A-Z]{2}[0-9]{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b"),
        lambda text: iban_valid(text.replace(" ", "")),
        15,
    ),
    IdentifierCheck(
        "phone number", re.compile(r"\+[0-9][0-9 ()./-]{6,20}[0-9]"), lambda text: e164(text) is not None, 8, "+"
    ),
    IdentifierCheck("card number", re.compile(r"(?<![0-9.-])[0-9](?:[ -]?[0-9]){12,18}(?![0-9.-])"), _card, 13),
    IdentifierCheck(
        "device number (IMEI)",
        re.compile(r"(?<![0-9.])[0-9]{2}[ /-]?[0-9]{6}[ /-]?[0-9]{6}[ /-]?[0-9](?![0-9.])"),
        _imei,
        15,
    ),
    IdentifierCheck(
        "SIM card number (ICCID)", re.compile(r"(?<![0-9.])89[ -]?[0-9](?:[ -]?[0-9]){16,17}(?![0-9.])"), _iccid, 19
    ),
    IdentifierCheck(
        "passport zone", re.compile(r"(?<![A-Z0-9<])(?:[A-Z0-9<]{44}|[A-Z0-9<]{36})(?![A-Z0-9<])"), _zone, 36
    ),
    IdentifierCheck(
        "zone of an identity card",
        re.compile(r"(?<![A-Z0-9<])[A-Z0-9<]{30}\s{0,4}[A-Z0-9<]{30}(?![A-Z0-9])"),
        _card_zone,
        60,
    ),
    IdentifierCheck("vehicle number (VIN)", re.compile(r"\b[A-HJ-NPR-Z0-9]{13}[0-9]{4}\b"), vin_valid, 17),
    IdentifierCheck(
        "wallet address",
        re.compile(r"(?<![0-9A-Za-z])(?:0x[0-9a-fA-F]{40}|[0-9A-Za-z]{25,106})(?![0-9A-Za-z])"),
        _wallet,
        25,
    ),
)


def residual(text: str, region: str | None = None) -> tuple[str, ...]:
    """The names of the kinds of identifiers that stand in ``text``, each once.

    ``region`` (ISO alpha-2) is the country whose phones without a country code and whose proven national numbers are
    looked for as well.
    """
    read = text if text.isascii() else _plain(text)
    if SEVEN.match(read) is None and "@" not in read and RUN.search(read) is None:
        return ()
    rest = TOKEN.sub(" ", read)
    found = [
        check.name
        for check in CHECKED
        if len(rest) >= check.least
        and check.mark in rest
        and any(check.valid(hit.group()) for hit in check.pattern.finditer(rest))
    ]
    if region is not None:
        found += [kind for kind in regional(rest, region) if kind not in found]
    return tuple(found)


def _plain(text: str) -> str:
    """Digits of all scripts and widths as ASCII, and nothing that hides between them."""
    kept = (c for c in unicodedata.normalize("NFKC", text) if c in "\n\t" or unicodedata.category(c) not in HIDDEN)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in kept)
