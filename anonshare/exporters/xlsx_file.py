"""One workbook: a first sheet with the conditions, a sheet a table; texts are texts, and nobody is its author."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonshare.errors import InputError
from anonshare.exporters.conditions import columns_of, conditions
from anonshare.files import writing

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["export"]

ROWS = 1_048_575
"""Rows that a sheet holds below its names."""

LONGEST = 31
"""Characters of the name of a sheet."""


def export(verified: VerifiedBundle, folder: Path) -> None:
    """Write ``records.xlsx`` into ``folder``; raises InputError where a table has more rows than a sheet."""
    import xlsxwriter

    # texts are written as texts, so a formula stays words; the fixed day keeps the clock of the desk out of the file
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "in_memory": False}
    with writing("the export"), xlsxwriter.Workbook(str(folder / "records.xlsx"), options) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001  the format has no zone
        about = book.add_worksheet("about")
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 70)
        for number, (name, value) in enumerate(conditions(verified)):
            about.write_string(number, 0, name)
            about.write_string(number, 1, value)
        for name, columns in columns_of(verified):
            _table(book, verified, name, columns)


def _table(book: Any, verified: VerifiedBundle, name: str, columns: list[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_sheet_name(book, name))
    sheet.freeze_panes(1, 0)
    for place, (column, _) in enumerate(columns):
        sheet.write_string(0, place, column)
    number = 0
    for batch in verified.tables[name].batches():
        cells = [column.to_pylist() for column in batch.columns]
        for row in zip(*cells, strict=True):
            number += 1
            if number > ROWS:
                raise InputError("A table has more rows than a sheet of Excel holds.", hint="Use --as csv.")
            for place, (cell, (_, kind)) in enumerate(zip(row, columns, strict=True)):
                if cell is None:
                    continue
                if kind in {"integer", "number"}:
                    sheet.write_number(number, place, float(cell))
                else:
                    sheet.write_string(number, place, cell)


def _sheet_name(book: Any, name: str) -> str:
    """The table's name, cut to what Excel takes, and told apart from the others."""
    taken = {sheet.get_name().casefold() for sheet in book.worksheets()}
    short = name[:LONGEST]
    number = 2
    while short.casefold() in taken:
        short = f"{name[: LONGEST - 4]}~{number}"
        number += 1
    return short
