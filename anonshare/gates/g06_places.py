"""G6: in columns that leave as they are, no identifier, no place of the private list, and nothing like free text."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.errors import Fault
from anonshare.gates.facts import ColumnFacts, ReleaseFacts

DISTINCT_SHARE = 0.6
DISTINCT_FLOOR = 30
"""A kept column with more than 30 distinct values in over 60 % of its rows is taken for an unclassified identifier."""

RANKED_DISTINCT = 20
RANKED_REPEATS = 5
"""Tokens of at most 20 values, each five times over, are ranked against public frequencies (users-and-law 1, fact 3)."""


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """What the scan of every distinct released value found, as counts."""
    if facts.columns is None:
        return (Fault("columns", "the values that leave were not scanned"),)
    return tuple(fault for name, column in facts.columns.items() for fault in _column(f"columns.{name}", column))


def _column(where: str, column: ColumnFacts) -> Iterator[Fault]:
    for kind, count in sorted(column.residual.items()):
        yield Fault(where, f"{count} distinct value(s) hold a valid {kind}", "drop or pseudonymize the column")
    if column.places:
        yield Fault(
            where, f"{column.places} distinct value(s) name a place of the private list", "generalize or drop it"
        )
    if column.tokens:
        if column.distinct <= RANKED_DISTINCT and column.filled >= RANKED_REPEATS * max(column.distinct, 1):
            yield Fault(where, "has so few distinct values that tokens can be told apart by frequency", "generalize it")
    elif column.distinct > DISTINCT_FLOOR and column.distinct > DISTINCT_SHARE * column.filled:
        yield Fault(
            where, "nearly every row has a value of its own, like an identifier or free text", "generalize or drop it"
        )
