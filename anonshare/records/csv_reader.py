"""CSV files: one header line, every record as wide as the header (RFC 4180), read as a stream.

UTF-8 without further word, UTF-16 by its mark, any other encoding by name: a guess would turn names into other names.

An error names a line and never repeats what stands there.
"""

from __future__ import annotations

import csv
import io
import re
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

DELIMITERS = (",", ";", "\t", "|")
_LOOK_AHEAD = 100
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATOR = re.compile(r"sep=([,;\t|])\s*")
_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z0-9_]+)*", re.IGNORECASE)

LONGEST_FIELD = 131_072
"""The csv module's own limit, checked here as well: any library can raise it for the whole process."""


@dataclass(frozen=True, slots=True)
class CsvSource:
    """A CSV file as a RecordSource; ``digest`` is that of the file's bytes."""

    name: str
    columns: tuple[str, ...]
    content: Content
    delimiter: str
    encoding: str = "utf-8-sig"
    skipped: int = 0

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the bytes of the file."""
        return self.content.digest

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All records from the start, at most 65,536 a batch; raises InputError, by line, where one is malformed."""
        with _text(self.content, self.encoding) as text:
            records = _records(_lines(text, self.encoding), self.delimiter, self.skipped)
            next(records)
            rows = _of_width(_without_tags(records), len(self.columns))
            while chunk := list(islice(rows, BATCH_ROWS)):
                arrays = [pa.array(cells, pa.string()) for cells in zip(*chunk, strict=True)]
                yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(self.columns)))


def open_source(
    data: Path | str | bytes,
    name: str = "records",
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
) -> CsvSource:
    """Open a CSV file, or its bytes.

    Without ``delimiter`` the one of comma, semicolon, tab and bar that splits the header is taken, or the one that a
    first line ``sep=;`` names. ``header_row`` is the line of the names, counted from 1. A row of HXL tags below the
    names is no record. Raises InputError for bytes that are not of the encoding, a delimiter that cannot be told, bad
    column names, and a file without records.
    """
    content = content_of(data)
    code = _encoding(content, encoding)
    with _text(content, code) as text:
        told, skipped = _told(text, code)
    skipped = header_row - 1 if header_row is not None else skipped
    with _text(content, code) as text:
        chosen = delimiter or told or _delimiter(text, code, skipped)
    with _text(content, code) as text:
        records = _records(_lines(text, code), chosen, skipped)
        header = next(records, None)
        if header is None:
            raise InputError("The CSV file is empty.", hint="Is it the right file?")
        columns = column_names(header[1])
        if next(_of_width(_without_tags(records), len(columns)), None) is None:
            raise InputError("The CSV file holds a header and no record.", hint="Is it the right file?")
    return CsvSource(name, columns, content, chosen, code, skipped)


def _encoding(content: Content, asked: str | None) -> str:
    """The codec: the one asked for, UTF-16 where the file is marked so, else UTF-8."""
    with content.opened() as stream:
        marked = stream.read(2) in _UTF_16
    if asked is None:
        return "utf-16" if marked else "utf-8-sig"
    if marked and asked != "utf-16":
        raise InputError(
            "The CSV file is marked as UTF-16, and the policy names another encoding.",
            hint="Leave encoding out, or correct it.",
        )
    return "utf-8-sig" if asked == "utf-8" else asked


@contextmanager
def _text(content: Content, encoding: str) -> Iterator[TextIO]:
    with content.opened() as stream, io.TextIOWrapper(stream, encoding, newline="") as text:
        yield text


def _told(text: TextIO, encoding: str) -> tuple[str | None, int]:
    """The delimiter that a first line ``sep=;`` names, as Excel writes and reads it, and how many lines that is."""
    found = _SEPARATOR.fullmatch(next(_lines(text, encoding), ""))
    return (found[1], 1) if found else (None, 0)


def _without_tags(records: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The records without a row of HXL tags (hxlstandard.org: ``#country+name``) directly below the names."""
    for place, (line, record) in enumerate(records):
        filled = [field.strip() for field in record if field.strip()]
        if place == 0 and filled and all(_TAG.fullmatch(field) for field in filled):
            continue
        yield line, record


def _lines(text: TextIO, encoding: str) -> Iterator[str]:
    number = 0
    try:
        for number, line in enumerate(text, 1):
            if "\0" in line:
                raise InputError(f"Line {number} of the CSV file holds a NUL character.", hint="Is it a text file?")
            yield line
    except UnicodeError:
        told = "UTF-8" if encoding == "utf-8-sig" else encoding
        raise InputError(
            f"The CSV file is not encoded in {told}: a byte after line {number} is none.",
            hint='Save it as "CSV UTF-8", or write source: {encoding: cp1252} (Western Windows), cp1250 (Central), '
            "cp1251 (Cyrillic).",
        ) from None


def _records(lines: Iterable[str], delimiter: str, skipped: int = 0) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; blank lines are none, nor are the first ``skipped`` lines."""
    reader = csv.reader(islice(lines, skipped, None), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + skipped + 1
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


def _delimiter(text: TextIO, encoding: str, skipped: int) -> str:
    sample = list(islice(_lines(text, encoding), skipped, skipped + _LOOK_AHEAD))
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
