"""Codes and labels: what goes in as text comes out as labels, in an order that tells nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.hierarchies import flat
from anonshare.disclosure.keys import key_column
from anonshare.engine.assemble import (
    filter_rows,
    label_column,
    released_batches,
    text_batches,
    unit_column,
    with_column,
)
from anonshare.engine.coding import RowCoder
from anonshare.errors import DisclosureError

CELL = st.none() | st.sampled_from(["a", "b", "c"])
ROWS = st.lists(st.tuples(CELL, CELL, st.sampled_from(["p", "q", "r"])), min_size=1, max_size=12)


def batch(rows) -> pa.RecordBatch:
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(3)]
    return pa.RecordBatch.from_arrays(arrays, names=["x", "y", "who"])


def add(coder: RowCoder, part: pa.RecordBatch, table: int = 0) -> None:
    coder.add(part.select(["who"]), {name: part.column(name) for name in ("x", "y")}, table)


@given(ROWS, st.integers(1, 12))
def test_codes_are_the_same_however_batches_are_cut(rows, size):
    """The vocabulary gives every cell back, and batches do not matter."""
    whole, cut = RowCoder(["x", "y"], ["who"]), RowCoder(["x", "y"], ["who"])
    add(whole, batch(rows))
    for start in range(0, len(rows), size):
        add(cut, batch(rows[start : start + size]))
    one, two = whole.finish(), cut.finish()
    assert (one.values == two.values).all()
    assert (one.person == two.person).all()
    for i in (0, 1):
        assert [one.vocabulary[i][code] for code in one.values[:, i]] == [row[i] for row in rows]
    assert [one.people[p] for p in one.person] == [(row[2],) for row in rows]


def test_nothing_is_coded():
    """No rows and no columns are arrays of the right shape; a row without a unit is refused."""
    empty = RowCoder(["x"], ["who"]).finish()
    assert empty.values.shape == (0, 1)
    bare = RowCoder([], ["who"])
    add(bare, batch([("a", "b", "p")]))
    assert bare.finish().values.shape == (1, 0)
    with pytest.raises(DisclosureError):
        add(RowCoder(["x"], ["who"]), batch([("a", "b", None)]))


def test_rows_of_two_tables():
    """A column has no value in the rows of another table, a person is one person in both."""
    coder = RowCoder(["x", "z"], ["who"])
    one, two = batch([("a", "b", "p")]), batch([("c", "d", " P ")])
    coder.add(one.select(["who"]), {"x": one.column("x")}, 0)
    coder.add(two.select(["who"]), {"z": two.column("y")}, 1)
    coded = coder.finish()
    assert coded.table.tolist() == [0, 1]
    assert coded.person.tolist() == [0, 0]
    assert coded.values.tolist() == [[1, 0], [0, 1]]


def test_labels():
    """Level 0 gives the value, the root gives nothing."""
    column = key_column("x", (None, "a", "b"), flat(["a", "b"]))
    codes, levels = np.array([1, 2, 0, 1]), np.array([0, 1, 0, 1], np.int8)
    assert label_column(column, codes, levels).to_pylist() == ["a", None, None, None]
    assert unit_column(np.array([1, 0]), ["u0", "u1"]).to_pylist() == ["u1", "u0"]


@given(ROWS, st.randoms())
def test_the_released_order_tells_nothing(rows, random):
    """The same rows in any order are released in one order: that of their random units."""

    def released(some):
        part = {name: batch(some).column(i) for i, name in enumerate(("x", "y", "who"))}
        return [r for b in released_batches([part], ["who", "x", "y"]) for r in b.to_pylist()]

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert released(rows) == released(shuffled)
    assert [r["who"] for r in released(rows)] == sorted(row[2] for row in rows)


def test_small_steps():
    """A column is added at the end, rows are kept by a mask, text becomes batches."""
    grown = with_column(batch([("a", "b", "p")]), "z", pa.array(["c"]))
    assert grown.schema.names[-1] == "z"
    assert filter_rows(batch([("a", "b", "p"), ("c", "d", "q")]), np.array([False, True])).num_rows == 1
    (made,) = text_batches([["1", None]], ["m", "n"])
    assert made.to_pylist() == [{"m": "1", "n": None}]
