"""CSV for spreadsheets: a file a table, UTF-8 with a mark, texts that look like formulas made harmless."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from anonshare.exporters.conditions import columns_of, conditions_text, risky
from anonshare.files import write_private, writing

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle

__all__ = ["export"]

NOTE = "A text that begins with = + - @ stands behind an apostrophe here, so that no spreadsheet runs it."


def export(verified: VerifiedBundle, folder: Path) -> None:
    """Write ``TABLE.csv`` for each table and ``conditions.txt`` into ``folder``."""
    for name, columns in columns_of(verified):
        texts = {place for place, (_, kind) in enumerate(columns) if kind == "string"}
        # the mark tells Excel that the bytes are UTF-8; without it names of other scripts turn into noise
        with writing("the export"), (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, lineterminator="\r\n")
            writer.writerow([column for column, _ in columns])
            for batch in verified.tables[name].batches():
                cells = [column.to_pylist() for column in batch.columns]
                for row in zip(*cells, strict=True):
                    writer.writerow([_cell(cell, place in texts) for place, cell in enumerate(row)])
    write_private(folder / "conditions.txt", conditions_text(verified, NOTE), "export")


def _cell(cell: str | None, text: bool) -> str:
    if cell is None:
        return ""
    return f"'{cell}" if text and risky(cell) else cell
