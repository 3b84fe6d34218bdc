"""The order of the rows that leave, and the two ways to give them."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.engine.assemble import released_batches
from anonshare.engine.batches import BATCH_ROWS
from anonshare.engine.distinct import CodedColumn

CELL = st.none() | st.sampled_from(["", "a", "B", "b", "ä", "z", "ab", "\U0001f600", "\uffff", "a\0"])
ROWS = st.lists(st.tuples(CELL, CELL, CELL), max_size=25)
NAMES = ["unit", "x", "y"]


def parts(rows, size):
    columns = [pa.array([row[i] for row in rows], pa.string()) for i in range(3)]
    return [
        {name: column.slice(start, size) for name, column in zip(NAMES, columns, strict=True)}
        for start in range(0, len(rows), size)
    ]


def by_text(row):
    """UTF-8 bytes in order, no value last."""
    return [(cell is None, (cell or "").encode()) for cell in row]


def released(some, coded=None):
    return [tuple(row.values()) for batch in released_batches(some, NAMES, coded) for row in batch.to_pylist()]


@given(ROWS, st.integers(1, 25))
def test_rows_leave_sorted_by_their_texts_column_by_column(rows, size):
    """The rows are those that came, in the order of their UTF-8 bytes with null last, however the parts were cut."""
    assert released(parts(rows, size)) == sorted(rows, key=by_text)


@given(ROWS, st.integers(1, 25), st.sets(st.sampled_from(NAMES)), st.integers(0, 3))
def test_coded_columns_leave_as_text_does(rows, size, names, limit):
    """Columns given as codes into results, of which some stand twice or are null, leave as if they had come as text."""
    columns = {name: CodedColumn(lambda value: None if value == "z" else value[:1], limit, waits=0) for name in names}
    plain = []
    for part in parts(rows, size):
        for name, column in columns.items():
            column.add(part.pop(name))
        plain.append(part)
    wanted = [
        tuple(
            None if cell is None or (name in names and cell == "z") else cell[:1] if name in names else cell
            for name, cell in zip(NAMES, row, strict=True)
        )
        for row in rows
    ]
    coded = {name: column.finish() for name, column in columns.items()}
    assert released(plain, coded) == sorted(wanted, key=by_text)


@pytest.mark.parametrize("rows", [0, 1, BATCH_ROWS, BATCH_ROWS + 1])
def test_batches_are_full_but_the_last_and_all_text(rows):
    """Every batch but the last has as many rows as a batch may; every column is text."""
    some = parts([(str(n), None, "y") for n in range(rows)], max(rows, 1))
    batches = list(released_batches(some, NAMES))
    assert [b.num_rows for b in batches] == [n for n in (min(rows, BATCH_ROWS), rows - BATCH_ROWS) if n > 0]
    assert all(batch.schema.types == [pa.string()] * 3 for batch in batches)
