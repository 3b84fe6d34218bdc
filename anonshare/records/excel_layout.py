"""Where a table stands on a sheet: the row of names, the rows of data, the columns that count.

Told by position, never by content: a sheet's cells are the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Any

from anonshare.errors import InputError

__all__ = ["Area", "columns_of", "filled", "find_header", "records_of", "refuse_merged"]

Grid = Sequence[Sequence[Any]]
"""The cells of a sheet from A1 on; an empty cell is the empty text."""

Area = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, counted from 0."""


def filled(cell: object) -> bool:
    """Whether anything stands in a cell."""
    return cell is not None and not (isinstance(cell, str) and not cell.strip())


def find_header(grid: Grid, hidden: AbstractSet[int], asked: int | None) -> int:
    """The row of the names (from 0): the one asked for, or the first visible one in which half of the columns have text.

    Raises InputError where there is none.
    """
    if asked is not None:
        if asked > len(grid) or not any(map(filled, grid[asked - 1])):
            raise InputError(f"Row {asked} of the sheet, named as header_row, is empty.")
        return asked - 1
    for number, row in enumerate(grid):
        # the hidden row of a template holds names for programs; people see and correct the visible one
        if number + 1 in hidden:
            continue
        used = _used(grid, number)
        texts = sum(isinstance(cell, str) and filled(cell) for cell in row)
        if texts and 2 * texts >= used:
            return number
    raise InputError(
        "No row of the sheet holds the names of the columns.", hint="Write source: {header_row: N} in the policy."
    )


def _used(grid: Grid, start: int) -> int:
    """How many columns hold anything from a row on."""
    width = max(map(len, grid), default=0)
    return sum(any(filled(row[c]) for row in grid[start:] if c < len(row)) for c in range(width))


def columns_of(grid: Grid, header: int, first: int) -> tuple[list[int], list[str]]:
    """The columns that have a name, and the names.

    A column without a name is left out where it is empty or only counts the rows; else raises InputError, by number.
    """
    row = grid[header]
    width = max(len(line) for line in grid[header:])
    named = [c for c in range(width) if c < len(row) and filled(row[c])]
    for c in set(range(width)) - set(named):
        cells = [line[c] for line in grid[first:] if c < len(line) and filled(line[c])]
        if cells and not _counts(cells):
            raise InputError(
                f"Column {c + 1} of the sheet has cells and no name.",
                hint="Give the column a name, or empty it. Is another row the one with the names (header_row)?",
            )
    return named, [_name(c, row[c]) for c in named]


def _name(column: int, cell: object) -> str:
    if not isinstance(cell, str):
        raise InputError(
            f"The name of column {column + 1} is a number or a date.",
            hint="Is another row the one with the names? Write source: {header_row: N}.",
        )
    return " ".join(cell.split())


def _counts(cells: Sequence[object]) -> bool:
    """Whether cells are 1, 2, 3, ... or go on from there: a form's pre-printed numbers."""
    numbers = [cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool)]
    return len(numbers) == len(cells) and all(b - a == 1 for a, b in pairwise(numbers))


def records_of(grid: Grid, first: int, columns: Sequence[int]) -> Iterator[tuple[int, list[Any]]]:
    """Each row (its number from 1, its cells) that holds anything in a column that has a name."""
    for number, line in enumerate(grid[first:], first + 1):
        cells = [line[c] if c < len(line) else "" for c in columns]
        if any(map(filled, cells)):
            yield number, cells


def refuse_merged(areas: Sequence[Area], header: int) -> None:
    """Raise InputError where cells are merged at or below the names: one of them holds what is meant for several."""
    rows = [last for _, (last, _) in areas if last >= header]
    if rows:
        raise InputError(
            f"Cells are merged in the table, down to row {max(rows) + 1} of the sheet.",
            hint="Split them and fill in each cell; a merged cell belongs to one row alone.",
        )
