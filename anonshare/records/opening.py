"""Open whatever a contributor hands over: a path, bytes or a frame, through the registered readers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonshare.errors import InputError, MissingExtra
from anonshare.records.content import content_of
from anonshare.registry import READERS
from anonshare.shapes import RecordSource

__all__ = ["SUFFIXES", "open_records"]

SUFFIXES = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".xlsx": "excel",
    ".xlsm": "excel",
}
"""What the end of a file's name says of its format."""

_OPTIONS = {
    "csv": {"delimiter", "encoding", "header_row"},
    "excel": {"sheet", "header_row"},
    "parquet": set[str](),
    "dataset": set[str](),
    "pandas": set[str](),
    "arrow": set[str](),
}
"""What of a policy's source each reader takes: one policy serves the workbook and the folder of CSV files alike."""

_PARQUET, _ZIP, _OLE = b"PAR1", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def open_records(data: Any, source: Mapping[str, Any] | None = None, *, name: str = "records") -> RecordSource:
    """A table from a path, bytes or a frame (pandas, Arrow, anything that streams Arrow batches).

    ``source`` may name the ``format`` (a registered reader) and what that reader takes, such as ``delimiter``.
    Raises InputError where the format cannot be told, the input is malformed, or it holds no row; MissingExtra where
    the readers are not installed.
    """
    options = dict(source or {})
    kind = options.pop("format", None) or _format(data)
    if kind in _OPTIONS:
        options = {key: value for key, value in options.items() if key in _OPTIONS[kind]}
    try:
        opened: RecordSource = READERS[kind](data, name=name, **options)
        first = next(iter(opened.batches()), None)
    except ImportError:
        raise MissingExtra("Reading records", "share") from None
    except TypeError:
        raise InputError(
            f"The reader {kind!r} does not take this input, or one of the options of its source.",
            hint="Which options a reader takes stands in docs/readers.md.",
        ) from None
    if first is None:
        raise InputError("The input holds no row.", hint="Is it the right file?")
    return opened


def _format(data: Any) -> str:
    if not isinstance(data, Path | str | bytes):
        return "pandas" if type(data).__module__.partition(".")[0] == "pandas" else "arrow"
    if not isinstance(data, bytes) and Path(data).is_dir():
        return "dataset"
    with content_of(data).opened() as stream:
        start = stream.read(4)
    if start == _PARQUET:
        return "parquet"
    if start in {_ZIP, _OLE}:
        return "excel"
    kind = "csv" if isinstance(data, bytes) else SUFFIXES.get(Path(data).suffix.lower())
    if kind is None:
        raise InputError(
            "The name of the file does not tell its format.", hint=f"It should end in {', '.join(sorted(SUFFIXES))}."
        )
    return kind
