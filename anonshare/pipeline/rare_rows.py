"""Rare combinations of what would leave: over all columns of a table, tokens and missing values included."""

from __future__ import annotations

from dataclasses import dataclass

from anonshare.disclosure.rare import RareReport, rare_in_codes
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.released_table import ReleasedTable
from anonshare.pipeline.second_pass import out_columns, second_pass
from anonshare.shapes import no_progress

__all__ = ["MOST_ROWS", "RareRows", "rare_rows"]

MOST_ROWS = 200_000
"""Tables of more rows are not looked at while a plan is shown; a script can: anonshare.disclosure.rare."""


@dataclass(frozen=True, slots=True)
class RareRows:
    """What is rare in a table; None where it has too many rows to be looked at here."""

    table: str
    found: RareReport | None


def rare_rows(plan: Plan) -> tuple[RareRows, ...]:
    """Count rare combinations of each table that would leave; nothing where a plan got no further than its policy.

    Notes are left out: each is alone. Reads the records once more.
    """
    if plan.recoded is None or not plan.policy.released:
        return ()
    if plan.recoded.rows.rows > MOST_ROWS:
        return tuple(RareRows(table, None) for table in plan.policy.released)
    made = second_pass(plan, b"rare", no_progress, origins=True)
    return tuple(RareRows(table, _found(plan, table, one)) for table, one in made.items())


def _found(plan: Plan, table: str, made: ReleasedTable) -> RareReport:
    rules = plan.policy.tables[table].columns
    names = [c.name for c in out_columns(plan, table) if c.name in rules and rules[c.name].role != "narrative"]
    return rare_in_codes([made.codes(name) for name in names], names, made.persons(), plan.policy.disclosure.k)
