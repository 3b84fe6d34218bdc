"""Privacy models by the examples of those who defined them, and by laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from anonshare.disclosure.models import (
    AverageRisk,
    DistinctLDiversity,
    EntropyLDiversity,
    JournalistRisk,
    KAnonymity,
    MarketerRisk,
    ProsecutorRisk,
    RecursiveLDiversity,
    TCloseness,
    model_of,
    spec_of,
)
from anonshare.disclosure.models.base import class_counts
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.errors import DisclosureError
from anonshare.shapes import FrequencyTable

TREE = (("a", "x", "*"), ("b", "x", "*"), ("c", "y", "*"), ("d", "y", "*"))
LABELS = (None, "a", "b", "c", "d")
MODELS = [
    KAnonymity(3),
    DistinctLDiversity("s", 2),
    EntropyLDiversity("s", 1.7),
    RecursiveLDiversity("s", 2.0, 2),
    TCloseness("s", 0.3),
    TCloseness("s", 0.3, "ordered", order=("a", "b", "c", "d")).bound(LABELS),
    TCloseness("s", 0.3, "hierarchical", hierarchy=TREE).bound(LABELS),
    ProsecutorRisk(0.3),
    AverageRisk(0.3),
    MarketerRisk(0.1, 200),
    JournalistRisk(0.1, 200),
]


def counted(classes) -> FrequencyTable:
    """Classes of persons, each with one value of s or none (0)."""
    persons = {n: len(values) for n, values in enumerate(classes)}
    held = {n: {v: values.count(v) for v in set(values) - {0}} for n, values in enumerate(classes)}
    return FrequencyTable(persons, {"s": held})


def counts(table: FrequencyTable, model) -> ClassCounts:
    return class_counts(table, model.column)


def classes(least=1):
    return st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=6), min_size=least, max_size=5)


def widened(found: ClassCounts) -> ClassCounts:
    """Four values, whatever occurs."""
    if found.values is None:
        return found
    values = np.zeros((len(found.persons), 4), dtype=np.int64)
    values[:, : found.values.shape[1]] = found.values
    return ClassCounts(found.persons, values, values.sum(axis=0), found.everybody)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: f"{m.name}-{getattr(m, 'distance', '')}")
@given(groups=classes())
def test_the_verdict_is_what_the_search_decides_by(model, groups):
    """A table is judged met exactly where every class holds, and all of them together."""
    table = counted(groups)
    found = widened(counts(table, model))
    assert bool(model.judge(table)) == (bool(model.hold(found).all()) and model.together(found.persons))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: f"{m.name}-{getattr(m, 'distance', '')}")
@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(groups=classes(least=2))
def test_merging_classes_never_breaks_a_model(model, groups):
    """Two classes that hold still hold as one, so a coarser recoding never loses a promise."""
    assert model.monotone
    before = widened(counts(counted(groups), model))
    good = model.hold(before)
    assume(good[0] and good[1] and model.together(before.persons))
    after = widened(counts(counted([groups[0] + groups[1], *groups[2:]]), model))
    assert model.hold(after)[0]
    assert model.together(after.persons)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: f"{m.name}-{getattr(m, 'distance', '')}")
@given(groups=classes(), chance=st.randoms(use_true_random=False))
def test_the_order_of_classes_and_persons_does_not_matter(model, groups, chance):
    """A permutation of classes, and of persons in them, has the same verdict."""
    moved = [chance.sample(group, len(group)) for group in chance.sample(groups, len(groups))]
    one, other = model.judge(counted(groups)), model.judge(counted(moved))
    assert (one.met, one.missing) == (other.met, other.missing)


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_nobody_left_meets_nothing(model):
    """An empty table holds no model."""
    assert not model.judge(FrequencyTable({}, {"s": {}}))


@pytest.mark.parametrize("model", [m for m in MODELS if m.column], ids=lambda m: m.name)
def test_values_that_were_not_counted_meet_nothing(model):
    """A model of a column that nobody counted is not held."""
    assert not model.judge(FrequencyTable({0: 9}))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_a_recipe_gives_the_model_back(model):
    """The plain data of a model are that model, before it knew codes."""
    again = model_of(spec_of(model))
    assert spec_of(again) == spec_of(model)


SALARIES = ("3k", "4k", "5k", "6k", "7k", "8k", "9k", "10k", "11k")


@pytest.mark.parametrize(("own", "distance"), [(("3k", "4k", "5k"), 0.375), (("6k", "8k", "11k"), 0.1667)])
def test_ordered_distance_is_that_of_its_authors(own, distance):
    """Li, Li, Venkatasubramanian 2007, section 5: {3k,4k,5k} is 0.375 from nine salaries, {6k,8k,11k} 0.167."""
    vocabulary = (None, *SALARIES)
    values = np.array([[int(label in own) for label in SALARIES]])
    found = ClassCounts(np.array([3]), values, np.ones(9, dtype=np.int64), 9)
    near = TCloseness("salary", distance + 0.0004, "ordered", order=SALARIES).bound(vocabulary)
    far = TCloseness("salary", distance - 0.0004, "ordered", order=SALARIES).bound(vocabulary)
    assert near.hold(found).tolist() == [True]
    assert far.hold(found).tolist() == [False]


def test_hierarchical_distance_moves_to_cousins_at_half_the_price():
    """All mass at one leaf of two under one node of two: half of it moves to the sibling, half across the root."""
    found = ClassCounts(np.array([4]), np.array([[4, 0, 0, 0]]), np.array([4, 4, 4, 4]), 16)
    moved = 0.25 * 0.5 + 0.5 * 1.0
    assert TCloseness("s", moved, "hierarchical", hierarchy=TREE).bound(LABELS).hold(found).all()
    assert not TCloseness("s", moved - 1e-6, "hierarchical", hierarchy=TREE).bound(LABELS).hold(found).any()
    assert not TCloseness("s", 0.7499).hold(found).any()
    assert TCloseness("s", 0.75).hold(found).all()


def test_a_missing_value_is_a_value_for_closeness():
    """A class in which nobody has a value, while elsewhere nobody lacks one, is as far as can be."""
    table = FrequencyTable({0: 4, 1: 4}, {"s": {0: {}, 1: {1: 2, 2: 2}}})
    assert not TCloseness("s", 0.49).judge(table)
    assert TCloseness("s", 0.5).judge(table)


def test_entropy_counts_effective_values():
    """Two even values hold l = 2, a skewed pair does not, and a missing value adds nothing."""
    assert EntropyLDiversity("s", 2).judge(counted([[1, 2]]))
    assert not EntropyLDiversity("s", 2).judge(counted([[1, 1, 2]]))
    assert not EntropyLDiversity("s", 2).judge(counted([[1, 0, 0]]))


def test_recursive_compares_the_commonest_with_the_rest():
    """(c, l): the commonest must be rarer than c times all from the l-th on."""
    group = [[1, 1, 1, 2, 2, 3]]
    assert RecursiveLDiversity("s", 2, 2).judge(counted(group))
    assert not RecursiveLDiversity("s", 1, 2).judge(counted(group))
    assert not RecursiveLDiversity("s", 3, 3).judge(counted(group))
    assert RecursiveLDiversity("s", 3.1, 3).judge(counted(group))


def test_a_value_that_everybody_has_is_known():
    """Persons with several values: what all of a class hold is known of each, whatever stands beside it."""
    table = FrequencyTable({0: 3}, {"s": {0: {1: 3, 2: 1, 3: 1, 4: 1}}})
    assert not EntropyLDiversity("s", 2).judge(table)
    assert not RecursiveLDiversity("s", 9, 2).judge(table)
    assert not DistinctLDiversity("s", 2).judge(table)


def test_risks_are_those_of_class_sizes():
    """Prosecutor: the smallest class; average: classes by persons; marketer and journalist: those by the population's share."""
    table = counted([[1], [1, 1, 1]])
    assert ProsecutorRisk(1.0).judge(table).found == "1"
    assert not ProsecutorRisk(0.9).judge(table)
    assert AverageRisk(0.5).judge(table)
    assert not AverageRisk(0.49).judge(table)
    assert MarketerRisk(0.05, 40).judge(table)
    assert not MarketerRisk(0.049, 40).judge(table)
    assert JournalistRisk(0.1, 40).judge(table)
    assert not JournalistRisk(0.099, 40).judge(table)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: KAnonymity(0),
        lambda: DistinctLDiversity("s", 0),
        lambda: EntropyLDiversity("s", 0.5),
        lambda: EntropyLDiversity("s", float("nan")),
        lambda: RecursiveLDiversity("s", 0, 2),
        lambda: TCloseness("s", 1.1),
        lambda: TCloseness("s", 0.2, "far"),
        lambda: TCloseness("s", 0.2, "hierarchical"),
        lambda: ProsecutorRisk(0),
        lambda: AverageRisk(1.5),
        lambda: MarketerRisk(0.5, 0),
        lambda: MarketerRisk(0.5, 10.5),
        lambda: JournalistRisk(0.5, 0),
        lambda: JournalistRisk(0, 10),
        lambda: TCloseness("s", 0.2, "ordered", order=("a",)).bound(LABELS),
        lambda: TCloseness("s", 0.2, "ordered").bound(LABELS),
        lambda: TCloseness("s", 0.2, "hierarchical", hierarchy=TREE[:2]).bound(LABELS),
    ],
)
def test_parameters_that_mean_nothing_are_refused(wrong):
    """A model is not made of them, and the message shows no value of the column."""
    with pytest.raises(DisclosureError) as refused:
        wrong()
    assert refused.value.reason == "parameters"
    assert not any(f"'{label}'" in str(refused.value) for label in "abcd")
