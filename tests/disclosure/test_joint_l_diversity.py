"""Several sensitive columns together: whoever rules out one value still faces l - 1 of each, by plain counting."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.errors import DisclosureError

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]


def plainly(rows, least) -> bool:
    """Of one class: (a, b) of each person, None where missing."""

    def enough(left, count):
        return all(len({row[c] for row in left} - {None}) >= count for c in range(2))

    if not enough(rows, least):
        return False
    return all(
        enough([row for row in rows if row[c] != value], least - 1)
        for c in range(2)
        for value in {row[c] for row in rows} - {None}
    )


VALUE = st.sampled_from(["1", "2", "3", None])


@given(st.lists(st.lists(st.tuples(VALUE, VALUE), min_size=1, max_size=6), min_size=1, max_size=4), st.integers(2, 3))
@settings(max_examples=120)
def test_it_is_what_plain_counting_says(classes, least):
    """A class holds exactly where ruling out any value of any column leaves l - 1 values of every column."""
    joint = [None, *dict.fromkeys(json.dumps(row) for group in classes for row in group if row != (None, None))]
    model = d.JointLDiversity(("a", "b"), least).bound(joint)
    values = np.array([[sum(json.dumps(row) == text for row in group) for text in joint[1:]] for group in classes])
    counts = ClassCounts(np.array([len(group) for group in classes]), values.reshape(len(classes), len(joint) - 1))
    assert model.hold(counts).tolist() == [plainly(group, least) for group in classes]


def test_columns_that_tell_each_other_are_recoded_further():
    """Two columns, diverse one by one, of which each tells the other: together they need a coarser class."""
    frame = pd.DataFrame(
        {"k": ["xx"] * 4 + ["xy"] * 4, "a": ["1", "2"] * 2 + ["3", "4"] * 2, "b": ["p", "q"] * 2 + ["r", "s"] * 2}
    )
    each = [d.KAnonymity(2), d.DistinctLDiversity("a", 2), d.DistinctLDiversity("b", 2)]
    fine = d.recode(frame, {"k": LETTERS}, each)
    assert set(fine.table.column("k").to_pylist()) == {"xx", "xy"}
    for method in ("local", "global"):
        found = d.recode(frame, {"k": LETTERS}, [d.KAnonymity(2), d.JointLDiversity(("a", "b"), 3)], method=method)
        assert set(found.table.column("k").to_pylist()) == {"x"}
        assert found.met
        again = d.Recipe.from_json(found.recipe.to_json()).apply(frame)
        assert again.table.num_rows == 8


@pytest.mark.parametrize(("columns", "least"), [(("a",), 2), (("a", "a"), 2), (("a", "b"), 1)])
def test_parameters_that_mean_nothing_are_refused(columns, least):
    """One column, one twice, and l = 1 promise nothing."""
    with pytest.raises(DisclosureError):
        d.JointLDiversity(columns, least)
