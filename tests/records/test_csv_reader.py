"""CSV files, read strictly."""

import csv
import io
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.batches import text_schema
from anonshare.errors import InputError
from anonshare.records.csv_reader import open_source

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "records"
CELL = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=8)
TABLES = st.integers(2, 4).flatmap(lambda n: st.lists(st.lists(CELL, min_size=n, max_size=n), min_size=1, max_size=8))


def _rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


def _written(header, rows, delimiter, end="\r\n"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator=end).writerows([header, *rows])
    return out.getvalue().encode()


@given(TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans())
@settings(deadline=None)
def test_what_was_written_is_read(rows, delimiter, end, mark):
    """Quotes, embedded line ends, delimiters in cells and a byte order mark: every cell comes back, blank as null."""
    header = [f"c{n}" for n in range(len(rows[0]))]
    data = (b"\xef\xbb\xbf" if mark else b"") + _written(header, rows, delimiter, end)
    source = open_source(data, "t")
    assert (source.name, source.columns, source.delimiter) == ("t", tuple(header), delimiter)
    assert _rows(source) == [tuple(cell if cell.strip() else None for cell in row) for row in rows]
    assert _rows(source) == _rows(source)


@given(st.binary(max_size=60))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_as_input(data):
    """Whatever the bytes, the outcome is a table or an InputError, never another error."""
    try:
        source = open_source(b"a,b\n" + data)
        assert all(len(row) == 2 for row in _rows(source))
    except InputError:
        pass


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"a,b\n", "no record"),
        (b"a,b\n\n\n", "no record"),
        (b"a,\nsecret-cell,2\n", "Column 2 has no name"),
        (b"a,a\nsecret-cell,2\n", "Columns 1 and 2"),
        (b"a,b\nsecret-cell\n", "line 2 .* has 1 fields, the header has 2"),
        (b'a,b\n1,2\n"x\ny",2\nsecret-cell,2,3\n', "line 5 .* has 3 fields"),
        (b'a,b\n1,2\n"secret-cell,2\n', "begins on line 3"),
        (b'a,b\n"secret-cell"x,2\n', "begins on line 2"),
        (b"a,b\n1,secret-cell\0\n", "Line 2 .* NUL"),
        (b"a,b\n1,secret-cell\xe9\n", "not encoded in UTF-8"),
        (b"a,b;c\n1,2;3\n", "Line 1 .* does not tell"),
        (b"a,b\n1," + b"secret-cell" * 20_000 + b"\n", "begins on line 2"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_by_line(data, words):
    """Each fault is named by line or column number; no cell stands in the error, its hint or its cause."""
    with pytest.raises(InputError, match=words) as caught:
        _rows(open_source(data))
    assert "secret-cell" not in f"{caught.value}{caught.value.hint}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        (b"a;b\n1,5;2\n", ";"),
        (b"a,b;c\n1,2;3\n1,2\n", ","),
        (b"a;b,c\n1;2,3\n4;5\n", ";"),
        (b"'a,b'\tc\nx\ty\n", "\t"),
        (b'"a;b",c\n1,2\n', ","),
        (b"a\n1;2\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_fits_header_and_records(data, delimiter):
    """The header proposes, even records decide, quotes count; a single column needs none."""
    assert open_source(data).delimiter == delimiter


def test_a_policy_may_name_the_delimiter():
    """Where the file does not tell, the policy does."""
    assert open_source(b"a,b;c\n1,2;3\n", delimiter=";").columns == ("a,b", "c")


def test_blank_lines_are_no_records():
    """Empty lines between and after records are skipped."""
    assert _rows(open_source(b"a,b\n\n1,2\r\n\r\n3,\n\n")) == [("1", "2"), ("3", None)]


def test_a_long_file_comes_in_bounded_batches(tmp_path):
    """70,000 records are two batches of text columns, the same at each reading, and the digest is the file's."""
    path = tmp_path / "long.csv"
    path.write_text("a,b\n" + "".join(f"{n},x\n" for n in range(70_000)))
    source = open_source(path)
    batches = list(source.batches())
    assert [batch.num_rows for batch in batches] == [65_536, 4_464]
    assert batches[0].schema == text_schema(["a", "b"])
    assert batches[1].column(0)[-1].as_py() == "69999"
    assert len(source.digest) == 64


def test_the_files_of_others_are_read_as_the_standard_library_reads_them():
    """Real files: claims, policies and incidents with quotes, accents and empty cells."""
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("shared/data is missing")
        pytest.skip("needs shared/data/records beside the checkout")
    paths = sorted(DATA.glob("*.csv"))
    assert len(paths) == 4
    for path in paths:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *rows = list(csv.reader(stream))
        source = open_source(path)
        assert list(source.columns) == header
        assert _rows(source) == [tuple(cell if cell.strip() else None for cell in row) for row in rows if row]
