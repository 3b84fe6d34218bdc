"""G8: k holds on the records that leave, counted over persons by their whole set of rows.

Subsets of the quasi-identifiers need no count of their own: a class over fewer columns is a union of classes over all.
"""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """k-anonymity not judged or not met."""
    if not facts.policy.released:
        return ()
    return (*_models(facts), *_intervals(facts))


def _models(facts: ReleaseFacts) -> tuple[Fault, ...]:
    verdicts = [v for v in facts.models or () if v.check == "k_anonymity"]
    if not verdicts:
        return (Fault("disclosure.models", "k was not measured on what leaves"),)
    return tuple(
        Fault("disclosure.models", f"k = {v.promised} is promised, {v.found} was found", "generalize more columns")
        for v in verdicts
        if not v
    )


def _intervals(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """A shift moves all dates of a person alike: the days between them stay, and are his."""
    if not facts.intervals:
        return ()
    words = f"{facts.intervals} person(s) have two or more dates that would leave to the day"
    return (Fault("columns", words, "shift_dates: {resolution: month}"),)
