"""The second pass: row-local work under the recipe, batch by batch, into the rows that leave."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from anonshare.engine.assemble import filter_rows, label_column, released_batches, unit_column
from anonshare.engine.encode import person_text
from anonshare.engine.mapping import map_distinct, map_pairs
from anonshare.errors import InputError
from anonshare.pipeline.plan import Plan
from anonshare.shapes import Progress

if TYPE_CHECKING:
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


def second_pass(plan: Plan, seed: bytes, progress: Progress) -> dict[str, Iterator[pa.RecordBatch]]:
    """The released rows of every table as batches, in the order of their random units.

    Raises InputError where the sources no longer give the rows that were planned.
    """
    if plan.first is None or plan.recoded is None:
        return {}
    tokens = unit_tokens(plan, seed)
    parts: dict[str, list[dict[str, pa.Array]]] = {table: [] for table in plan.policy.released}
    start, rows = 0, len(plan.first.coded.person)
    for prepared in plan.inputs.batches():
        if prepared.table not in parts:
            continue
        parts[prepared.table].append(_part(plan, prepared.table, prepared.rows, start, tokens))
        start += prepared.rows.num_rows
        progress("writing", start, rows)
    if start != rows:
        raise InputError("The records changed between plan and draft.", hint="Plan again.")
    return {
        table: released_batches(made, [column.name for column in out_columns(plan, table)])
        for table, made in parts.items()
    }


def _part(plan: Plan, table: str, batch: pa.RecordBatch, start: int, tokens: list[str]) -> dict[str, pa.Array]:
    if plan.first is None or plan.recoded is None:
        return {}
    rows, recipe = plan.recoded.rows, plan.recoded.recipe
    here = slice(start, start + batch.num_rows)
    kept = recipe.kept[here]
    left = filter_rows(batch, kept)
    person = rows.person[here][kept]
    out = {UNIT: unit_column(person, tokens)}
    own = {plan.policy.full_name(table, name): name for name in plan.policy.tables[table].columns}
    for i, column in enumerate(rows.columns):
        if column.name in own:
            out[own[column.name]] = label_column(column, rows.values[here, i][kept], recipe.levels[here, i][kept])
    for name, operator in plan.operators.items():
        if name not in own or own[name] in out:
            continue
        array = left.column(own[name])
        if operator.per_person:
            people = plan.first.coded.people
            out[own[name]] = map_pairs(array, person, partial(_person, people), operator)
        else:
            out[own[name]] = map_distinct(array, operator)
    return out


def _person(people: Sequence[tuple[str | None, ...]], number: int) -> str:
    return person_text(people[number])
