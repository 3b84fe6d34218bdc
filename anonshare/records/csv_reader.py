"""CSV files: UTF-8, one header line, every record as wide as the header (RFC 4180), read as a stream.

An error names a line and never repeats what stands there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from anonshare.engine.batches import BATCH_ROWS, as_text
from anonshare.errors import InputError
from anonshare.records.columns import column_names
from anonshare.records.content import Content, content_of

__all__ = ["DELIMITERS", "CsvSource", "open_source"]

DELIMITERS = (",", ";", "\t")
_LOOK_AHEAD = 100
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")

LONGEST_FIELD = 131_072
"""The csv module's own limit, checked here as well: any library can raise it for the whole process."""


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A CSV file as a RecordSource; ``digest`` is that of the file's bytes."""

    name: str
    columns: tuple[str, ...]
    content: Content
    delimiter: str

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the bytes of the file."""
        return self.content.digest

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All records from the start, at most 65,536 a batch; raises InputError, by line, where one is malformed."""
        with _text(self.content) as text:
            records = _records(_lines(text), self.delimiter)
            next(records)
            rows = _of_width(records, len(self.columns))
            while chunk := list(islice(rows, BATCH_ROWS)):
                arrays = [pa.array(cells, pa.string()) for cells in zip(*chunk, strict=True)]
                yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(self.columns)))


def open_source(data: Path | str | bytes, name: str = "records", *, delimiter: str | None = None) -> CsvSource:
    """Open a CSV file, or its bytes.

    Without ``delimiter`` the one of comma, semicolon and tab that splits the header is taken. Raises InputError for
    another encoding than UTF-8, a delimiter that cannot be told, bad column names, and a file without records.
    """
    content = content_of(data)
    _refuse_utf_16(content)
    with _text(content) as text:
        chosen = delimiter or _delimiter(text)
    with _text(content) as text:
        records = _records(_lines(text), chosen)
        header = next(records, None)
        if header is None:
            raise InputError("The CSV file is empty.", hint="Is it the right file?")
        columns = column_names(header[1])
        if next(_of_width(records, len(columns)), None) is None:
            raise InputError("The CSV file holds a header and no record.", hint="Is it the right file?")
    return CsvSource(name, columns, content, chosen)


def _refuse_utf_16(content: Content) -> None:
    with content.opened() as stream:
        mark = stream.read(2)
    if mark in _UTF_16:
        raise InputError(
            "The CSV file is encoded in UTF-16, not in UTF-8.", hint='Save it as "CSV UTF-8" and run again.'
        )


@contextmanager
def _text(content: Content) -> Iterator[TextIO]:
    with content.opened() as stream, io.TextIOWrapper(stream, "utf-8-sig", newline="") as text:
        yield text


def _lines(text: TextIO) -> Iterator[str]:
    number = 0
    try:
        for number, line in enumerate(text, 1):
            if "\0" in line:
                raise InputError(f"Line {number} of the CSV file holds a NUL character.", hint="Is it a text file?")
            yield line
    except UnicodeDecodeError:
        raise InputError(
            f"The CSV file is not encoded in UTF-8: a byte after line {number} is none.",
            hint='It may be Windows-1252 or another older encoding. Save it as "CSV UTF-8" and run again.',
        ) from None


def _records(lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank lines are none."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise InputError(
                f"The record that begins on line {start} of the CSV file is malformed.",
                hint='Look for a quotation mark that is not closed, or not doubled ("") inside quotes.',
            ) from None
        if any(len(field) > LONGEST_FIELD for field in record):
            raise InputError(
                f"The record that begins on line {start} of the CSV file has a field of over {LONGEST_FIELD:,} characters.",
                hint='Look for a quotation mark that is not closed, or not doubled ("") inside quotes.',
            )
        if record:
            yield start, record


def _of_width(records: Iterable[tuple[int, list[str]]], width: int) -> Iterator[list[str]]:
    for line, record in records:
        if len(record) != width:
            raise InputError(
                f"The record on line {line} of the CSV file has {len(record)} fields, the header has {width}.",
                hint="Is a delimiter inside a field that is not quoted?",
            )
        yield record


def _delimiter(text: TextIO) -> str:
    sample = list(islice(_lines(text), _LOOK_AHEAD))
    splitting = [delimiter for delimiter in DELIMITERS if (_widths(sample[:1], delimiter) or [1])[0] > 1]
    if len(splitting) < 2:
        return splitting[0] if splitting else DELIMITERS[0]
    even = [delimiter for delimiter in splitting if len(set(_widths(sample, delimiter))) == 1]
    if len(even) != 1:
        raise InputError(
            "Line 1 of the CSV file does not tell which character separates the columns.",
            hint="Write source: {delimiter: ','} (or ';' or a tab) for the table in the policy.",
        )
    return even[0]


def _widths(sample: list[str], delimiter: str) -> list[int]:
    """Fields a record, as far as the sample parses; its last record may be cut off inside quotes."""
    widths = []
    try:
        widths += [len(record) for _, record in _records(sample, delimiter)]
    except InputError:
        return widths
    return widths
