"""Noise by cell keys, and rounding: unbiased, bounded, the same for the same persons, and as distributed as promised."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure
from anonshare.disclosure.cells import MARGIN
from anonshare.disclosure.tabular.cell_key import noise_table, noisy_tables, record_keys
from anonshare.disclosure.tabular.rounding import controlled_tables, rounded_tables
from anonshare.errors import DisclosureError

SECRET = b"permanent secret"


def persons(counts: dict[tuple[str, str], int], tag: str = "") -> disclosure.tabular.counting.Tabulated:
    rows = [(f"{tag}{a}{b}{i}", a, b) for (a, b), count in counts.items() for i in range(count)]
    frame = pd.DataFrame(rows, columns=["who", "a", "b"])
    return disclosure.tabulate(frame, {"t": ["a", "b"]}, unit="who")


@pytest.mark.parametrize(
    ("largest", "variance", "small"), [(5, 2.0, 0), (5, 4.0, 2), (3, 1.0, 1), (10, 12.0, 4), (1, 0.5, 0)]
)
def test_the_noise_is_what_it_says(largest, variance, small):
    """Every row is a distribution of mean 0 on allowed results; large counts have the variance exactly, zero has none."""
    table = noise_table(largest, variance, small)
    noise = np.arange(-largest, largest + 1)
    for count, steps in enumerate(table.steps):
        chances = np.diff([0.0, *steps, 1.0])
        assert abs(float(chances @ noise)) < 1e-8
        results = count + noise[chances > 1e-12]
        assert (results >= 0).all()
        assert not ((results > 0) & (results <= small)).any()
    assert abs(float(chances @ noise**2) - variance) < 1e-6
    assert table.noise(np.zeros(3, np.int64), np.array([0.0, 0.5, 0.999])).tolist() == [0, 0, 0]


def test_noise_follows_its_distribution():
    """Over 40,000 cells the noise passes a chi-square test against its table, and the keys a Kolmogorov test of uniformity."""
    keys = record_keys(SECRET, [f"p{i}" for i in range(40_000)])
    uniform = np.sort((keys >> np.uint64(11)).astype(float) / 2.0**53)
    places = np.arange(1, len(uniform) + 1) / len(uniform)
    # the 0.1 % point of Kolmogorov's distribution
    assert max(np.abs(places - uniform).max(), np.abs(uniform - places + 1 / len(uniform)).max()) < 1.95 / math.sqrt(
        len(uniform)
    )
    table = noise_table(5, 2.0, 0)
    drawn = Counter(table.noise(np.full(len(keys), 100), (keys >> np.uint64(11)).astype(float) / 2.0**53).tolist())
    chances = np.diff([0.0, *table.steps[-1], 1.0])
    chi = sum((drawn[v] - len(keys) * p) ** 2 / (len(keys) * p) for v, p in zip(range(-5, 6), chances, strict=True))
    # the 0.1 % point of chi-square with 10 degrees of freedom
    assert chi < 29.6


def test_the_same_persons_have_the_same_noise():
    """In another table, another order and another month a cell of the same persons has the same noisy count."""
    counts = {("x", "u"): 12, ("x", "v"): 7, ("y", "u"): 30}
    one = noisy_tables(persons(counts), SECRET, noise_table())["t"].cells
    turned = dict(reversed(counts.items()))
    other = noisy_tables(persons({**turned, ("z", "w"): 9}), SECRET, noise_table())["t"].cells
    assert all(other[key] == one[key] for key in one if MARGIN not in key)
    assert noisy_tables(persons(counts), b"x" * 16, noise_table())["t"].cells != one


@given(
    st.dictionaries(st.tuples(st.sampled_from("xyz"), st.sampled_from("uvw")), st.integers(1, 40), min_size=1),
    st.integers(2, 10),
)
@settings(max_examples=25, deadline=None)
def test_controlled_rounding_adds_up(counts, base):
    """Every cell is a next multiple of the base, and every margin the sum of its cells."""
    cells = controlled_tables(persons(counts), base, SECRET)["t"].cells
    true = {**counts}
    for (a, b), count in counts.items():
        for key in ((a, MARGIN), (MARGIN, b), (MARGIN, MARGIN)):
            true[key] = true.get(key, 0) + count
    for key, value in cells.items():
        assert value % base == 0
        assert abs(value - true[key]) < base
    for a, b in cells:
        inner = [v for (x, y), v in cells.items() if MARGIN not in (x, y) and (a in (x, MARGIN)) and (b in (y, MARGIN))]
        assert cells[a, b] == sum(inner)


def test_random_rounding_is_unbiased():
    """The mean over many secrets is the count, and a multiple stays what it is."""
    told = persons({("x", "u"): 12, ("x", "v"): 10})
    found = [rounded_tables(told, 5, b"%016d" % i)["t"].cells for i in range(600)]
    values = np.array([one["x", "u"] for one in found])
    assert set(values.tolist()) == {10, 15}
    # five standard errors
    assert abs(values.mean() - 12) < 5 * math.sqrt(6 / 600)
    assert {one["x", "v"] for one in found} == {10}


@pytest.mark.parametrize("asked", [(0, 1.0, 0), (5, 0.0, 0), (5, 26.0, 0), (5, 2.0, 5), (51, 2.0, 0)])
def test_noise_that_is_none_is_refused(asked):
    """Parameters that allow no noise are refused."""
    with pytest.raises(DisclosureError):
        noise_table(*asked)


def test_secrets_that_are_short_and_amounts_are_refused():
    """A short secret can be guessed; amounts are neither rounded nor given noise of counts."""
    told = persons({("x", "u"): 12})
    with pytest.raises(DisclosureError):
        noisy_tables(told, b"short", noise_table())
    paid = disclosure.tabulate(pd.DataFrame({"a": ["x"], "paid": ["3"]}), {"t": ["a"]}, amount="paid")
    for make in (lambda: noisy_tables(paid, SECRET, noise_table()), lambda: controlled_tables(paid, 5, SECRET)):
        with pytest.raises(DisclosureError):
            make()
    with pytest.raises(DisclosureError):
        rounded_tables(told, 1, SECRET)
