"""What an agency takes out: the same rows, the sender's conditions, no formula that runs, no author."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anonshare as an
from anonshare import errors, registry
from anonshare.exporters.conditions import risky
from anonshare.exporters.csv_files import _cell


@pytest.fixture(scope="module")
def opened(shared):
    """A release that the desk has verified."""
    release = shared.release()
    with an.verify(release.path, shared.desk) as verified:
        yield shared, verified


def table(verified, name):
    source = verified.tables[name]
    return [list(source.columns), *(list(r.values()) for b in source.batches() for r in b.to_pylist())]


def test_csv_reads_back(opened, tmp_path):
    """Every table is a file with the same cells, behind a mark for spreadsheets; conditions stand beside it."""
    _, verified = opened
    folder = an.export(verified, "csv", tmp_path)
    for name in verified.tables:
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as text:
            rows = list(csv.reader(text))
        assert rows == [["" if cell is None else cell for cell in row] for row in table(verified, name)]
    told = (folder / "conditions.txt").read_text("utf-8")
    for words in (verified.digest, "H1 H2", "amber+strict", "EXERCISE", "delete: "):
        assert words in told


def test_the_workbook_reads_back(opened, tmp_path):
    """A sheet a table after the conditions; counts are numbers, texts are texts; nobody made it, at no time."""
    _, verified = opened
    path = an.export(verified, "xlsx", tmp_path) / "records.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.sheetnames[0] == "about"
    assert sorted(book.sheetnames[1:]) == sorted(name[:31] for name in verified.tables)
    for name in verified.tables:
        rows = [[None if c is None else str(c) for c in row] for row in book[name[:31]].iter_rows(values_only=True)]
        assert rows == table(verified, name)
    with zipfile.ZipFile(path) as archive:
        core, app = archive.read("docProps/core.xml").decode(), archive.read("docProps/app.xml").decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core
    assert "2000-01-01" in core
    assert "<Company></Company>" in app or "<Company/>" in app
    assert verified.digest in [cell.value for row in book["about"].iter_rows() for cell in row]


def test_the_data_package_is_what_was_signed(opened, tmp_path):
    """Every file has the digest of the manifest; the descriptor's own hashes hold."""
    _, verified = opened
    folder = an.export(verified, "datapackage", tmp_path)
    package = json.loads((folder / "datapackage.json").read_bytes())
    for resource in package["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
    assert (folder / "facts" / "disclosure.json").is_file()


def test_unknown_formats_and_full_folders(opened, tmp_path, monkeypatch):
    """A format that nobody registered is a usage error; nothing is overwritten; a failure leaves nothing."""
    _, verified = opened
    with pytest.raises(errors.UsageError, match="no export"):
        an.export(verified, "secret-cell", tmp_path)
    an.export(verified, "csv", tmp_path)
    with pytest.raises(errors.StorageError, match="already"):
        an.export(verified, "csv", tmp_path)

    def broken(_verified, folder):
        (folder / "half").write_text("x")
        raise OSError("secret-cell")

    monkeypatch.setitem(registry.EXPORTERS._loaded, "broken", broken)
    with pytest.raises(errors.StorageError) as caught:
        an.export(verified, "broken", tmp_path / "other")
    assert "secret-cell" not in str(caught.value)
    assert list((tmp_path / "other").iterdir()) == []


def test_exports_are_their_owners(opened, tmp_path):
    """The folder is closed to everybody else."""
    _, verified = opened
    assert an.export(verified, "csv", tmp_path).stat().st_mode & 0o077 == 0


@given(st.text(max_size=20))
def test_no_text_is_a_formula(text):
    """What a spreadsheet would run stands behind an apostrophe; numbers and harmless texts are left alone."""
    cell = _cell(text, text=True)
    assert not risky(cell)
    assert cell in {text, f"'{text}"}
    assert _cell(text, text=False) == text


@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_the_known_beginnings(text):
    """The six beginnings that run in a spreadsheet."""
    assert risky(text)
