"""Chained files: a changed, removed, added or moved record is seen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import LedgerError
from anonshare.wire.chain import START, ChainFile


def chain(path):
    return ChainFile(path / "x.jsonl", "ledger", LedgerError)


def test_empty(tmp_path):
    """A chain that does not exist yet is empty."""
    assert chain(tmp_path).read() == ()
    assert chain(tmp_path).head() == START


@given(st.lists(st.integers(0, 99), min_size=2, max_size=6), st.data())
def test_tampering_is_seen(tmp_path_factory, values, data):
    """Each way to change the file but cutting whole records off its end is told with a record's number."""
    folder = tmp_path_factory.mktemp("chain")
    for value in values:
        chain(folder).append({"value": value})
    assert [r["value"] for r in chain(folder).read()] == values
    path = folder / "x.jsonl"
    lines = path.read_bytes().splitlines()
    spot = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["change", "remove", "double", "swap", "half"]))
    if how == "change":
        lines[spot] = lines[spot].replace(b'"value":', b'"value":1')
    elif how == "remove":
        spot = min(spot, len(lines) - 2)
        del lines[spot]
    elif how == "double":
        lines.insert(spot, lines[spot])
    elif how == "swap":
        lines[0], lines[-1] = lines[-1], lines[0]
    end = b"" if how == "half" else b"\n"
    path.write_bytes(b"\n".join(lines) + end)
    with pytest.raises(LedgerError, match="record"):
        chain(folder).read()


def test_noise(tmp_path):
    """A line that is no record is told."""
    (tmp_path / "x.jsonl").write_bytes(b"nonsense\n")
    with pytest.raises(LedgerError, match="record 1"):
        chain(tmp_path).read()
