"""Codes of values and numbers of persons."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.encode import Encoder, PersonIndex, person_text
from anonshare.errors import DisclosureError, InputError

CELLS = st.lists(st.none() | st.text(max_size=3), max_size=20)
PARTS = st.none() | st.sampled_from(["a", "b", "A ", "ß", "1"])
ROWS = st.lists(st.tuples(PARTS, PARTS).filter(any), max_size=20)


def _batch(rows):
    return pa.record_batch(
        {"x": pa.array([r[0] for r in rows], pa.string()), "y": pa.array([r[1] for r in rows], pa.string())}
    )


@given(CELLS, st.integers(0, 20))
@settings(deadline=None)
def test_codes_read_back_and_do_not_depend_on_batches(cells, cut):
    """values[code] is the cell, 0 is null alone, and batch borders change no code."""
    whole, parts = Encoder(), Encoder()
    codes = whole.encode(pa.array(cells, pa.string()))
    halves = [parts.encode(pa.array(half, pa.string())) for half in (cells[:cut], cells[cut:])]
    assert [whole.values[code] for code in codes] == cells
    assert codes.dtype == np.int32
    assert codes.tolist() == np.concatenate(halves).tolist()
    assert whole.values == parts.values


@given(ROWS, st.integers(0, 20))
@settings(deadline=None)
def test_persons_are_numbered_without_a_gap_in_order_of_rows(rows, cut):
    """Equal keys, and only they, share a number; numbers rise from 0 with the rows, whatever the batches."""
    index, parts = PersonIndex(["x", "y"]), PersonIndex(["x", "y"])
    numbers = index.encode(_batch(rows)).tolist()
    halves = [parts.encode(_batch(half)).tolist() for half in (rows[:cut], rows[cut:])]
    folded = [tuple(part and part.strip().casefold() for part in row) for row in rows]
    oracle = {}
    assert numbers == [oracle.setdefault(key, len(oracle)) for key in folded]
    assert numbers == halves[0] + halves[1]
    assert list(index.keys) == list(oracle)
    assert len(index) == len(oracle)


def test_spelling_does_not_make_two_persons_of_one():
    """Case, width and spaces are folded: a person counted twice would overstate k."""
    index = PersonIndex(["x", "y"])
    rows = [("Ana  Pop", "1990-01-01"), (" ANA POP", "1990-01-01"), ("\uff21na Pop", "1990-01-01"), ("Ana Popa", None)]
    assert index.encode(_batch(rows)).tolist() == [0, 0, 0, 1]


def test_a_row_without_any_part_is_refused_by_count():
    """A row that names nobody is refused; the error counts rows and names columns, never a value."""
    index = PersonIndex(["x", "y"])
    index.encode(_batch([("secret-cell", None)]))
    with pytest.raises(DisclosureError, match="2 of the first 4 rows have no value in x, y") as caught:
        index.encode(_batch([(None, None), ("secret-cell", None), (" ", None)]))
    assert "secret-cell" not in f"{caught.value}{index!r}"
    assert caught.value.reason == "null-unit"


@pytest.mark.parametrize("columns", [["x", "z"], ["z"]])
def test_a_missing_unit_column_is_named(columns):
    """A unit column that the table lacks is an input error naming it."""
    with pytest.raises(InputError, match="'z'"):
        PersonIndex(columns).encode(_batch([("a", "b")]))


def test_an_encoder_does_not_show_what_it_knows():
    """The repr of an encoder holds no cell."""
    encoder = Encoder()
    encoder.encode(pa.array(["secret-cell"]))
    assert "secret-cell" not in repr(encoder)


@given(
    st.lists(st.lists(st.none() | st.text(max_size=3), min_size=2, max_size=2), min_size=2, max_size=2, unique_by=tuple)
)
@settings(deadline=None)
def test_two_keys_never_have_one_text(keys):
    """The text of a key is unambiguous: ("a", "b") and ("a,b", None) differ."""
    assert person_text(keys[0]) != person_text(keys[1])
