"""How many persons have each value of a column, for operators that treat rare values otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from anonshare.engine.encode import PersonIndex
from anonshare.pipeline.inputs import Inputs
from anonshare.policy.model import Policy

__all__ = ["ENOUGH", "value_counts"]

ENOUGH = 10_000
"""Persons beyond which a value is not rare in any policy: no more are counted, so that memory stays bounded."""


def value_counts(inputs: Inputs) -> dict[str, dict[str, int]]:
    """By full name of a column that needs it: value -> distinct persons, at most ``ENOUGH``; empty where none does.

    Counted over all rows that may leave. Raises DisclosureError for rows whose unit is null.
    """
    wanted = {table: names for table in inputs.policy.counted if (names := _columns(inputs.policy, table))}
    found: dict[str, dict[str, set[int]]] = {}
    if not wanted:
        return {}
    persons = PersonIndex(inputs.policy.unit_columns)
    for part in inputs.batches():
        if part.table not in wanted or part.unit is None:
            continue
        numbers = persons.encode(part.unit).tolist()
        for name in wanted[part.table]:
            holders = found.setdefault(inputs.policy.full_name(part.table, name), {})
            for value, person in zip(part.rows.column(name).to_pylist(), numbers, strict=True):
                if value is not None and len(mine := holders.setdefault(value, set())) < ENOUGH:
                    mine.add(person)
    return {name: _sizes(holders) for name, holders in found.items()}


def _columns(policy: Policy, table: str) -> tuple[str, ...]:
    columns = policy.tables[table].columns
    return tuple(n for n, c in columns.items() if c.do.rare_to_other)


def _sizes(holders: Mapping[str, set[int]]) -> dict[str, int]:
    return {value: len(persons) for value, persons in holders.items()}
