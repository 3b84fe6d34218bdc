"""What is wrong with a policy although every key of it is valid: rules between keys, and the policy against columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from anonshare.errors import Fault
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

__all__ = ["lint", "lint_columns", "loose_columns"]

ALLOWED = {
    "direct_identifier": {"drop", "pseudonymize"},
    "quasi_identifier": {"drop", "keep", "generalize", "shift_dates"},
    "sensitive": {"drop", "keep", "generalize", "shift_dates"},
    "insensitive": {"drop", "keep", "generalize", "shift_dates"},
    "narrative": {"drop", "withhold", "codes"},
    "internal": {"drop"},
}
"""A direct identifier never leaves as it is, notes never as text (reference: users-and-law section 1, fact 1)."""


def lint(policy: Policy) -> tuple[Fault, ...]:
    """Rules between the keys of one policy."""
    return (*_operators(policy), *_shifts(policy), *_models(policy), *_aggregates(policy), *_bases(policy))


def _operators(policy: Policy) -> Iterator[Fault]:
    for name, column in policy.columns().items():
        if column.do.extension is None and column.do.name not in ALLOWED[column.role]:
            yield Fault(
                f"columns.{name}.do",
                f"{column.do.name} is not enough for a {column.role}",
                f"one of: {', '.join(sorted(ALLOWED[column.role]))}",
            )
        if column.do.shift_dates and column.is_key:
            yield Fault(f"columns.{name}.do", "a shifted date hides nobody from who knows the date", "generalize it")
        if column.do.codes and "nobody" not in column.known_to and "perpetrator" not in column.known_to:
            yield Fault(f"columns.{name}.known_to", "codes tell what the perpetrator did", "known_to: [perpetrator]")


def _shifts(policy: Policy) -> Iterator[Fault]:
    """All dates of a person move by one number of days: two bounds would move them apart, and tell the number."""
    bounds = {c.do.shift_dates.days for c in policy.columns().values() if c.do.shift_dates}
    if len(bounds) > 1:
        yield Fault("columns", "shift_dates has different days in two columns", "use one number for all")


def _models(policy: Policy) -> Iterator[Fault]:
    columns = policy.columns()
    if policy.table.release == "rows" and policy.disclosure.k < 2:
        yield Fault("disclosure.models", "records leave, but no k is promised", "add {k_anonymity: 11}")
    for model in policy.disclosure.l_diversity:
        column = columns.get(model.column)
        if column is None or not column.leaves or column.is_key:
            yield Fault("disclosure.models", "l_diversity needs a column that leaves and that is no key")


def _aggregates(policy: Policy) -> Iterator[Fault]:
    known = {name for name, column in policy.columns().items() if column.is_key}
    for aggregate in policy.aggregates:
        for column in aggregate.by:
            if column not in known:
                yield Fault(f"aggregates.{aggregate.name}.by", "names a column that is no quasi-identifier that leaves")


def _bases(policy: Policy) -> Iterator[Fault]:
    if policy.consent.column and policy.consent.column not in policy.columns():
        yield Fault("consent.column", "is no column of the table", "add it with role internal")
    for unit_column in policy.unit_columns:
        if unit_column not in policy.columns():
            yield Fault("records.units", "names a column without a rule", "add the column")


def loose_columns(policy: Policy, columns: Sequence[str]) -> tuple[str, ...]:
    """Columns of the file that no rule covers."""
    ruled = policy.columns()
    return tuple(c for c in columns if c not in ruled)


def lint_columns(policy: Policy, columns: Sequence[str]) -> tuple[Fault, ...]:
    """The policy against the columns of a file (G2): a rule without a column, a column without a rule.

    The names of uncovered columns may be cells that slipped into the header, so they are told by number.
    """
    have = [*columns, *policy.table.derive]
    return (*_missing(policy.columns(), have), *_derived(policy, columns), *_uncovered(policy, columns))


def _missing(ruled: dict[str, Column], have: Sequence[str]) -> Iterator[Fault]:
    for name in ruled:
        if name not in have:
            near = get_close_matches(name, have, 1, 0.7)
            remedy = f"the file has column {have.index(near[0]) + 1} with a similar name" if near else "check the file"
            yield Fault(f"columns.{name}", "the file has no such column", remedy)


def _derived(policy: Policy, columns: Sequence[str]) -> Iterator[Fault]:
    for name, derived in policy.table.derive.items():
        if derived.from_ not in columns:
            yield Fault(f"derive.{name}.from", "the file has no such column")
        if name in columns:
            yield Fault(f"derive.{name}", "the file has a column of this name already")


def _uncovered(policy: Policy, columns: Sequence[str]) -> Iterator[Fault]:
    if policy.table.others == "drop":
        return
    loose = loose_columns(policy, columns)
    for number, column in enumerate(columns, 1):
        if column in loose:
            yield Fault(f"column {number} of the file", "no rule covers it", "add a rule, or set others: drop")
