"""Parquet files, plain and hostile."""

import contextlib
import hashlib
import io
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import InputError
from anonshare.records import parquet_reader
from anonshare.records.parquet_reader import open_source


def _bytes(table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def _rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


CELLS = st.lists(st.tuples(st.none() | st.text(max_size=5), st.none() | st.integers(-5, 5)), max_size=12)


@given(CELLS, st.booleans(), st.sampled_from(["none", "zstd"]), st.integers(1, 20))
@settings(deadline=None)
def test_cells_come_back_as_text(rows, coded, compression, group):
    """Whatever encoding, compression and row groups: every cell is its canonical text, blank is null."""
    names = pa.array([row[0] for row in rows], pa.string())
    table = pa.table(
        {"a": names.dictionary_encode() if coded else names, "b": pa.array([r[1] for r in rows], pa.int64())}
    )
    source = open_source(_bytes(table, compression=compression, row_group_size=group), "t")
    expected = [(a if a and a.strip() else None, None if b is None else str(b)) for a, b in rows]
    assert source.columns == ("a", "b")
    assert _rows(source) == _rows(source) == expected


def test_every_plain_kind_is_read(tmp_path):
    """Numbers, dates, moments, decimals, booleans, large and viewed text."""
    table = pa.table(
        {
            "i": pa.array([1], pa.uint16()),
            "f": [1.5],
            "d": [date(2024, 1, 2)],
            "t": pa.array([0], pa.timestamp("ms")),
            "c": pa.array(["1.50"]).cast(pa.decimal128(5, 2)),
            "b": [True],
            "l": pa.array(["x"], pa.large_string()),
            "v": pa.array(["y"], pa.string_view()),
            "n": pa.nulls(1),
        }
    )
    path = tmp_path / "in.parquet"
    path.write_bytes(_bytes(table))
    assert open_source(path).digest == hashlib.sha256(path.read_bytes()).hexdigest()
    assert _rows(open_source(path)) == [("1", "1.5", "2024-01-02", "1970-01-01", "1.50", "true", "x", "y", None)]


def test_numbers_as_categories_are_read():
    """A dictionary of numbers that the file's metadata claim is read as numbers."""
    table = pa.table({"a": pa.array([1, 2, 1]).dictionary_encode(), "b": pa.array([1.5, None, 2]).dictionary_encode()})
    assert _rows(open_source(_bytes(table))) == [("1", "1.5"), ("2", None), ("1", "2")]


def test_what_pandas_notes_is_not_used():
    """Index metadata makes no index, a category no category: columns are what the file holds."""
    frame = pd.DataFrame({"a": pd.Categorical(["x", "y"])}, index=pd.RangeIndex(5, 7))
    source = open_source(_bytes(pa.Table.from_pandas(frame)))
    assert source.columns == ("a",)
    assert _rows(source) == [("x",), ("y",)]


def test_an_extension_type_is_its_storage():
    """A type that names code of its own is read as what it stores."""
    array = pa.ExtensionArray.from_storage(pa.json_(pa.string()), pa.array(["{}"]))
    assert _rows(open_source(_bytes(pa.table({"a": array})))) == [("{}",)]


@pytest.mark.parametrize(
    "array", [pa.array([["secret-cell"]]), pa.array([{"x": "secret-cell"}]), pa.array([b"secret-cell"])]
)
def test_nested_and_binary_columns_are_refused_when_opened(array):
    """What has no plain text is refused by column number before a row is read."""
    with pytest.raises(InputError, match="Column 2") as caught:
        open_source(_bytes(pa.table({"ok": ["x"], "odd": array})))
    assert "secret-cell" not in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"PAR1", b"PAR1" + b"\xff" * 40 + b"PAR1", b"secret-cell"])
def test_what_is_no_parquet_is_refused(data):
    """Other bytes are an InputError without a word of theirs."""
    with pytest.raises(InputError, match="no Parquet file") as caught:
        open_source(data)
    assert caught.value.__suppress_context__


@given(st.data())
@settings(deadline=None, max_examples=150)
def test_a_damaged_file_is_read_or_refused_as_input(data):
    """Any one byte changed: a table or an InputError, never another error."""
    whole = _bytes(pa.table({"a": ["x", "y", None], "b": [1, 2, 3]}), write_page_checksum=True)
    place = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:place] + bytes([data.draw(st.integers(0, 255))]) + whole[place + 1 :]
    with contextlib.suppress(InputError):
        _rows(open_source(damaged))


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())])
def test_a_cell_repeated_by_codes_is_measured_before_it_is_spelled_out(kind):
    """A few kilobytes that decode to 4 GiB are refused, whatever type the file's own metadata claim."""
    codes = pa.DictionaryArray.from_arrays(pa.array([0] * 65_536, pa.int32()), pa.array(["x" * 65_536]))
    claimed = pq.ParquetFile(io.BytesIO(_bytes(pa.table({"a": pa.array([], kind)})))).metadata.metadata
    out = io.BytesIO()
    with pq.ParquetWriter(out, pa.schema([("a", codes.type)]), store_schema=False) as writer:
        writer.write_table(pa.table({"a": codes}))
        writer.add_key_value_metadata({"ARROW:schema": claimed[b"ARROW:schema"].decode()})
    assert pq.ParquetFile(io.BytesIO(out.getvalue())).schema_arrow.field(0).type == kind
    assert len(out.getvalue()) < 1 << 20
    with pytest.raises(InputError, match="more data"):
        _rows(open_source(out.getvalue()))


def test_the_limit_holds_over_the_whole_file():
    """Batches are added up: a file of many small ones is bounded too."""
    data = _bytes(pa.table({"a": [f"{n:010}" for n in range(1000)]}))
    assert len(_rows(open_source(data, limit=10_000))) == 1000
    with pytest.raises(InputError, match="more data"):
        _rows(open_source(data, limit=9_999))
    with pytest.raises(InputError, match="more data"):
        _rows(open_source(_bytes(pa.table({"a": list(range(1000))})), limit=7_999))


def test_batches_are_bounded_and_a_batch_has_a_limit(monkeypatch):
    """70,000 rows are batches of at most 65,536; one batch may not exceed its own limit."""
    data = _bytes(pa.table({"a": ["xy"] * 70_000}))
    assert max(batch.num_rows for batch in open_source(data).batches()) <= 65_536
    monkeypatch.setattr(parquet_reader, "BATCH_LIMIT", 1000)
    with pytest.raises(InputError, match="more data"):
        _rows(open_source(data))


def test_an_empty_table_has_columns_and_no_row():
    """A release from which everything was suppressed is still a table."""
    source = open_source(_bytes(pa.table({"a": pa.array([], pa.string())})))
    assert source.columns == ("a",)
    assert _rows(source) == []
