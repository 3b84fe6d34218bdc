"""Workbooks of Excel (.xlsx): one sheet, its visible names, its filled rows; nothing that is hidden is read unasked.

An error names rows and columns by number and never repeats what stands there, nor the name of a sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import python_calamine as calamine

from anonshare.engine.batches import BATCH_ROWS, as_text
from anonshare.engine.scalars import text_of
from anonshare.errors import InputError
from anonshare.records.columns import column_names
from anonshare.records.content import Content, content_of
from anonshare.records.excel_layout import Grid, columns_of, filled, find_header, records_of, refuse_merged
from anonshare.records.workbook_parts import SheetMarks, marks_of, opened_zip

__all__ = ["ExcelSource", "open_source"]

FILE_LIMIT = 256 << 20
"""Bytes of the file itself."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class ExcelSource:
    """A sheet of a workbook as a RecordSource; ``digest`` is that of the file's bytes."""

    name: str
    columns: tuple[str, ...]
    content: Content
    _sheet: str = field(repr=False)
    _first: int
    _places: tuple[int, ...]
    rows: tuple[int, ...] = field(repr=False)

    def row_of(self, record: int) -> int:
        """The row of the sheet (from 1, as Excel counts) of a record (from 0)."""
        return self.rows[record]

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the bytes of the file."""
        return self.content.digest

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All filled rows, at most 65,536 a batch; raises InputError, by number, for a cell without plain text."""
        grid = _grid(calamine.CalamineWorkbook.from_filelike(BytesIO(_bytes(self.content))), self._sheet)
        rows = (_texts(number, cells, self._places) for number, cells in records_of(grid, self._first, self._places))
        while chunk := list(islice(rows, BATCH_ROWS)):
            arrays = [pa.array(cells, pa.string()) for cells in zip(*chunk, strict=True)]
            yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(self.columns)))


def open_source(
    data: Path | str | bytes, name: str = "records", *, sheet: str | None = None, header_row: int | None = None
) -> ExcelSource:
    """Open a sheet of a workbook, or of its bytes.

    Without ``sheet`` the one visible sheet that holds anything is read; without ``header_row`` the names are in the
    first visible row in which half of the columns have text. Raises InputError for several sheets, protected or
    damaged files, merged or faulty cells, hidden rows among the records, and a workbook that is open in another program.
    """
    _refuse_open(data)
    content = content_of(data)
    raw = _bytes(content)
    archive = opened_zip(raw)
    book = _book(raw)
    chosen = _chosen(book, sheet)
    marks = marks_of(archive, chosen)
    _refuse_faulty(marks)
    grid = _grid(book, chosen)
    header = find_header(grid, marks.hidden, header_row)
    refuse_merged(book.get_sheet_by_name(chosen).merged_cell_ranges or [], header)
    first = header + 1
    if header + 1 in marks.hidden and first + 1 not in marks.hidden and header_row is not None:
        # names for programs stand hidden above the labels that people see: neither is a record
        first += 1
    places, names = columns_of(grid, header, first)
    rows = _shown_rows(grid, first, places, marks)
    return ExcelSource(name, column_names(names), content, chosen, first, tuple(places), rows)


def _refuse_open(data: Path | str | bytes) -> None:
    if isinstance(data, bytes):
        return
    path = Path(data)
    # the programs' own lock files: what is on the disk is not what is on the screen
    if (path.parent / f"~${path.name}").exists() or (path.parent / f".~lock.{path.name}#").exists():
        raise InputError("The workbook is open in another program.", hint="Save it, close it, and run again.")


def _bytes(content: Content) -> bytes:
    with content.opened() as stream:
        raw = stream.read(FILE_LIMIT + 1)
    if len(raw) > FILE_LIMIT:
        raise InputError("The workbook is larger than what is read.", hint="Save the sheet as CSV UTF-8.")
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise InputError(
                "The workbook is protected by a password.", hint="Remove the protection in Excel and run again."
            )
        raise InputError("The workbook is in the old format .xls.", hint="Save it as .xlsx and run again.")
    return raw


def _book(raw: bytes) -> Any:
    try:
        return calamine.CalamineWorkbook.from_filelike(BytesIO(raw))
    except Exception:  # noqa: BLE001  the library has no common error, and its texts may hold what stands in the file
        raise InputError("The workbook is damaged.", hint="Open it, save it again as .xlsx, and run again.") from None


def _chosen(book: Any, sheet: str | None) -> str:
    sheets = [one for one in book.sheets_metadata if one.typ == calamine.SheetTypeEnum.WorkSheet]
    if sheet is not None:
        if sheet not in [one.name for one in sheets]:
            raise InputError(
                f"The workbook has no sheet of the name that the policy gives; it has {len(sheets)}.",
                hint="Correct source: {sheet: ...} in the policy.",
            )
        return sheet
    seen = [one.name for one in sheets if one.visible == calamine.SheetVisibleEnum.Visible]
    full = [name for name in seen if any(any(map(filled, row)) for row in _grid(book, name))]
    if len(full) != 1:
        raise InputError(
            f"The workbook has {len(full)} visible sheets with cells ({len(sheets) - len(seen)} hidden).",
            hint="Name the one to read: source: {sheet: ...} in the policy, or --sheet of scan.",
        )
    chosen: str = full[0]
    return chosen


def _grid(book: Any, sheet: str) -> Grid:
    try:
        grid: Grid = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except Exception:  # noqa: BLE001  as above
        raise InputError("The sheet is damaged.", hint="Open it, save it again as .xlsx, and run again.") from None
    return grid


def _refuse_faulty(marks: SheetMarks) -> None:
    if marks.errors:
        raise InputError(
            f"{marks.errors} cell(s) of the sheet hold an error such as #REF!.", hint="Correct or empty these cells."
        )
    if marks.unvalued:
        raise InputError(
            f"{marks.unvalued} cell(s) of the sheet hold a formula whose value is not in the file.",
            hint="Open the workbook in Excel or LibreOffice, save it, and run again.",
        )


def _shown_rows(grid: Grid, first: int, places: list[int], marks: SheetMarks) -> tuple[int, ...]:
    """The rows that hold records; raises InputError where there is none, or one is hidden."""
    rows = [number for number, _ in records_of(grid, first, places)]
    if not rows:
        raise InputError("The sheet holds names of columns and no record.", hint="Is it the right sheet?")
    hidden = sum(number in marks.hidden for number in rows)
    if hidden:
        # a filter hides rows from whoever looks the file through before he shares it
        raise InputError(
            f"{hidden} row(s) with records are hidden on the sheet.", hint="Show them, or delete them, and run again."
        )
    return tuple(rows)


def _texts(number: int, cells: list[Any], places: tuple[int, ...]) -> list[str | None]:
    found = []
    for place, cell in zip(places, cells, strict=True):
        try:
            found.append(str(cell) if isinstance(cell, timedelta) else text_of(cell))
        except (TypeError, ValueError):
            raise InputError(f"The cell in row {number}, column {place + 1} has no plain text.") from None
    return found
