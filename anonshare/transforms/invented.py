"""Realistic values that belong to nobody: reserved ranges where there are some, no identifier that proves itself elsewhere.

Names, addresses and organisations come from faker and follow its version.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from anonshare.identifiers.checksums import iban_valid
from anonshare.registry import guests

__all__ = ["KINDS", "Inventor", "inventor"]

Inventor = Callable[[int], str]
"""A realistic value from a number; always the same from the same one."""

KINDS: Mapping[str, str] = {
    "name": "per",
    "given_name": "per",
    "surname": "per",
    "phone": "ph",
    "email": "em",
    "iban": "ib",
    "document": "doc",
    "account": "acc",
    "address": "addr",
    "organisation": "org",
}
"""Kind of surrogate -> the token type whose spellings are one value."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


def inventor(kind: str) -> Inventor:
    """The maker of a kind of values; raises MissingExtra where faker is not installed."""
    own = _OWN.get(kind)
    if own is not None:
        return own
    with guests("Inventing surrogates", "share"):
        from faker import Faker
    fake: Any = Faker("en_US", use_weighting=False)
    make = _FAKED[kind]

    def invent(number: int) -> str:
        fake.seed_instance(number)
        return make(fake)

    return invent


def _phone(number: int) -> str:
    """A number kept for films: of Arcep (06 39 98 00 00 to 99 99) or Ofcom (07700 900000 to 900999)."""
    pick = number % 11_000
    return f"+3363998{pick:04}" if pick < 10_000 else f"+447700900{pick - 10_000:03}"


def _email(number: int) -> str:
    """An address at a domain that RFC 2606 keeps for examples."""
    return f"person.{number % 10**10:010}@example.org"


def _iban(number: int) -> str:
    """An IBAN of no country whose check digits are wrong; 00 and 01 are never both right."""
    rest = f"{_LETTERS[number % 24]}{number // 24 % 10**3:03}{number // 24_000 % 10**10:010}"
    return next(text for text in (f"XX00{rest}", f"XX01{rest}") if not iban_valid(text))


def _document(number: int) -> str:
    return f"X{_LETTERS[number % 24]}{number // 24 % 10**6:06}"


def _account(number: int) -> str:
    return f"X-{number % 10**6:06}"


_OWN: Mapping[str, Inventor] = {
    "phone": _phone,
    "email": _email,
    "iban": _iban,
    "document": _document,
    "account": _account,
}
_FAKED: Mapping[str, Callable[[Any], str]] = {
    "name": lambda fake: f"{fake.first_name()} {fake.last_name()}",
    "given_name": lambda fake: str(fake.first_name()),
    "surname": lambda fake: str(fake.last_name()),
    "address": lambda fake: f"{fake.street_address()}, {fake.city()}",
    "organisation": lambda fake: str(fake.company()),
}
