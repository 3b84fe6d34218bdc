"""National identity numbers in their compact form, proven by their check digits where the country has any.

The check digits are python-stdnum's, and our own rules where it has none; a number of a country that is not listed is
not guessed at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from anonshare.errors import MissingExtra
from anonshare.identifiers.national_europe import EUROPE
from anonshare.identifiers.national_number import NationalNumber
from anonshare.identifiers.national_rules import RULES
from anonshare.identifiers.national_world import WORLD

__all__ = ["COUNTRIES", "NUMBERS", "holds", "national_id", "of_length", "proven"]

NUMBERS: tuple[NationalNumber, ...] = EUROPE + WORLD
"""Every row."""

COUNTRIES: dict[str, tuple[NationalNumber, ...]] = {
    country: tuple(row for row in NUMBERS if row.country == country) for country in {row.country for row in NUMBERS}
}
"""Country (ISO alpha-2) -> its rows."""

UNPROVEN = frozenset({"us.ssn", "us.itin", "dk.cpr", "mx.rfc", "in_.pan", "ke.pin", "my.nric", "pk.cnic", "egyptian",
                      "ukrainian_register", "id.nik"})  # fmt: skip
"""Rules that know a form without a check digit: any number of that form passes."""

SEPARATORS = str.maketrans("", "", " .-/\u00a0\u2013+()")

_BY_LENGTH: dict[int, tuple[NationalNumber, ...]] = {
    n: tuple(row for row in NUMBERS if n in row.lengths) for n in range(5, 22)
}


@cache
def _module(name: str) -> Any:
    try:
        from stdnum import get_cc_module
    except ImportError:
        raise MissingExtra("Reading national identity numbers", "share") from None
    country, _, number = name.partition(".")
    return get_cc_module(country, number)


def of_length(length: int) -> tuple[NationalNumber, ...]:
    """The rows whose compact form has ``length`` characters."""
    return _BY_LENGTH.get(length, ())


def holds(row: NationalNumber, compact: str) -> bool:
    """Whether a compact text has the row's form and its rule holds (a row without a rule has its form alone)."""
    if row.form.match(compact) is None:
        return False
    if not row.rule:
        return True
    own = RULES.get(row.rule)
    if own is not None:
        return own(compact)
    try:
        return bool(_module(row.rule).is_valid(compact))
    except (ValueError, IndexError, KeyError, TypeError):
        # the library is written for typed numbers, and a text of the right form can still surprise it
        return False


def national_id(value: str, country: str) -> str | None:
    """The compact form of a valid number of ``country`` (ISO alpha-2), None where it is none, or the country is unknown."""
    return next((compact for _, compact in _held(value, country)), None)


def proven(value: str, country: str) -> bool:
    """Whether a text is a number whose check digits hold: it can hardly be one by chance."""
    return any(row.rule and row.rule not in UNPROVEN for row, _ in _held(value, country))


def _held(value: str, country: str) -> Iterator[tuple[NationalNumber, str]]:
    if len(value) > 40:
        return
    compact = value.translate(SEPARATORS).upper()
    for row in COUNTRIES.get(country.upper(), ()):
        if len(compact) in row.lengths and holds(row, compact):
            yield row, compact
