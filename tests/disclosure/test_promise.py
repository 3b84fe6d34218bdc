"""l-diversity inside the search agrees with the judge."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.l_diversity import judge
from anonshare.disclosure.models import DistinctLDiversity
from anonshare.disclosure.promise import promise
from anonshare.shapes import FrequencyTable


def diversity(codes, least):
    return promise(DistinctLDiversity("s", least), codes)


@given(
    st.lists(st.tuples(st.integers(0, 1), st.lists(st.integers(0, 3), min_size=2, max_size=2)), min_size=1, max_size=9),
    st.integers(1, 3),
)
@settings(deadline=None)
def test_a_part_holds_exactly_if_the_judge_says_so(persons, least):
    """For persons with two rows each in two parts, the search and the judge come to the same answer."""
    told = diversity(np.array([values for _, values in persons], dtype=np.int32), least)
    part = np.array([where for where, _ in persons])
    sizes = np.bincount(part, minlength=2)
    found = told.parts(np.arange(len(persons)), part, sizes)
    for number in range(2):
        own = [set(values) - {0} for where, values in persons if where == number]
        held = {value: sum(value in values for values in own) for value in set().union(*own)}
        if own:
            table = FrequencyTable({number: len(own)}, {"s": {number: held}})
            assert bool(found[number]) == bool(judge(table, column="s", l=least))


def test_a_value_counts_once_per_person():
    """Two persons with two values, each in both rows of one: neither value is held by all."""
    assert diversity(np.array([[1, 1], [2, 2]], dtype=np.int32), 2).holds(np.arange(2))
    assert not diversity(np.array([[1, 2], [2, 1]], dtype=np.int32), 2).holds(np.arange(2))
