"""The second pass: row-local work under the recipe, batch by batch, into the rows that leave."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anonshare.engine.assemble import filter_rows, filter_texts, label_column, unit_column
from anonshare.engine.distinct import CodedColumn
from anonshare.engine.encode import person_text
from anonshare.errors import InputError
from anonshare.pipeline.made_columns import event_of, event_text, made, of_value, whose_of_people
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.recode import Recoded
from anonshare.pipeline.register_rows import record_names
from anonshare.pipeline.released_table import ReleasedTable
from anonshare.shapes import Progress

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["UNIT", "OutColumn", "out_columns", "second_pass", "unit_tokens"]

UNIT = "unit"
"""The column of random units of protection: equal within a bundle, meaningless outside it."""


@dataclass(frozen=True, slots=True)
class OutColumn:
    """A column that leaves: its name, the role that the policy gives it, and the type in which it is written."""

    name: str
    role: str
    type: str


def out_columns(plan: Plan, table: str) -> tuple[OutColumn, ...]:
    """The columns of a released table, in order: the unit, then those of the policy that leave."""
    rules = plan.policy.tables[table].columns
    leaving = [OutColumn(n, c.role, c.type) for n, c in rules.items() if c.leaves]
    return (OutColumn(UNIT, "unit", "string"), *leaving)


def unit_tokens(plan: Plan, seed: bytes) -> list[str]:
    """One random-looking unit per person, by a key of this bundle alone."""
    people = plan.first.coded.people if plan.first else ()
    return [f"u{hmac.digest(seed, person_text(parts).encode(), 'sha256').hex()[:24]}" for parts in people]


def second_pass(plan: Plan, seed: bytes, progress: Progress, *, origins: bool = False) -> dict[str, ReleasedTable]:
    """The rows of every table that leave; with ``origins`` the tables remember whose they are, for the register.

    Raises InputError where the sources no longer give the rows that were planned.
    """
    if plan.first is None or plan.recoded is None:
        return {}
    tokens, cells = unit_tokens(plan, seed), hmac.digest(seed, b"cells", "sha256").hex()
    tables = {table: _table(plan, table) for table in plan.policy.released}
    start, rows = 0, len(plan.first.coded.person)
    starts: dict[str, int] = {}
    read = dict.fromkeys(plan.policy.tables, 0)
    for prepared in plan.inputs.batches():
        before = read[prepared.table]
        read[prepared.table] += prepared.read
        if prepared.table not in tables:
            continue
        first = starts.setdefault(prepared.table, start)
        place = _Place(prepared.table, start, first, cells, plan.recoded, plan.first.coded.people)
        out, left, persons, kept = _part(plan, place, prepared.rows, tokens)
        tables[prepared.table].add(out, left)
        if origins:
            numbers = [n for n, leaves in zip(prepared.numbers(before), kept.tolist(), strict=True) if leaves]
            tables[prepared.table].remember(persons, record_names(plan, prepared.table, left, numbers))
        start += prepared.rows.num_rows
        progress("writing", start, rows)
    if start != rows:
        raise InputError("The records changed between plan and draft.", hint="Plan again.")
    return tables


def _table(plan: Plan, table: str) -> ReleasedTable:
    names = [column.name for column in out_columns(plan, table)]
    coded = {}
    for name in plan.policy.tables[table].columns:
        operator = plan.operators.get(plan.policy.full_name(table, name))
        if name in names and operator is not None and name not in _recoded(plan, table) and of_value(operator):
            coded[name] = CodedColumn(operator)
    return ReleasedTable(names, coded)


def _recoded(plan: Plan, table: str) -> set[str]:
    """The columns that leave as recoding made them."""
    own = {plan.policy.full_name(table, name): name for name in plan.policy.tables[table].columns}
    return {own[c.name] for c in plan.recoded.rows.columns if c.name in own} if plan.recoded else set()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a batch stands: its table, its first row among all, the first row of the table, the secret of the cells.

    ``recoded`` are the rows of all tables as recoding made them, ``people`` the persons by their number.
    """

    table: str
    start: int
    first: int
    cells: str
    recoded: Recoded
    people: Sequence[tuple[str | None, ...]]

    def cell(self, column: str, row: int) -> str:
        """The secret name of a cell: another one in every release, the same when a draft is made again."""
        return f"{self.cells}:{row}:{column}"


Part = tuple[dict[str, "pa.Array"], "pa.RecordBatch", "np.ndarray", "np.ndarray"]


def _part(plan: Plan, place: _Place, batch: pa.RecordBatch, tokens: list[str]) -> Part:
    """The columns of a batch that are made here, its rows that leave, their persons, and which they are."""
    rows, recipe = place.recoded.rows, place.recoded.recipe
    here = slice(place.start, place.start + batch.num_rows)
    kept = recipe.kept[here]
    person = rows.person[here][kept]
    out = {UNIT: unit_column(person, tokens)}
    own = {plan.policy.full_name(place.table, name): name for name in plan.policy.tables[place.table].columns}
    for i, column in enumerate(rows.columns):
        if column.name in own:
            out[own[column.name]] = label_column(column, rows.values[here, i][kept], recipe.levels[here, i][kept])
    left = filter_rows(batch, kept)
    for name, texts in plan.masked.texts.items():
        if name in own:
            out[own[name]] = filter_texts(texts, place.start - place.first, kept)
    for name in own.keys() & plan.operators.keys():
        if own[name] not in out and not of_value(plan.operators[name]):
            out[own[name]] = _made(plan, place, left, own[name], name, kept.nonzero()[0], person)
    return out, left, person, kept


def _made(
    plan: Plan, place: _Place, left: pa.RecordBatch, column: str, name: str, places: np.ndarray, person: np.ndarray
) -> pa.Array:
    """A column that no recoding made, by its operator; ``places`` are the rows of ``left`` in their batch."""
    whose = whose_of_people(person, place.people)
    event = event_of(plan.policy, place.table, column)
    return made(
        plan.operators[name],
        left.column(column),
        whose.with_events(left.column(event), event_text) if event else whose,
        lambda row: place.cell(name, place.start + int(places[row])),
    )
