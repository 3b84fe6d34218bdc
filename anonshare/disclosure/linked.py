"""Which rows and columns belong to which of several linked tables.

The rows of a person in all tables are one record (DESIGN section 4): whoever reads the release sees through the column
``unit`` how many rows he has in each table, so only persons of equal numbers in every table can be alike.
"""

from __future__ import annotations

from anonshare.disclosure.arrays import np
from anonshare.shapes import CodedRows

__all__ = ["home_of", "own_rows", "table_of", "tables"]


def table_of(rows: CodedRows) -> np.ndarray:
    """Int64 per row: the number of its table."""
    return np.zeros(rows.rows, dtype=np.int64) if rows.table is None else rows.table.astype(np.int64)


def tables(rows: CodedRows) -> int:
    """The number of tables."""
    return max([*rows.home, int(table_of(rows).max(initial=0))]) + 1


def home_of(rows: CodedRows, column: int) -> int:
    """The number of the table that a column belongs to."""
    return rows.home[column] if rows.home else 0


def own_rows(rows: CodedRows, column: int) -> np.ndarray:
    """Bool per row: whether the column belongs to the row's table."""
    return np.asarray(table_of(rows) == home_of(rows, column))
