"""The reader that fits."""

import builtins

import pandas as pd
import pyarrow as pa
import pytest

from anonshare.errors import InputError, MissingExtra, PolicyError
from anonshare.records.opening import open_records
from anonshare.records.writers import to_bytes
from anonshare.registry import READERS

SCHEMA = [("a", "string"), ("b", "string")]
BATCH = pa.record_batch({"a": ["x", "y"], "b": ["1", "2"]})


def _rows(source):
    return [tuple(row.values()) for batch in source.batches() for row in batch.to_pylist()]


def test_every_form_of_a_table_is_opened(tmp_path):
    """Paths by their name, bytes by their first bytes, frames by their library: the same rows."""
    parquet, text = to_bytes("parquet", SCHEMA, [BATCH]), to_bytes("csv", SCHEMA, [BATCH])
    forms = [parquet, text, BATCH, pa.Table.from_batches([BATCH]), BATCH.to_pandas()]
    for name, data in [("x.parquet", parquet), ("x.pq", parquet), ("X.CSV", text), ("x.txt", text), ("x.bin", parquet)]:
        path = tmp_path / name
        path.write_bytes(data)
        forms += [path, str(path)]
    for form in forms:
        source = open_records(form, name="cases")
        assert source.name == "cases"
        assert _rows(source) == [("x", "1"), ("y", "2")]


def test_the_policy_may_name_format_and_delimiter(tmp_path):
    """What ``source`` says wins over the name of the file."""
    path = tmp_path / "x.export"
    path.write_bytes(b"a,b;c\n1,2;3\n")
    assert open_records(path, {"format": "csv", "delimiter": ";"}).columns == ("a,b", "c")


@pytest.mark.parametrize(
    ("data", "source", "words"),
    [
        (b"PK\x03\x04 secret-cell", None, "workbook is damaged"),
        (b"\xd0\xcf\x11\xe0 secret-cell", None, "workbook is damaged"),
        (BATCH.slice(0, 0), None, "no row"),
        (to_bytes("parquet", SCHEMA, []), None, "no row"),
        (["secret-cell"], None, "neither a file nor a frame"),
    ],
)
def test_what_does_not_fit_is_refused(data, source, words):
    """Workbooks, options of another reader, tables without rows and other objects are input errors."""
    with pytest.raises(InputError, match=words) as caught:
        open_records(data, source)
    assert "secret-cell" not in str(caught.value)


def test_a_name_that_tells_no_format_is_refused(tmp_path):
    """A file of unknown ending is not guessed at, and its name, which may be a person's, is not repeated."""
    path = tmp_path / "secret-name.dat"
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(InputError, match="does not tell its format") as caught:
        open_records(path)
    assert "secret-name" not in str(caught.value)


def test_an_unknown_format_is_a_fault_of_the_policy():
    """A format that no reader is registered for is refused by the registry."""
    with pytest.raises(PolicyError, match="readers"):
        open_records(BATCH, {"format": "xml"})


def test_readers_that_are_not_installed_say_how_to_install_them(monkeypatch):
    """Without pyarrow the error names the part that is missing."""
    monkeypatch.setattr(READERS, "_load", lambda _: builtins.__import__("no_such_library"))
    monkeypatch.setattr(READERS, "_loaded", {})
    with pytest.raises(MissingExtra, match=r"\[share\]"):
        open_records(pd.DataFrame({"a": [1]}))
