"""What one cell is as a whole: entity types that its form or its check digit tells, and marks of its shape.

A cell is no note: the whole of it is judged, so that a rule that would be noise inside a text is evidence here.
Marks are in lower case, entity types in upper case. No model reads a cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from ipaddress import ip_address

from anonshare.codes.countries import country
from anonshare.codes.headers import word_list
from anonshare.identifiers.checksums import iban_valid, luhn_valid
from anonshare.identifiers.dates import ambiguous, read_date
from anonshare.identifiers.phones import e164
from anonshare.identifiers.travel import zone_valid
from anonshare.identifiers.vehicles import vin_form, vin_valid
from anonshare.identifiers.wallets import bitcoin_valid, tron_valid, wallet_form

__all__ = ["kinds_of_cell"]

SHORTEST, LONGEST = 4, 400
EMAIL = re.compile(r"[^\s@<>(),;]{1,64}@[^\s@.<>(),;]{1,63}(?:\.[^\s@.<>(),;]{1,63}){1,6}")
URL = re.compile(r"(?:https?://|www\.)\S{3,380}|[a-z2-7]{16}(?:[a-z2-7]{40})?\.onion(?:/\S{0,300})?", re.IGNORECASE)
HANDLE = re.compile(r"@[\w.]{2,40}|u/[\w-]{3,30}|(?:t\.me|wa\.me)/\S{3,60}")
MAC = re.compile(r"[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}|(?:[0-9A-Fa-f]{4}\.){2}[0-9A-Fa-f]{4}")
PAIR = re.compile(r"(-?[0-9]{1,2}\.[0-9]{3,15})[ ,;]{1,3}(-?[0-9]{1,3}\.[0-9]{3,15})(?:[ ,;]{1,3}-?[0-9.]{1,12}){0,2}")
DEGREES = re.compile(r"[NSEWO]?\s?[0-9]{1,3}\s?°.{0,40}")
PLUS_CODE = re.compile(
    r"[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?:[ ,].{1,60})?|/{3}\w{2,20}\.\w{2,20}\.\w{2,20}"
)
CARD = re.compile(
    r"4(?:[0-9]{12}|[0-9]{15}|[0-9]{18})|5[1-5][0-9]{14}|2[2-7][0-9]{14}|3[47][0-9]{13}|6[0-9]{15,18}|3[068][0-9]{12}"
)
BIC = re.compile(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
UUID = re.compile(r"(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
SHORT_DATE = re.compile(
    r"[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}|[0-9]{1,2}[ -][^\W\d_]{3,9}[ -][0-9]{2}|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?"
)
NUMBER = re.compile(r"[-+]?[0-9]{1,15}(?:[.,][0-9]{1,12})?|[-+]?[0-9]{1,3}(?:[,. '][0-9]{3}){1,5}(?:[.,][0-9]{1,4})?")
AMOUNT = re.compile(
    r"(?:[€$£¥₽₴₺₹]|[A-Z]{3}|lei) ?[-+]?[0-9][0-9.,' ]{0,18}|[-+]?[0-9][0-9.,' ]{0,18} ?(?:[€$£¥₽₴₺₹%]|[A-Z]{3}|lei|zł|Kč|Ft)"
)
BAND = re.compile(
    r"[0-9]{1,3} ?(?:[-–+]|to|bis|a) ?[0-9]{0,3}(?: ?[^\W\d_]{1,8})?|[<>]=? ?[0-9]{1,3}|[0-9]{1,3} ?[^\W\d_]{1,8}\.?"
)
PHONE_MARKS = re.compile(r"\+?[0-9(][0-9 ()./-]{5,22}[0-9]")
PLATE = re.compile(r"(?=.{0,11}[0-9])(?=.{0,11}[^\W\d_])[^\W_]{1,4}(?:[ .-]?[^\W_]{1,5}){0,3}")
NAME_MARKS = str.maketrans("", "", " '’.-·,")
_SEPARATORS = str.maketrans("", "", " .-/")


def kinds_of_cell(text: str) -> frozenset[str]:
    """Entity types and marks of a cell whose white space is single; none for a long one, which is text."""
    if len(text) > LONGEST:
        return frozenset()
    folded = unicodedata.normalize("NFKC", text)
    if folded.isascii():
        plain = folded
    else:
        plain = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded if unicodedata.category(c) != "Cf"
        )
    digits = sum(c.isdigit() for c in plain)
    found = {name for name, holds in _TOLD if holds(plain)}
    if digits:
        found |= {name for name, holds in _NUMBERS if holds(plain)}
    else:
        found |= _letters(plain)
    return frozenset(found)


@lru_cache(maxsize=4096)
def _is_country(text: str) -> bool:
    return len(text) <= 60 and country(text) is not None


def _letters(text: str) -> set[str]:
    words = text.split()
    found = set()
    if len(words) <= 8 and text.translate(NAME_MARKS).replace("`", "").isalpha():
        found.add("letters")
        # writing systems without capitals have names too
        if len(words) <= 5 and all(w[0].isupper() or not w[0].isalpha() or w.lower() == w.upper() for w in words[-1:]):
            found.add("name")
    folded = text.casefold()
    if folded in word_list("sexes"):
        found.add("sex")
    if folded in word_list("yes_no"):
        found.add("flag")
    if _is_country(text) and folded not in word_list("yes_no"):
        found.add("country")
    return found


def _compact(text: str) -> str:
    return text.translate(_SEPARATORS).upper()


def _card(text: str) -> bool:
    digits = _compact(text)
    return CARD.fullmatch(digits) is not None and len(set(digits)) > 2 and luhn_valid(digits)


def _imei(text: str) -> bool:
    digits = _compact(text)
    return len(digits) in {15, 16, 17} and digits.isdigit() and len(set(digits)) > 2 and luhn_valid(digits[:15])


def _iccid(text: str) -> bool:
    digits = _compact(text)
    return digits[:2] == "89" and len(digits) in {18, 19, 20} and digits.isdigit() and luhn_valid(digits)


def _ip(text: str) -> bool:
    try:
        return ("." in text or ":" in text) and bool(ip_address(text))
    except ValueError:
        return False


def _pair(text: str) -> bool:
    found = PAIR.fullmatch(text)
    if found is None:
        return DEGREES.fullmatch(text) is not None
    return abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180


def _date(text: str) -> bool:
    if text.isdigit() and len(text) == 4:
        return False
    return read_date(text) is not None or ambiguous(text) or SHORT_DATE.fullmatch(text.lower()) is not None


def _whole(low: int, high: int) -> Callable[[str], bool]:
    return lambda text: text.isdigit() and len(text) <= 7 and low <= int(text) <= high


def _coordinate(text: str) -> bool:
    whole, dot, rest = text.partition(".")
    return (
        bool(dot)
        and len(rest) >= 3
        and len(rest) <= 18
        and NUMBER.fullmatch(text) is not None
        and abs(float(whole or "0")) <= 180
    )


def _code(text: str) -> bool:
    return SHORTEST <= len(text) <= 40 and " " not in text.strip() and not NUMBER.fullmatch(text)


_TOLD: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("EMAIL_ADDRESS", lambda t: "@" in t and EMAIL.fullmatch(t) is not None),
    ("URL", lambda t: URL.fullmatch(t) is not None),
    ("HANDLE", lambda t: HANDLE.fullmatch(t) is not None),
    ("MAC_ADDRESS", lambda t: len(t) in {14, 17} and MAC.fullmatch(t) is not None),
    ("IP_ADDRESS", _ip),
    ("PLUS_CODE", lambda t: PLUS_CODE.fullmatch(t) is not None),
    ("BIC", lambda t: len(t) in {8, 11} and BIC.fullmatch(t) is not None and _is_country(t[4:6])),
)
_NUMBERS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("IBAN_CODE", lambda t: iban_valid(_compact(t))),
    ("CREDIT_CARD", _card),
    ("IMEI", _imei),
    ("ICCID", _iccid),
    ("MRZ", lambda t: "<" in t and zone_valid(tuple(t.split()))),
    ("VIN", lambda t: len(t) == 17 and vin_valid(t.upper())),
    ("vin form", lambda t: len(t) == 17 and vin_form(t.upper())),
    ("CRYPTO", lambda t: 25 <= len(t) <= 110 and (bitcoin_valid(t) or tron_valid(t) or wallet_form(t))),
    ("GPS", _pair),
    ("PHONE_NUMBER", lambda t: t[:1] == "+" and e164(t) is not None),
    ("phone", lambda t: PHONE_MARKS.fullmatch(t) is not None and 6 <= sum(c.isdigit() for c in t) <= 15),
    ("DATE_TIME", _date),
    ("uuid", lambda t: UUID.fullmatch(t) is not None),
    ("number", lambda t: NUMBER.fullmatch(t) is not None),
    ("amount", lambda t: NUMBER.fullmatch(t) is not None or AMOUNT.fullmatch(t) is not None),
    ("age", _whole(0, 120)),
    ("band", lambda t: BAND.fullmatch(t) is not None),
    ("serial day", lambda t: _whole(8_000, 60_000)(t.partition(".")[0]) and NUMBER.fullmatch(t) is not None),
    ("moment", lambda t: t.isdigit() and len(t) in {10, 13} and t[0] in "123"),
    ("year", _whole(1900, 2100)),
    ("coordinate", _coordinate),
    ("rounded", lambda t: re.fullmatch(r"[0-9][.,]?[0-9]{0,17}[eE]\+?[0-9]{1,3}", t) is not None),
    ("plate", lambda t: len(t) <= 12 and PLATE.fullmatch(t) is not None),
    ("post code", lambda t: 3 <= len(t) <= 10 and re.fullmatch(r"[A-Za-z0-9]{1,5}(?:[ -]?[A-Za-z0-9]{2,5})?", t) is not None),
    ("digits", lambda t: _compact(t).isdigit() and len(_compact(t)) >= SHORTEST),
    ("long number", lambda t: t.isdigit() and len(t) >= 9),
    ("code", lambda t: _code(t) or len(_compact(t)) >= 6),
    ("street", lambda t: any(c.isalpha() for c in t) and " " in t),
    ("sex", lambda t: t in word_list("sexes")),
    ("flag", lambda t: t in word_list("yes_no")),
)  # fmt: skip
