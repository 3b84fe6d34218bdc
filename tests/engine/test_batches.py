"""Batches in one physical form."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.batches import as_text, has_text, slices, text_schema
from anonshare.engine.scalars import text_of
from anonshare.errors import InputError

KINDS = st.sampled_from(
    [
        (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
        (pa.uint8(), st.integers(0, 255)),
        (pa.float64(), st.floats(allow_infinity=False)),
        (pa.float32(), st.floats(allow_infinity=False, width=32)),
        (pa.bool_(), st.booleans()),
        (pa.date32(), st.dates()),
        (pa.date64(), st.dates()),
        (pa.timestamp("us"), st.datetimes()),
        (pa.timestamp("s"), st.datetimes().map(lambda moment: moment.replace(microsecond=0))),
        (pa.time64("us"), st.times()),
        (pa.decimal128(20, 4), st.decimals(-(10**9), 10**9, places=4)),
        (pa.string(), st.text(max_size=5)),
        (pa.large_string(), st.text(max_size=5)),
        (pa.string_view(), st.text(max_size=5)),
        (pa.null(), st.none()),
    ]
)


def _narrow(kind, value):
    import numpy as np

    return np.float32(value) if kind == pa.float32() and value is not None else value


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_a_column_of_any_kind_has_the_text_of_its_values(data):
    """Column by column the text equals that of each value alone, whatever type, dictionary or offset carries it."""
    kind, values = data.draw(KINDS)
    cells = data.draw(st.lists(values | st.none(), max_size=8))
    array = pa.array(cells, kind)
    start = data.draw(st.integers(0, len(cells)))
    if data.draw(st.booleans()) and kind not in {pa.null(), pa.string_view()}:
        array = array.dictionary_encode()
    out = as_text(pa.record_batch([array.slice(start)], names=["a"]))
    assert has_text(array.type)
    assert out.schema == text_schema(["a"])
    assert out.column(0).to_pylist() == [text_of(_narrow(kind, cell)) for cell in cells[start:]]


@given(st.lists(st.none() | st.text(max_size=4)))
@settings(deadline=None)
def test_canonical_text_is_a_fixed_point(cells):
    """What is text already does not change a second time."""
    once = as_text(pa.record_batch([pa.array(cells, pa.string())], names=["a"]))
    assert as_text(once).equals(once)


def test_a_zoned_moment_keeps_its_wall_clock():
    """A date that a zone turned into the evening before comes out as the date that was meant."""
    array = pa.array([datetime(2024, 1, 1, 22, tzinfo=UTC)], pa.timestamp("ns", "Europe/Bucharest"))
    assert as_text(pa.record_batch([array], names=["a"])).column(0).to_pylist() == ["2024-01-02"]


def test_an_extension_type_is_its_plain_storage():
    """What a stranger's type says of itself is not asked."""
    array = pa.ExtensionArray.from_storage(pa.json_(pa.string()), pa.array(["x", ""]))
    assert as_text(pa.record_batch([array], names=["a"])).column(0).to_pylist() == ["x", None]


@pytest.mark.parametrize(
    "array",
    [
        pa.array([["secret-cell"]]),
        pa.array([{"b": "secret-cell"}]),
        pa.array([b"secret-cell"]),
        pa.array([float("inf")]),
        pa.array([1], pa.duration("s")),
        pa.array([[("secret-cell", 1)]], pa.map_(pa.string(), pa.int32())),
        pa.array([2**60], pa.timestamp("s")),
        pa.array([2**40], pa.timestamp("s")),
        pa.array([2**30], pa.date32()),
        pa.array([-800_000], pa.date32()),
    ],
)
def test_a_kind_without_text_names_the_column_only(array):
    """Nested, binary and infinite values are refused by the name of their column, never by a value."""
    with pytest.raises(InputError, match="'odd'") as caught:
        as_text(pa.record_batch([array], names=["odd"]))
    assert "secret-cell" not in str(caught.value)
    assert caught.value.__suppress_context__


@given(st.lists(st.integers(0, 40), max_size=5), st.integers(1, 9))
@settings(deadline=None)
def test_slices_keep_every_row_in_order_and_are_never_empty(sizes, rows):
    """Slicing changes batch borders alone: the same rows in the same order, 1 to ``rows`` of them each."""
    batches = [pa.record_batch({"a": pa.array(range(size), pa.int64())}) for size in sizes]
    cut = list(slices(batches, rows))
    assert all(1 <= batch.num_rows <= rows for batch in cut)
    assert [v for b in cut for v in b.column(0).to_pylist()] == [v for size in sizes for v in range(size)]


def test_a_large_frame_is_cut_to_65536_rows():
    """A frame that streams as one batch does not stay one: memory is bounded."""
    batch = pa.record_batch({"a": pa.nulls(140_000, pa.string())})
    assert [cut.num_rows for cut in slices([batch])] == [65_536, 65_536, 8_928]


def test_no_rows_still_have_their_columns():
    """An empty batch keeps its schema: it is known also where no row is left."""
    empty = pa.record_batch({"a": pa.array([], pa.int64()), "b": pa.array([], pa.float64())})
    assert as_text(empty).schema == text_schema(["a", "b"])


def test_decimals_and_times_come_as_written():
    """Scale is kept, trailing zeros of seconds are not."""
    batch = pa.record_batch({"d": pa.array([Decimal("1.50")]), "t": pa.array([time(1, 2, 3, 400_000)])})
    assert as_text(batch).to_pylist() == [{"d": "1.50", "t": "01:02:03.4"}]
    assert as_text(pa.record_batch({"d": pa.array([date(1, 1, 1)])})).to_pylist() == [{"d": "0001-01-01"}]


def test_a_nan_is_no_value():
    """NaN is how frames say "missing": it comes out as null, in any float width."""
    for kind in (pa.float64(), pa.float32(), pa.float16()):
        batch = pa.record_batch({"a": pa.array([float("nan"), 1.0, None], kind)})
        assert as_text(batch).column(0).to_pylist() == [None, "1", None]


def test_bytes_that_are_no_utf_8_are_refused():
    """A string column with other bytes would fail later, in a message that shows them."""
    array = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xffb")])
    with pytest.raises(InputError, match="'odd'"):
        as_text(pa.record_batch([array], names=["odd"]))


@pytest.mark.parametrize(
    "kind", [pa.list_(pa.string()), pa.binary(), pa.dictionary(pa.int8(), pa.binary()), pa.duration("s")]
)
def test_a_type_without_text_is_known_from_the_schema(kind):
    """The type alone tells, before a row is read, that a column has no text."""
    assert not has_text(kind)
    assert has_text(pa.json_(pa.string()))
