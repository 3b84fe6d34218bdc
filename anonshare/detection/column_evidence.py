"""The evidence of a column: shares of its values by what they are, each judged as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from anonshare.detection.column_kinds import kinds_of_cell
from anonshare.detection.column_sample import Sample
from anonshare.identifiers.columns import national_share, phone_share

__all__ = ["PROOFS", "Evidence", "evidence"]

PROOFS = (
    "EMAIL_ADDRESS", "IBAN_CODE", "MRZ", "ICCID", "IMEI", "CREDIT_CARD", "CRYPTO", "VIN", "NATIONAL_ID", "PHONE_NUMBER",
    "URL", "MAC_ADDRESS", "IP_ADDRESS", "GPS", "PLUS_CODE", "HANDLE", "BIC", "DATE_TIME",
)  # fmt: skip
"""Entity types that values prove by themselves, the stronger proof first; it decides between equal shares."""

STRAY = frozenset({"EMAIL_ADDRESS", "IBAN_CODE", "MRZ", "PHONE_NUMBER", "URL", "MAC_ADDRESS", "HANDLE"})
"""Types of which single values are no accident in a column of something else."""

PROVING = 0.6
PRESUMED = 0.85
"""Share of values that are phones of a region which nobody named: the grouping of numbers differs less than regions."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """``shares``: entity type or mark -> share of the distinct values; ``words``: mean words of a value."""

    shares: Mapping[str, float]
    words: float

    def share(self, *kinds: str) -> float:
        """The largest share of any of ``kinds``."""
        return max((self.shares.get(kind, 0.0) for kind in kinds), default=0.0)

    @property
    def proven(self) -> str | None:
        """The entity type that most values prove to be; None where none is."""
        best = max(PROOFS, key=lambda kind: (self.share(kind), -PROOFS.index(kind)))
        return best if self.share(best) >= PROVING else None

    @property
    def stray(self) -> str | None:
        """A type of identifier that some of the values are without doubt; None where none is."""
        best = max(sorted(STRAY), key=self.share)
        return best if self.share(best) > 0 else None


def evidence(seen: Sample, region: str | None = None) -> Evidence:
    """The shares of a sample's values; all zero where there are none."""
    total = len(seen.texts)
    if not total:
        return Evidence({}, 0.0)
    counts: Counter[str] = Counter()
    for text in seen.texts:
        counts.update(kinds_of_cell(text))
    shares = {kind: n / total for kind, n in counts.items()}
    words = sum(len(text.split()) for text in seen.texts) / total
    return Evidence(shares | _by_country(seen, shares, region), words)


def _by_country(seen: Sample, shares: Mapping[str, float], region: str | None) -> dict[str, float]:
    """Shares of what one country's rules prove: asked only where there are digits enough."""
    found: dict[str, float] = {}
    if shares.get("code", 0) + shares.get("digits", 0) >= PROVING:
        found["NATIONAL_ID"] = national_share(seen.texts, region)
    written = shares.get("PHONE_NUMBER", 0)
    if shares.get("phone", 0) >= PROVING and written < PROVING:
        share = phone_share(seen.texts, region)
        if region is not None or (share >= PRESUMED and _dialled(seen)):
            found["phone of a region"] = share
    return found


def _dialled(seen: Sample) -> bool:
    """Whether most values are written as one dials: a zero first, or groups of digits."""
    return sum(t[:1] in "0(+" or not t.isdigit() for t in seen.texts) >= PRESUMED * len(seen.texts)
