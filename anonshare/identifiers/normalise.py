"""One form for each identifier, so that the same phone typed in two ways gives one token.

``normalise`` gives None for what is no valid identifier of its kind: an invalid number must not get a token of its own
kind, or typing errors would look like other people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from ipaddress import ip_address

from anonshare.identifiers.checksums import iban_valid
from anonshare.identifiers.names import normal_name
from anonshare.identifiers.phones import e164
from anonshare.identifiers.scripts import look_alikes

__all__ = ["ENTITIES", "normalise"]

EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+\Z")


def _plain(value: str) -> str:
    """NFKC, invisible characters off, white space single."""
    text = "".join(c for c in unicodedata.normalize("NFKC", value) if unicodedata.category(c) not in {"Cf", "Cc"})
    return " ".join(text.split())


def _compact(value: str) -> str:
    """Letters and digits alone, upper case."""
    return "".join(c for c in _plain(value).upper() if c.isalnum())


def _email(value: str, _region: str | None) -> str | None:
    text = _plain(value).lower()
    return text if EMAIL.match(text) else None


def _iban(value: str, _region: str | None) -> str | None:
    text = _compact(value)
    return text if iban_valid(text) else None


def _number(value: str, _region: str | None) -> str | None:
    """Document, account and plate numbers: at least four letters and digits, a digit among them.

    Letters of Cyrillic and Greek that look Latin are read as Latin: typists and registers mix them.
    """
    text = look_alikes("".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in _compact(value)))
    return text if len(text) >= 4 and any(c.isdigit() for c in text) else None


def _name(value: str, _region: str | None) -> str | None:
    return normal_name(_plain(value)) or None


def _words(value: str, _region: str | None) -> str | None:
    text = _plain(value).casefold()
    return " ".join(re.findall(r"\w+", text)) or None


def _ip(value: str, _region: str | None) -> str | None:
    try:
        return str(ip_address(_plain(value)))
    except ValueError:
        return None


ENTITIES: Mapping[str, Callable[[str, str | None], str | None]] = {
    "per": _name,
    "ph": e164,
    "em": _email,
    "ib": _iban,
    "doc": _number,
    "acc": _number,
    "plt": _number,
    "addr": _words,
    "org": _words,
    "ip": _ip,
}
"""Token type -> how its values are normalised."""


def normalise(entity: str, value: str, *, region: str | None = None) -> str | None:
    """The one form of ``value`` as an identifier of token type ``entity``; None where it is not valid.

    ``region`` (ISO alpha-2) is the country in which a phone number without a country code is read.
    """
    return ENTITIES[entity](value, region)
