"""The first pass over the record batches: what must be known of all rows before one of them can leave.

Key columns and persons become numbers, every value of the other columns that would leave is scanned (labels of key
columns once they are recoded: ``residual_scan.labels_scanned``), and notes are collected though they stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.detection.notebook import Notebook
from anonshare.engine.coding import Coded, RowCoder
from anonshare.gates.facts import ColumnFacts
from anonshare.pipeline.inputs import Inputs, Prepared
from anonshare.pipeline.made_columns import Whose, event_of, event_text, made, whose_of_unit
from anonshare.pipeline.near import NearRows, near_rows
from anonshare.pipeline.note_rows import NoteRows
from anonshare.pipeline.notes import region_of
from anonshare.pipeline.residual_scan import ValueScan
from anonshare.policy.model import Policy
from anonshare.shapes import Operator, Progress

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FirstPass", "Read", "first_pass", "key_names", "sensitive_names", "with_events"]


@dataclass(frozen=True, slots=True)
class Read:
    """Rows of one table: read, hanging on nothing, left after consent; and how many fewer for rows that left before."""

    rows: int = 0
    orphans: int = 0
    left: int = 0
    replaced: int = 0

    def more(self, part: Prepared) -> Read:
        """With the rows of a further batch."""
        return Read(
            self.rows + part.read,
            self.orphans + part.orphans,
            self.left + part.rows.num_rows,
            self.replaced + part.replaced,
        )


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the first pass knows. ``notes`` counts the notes by person and never leaves the process."""

    read: Mapping[str, Read]
    coded: Coded
    columns: Mapping[str, ColumnFacts]
    notes: Notebook = field(repr=False)
    near: tuple[NearRows, ...] = ()

    @property
    def rows_in(self) -> int:
        """The rows of all tables."""
        return sum(read.rows for read in self.read.values())

    @property
    def rows_left(self) -> int:
        """The rows of all tables that may leave."""
        return sum(read.left for read in self.read.values())


def key_names(policy: Policy) -> list[str]:
    """The full names of the columns over which k is judged, table by table."""
    return [n for table in policy.counted for n, column in policy.columns_of(table).items() if column.is_key]


def sensitive_names(policy: Policy) -> list[str]:
    """The full names of the columns with a promise of l-diversity, in the order of the models."""
    found = [policy.find(model.column) for model in policy.disclosure.l_diversity]
    return [policy.full_name(*one) for one in found if one is not None]


def first_pass(
    inputs: Inputs, operators: Mapping[str, Operator], places: frozenset[str], progress: Progress
) -> FirstPass:
    """Read everything once. ``operators`` are those of columns that leave and are no keys."""
    policy = inputs.policy
    keys = key_names(policy)
    coder = RowCoder([*keys, *sensitive_names(policy)], policy.unit_columns)
    scans = {
        name: ValueScan(operator, places, region_of(policy)) for name, operator in operators.items() if name not in keys
    }
    notes = NoteRows(policy)
    read = dict.fromkeys(policy.tables, Read())
    numbers: dict[str, list[int]] = {table: [] for table in policy.tables}
    for part in inputs.batches():
        was = read[part.table]
        numbers[part.table] += part.numbers(was.rows)
        read[part.table] = was.more(part)
        progress("reading", sum(one.rows for one in read.values()), None)
        columns = _full_names(policy, part)
        whose = _whose(part) if operators.keys() & columns.keys() else None
        if part.table in policy.counted and part.unit is not None:
            coder.add(part.unit, _coded(policy, columns, keys, operators, whose), policy.counted.index(part.table))
        for name in scans.keys() & columns.keys():
            scans[name].add(columns[name], whose)
        notes.add(part)
    coded = coder.finish()
    columns_found = {name: scan.facts() for name, scan in scans.items()}
    return FirstPass(read, coded, columns_found, notes.book, near_rows(inputs, coded, numbers))


def _full_names(policy: Policy, part: Prepared) -> dict[str, pa.Array]:
    names = [policy.full_name(part.table, name) for name in part.rows.schema.names]
    return dict(zip(names, part.rows.columns, strict=True))


def _whose(part: Prepared) -> Whose | None:
    return None if part.unit is None else whose_of_unit(part.unit)


def _coded(
    policy: Policy,
    columns: Mapping[str, pa.Array],
    keys: list[str],
    operators: Mapping[str, Operator],
    whose: Whose | None,
) -> dict[str, pa.Array]:
    """Key columns that an operator makes (codes read from notes, shifted dates) are coded as made."""
    out = dict(columns)
    for name in keys:
        if name in operators and name in columns:
            out[name] = made(operators[name], columns[name], with_events(policy, name, columns, whose), str)
    return out


def with_events(policy: Policy, name: str, columns: Mapping[str, pa.Array], whose: Whose | None) -> Whose | None:
    """Whose the values of a column are where its dates belong to events that a column of the table names."""
    found = policy.find(name)
    event = event_of(policy, *found) if found else None
    if event is None or found is None or whose is None:
        return whose
    return whose.with_events(columns[policy.full_name(found[0], event)], event_text)
