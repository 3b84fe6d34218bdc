"""Tables that leave: deterministic, without residue, and the two files read alike."""

import csv
import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import InputError, StorageError
from anonshare.records import writers
from anonshare.records.csv_reader import open_source as open_csv
from anonshare.records.parquet_reader import open_source as open_parquet
from anonshare.records.writers import to_bytes, write_csv, write_parquet

SCHEMA = [("a", "string"), ("n", "integer"), ("x", "number"), ("d", "date")]
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    str.strip
)
ROW = st.tuples(
    st.none() | TEXT,
    st.none() | st.integers(-99, 99).map(str),
    st.none() | st.sampled_from(["1.50", "2", "-0.25", "1e-7"]),
    st.none() | st.dates().map(str),
)
ROWS = st.lists(ROW, max_size=12)


def _batch(rows, schema=SCHEMA):
    return pa.record_batch([pa.array(list(column), pa.string()) for column in zip(*rows, strict=True)] if rows else
                           [pa.array([], pa.string())] * len(schema), names=[name for name, _ in schema])  # fmt: skip


def _rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


@given(ROWS, st.integers(1, 5), st.sampled_from(["parquet", "csv"]))
@settings(deadline=None)
def test_the_same_rows_are_the_same_bytes(rows, size, kind):
    """How the rows were cut into batches, and a second writing, change no byte."""
    cut = [_batch(rows[i : i + size]) for i in range(0, len(rows), size)]
    assert to_bytes(kind, SCHEMA, cut) == to_bytes(kind, SCHEMA, [_batch(rows)]) == to_bytes(kind, SCHEMA, iter(cut))


@given(ROWS.filter(bool))
@settings(deadline=None)
def test_parquet_and_its_twin_read_alike(rows):
    """Both files give the same canonical text, cell by cell, and text cells are those that were written."""
    parquet = _rows(open_parquet(to_bytes("parquet", SCHEMA, [_batch(rows)])))
    twin = _rows(open_csv(to_bytes("csv", SCHEMA, [_batch(rows)])))
    assert parquet == twin
    assert [row[0] for row in parquet] == [row[0] for row in rows]


@given(st.lists(st.none() | TEXT, min_size=1, max_size=6))
@settings(deadline=None)
def test_a_twin_of_one_column_keeps_every_row(cells):
    """A null in a table of one column is a quoted empty field, not a blank line; any CSV reader sees the row."""
    data = to_bytes("csv", [("a", "string")], [_batch([(cell,) for cell in cells], [("a", "string")])])
    assert [row[0] for row in _rows(open_csv(data))] == cells
    assert list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True)) == [["a"], *[[c or ""] for c in cells]]


def test_the_file_is_plain_and_its_types_are_those_of_the_policy():
    """No pandas metadata, no Arrow schema, no statistics, zstd, fixed types; it says only which library wrote it."""
    out = pq.ParquetFile(io.BytesIO(to_bytes("parquet", SCHEMA, [_batch([("x", "1", "1.5", "2024-01-02")])])))
    assert out.metadata.metadata is None
    assert out.metadata.created_by == f"parquet-cpp-arrow version {pa.__version__}"
    assert [str(kind) for kind in out.schema_arrow.types] == ["string", "int64", "double", "date32[day]"]
    columns = [out.metadata.row_group(0).column(i) for i in range(4)]
    assert {column.compression for column in columns} == {"ZSTD"}
    assert not any(column.is_stats_set for column in columns)


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_a_category_that_stayed_is_not_in_the_file(kind):
    """A value of a row that was filtered out stands in neither file, though the batch's dictionary still has it."""
    column = pd.Series(pd.Categorical(["secret-cell", "x", "secret-cell", "y"]))
    batch = pa.record_batch({"a": pa.array(column)}).slice(1, 1)
    assert "secret-cell" in batch.column(0).dictionary.to_pylist()
    data = to_bytes(kind, [("a", "string")], [batch])
    assert b"secret-cell" not in data
    if kind == "parquet":
        file = pq.ParquetFile(io.BytesIO(data), read_dictionary=["a"])
        assert file.read().column(0).chunk(0).dictionary.to_pylist() == ["x"]


def test_row_groups_are_full_whatever_the_batches(monkeypatch):
    """Every row group but the last holds exactly GROUP_ROWS rows."""
    monkeypatch.setattr(writers, "GROUP_ROWS", 4)
    rows = [(str(n), None, None, None) for n in range(10)]
    for size in (1, 3, 4, 10):
        data = to_bytes("parquet", SCHEMA, [_batch(rows[i : i + size]) for i in range(0, 10, size)])
        metadata = pq.ParquetFile(io.BytesIO(data)).metadata
        assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [4, 4, 2]
        assert [row[0] for row in _rows(open_parquet(data))] == [row[0] for row in rows]


def test_cells_stand_raw_in_the_twin():
    """Signed data are not altered: a cell that begins like a formula stays as it is."""
    data = to_bytes("csv", [("a", "string"), ("b", "string")], [pa.record_batch({"a": ["=1+1"], "b": ['say "a,b"']})])
    assert data == b'a,b\n=1+1,"say ""a,b"""\n'


@pytest.mark.parametrize("write", [write_parquet, write_csv])
def test_a_file_is_written_whole_or_not_at_all(tmp_path, write):
    """A value that does not fit, found in the last batch, leaves no file and no part of one; then it is written."""
    path = tmp_path / "cases.data"
    good, bad = _batch([("x", "1", "1", None)]), _batch([("x", "secret", "1", None)])
    with pytest.raises(InputError, match="'n'"):
        write(path, SCHEMA, iter([good, bad]))
    assert list(tmp_path.iterdir()) == []
    write(path, SCHEMA, iter([good]))
    assert [found.name for found in tmp_path.iterdir()] == ["cases.data"]
    assert path.read_bytes() == to_bytes("parquet" if write is write_parquet else "csv", SCHEMA, [good])


def test_a_disk_that_refuses_is_a_storage_error(tmp_path):
    """A folder that is none is reported as ours, without a path."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError) as caught:
        write_csv(tmp_path / "file" / "cases.csv", SCHEMA, [])
    assert str(tmp_path) not in str(caught.value)


def test_no_rows_make_a_table_without_rows():
    """Where everything was suppressed, columns and types are still there."""
    assert open_parquet(to_bytes("parquet", SCHEMA, [])).columns == ("a", "n", "x", "d")
    assert to_bytes("csv", SCHEMA, [_batch([])]) == b"a,n,x,d\n"
