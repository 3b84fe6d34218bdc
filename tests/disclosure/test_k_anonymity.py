"""k over persons, from counts alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.disclosure.k_anonymity import judge
from anonshare.registry import PRIVACY_MODELS
from anonshare.shapes import FrequencyTable

counts = st.dictionaries(st.integers(), st.integers(1, 30), min_size=1)


@given(counts, st.integers(1, 30))
def test_met_exactly_if_the_smallest_class_has_k(persons, k):
    """K holds exactly if no class has fewer than k persons."""
    assert bool(judge(FrequencyTable(persons), k=k)) == (min(persons.values()) >= k)


def test_an_empty_release_meets_nothing():
    """A rule over nothing would be trivially true: it is refused with a reason."""
    verdict = judge(FrequencyTable({}), k=2)
    assert not verdict
    assert verdict.missing


def test_shortfalls_are_counts():
    """The verdict tells how many classes and persons fall short, never which."""
    verdict = judge(FrequencyTable({("canary",): 1, ("other",): 3, "big": 9}), k=5)
    assert verdict.missing == ("2 of 3 classes with 4 persons are below 5",)
    assert "canary" not in repr(verdict)


@pytest.mark.parametrize("name", ["k_anonymity", "l_diversity"])
def test_a_policy_finds_the_models_by_name(name):
    """The registry leads to the judges."""
    assert callable(PRIVACY_MODELS[name])
