"""Encodings and dialects of CSV, folders of Parquet, frames in pieces, several tables from one hand."""

from __future__ import annotations

import hashlib

import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from anonshare.errors import InputError
from anonshare.records.csv_reader import open_source as open_csv
from anonshare.records.opening import open_records
from anonshare.records.tables import open_tables

CANARY = "Zq7Canary"


def rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


@pytest.mark.parametrize("encoding", ["cp1250", "cp1252", "iso-8859-1", "utf-16", "utf-8"])
def test_encodings_by_name(encoding):
    """A named encoding gives the letters back; UTF-16 with its mark needs no name."""
    data = "name,city\nJosé,Zürich\n".encode(encoding)
    assert rows(open_csv(data, encoding=encoding)) == [("José", "Zürich")]


def test_cyrillic_and_utf_16_by_mark():
    """cp1251 by name, UTF-16 by its mark alone; a mark that contradicts the name is refused."""
    assert rows(open_csv("имя,x\nОльга,1\n".encode("cp1251"), encoding="cp1251")) == [("Ольга", "1")]
    marked = "имя,x\nОльга,1\n".encode("utf-16")
    assert rows(open_csv(marked)) == [("Ольга", "1")]
    with pytest.raises(InputError, match="marked as UTF-16"):
        open_csv(marked, encoding="cp1251")
    with pytest.raises(InputError, match="not encoded in UTF-8") as caught:
        open_csv(f"a,b\n{CANARY},é\n".encode("cp1252"))
    assert "encoding: cp1252" in (caught.value.hint or "")
    assert CANARY not in str(caught.value)


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (b"sep=;\na;b\n1,5;2\n", {}),
        (b"a|b\n1,5|2\n", {}),
        (b"a;b\n#name;#geo+lat\n1,5;2\n", {}),
        (b"exported in May\n\na;b\n1,5;2\n", {"header_row": 3}),
        (b"a\tb\r\n1,5\t2\r\n", {}),
    ],
)
def test_dialects(data, options):
    """A line that names the separator, a bar, HXL tags below the names, lines above them, a tab."""
    source = open_csv(data, **options)
    assert source.columns == ("a", "b")
    assert rows(source) == [("1,5", "2")]


def test_a_row_of_hashes_that_is_no_tag_row_is_a_record():
    """Only a row of tags alone, directly below the names, is left out."""
    assert len(rows(open_csv(b"a,b\n#1,x\n#name,#x\n"))) == 2


def dataset(tmp_path, more=None):
    for year, names in (("2023", ["x"]), ("2024", ["y", "z"])):
        folder = tmp_path / "d" / f"year={year}"
        folder.mkdir(parents=True)
        pq.write_table(pa.table({"name": pa.array(names).dictionary_encode()}), folder / "part.parquet")
    (tmp_path / "d" / "_SUCCESS").touch()
    pq.write_table(pa.table({"other": [1]}), tmp_path / "d" / ".hidden.parquet")
    if more is not None:
        pq.write_table(more, tmp_path / "d" / "year=2024" / "zz.parquet")
    return tmp_path / "d"


def test_a_folder_of_parquet_is_one_table(tmp_path):
    """Folders become columns, bookkeeping is left out, dictionaries are spelled out, the digest covers places too."""
    source = open_records(dataset(tmp_path))
    assert source.columns == ("name", "year")
    assert rows(source) == [("x", "2023"), ("y", "2024"), ("z", "2024")]
    before = source.digest
    (tmp_path / "d" / "year=2023").rename(tmp_path / "d" / "year=2022")
    assert open_records(tmp_path / "d").digest != before


def test_a_folder_of_other_columns_is_refused(tmp_path):
    """A file with other columns is told by its number; an empty folder is no data set."""
    with pytest.raises(InputError, match="File 3 of 3") as caught:
        open_records(dataset(tmp_path, pa.table({CANARY: [1]})))
    assert CANARY not in str(caught.value)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="0 Parquet files"):
        open_records(tmp_path / "empty")


def test_frames_of_every_library_read_alike():
    """Frames of pandas (also in pieces, with categories), Arrow and Polars give the same rows, and are left as they were."""
    frame = pd.concat([pd.DataFrame({"a": ["x"], "n": [1]}), pd.DataFrame({"a": ["y"], "n": [2]})])
    before = hashlib.sha256(frame.to_csv().encode()).hexdigest()
    frames = [frame, frame.astype({"a": "category"}), pa.table({"a": ["x", "y"], "n": [1, 2]})]
    frames += [pl.DataFrame({"a": ["x", "y"], "n": [1, 2]}), pa.table({"a": ["x", "y"], "n": [1, 2]}).to_reader()]
    assert {tuple(rows(open_records(one))) for one in frames} == {(("x", "1"), ("y", "2"))}
    assert hashlib.sha256(frame.to_csv().encode()).hexdigest() == before


SOURCES = {"people": {}, "visits": {"file": "people-*.csv"}}


def folder(tmp_path):
    (tmp_path / "people.csv").write_text("a\n1\n")
    (tmp_path / "people-visits.csv").write_text("b\n2\n")
    return tmp_path


def test_tables_from_a_folder_a_list_or_by_name(tmp_path):
    """One file for each table, by the table's name or by the policy's pattern."""
    place = folder(tmp_path)
    files = [place / "people-visits.csv", place / "people.csv"]
    for data in (place, files, {"people": files[1], "visits": files[0]}):
        found = open_tables(data, SOURCES)
        assert {name: source.columns for name, source in found.items()} == {"people": ("a",), "visits": ("b",)}


def test_tables_without_a_file_and_files_without_a_table(tmp_path):
    """Whatever is left over on either side is refused, and files are not named."""
    place = folder(tmp_path)
    spare = place / f"{CANARY}.csv"
    spare.write_text("c\n3\n")
    files = [place / "people.csv", place / "people-visits.csv"]
    with pytest.raises(InputError, match="2 tables, and one input"):
        open_tables(files[0], {"people": {"sheet": "a"}, "visits": {"sheet": "b"}})
    with pytest.raises(InputError, match="2 tables, and one input"):
        open_tables(b"PK\x03\x04", {"people": {"sheet": "a"}, "visits": {"sheet": "a"}})
    bad = [files[:1], [*files, spare], place / "people.csv", {"people": files[0]}, {**SOURCES, "x": 1}]
    for data in bad:
        with pytest.raises(InputError) as caught:
            open_tables(data, SOURCES)
        assert CANARY not in f"{caught.value} {caught.value.hint}"
