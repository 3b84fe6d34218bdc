"""Functions applied to distinct values."""

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.mapping import map_batches, map_distinct, map_pairs
from anonshare.errors import DisclosureError, InputError

CELLS = st.lists(st.none() | st.sampled_from(["a", "b", "c", "d"]), max_size=20)


@given(CELLS)
@settings(deadline=None)
def test_mapping_equals_mapping_each_row_and_calls_once_per_value(cells):
    """The result is that of every row alone, null stays null, and no value is asked for twice."""
    calls = Counter()

    def fn(value):
        calls[value] += 1
        return None if value == "d" else value * 2

    out = map_distinct(pa.array(cells, pa.string()), fn)
    assert out.to_pylist() == [None if cell in {None, "d"} else cell * 2 for cell in cells]
    assert out.type == pa.string()
    assert set(calls.values()) <= {1}


@given(st.lists(st.tuples(st.none() | st.sampled_from("abc"), st.integers(0, 4)), max_size=20))
@settings(deadline=None)
def test_pairs_equal_each_row_and_call_once_per_pair(rows):
    """With the person the result is that of every row alone, called once per distinct pair of value and person."""
    calls = Counter()

    def fn(value, person):
        calls[value, person] += 1
        return None if person == "P4" else value + person

    cells = pa.array([value for value, _ in rows], pa.string())
    persons = np.array([person for _, person in rows], np.int64)
    out = map_pairs(cells, persons, "P{}".format, fn)
    assert out.to_pylist() == [None if v is None or p == 4 else f"{v}P{p}" for v, p in rows]
    assert out.type == pa.string()
    assert set(calls.values()) <= {1}


def test_a_sliced_array_maps_its_own_rows():
    """An offset into a larger array changes nothing."""
    cells = pa.array(["x", None, "y", "x"]).slice(1)
    assert map_distinct(cells, str.upper).to_pylist() == [None, "Y", "X"]
    assert map_pairs(cells, np.array([0, 1, 0]), str, lambda v, p: v + p).to_pylist() == [None, "y1", "x0"]


def test_a_foreign_failure_does_not_repeat_the_value():
    """An operator's own error becomes ours, and its message, which may hold the cell, is left behind."""
    with pytest.raises(InputError, match="An operator failed") as caught:
        map_distinct(pa.array(["secret-cell"]), int)
    assert "secret-cell" not in str(caught.value)
    assert caught.value.__suppress_context__


def test_our_own_failure_passes_unchanged():
    """An error of the family says already what it should."""

    def refuse(value):
        raise DisclosureError("no")

    with pytest.raises(DisclosureError, match="no"):
        map_distinct(pa.array(["a"]), refuse)


@pytest.mark.parametrize("wrong", [7, ["x"], "\ud800"])
def test_a_result_that_is_no_text_is_refused(wrong):
    """Numbers, lists and lone surrogates are no text."""
    with pytest.raises(InputError, match="not text"):
        map_distinct(pa.array(["a"]), lambda _: wrong)


def test_batches_are_mapped_in_order_and_bounded():
    """A source of one large batch reaches the function in pieces of at most 65,536 rows."""

    class Source:
        def batches(self):
            yield pa.record_batch({"a": pa.array(range(70_000), pa.int64())})

    out = list(map_batches(Source(), lambda batch: batch))
    assert [batch.num_rows for batch in out] == [65_536, 4_464]
    assert out[1].column(0)[0].as_py() == 65_536
