"""Distinct l over persons, from counts alone."""

from hypothesis import given
from hypothesis import strategies as st

from anonshare.disclosure.l_diversity import judge
from anonshare.shapes import FrequencyTable


def table(*classes):
    """Each class is (persons, {value: persons})."""
    return FrequencyTable(
        persons={i: persons for i, (persons, _) in enumerate(classes)},
        sensitive={"s": {i: held for i, (_, held) in enumerate(classes)}},
    )


@given(st.lists(st.dictionaries(st.integers(1, 5), st.integers(1, 4), max_size=5), min_size=1), st.integers(1, 4))
def test_every_class_needs_l_values(classes, least):
    """With one value a person, l holds exactly if every class has l distinct values."""
    found = judge(table(*((sum(held.values()) or 1, held) for held in classes)), column="s", l=least)
    assert bool(found) == all(len(held) >= least for held in classes)


def test_missing_values_never_count():
    """A class with one value and nine persons without one is not 2-diverse, nor is a class left out of the counts."""
    assert not judge(table((10, {1: 1})), column="s", l=2)
    assert not judge(FrequencyTable({0: 5}, {"s": {}}), column="s", l=2)


def test_a_value_that_all_hold_is_known():
    """Two values do not help where every person holds the first of them in one of his rows."""
    verdict = judge(table((3, {1: 3, 2: 2})), column="s", l=2)
    assert not verdict
    assert "every person" in verdict.missing[0]
    assert judge(table((3, {1: 2, 2: 2})), column="s", l=2)


def test_values_held_by_nobody_are_no_values():
    """A zero in the counts is no value."""
    assert not judge(table((3, {1: 3, 2: 0})), column="s", l=2)


def test_nothing_to_judge_is_not_met():
    """An empty release and a column that was not counted are refused with a reason."""
    assert judge(FrequencyTable({}, {"s": {}}), column="s", l=2).missing
    assert judge(FrequencyTable({0: 5}), column="s", l=2).missing


def test_shortfalls_are_counts():
    """The verdict tells how many classes fall short, never which value."""
    verdict = judge(table((3, {"canary": 3}), (4, {"a": 2, "b": 2})), column="s", l=2)
    assert "1 of 2 classes" in verdict.missing[0]
    assert "canary" not in repr(verdict)
