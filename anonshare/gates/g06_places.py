"""G6: in columns that leave as they are, no identifier, no place of the private list, and nothing like free text."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.errors import Fault
from anonshare.gates.facts import ColumnFacts, ReleaseFacts
from anonshare.policy.model import Policy
from anonshare.policy.records import Column
from anonshare.policy.token_kinds import token_kind

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
    return tuple(fault for name, column in facts.columns.items() for fault in _column(facts.policy, name, column))


def _column(policy: Policy, name: str, column: ColumnFacts) -> Iterator[Fault]:
    where = f"columns.{name}"
    rule = policy.columns().get(name)
    for kind, count in sorted(column.residual.items()):
        if not _invented(rule, kind):
            yield Fault(where, f"{count} distinct value(s) hold a valid {kind}", "drop or pseudonymize the column")
    if column.places:
        yield Fault(
            where, f"{column.places} distinct value(s) name a place of the private list", "generalize or drop it"
        )
    if column.tokens or (rule is not None and rule.stands_in):
        few = column.distinct <= RANKED_DISTINCT and column.filled >= RANKED_REPEATS * max(column.distinct, 1)
        if few and _follows_value(policy, name, rule):
            yield Fault(where, "has so few distinct values that tokens can be told apart by frequency", "generalize it")
    elif column.distinct > DISTINCT_FLOOR and column.distinct > DISTINCT_SHARE * column.filled:
        yield Fault(
            where, "nearly every row has a value of its own, like an identifier or free text", "generalize or drop it"
        )


def _invented(rule: Column | None, kind: str) -> bool:
    """Whether what was found is an invented address at a domain that is kept for examples."""
    surrogate = rule.do.surrogate if rule is not None else None
    return surrogate is not None and surrogate.kind == "email" and kind == "e-mail address"


def _follows_value(policy: Policy, name: str, rule: Column | None) -> bool:
    """Whether tokens can be counted like values; those of persons and of single cells cannot."""
    found = policy.find(name)
    made = token_kind(policy, found[1], rule) if found and rule is not None else None
    return made is None or made.follows_value
