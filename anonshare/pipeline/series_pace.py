"""How often a series can release: persons come one by one, and a release takes in at least k of them or none."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

from anonshare.pipeline.durations import after
from anonshare.pipeline.series_store import PastRelease

__all__ = ["INTERVALS", "arrivals_per_day", "shortest_interval"]

INTERVALS = ("P1M", "P2M", "P3M", "P6M", "P1Y")
SURE = 0.95
"""Of the releases, as many as take in everybody who came: 19 of 20."""


def arrivals_per_day(past: Sequence[PastRelease], came: int, waiting: int, today: date) -> float | None:
    """New persons a day since the first release; None where no day has passed since.

    ``came`` and ``waiting`` are those of the release that is planned today.
    """
    if not past or today <= past[0].day:
        return None
    arrived = sum(one.came for one in past[1:]) + came + waiting - past[0].waiting
    return max(arrived, 0) / (today - past[0].day).days


def shortest_interval(per_day: float, k: int) -> str | None:
    """The shortest of ``INTERVALS`` in which at least ``k`` persons come, 19 times of 20; None where none is enough.

    Arrivals are taken to be independent of each other (a Poisson process).
    """
    start = date(2001, 1, 1)  # no leap day in the year that follows
    for interval in INTERVALS:
        if _at_least(k, per_day * (after(start, interval) - start).days) >= SURE:
            return interval
    return None


def _at_least(k: int, mean: float) -> float:
    """The chance that a Poisson variable is ``k`` or more."""
    if mean <= 0:
        return 0.0
    return 1 - sum(math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(k))
