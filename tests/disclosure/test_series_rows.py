"""Rows leave under the labels with which they left first, whatever today's hierarchy says."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.series_memory import FrozenRow
from anonshare.disclosure.series_rows import as_they_left
from anonshare.shapes import CodedRows

LETTERS = hierarchy_of_rows("letters", [[a + b, a, "*"] for a in "xyz" for b in "xyz"])
VALUES = (None, *(a + b for a in "xyz" for b in "xyz"), "unheard of")
LABELS = ((*VALUES[:10], "old"), (None, "x", "y", "z", "older"), (None,))


@st.composite
def tables(draw):
    """Rows of two columns, and for some of them a level and a label each, of today or of no day."""
    rows = draw(st.lists(st.tuples(*[st.integers(0, len(VALUES) - 1)] * 2), min_size=1, max_size=8))
    told = {}
    for place in draw(st.sets(st.integers(0, len(rows) - 1))):
        levels = draw(st.tuples(*[st.integers(0, 2)] * 2))
        told[place] = FrozenRow((), levels, tuple(draw(st.sampled_from(LABELS[level])) for level in levels))
    return rows, told


@given(tables())
def test_every_row_has_the_labels_that_it_left_with(table):
    """Rows that left keep labels and levels, all other cells and the columns of today stay as they are."""
    rows, told = table
    columns = tuple(key_column(name, VALUES, LETTERS) for name in "ab")
    coded = CodedRows(columns, np.array(rows, np.int32), np.arange(len(rows)))
    leaving = as_they_left(coded, told.items())
    assert leaving.kept.nonzero()[0].tolist() == sorted(told)
    for place, one in told.items():
        for c, column in enumerate(leaving.rows.columns):
            level = leaving.levels[place, c]
            assert level == one.levels[c]
            assert column.labels[level][column.paths[leaving.rows.values[place, c], level]] == one.labels[c]
    rest = [place for place in range(len(rows)) if place not in told]
    assert (leaving.rows.values[rest] == coded.values[rest]).all()
    for today, made in zip(columns, leaving.rows.columns, strict=True):
        assert (made.paths[: len(today.paths)] == today.paths).all()
        assert all(0 <= loss <= 1 for level in made.loss for loss in level.tolist())
