"""What a column's values prove to be: shares of kinds, never a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from anonshare.identifiers.checks import residual
from anonshare.identifiers.dates import ambiguous, read_date
from anonshare.identifiers.national_ids import COUNTRIES, proven
from anonshare.identifiers.phones import e164

__all__ = ["kinds_of", "national_share", "phone_share"]

SCREENED = 40
"""Values on which countries are tried; only a country that fits most of them is asked about all."""

FEW = 8
"""Values by which the region of phones is guessed: parsing costs, and most regions' plans differ in the first of them."""

FEWEST = 4
"""Values below which a check digit may hold by chance in one of so many countries."""

MOST = 0.7
REGIONS = (
    "AL", "AT", "BE", "BG", "BR", "CO", "CY", "CZ", "DE", "DO", "EG", "ES", "FR", "GB", "GH", "GR", "HR", "HU", "IE",
    "IN", "IT", "KE", "LT", "LV", "MA", "MD", "MK", "MX", "NG", "NL", "PE", "PH", "PK", "PL", "PT", "RO", "RS", "RU",
    "SE", "SI", "SK", "TH", "TN", "TR", "UA", "US", "VE", "VN", "ZA",
)  # fmt: skip
"""Regions whose national way of writing phones is tried where nobody says the region."""


def kinds_of(values: Sequence[str], region: str | None = None) -> dict[str, int]:
    """Kind -> in how many of the distinct ``values`` it was found.

    ``region`` (ISO alpha-2) is the country whose national numbers, and whose phone numbers without a country code, are
    recognised.
    """
    found: Counter[str] = Counter()
    for value in values:
        found.update(residual(value))
        if read_date(value) is not None:
            found["date"] += 1
        elif ambiguous(value):
            found["date, day or month first"] += 1
        elif region is not None:
            found.update(_national(value, region))
    return dict(found)


def _national(value: str, region: str) -> list[str]:
    kinds = []
    if proven(value, region):
        kinds.append("national number")
    elif not value.startswith("+") and 6 <= sum(c.isdigit() for c in value) <= 15 and e164(value, region) is not None:
        kinds.append("phone number")
    return kinds


def national_share(values: Sequence[str], region: str | None = None) -> float:
    """The share of ``values`` that are national numbers of one country by their check digits: the country of the most.

    Every country is tried on the first few values, ``region`` on all. Columns of very few values prove only numbers of
    ``region``: among so many countries a check digit holds by chance. What the same values with another digit prove as
    well is no proof, and is taken off.
    """
    if not values:
        return 0.0
    likely = {region.upper()} if region else set()
    if len(values) >= FEWEST:
        likely |= {c for c in COUNTRIES if _most(values[:SCREENED], c)}
    return max((_share(values, c) - _share([_altered(v) for v in values], c) for c in sorted(likely)), default=0.0)


def _most(head: Sequence[str], one: str) -> bool:
    """Whether a country's numbers are most of the first values; the search ends with the first few that are none."""
    left = int((1 - MOST) * len(head))
    for value in head:
        left -= not proven(value, one)
        if left < 0:
            return False
    return True


def _share(values: Sequence[str], one: str) -> float:
    return sum(proven(value, one) for value in values) / len(values)


def _altered(value: str) -> str:
    """The value with its last digit moved by one: check digits do not hold any more."""
    for place in range(len(value) - 1, -1, -1):
        if value[place].isdecimal():
            return f"{value[:place]}{(int(value[place]) + 1) % 10}{value[place + 1 :]}"
    return value


def phone_share(values: Sequence[str], region: str | None = None) -> float:
    """The share of ``values`` that are valid phone numbers of one region: ``region``, or the one with the most."""
    if not values:
        return 0.0
    head = values[:FEW]
    best = region or max(REGIONS, key=lambda one: (sum(e164(value, one) is not None for value in head), one))
    return sum(e164(value, best) is not None for value in values) / len(values)
