"""What is wrong with a policy although every key of it is valid: rules between keys, and the policy against columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches

from anonshare.codes.lists import code_list
from anonshare.errors import Fault
from anonshare.policy.lint_operators import lint_operators
from anonshare.policy.lint_tokens import lint_tokens
from anonshare.policy.model import Policy
from anonshare.policy.records import Column, TableRules

__all__ = ["lint", "lint_columns", "loose_columns"]

HTCDS_COLUMNS = 10
"""So many labels of HTCDS 2.0 in one table make it an HTCDS sheet, in which "Consent" has a meaning of its own."""


def lint(policy: Policy) -> tuple[Fault, ...]:
    """Rules between the keys of one policy."""
    return (
        *lint_operators(policy),
        *lint_tokens(policy),
        *_models(policy),
        *_aggregates(policy),
        *_consent(policy),
        *_units(policy),
        *_links(policy),
    )


def _models(policy: Policy) -> Iterator[Fault]:
    if policy.released and policy.disclosure.k < 2:
        yield Fault("disclosure.models", "records leave, but no k is promised", "add {k_anonymity: 11}")
    for model in policy.disclosure.l_diversity:
        found = policy.find(model.column)
        if found is None:
            yield Fault("disclosure.models", "l_diversity names no column, or one of several", "write table.column")
            continue
        column = policy.tables[found[0]].columns[found[1]]
        if not column.leaves or column.is_key:
            yield Fault("disclosure.models", "l_diversity needs a column that leaves and that is no key")


def _aggregates(policy: Policy) -> Iterator[Fault]:
    for aggregate in policy.aggregates:
        where = f"aggregates.{aggregate.name}.by"
        found = [policy.find(column) for column in aggregate.by]
        if any(one is None or not policy.tables[one[0]].columns[one[1]].is_key for one in found):
            yield Fault(where, "names a column that is no quasi-identifier that leaves")
        elif len({one[0] for one in found if one}) > 1:
            yield Fault(where, "names columns of several tables", "take one over: derive: {x: {parent: x}}")
        elif any(one and one[0] not in policy.counted for one in found):
            yield Fault(where, "counts a table whose rows stay beside tables whose rows leave", "release its rows too")


def _consent(policy: Policy) -> Iterator[Fault]:
    """Every row that leaves stands under a consent, its own or that of a row above it."""
    column = policy.consent.column
    if column is None:
        return
    if _asks_for_interview(policy, column):
        yield Fault(
            "consent.column",
            "is consent to the interview, which is no consent to disclosure",
            "add a column for consent to disclosure, or mode: not_required with the reason",
        )
    for table in policy.tables:
        if policy.owner_of_consent(table) is None:
            yield Fault("consent.column", f"is no column of the table {table}", "add it with role internal")


def _asks_for_interview(policy: Policy, column: str) -> bool:
    """Whether the column is the one in which HTCDS keeps the consent to the interview (HTCDS 2.0, con_Consent)."""
    if column.casefold() == "con_consent":
        return True
    labels = set(code_list("htcds:fields").codes.values())
    return column == "Consent" and any(
        len(labels & set(rules.columns)) >= HTCDS_COLUMNS for rules in policy.tables.values()
    )


def _units(policy: Policy) -> Iterator[Fault]:
    for table in policy.counted:
        if policy.owner_of_unit(table) is None:
            words = f"the table {table} does not hold all columns of the unit, nor does one above it"
            yield Fault("records.units", words, "add the columns, or a parent")


def _links(policy: Policy) -> Iterator[Fault]:
    """Which row hangs on which is a pattern over which k is not judged; the random unit links the rows already."""
    for name, rules in policy.tables.items():
        for column in filter(None, (rules.key, rules.parent.column if rules.parent else None)):
            where = f"records.tables.{name}"
            if column not in rules.columns:
                yield Fault(where, "its key, or the column of its parent, is none of its columns", "add the column")
            elif rules.columns[column].leaves:
                yield Fault(where, "a column that links tables leaves", "do: drop; the column unit links the rows")
        for made in rules.derive.values():
            if made.parent and (rules.parent is None or made.parent not in policy.tables[rules.parent.table].columns):
                yield Fault(f"records.tables.{name}.derive", "takes over a column that the parent does not have")


def loose_columns(rules: TableRules, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of the file that no rule covers."""
    return tuple(c for c in columns if c not in rules.columns)


def lint_columns(policy: Policy, columns: Mapping[str, Sequence[str]]) -> tuple[Fault, ...]:
    """The policy against the columns of the files, by table (G2): a rule without a column, a column without a rule.

    The names of uncovered columns may be cells that slipped into the header, so they are told by number.
    """
    return tuple(fault for table in policy.tables for fault in _table(policy, table, columns[table]))


def _table(policy: Policy, table: str, columns: Sequence[str]) -> Iterator[Fault]:
    rules = policy.tables[table]
    have = [*columns, *rules.derive]
    prefix = "" if len(policy.tables) == 1 else f"{table}."
    yield from _missing(prefix, rules.columns, have)
    yield from _derived(prefix, rules, columns)
    yield from _uncovered(prefix, rules, columns)


def _missing(prefix: str, ruled: Mapping[str, Column], have: Sequence[str]) -> Iterator[Fault]:
    for name in ruled:
        if name not in have:
            near = get_close_matches(name, have, 1, 0.7)
            remedy = f"the file has column {have.index(near[0]) + 1} with a similar name" if near else "check the file"
            yield Fault(f"columns.{prefix}{name}", "the file has no such column", remedy)


def _derived(prefix: str, rules: TableRules, columns: Sequence[str]) -> Iterator[Fault]:
    for name, derived in rules.derive.items():
        if derived.from_ is not None and derived.from_ not in columns:
            yield Fault(f"derive.{prefix}{name}.from", "the file has no such column")
        if name in columns:
            yield Fault(f"derive.{prefix}{name}", "the file has a column of this name already")


def _uncovered(prefix: str, rules: TableRules, columns: Sequence[str]) -> Iterator[Fault]:
    if rules.others == "drop":
        return
    loose = loose_columns(rules, columns)
    of = f" ({prefix.removesuffix('.')})" if prefix else ""
    for number, column in enumerate(columns, 1):
        if column in loose:
            yield Fault(f"column {number} of the file{of}", "no rule covers it", "add a rule, or set others: drop")
