"""What a column's values prove to be: shares of kinds, never a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from anonshare.identifiers.checks import residual
from anonshare.identifiers.dates import ambiguous, read_date
from anonshare.identifiers.national_ids import proven
from anonshare.identifiers.phones import e164

__all__ = ["kinds_of"]


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
