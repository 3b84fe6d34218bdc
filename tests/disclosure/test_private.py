"""Differential privacy: what is promised is tried by an adversary who knows everything but one person."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.disclosure.private import dp_combinations, dp_plan
from anonshare.disclosure.private.bounding import bounded
from anonshare.disclosure.private.mechanisms import Sensitivity, gaussian, laplace
from anonshare.errors import DisclosureError

SECRET = b"secret of the sample"
DRAWS = 20_000
KEYS = {"a": ["x", "y", "z"], "b": ["u", "v"]}


_WAYS = np.array([math.lgamma(DRAWS + 1) - math.lgamma(k + 1) - math.lgamma(DRAWS - k + 1) for k in range(DRAWS + 1)])
_HITS = np.arange(DRAWS + 1)


def beyond(hits: int, *, upper: bool) -> float:
    """The Clopper-Pearson bound of a share of the draws at a risk of one in a thousand, by halving the binomial tail."""
    side = slice(0, hits + 1) if upper else slice(hits, None)

    def tail(share: float) -> float:
        chances = _WAYS[side] + _HITS[side] * math.log(share) + (DRAWS - _HITS[side]) * math.log1p(-share)
        return float(np.exp(chances).sum())

    if hits == (DRAWS if upper else 0):
        return float(upper)
    low, high = (hits / DRAWS, 1.0) if upper else (0.0, hits / DRAWS)
    for _ in range(25):
        middle = (low + high) / 2
        inside = tail(middle) > 0.001
        low, high = (middle, high) if inside == upper else (low, middle)
    return high if upper else low


def broken(without: list[int], with_him: list[int], epsilon: float, delta: float) -> bool:
    """Whether some threshold tells the two apart better than the budget allows, beyond doubt."""
    without, with_him = np.sort(without), np.sort(with_him)
    for threshold in range(int(without.min()), int(with_him.max()) + 1):
        false = len(without) - int(np.searchsorted(without, threshold))
        true = len(with_him) - int(np.searchsorted(with_him, threshold))
        fpr, tpr = beyond(false, upper=True), beyond(true, upper=False)
        if tpr > math.exp(epsilon) * fpr + delta or tpr - fpr > (math.exp(epsilon) - 1 + 2 * delta) / (
            math.exp(epsilon) + 1
        ):
            return True
    return False


@pytest.mark.parametrize("make", [laplace, gaussian])
def test_who_is_in_it_cannot_be_told(make):
    """TPR <= e^epsilon FPR + delta at every threshold, and the advantage within its bound."""
    mechanism = make(Sensitivity(1), 1.0, 1e-6, unknown=False)
    assert not broken(mechanism.release([20] * DRAWS), mechanism.release([21] * DRAWS), 1.0, 1e-6)


def test_twins_that_are_wrong_fail():
    """Half of the noise, and a person who counts three times because rows were not bounded, are found by the same test."""
    mechanism = laplace(Sensitivity(1), 1.0, 0.0, unknown=False)
    half = replace(mechanism, scale=mechanism.scale / 2)
    assert broken(half.release([20] * DRAWS), half.release([21] * DRAWS), 1.0, 0.0)
    assert broken(mechanism.release([20] * DRAWS), mechanism.release([23] * DRAWS), 1.0, 0.0)


def test_the_noise_has_its_distribution():
    """Discrete Laplace noise passes a chi-square test, discrete Gaussian noise a Kolmogorov test."""
    mechanism = laplace(Sensitivity(1), 0.5, 0.0, unknown=False)
    ratio = math.exp(-1 / mechanism.scale)
    drawn = Counter(np.clip(mechanism.release([0] * DRAWS), -8, 8).tolist())
    chances = {n: (1 - ratio) / (1 + ratio) * ratio ** abs(n) for n in range(-7, 8)}
    chances |= dict.fromkeys((-8, 8), ratio**8 / (1 + ratio))
    # the 0.1 % point of chi-square with 16 degrees of freedom
    assert sum((drawn[n] - DRAWS * p) ** 2 / (DRAWS * p) for n, p in chances.items()) < 39.3
    wide = gaussian(Sensitivity(1), 0.2, 1e-6, unknown=False)
    values, counts = np.unique(wide.release([0] * DRAWS), return_counts=True)
    normal = [0.5 * math.erfc(-(v + 0.5) / wide.scale / math.sqrt(2)) for v in values.tolist()]
    assert np.abs(np.cumsum(counts) / DRAWS - normal).max() < 1.95 / math.sqrt(DRAWS)


def test_more_cells_need_more_noise_and_a_threshold_is_for_unknown_keys():
    """The scale grows with what a person can change; only without public keys is there a threshold."""
    one, many = (laplace(Sensitivity(n), 1.0, 0.0, unknown=False) for n in (1, 10))
    assert math.isclose(many.scale, 10 * one.scale, rel_tol=1e-3)
    assert one.threshold is None
    known, unknown = (gaussian(Sensitivity(1), 1.0, 1e-6, unknown=u) for u in (False, True))
    assert unknown.scale > known.scale
    # a cell of one person shows up less often than delta
    tail = 0.5 * math.erfc((unknown.threshold - 1 - 0.5) / unknown.scale / math.sqrt(2))
    assert tail <= 1e-6


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), min_size=1), st.integers(1, 4), st.randoms())
def test_bounding_is_stable(rows, most, chance):
    """Nobody keeps more than he may, whoever has fewer keeps all, and the order and number of rows decide nothing."""
    people, labels = [f"p{i}" for i in range(6)], [f"c{i}" for i in range(10)]

    def kept(told):
        person, cell = (np.array(side) for side in zip(*told, strict=True))
        return set(map(tuple, bounded(person, cell, people, labels, most, SECRET).tolist()))

    found = kept(rows)
    mixed = [*rows, *rows]
    chance.shuffle(mixed)
    assert kept(mixed) == found
    distinct = {person: {c for p, c in rows if p == person} for person, _ in rows}
    for person, cells in distinct.items():
        own = {c for p, c in found if p == person}
        assert len(own) == min(most, len(cells))
        assert own <= cells


def people(n: int = 400) -> pd.DataFrame:
    return pd.DataFrame({"who": range(n), "a": ["x", "y"] * (n // 2), "b": ["u"] * n})


def test_public_keys_are_the_cells():
    """Every combination of the public keys leaves, none else: which values occur is not told."""
    plan = dp_plan({"t": ["a", "b"]}, unit="who", epsilon=1.0, keys=KEYS)
    frame = pd.concat([people(), pd.DataFrame({"who": [9_999], "a": ["rare"], "b": ["u"]})])
    cells = plan.release(frame, secret=SECRET)["t"].cells
    assert set(cells) == set(product(KEYS["a"], KEYS["b"]))
    assert abs(cells["x", "u"] - 200) < 12 * plan.mechanism.scale


def test_unknown_keys_leave_above_the_threshold():
    """A value of one person does not leave, and what leaves is at least the threshold."""
    plan = dp_plan({"t": ["a"]}, unit="who", epsilon=1.0)
    frame = pd.concat([people(), pd.DataFrame({"who": [9_999], "a": ["rare"], "b": ["u"]})])
    cells = plan.release(frame, secret=SECRET)["t"].cells
    assert set(cells) == {("x",), ("y",)}
    assert min(cells.values()) >= plan.mechanism.threshold


def test_a_person_counts_once_whatever_rows_he_has():
    """A hundred rows of one person move no count by more than one, beside all noise: the same rows of many do."""
    plan = dp_plan({"t": ["a"]}, unit="who", epsilon=20.0, keys=KEYS, mechanism="laplace")
    once = pd.DataFrame({"who": ["one"] * 300, "a": ["x", "y", "z"] * 100})
    cells = plan.release(once, secret=SECRET)["t"].cells
    assert sum(cells.values()) <= 4


def test_combinations_are_near_the_truth():
    """Singles, pairs and triples of three columns under one budget are within a few scales, and nothing far is invented."""
    rng = np.random.default_rng(2)
    keys = {"a": ["x", "y", "z"], "b": ["u", "v"], "c": ["1", "2", "3", "4"]}
    frame = pd.DataFrame({name: rng.choice(values, 3_000) for name, values in keys.items()}).assign(who=range(3_000))
    plan = dp_combinations(list(keys), keys=keys, unit="who", epsilon=2.0)
    made = plan.release(frame, secret=SECRET)
    assert set(made) == {("a",), ("b",), ("c",), ("a", "b"), ("a", "c"), ("b", "c"), ("a", "b", "c")}
    for by, table in made.items():
        true = frame.groupby(list(by)).size()
        for key, count in table.cells.items():
            assert abs(count - int(true[key if len(key) > 1 else key[0]])) < 15 * plan.mechanism.scale + 40


@pytest.mark.parametrize(
    "wrong",
    [
        {"epsilon": 0.0},
        {"epsilon": math.inf},
        {"epsilon": math.nan},
        {"epsilon": "1"},
        {"delta": 1e-5},
        {"delta": -1e-9},
        {"cells_per_person": 0},
        {"cells_per_person": 1.5},
        {"mechanism": "uniform"},
        {"delta": 0.0},
        {"keys": {"a": []}},
        {"keys": {"a": ["x", "x"]}},
        {"keys": {"b": ["u"]}},
    ],
)
def test_budgets_that_are_none_are_refused(wrong):
    """An epsilon without end, a large delta, half a cell, keys that are missing or doubled: refused before a row is read."""
    asked = {"unit": "who", "epsilon": 1.0, **wrong}
    with pytest.raises(DisclosureError):
        dp_plan({"t": ["a"]}, **asked)


def test_a_short_secret_and_a_missing_column_are_refused():
    """Both are told in one sentence."""
    plan = dp_plan({"t": ["a"]}, unit="who", epsilon=1.0)
    with pytest.raises(DisclosureError, match="16 bytes"):
        plan.release(people(), secret=b"short")
    with pytest.raises(DisclosureError, match="'a'"):
        plan.release(people()[["who", "b"]], secret=SECRET)
    with pytest.raises(DisclosureError):
        dp_combinations(["a"], keys=KEYS, unit="who", epsilon=1.0)
