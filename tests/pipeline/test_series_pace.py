"""How often a series can release, from how many persons came so far."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.pipeline.durations import after
from anonshare.pipeline.series_pace import INTERVALS, arrivals_per_day, shortest_interval
from anonshare.pipeline.series_store import PastRelease

DAY = date(2026, 1, 1)


def days(interval: str) -> int:
    return (after(date(2001, 1, 1), interval) - date(2001, 1, 1)).days


@pytest.mark.parametrize("per_day", [0.05, 0.2, 0.5, 1.0])
def test_the_interval_is_enough_and_no_shorter_one_is(per_day):
    """Of simulated arrivals, k or more come in the interval 19 times of 20, and less often in the next shorter one."""
    found, rng = shortest_interval(per_day, 11), np.random.default_rng(3)
    share = {one: (rng.poisson(per_day * days(one), 40_000) >= 11).mean() for one in INTERVALS}
    enough = [one for one in INTERVALS if share[one] >= 0.95]
    assert found == (enough[0] if enough else None)


@given(st.floats(0, 100), st.floats(0, 100), st.integers(2, 50))
def test_more_arrivals_never_need_longer(one, other, k):
    """The interval is monotone in the pace; nobody who comes means that no interval is enough."""
    slow, fast = (shortest_interval(rate, k) for rate in sorted((one, other)))
    order = [*INTERVALS, None]
    assert order.index(fast) <= order.index(slow)
    assert shortest_interval(0.0, k) is None


def test_who_waits_counts_once():
    """A person who came before and waited still is one arrival; before a second day nothing is known."""
    past = [PastRelease("a" * 32, DAY, 100, 2), PastRelease("b" * 32, DAY + timedelta(30), 0, 5)]
    assert arrivals_per_day(past, came=11, waiting=1, today=DAY + timedelta(60)) == (0 + 11 + 1 - 2) / 60
    assert arrivals_per_day(past[:1], came=0, waiting=0, today=DAY) is None
    assert arrivals_per_day([], came=9, waiting=0, today=DAY) is None
