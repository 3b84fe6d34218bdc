"""What the register of a release says: for each row that leaves its person, its record in the source, its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from anonshare.engine.encode import person_text
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.register import RegisterRow
from anonshare.pipeline.released_table import ReleasedTable
from anonshare.policy.token_kinds import token_kind

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["record_names", "register_rows"]

NOTES = "notes"
"""Under this name stands the token that a person has in masked notes; no column of a table has a name without its table."""


def register_rows(plan: Plan, tables: Mapping[str, ReleasedTable]) -> Iterator[RegisterRow]:
    """A row for each row that leaves, in the order of the source."""
    people = plan.first.coded.people if plan.first else ()
    for table, made in tables.items():
        columns = _token_columns(plan, table)
        names = [f"{table}.{name}" for name in columns]
        for person, record, values in made.origins(columns):
            text = person_text(people[person])
            tokens = {name: value for name, value in zip(names, values, strict=True) if value is not None}
            if plan.masked.unit is not None and (own := plan.masked.unit("", text)):
                tokens[NOTES] = own
            yield RegisterRow(text, (record,), tokens)


def record_names(plan: Plan, table: str, left: pa.RecordBatch, numbers: Sequence[int]) -> list[str]:
    """What each row is called where it came from: by the key of its table, or by its number among the rows read.

    A row that left before and stands in no file of today has no number (-1).
    """
    key = plan.policy.tables[table].key
    keys = left.column(key).to_pylist() if key else [None] * len(numbers)
    return [
        f"{table}: {name}"
        if name is not None
        else f"{table}: row {number + 1}"
        if number >= 0
        else f"{table}: as before"
        for name, number in zip(keys, numbers, strict=True)
    ]


def _token_columns(plan: Plan, table: str) -> list[str]:
    columns = plan.policy.tables[table].columns
    return [name for name, column in columns.items() if token_kind(plan.policy, name, column) is not None]
