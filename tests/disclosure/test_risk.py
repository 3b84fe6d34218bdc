"""Risk from class sizes: by hand, by laws, and by a path that shares nothing with the search."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure.risk import class_sizes, risk_of
from anonshare.errors import DisclosureError
from tests.disclosure.adult import adult


def test_by_hand():
    """Two alone, a pair and a class of six: the figures that anybody can check."""
    risk = risk_of({1: 2, 2: 1, 6: 1}, threshold=0.2, population=100)
    assert (risk.persons, risk.classes) == (10, 4)
    assert (risk.highest, risk.average, risk.unique) == (1.0, 0.4, 0.2)
    assert risk.at_risk == pytest.approx(0.4)
    assert risk.journalist == pytest.approx(0.1)
    assert risk.marketer == pytest.approx(0.04)
    assert 0 < risk.population_unique < risk.unique


@given(st.dictionaries(st.integers(1, 30), st.integers(1, 5), min_size=1), st.floats(1, 50))
def test_a_larger_population_never_raises_a_risk(sizes, times):
    """Risks are probabilities; those in a population are at most those in the table, and nobody alone there is not here."""
    persons = sum(size * count for size, count in sizes.items())
    risk = risk_of(sizes, population=int(persons * times))
    assert 0 < risk.average <= risk.highest <= 1
    assert risk.marketer <= risk.average + 1e-12
    assert risk.journalist <= risk.highest + 1e-12
    assert risk.population_unique is None or 0 <= risk.population_unique <= 1


@given(st.lists(st.integers(0, 5), min_size=2, max_size=20))
def test_merging_two_classes_never_raises_the_prosecutor_risk(labels):
    """A coarser recoding has no higher risk, highest or average."""
    fine = class_sizes([[str(label) for label in labels]])
    coarse = class_sizes([[str(label // 2) for label in labels]])
    assert risk_of(coarse).highest <= risk_of(fine).highest
    assert risk_of(coarse).average <= risk_of(fine).average


def test_persons_with_several_rows_are_counted_once():
    """A person is alike with who has the same rows, in any order; a missing cell is a value of its own."""
    sizes = class_sizes([["a", "b", "b", "a", "a", None]], ["p", "p", "q", "q", "r", "s"])
    assert sizes == Counter({1: 2, 2: 1})


def test_estimates_of_population_uniques_are_near():
    """Of a population of 30,162 with known uniques, samples of a tenth and a third give the right order of magnitude."""
    frame, _ = adult()
    columns = ["age", "education", "occupation", "workclass"]
    whole = class_sizes([frame[name].tolist() for name in columns])
    true = whole[1] / len(frame)
    rng = np.random.default_rng(4)
    for share in (0.1, 1 / 3):
        part = frame.iloc[rng.choice(len(frame), int(len(frame) * share), replace=False)]
        risk = risk_of(class_sizes([part[name].tolist() for name in columns]), population=len(frame))
        assert true / 2.5 < risk.population_unique < true * 2.5
        assert risk.population_unique < risk.unique
    assert risk_of(whole, population=len(frame)).population_unique == true


def test_the_released_table_passes_by_the_independent_path():
    """What recode released has no class below k, counted from its cells without any of recode's code."""
    frame, hierarchies = adult()
    before = risk_of(class_sizes([frame[name].tolist() for name in frame]))
    found = d.recode(frame, hierarchies, [d.KAnonymity(11)])
    after = risk_of(class_sizes([found.table.column(name).to_pylist() for name in found.table.column_names]))
    assert before.unique > 0.5
    assert after.unique == 0
    assert after.highest <= 1 / 11
    assert after.classes == found.classes


def test_no_risk_of_nobody():
    """An empty table, and a population smaller than the table, are refused."""
    with pytest.raises(DisclosureError):
        risk_of({})
    with pytest.raises(DisclosureError):
        risk_of({3: 2}, population=5)
