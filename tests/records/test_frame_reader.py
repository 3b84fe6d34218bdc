"""Frames in memory."""

from datetime import UTC, datetime
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import InputError
from anonshare.records.frame_reader import is_frame, open_source

ROWS = st.lists(st.tuples(st.none() | st.text(max_size=4), st.none() | st.integers(-9, 9)), max_size=10)


def _rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


def _forms(rows):
    arrow = pa.table(
        {"a": pa.array([r[0] for r in rows], pa.string()), "b": pa.array([r[1] for r in rows], pa.int64())}
    )
    pandas = pd.DataFrame(
        {"a": pd.Series([r[0] for r in rows], dtype="str"), "b": pd.Series([r[1] for r in rows], dtype="Int64")}
    )
    half = len(rows) // 2
    return [
        arrow,
        pa.concat_tables([arrow.slice(0, half), arrow.slice(half)]),
        arrow.to_reader(max_chunksize=3),
        pandas,
        pandas.astype(object),
        pandas.set_index(pd.Index(range(90, 90 + len(rows)))),
        pandas.assign(a=pandas["a"].astype("category"), b=pandas["b"].astype("Float64")),
    ]


@given(ROWS)
@settings(deadline=None)
def test_one_content_has_one_text_and_one_digest(rows):
    """Library, chunks, index, categories, floats from missing integers: the same cells and the same digest."""
    expected = [(a if a and a.strip() else None, None if b is None else str(b)) for a, b in rows]
    sources = [open_source(form, "t") for form in _forms(rows)]
    assert [_rows(source) for source in sources] == [expected] * len(sources)
    assert len({source.digest for source in sources}) == 1
    assert all(_rows(source) == expected for source in sources)


@given(ROWS, ROWS)
@settings(deadline=None)
def test_another_content_has_another_digest(one, other):
    """The digest tells contents apart: ("ab", "c") from ("a", "bc"), null from nothing, names from names."""
    first, second = open_source(_forms(one)[0]), open_source(_forms(other)[0])
    assert (first.digest == second.digest) == (_rows(first) == _rows(second))
    assert open_source(_forms(one)[0].rename_columns(["a", "c"])).digest != first.digest


def test_cells_that_join_alike_are_told_apart():
    """Lengths are part of the digest."""
    assert open_source(pa.table({"a": ["ab", "c"]})).digest != open_source(pa.table({"a": ["a", "bc"]})).digest
    assert open_source(pa.table({"a": ["x", None]})).digest != open_source(pa.table({"a": ["x"]})).digest


@given(ROWS)
@settings(deadline=None)
def test_the_frame_is_not_touched(rows):
    """After two readings the caller's frame is what it was."""
    frame = _forms(rows)[6]
    before = frame.copy(deep=True)
    source = open_source(frame)
    _rows(source), _rows(source)
    pd.testing.assert_frame_equal(frame, before)


def test_what_the_caller_changes_later_does_not_show():
    """A frame that is changed between two readings gives the same rows twice."""
    frame = pd.DataFrame({"a": ["x", "y"]})
    source = open_source(frame)
    frame.loc[0, "a"] = "changed"
    frame["b"] = 1
    assert _rows(source) == [("x",), ("y",)]


def test_mixed_cells_have_their_own_text():
    """An object column may hold several kinds: each cell has the text that it would have alone."""
    cells = [
        "x",
        3,
        2.0,
        True,
        None,
        pd.NA,
        float("nan"),
        pd.NaT,
        Decimal("1.50"),
        datetime(2024, 1, 2, tzinfo=UTC),
        pd.Timestamp("2024-01-02 10:00"),
        " ",
    ]
    source = open_source(pd.DataFrame({"a": pd.Series(cells, dtype=object)}))
    assert [row[0] for row in _rows(source)] == [
        "x", "3", "2", "true", None, None, None, None, "1.50", "2024-01-02", "2024-01-02T10:00:00", None,
    ]  # fmt: skip


def test_a_large_frame_comes_in_bounded_batches():
    """A frame streams as one batch; here it is cut to 65,536 rows, from pandas and from Arrow."""
    frame = pd.DataFrame({"a": range(70_000)})
    for form in (frame, pa.Table.from_pandas(frame)):
        assert [batch.num_rows for batch in open_source(form).batches()] == [65_536, 4_464]


@pytest.mark.parametrize(
    "cells",
    [
        [["secret-cell"]],
        [b"secret-cell"],
        [{"a": "secret-cell"}],
        [1j],
        ["\ud800secret-cell"],
        [pd.Period("2024-01")],
        [float("inf"), "x"],
    ],
)
def test_a_cell_without_text_names_its_column_only(cells):
    """Lists, bytes and objects are refused by the name of the column; the cell stays out of the error."""
    with pytest.raises(InputError, match="'odd'") as caught:
        open_source(pd.DataFrame({"odd": pd.Series(cells, dtype=object)}))
    assert "secret-cell" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("columns", [["a", "a"], [1, 2], [("a", "x"), ("a", "y")], ["a", ""]])
def test_bad_column_names_are_refused(columns):
    """Doubled, numbered, layered and empty names are refused, as in a file."""
    with pytest.raises(InputError):
        open_source(pd.DataFrame([[1, 2]], columns=columns))


def test_what_is_no_frame_is_refused():
    """Lists and numbers are no frames; an Arrow batch is one; a stream that fails is an InputError."""

    class Broken:
        def __arrow_c_stream__(self, requested=None):
            raise ValueError("secret-cell")

    assert is_frame(pa.record_batch({"a": ["x"]}))
    assert _rows(open_source(pa.record_batch({"a": ["x"]}))) == [("x",)]
    for wrong in ([1], 7, None, Broken()):
        with pytest.raises(InputError) as caught:
            open_source(wrong)
        assert "secret-cell" not in str(caught.value)
