"""What is wrong with the operator of a column: too weak for its role, for who knows it, or for what its name says."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.errors import Fault
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

__all__ = ["ALLOWED", "lint_operators"]

_VALUES = {
    "drop",
    "keep",
    "generalize",
    "shift_dates",
    "redact",
    "mask",
    "suppress",
    "top_bottom",
    "round",
    "rare_to_other",
}
ALLOWED = {
    "direct_identifier": {
        "drop",
        "pseudonymize",
        "pseudonymize_reversible",
        "tokenize_vault",
        "surrogate",
        "redact",
        "mask",
        "suppress",
    },
    "quasi_identifier": _VALUES,
    "sensitive": _VALUES,
    "insensitive": _VALUES,
    "narrative": {"drop", "withhold", "codes", "masked"},
    "internal": {"drop"},
}
"""A direct identifier never leaves as it is, notes never unmasked (reference: users-and-law section 1, fact 1)."""

TRUSTED = {"law_enforcement", "public_body", "partner_ngo"}
"""Kinds of recipients to whom notes may go: masking words is no protection against who knows the story."""

_TEXT = {
    "pseudonymize",
    "pseudonymize_reversible",
    "tokenize_vault",
    "surrogate",
    "redact",
    "mask",
    "top_bottom",
    "rare_to_other",
    "codes",
    "masked",
    "shift_dates",
}
"""What these make is text, whatever the column held."""


def lint_operators(policy: Policy) -> Iterator[Fault]:
    """The faults of every column's operator by itself."""
    for name, column in policy.columns().items():
        where = f"columns.{name}.do"
        yield from _role(where, column)
        yield from _parts(where, column)
        yield from _dates(where, column)
        yield from _type(f"columns.{name}.type", column)
        if column.do.surrogate and not column.do.surrogate.marked and policy.recipient.kind == "law_enforcement":
            yield Fault(where, "an invented value is taken for a real person by an investigator", "marked: true")
        if column.do.codes and "nobody" not in column.known_to and "perpetrator" not in column.known_to:
            yield Fault(f"columns.{name}.known_to", "codes tell what the perpetrator did", "known_to: [perpetrator]")
        if column.do.masked and policy.recipient.kind not in TRUSTED:
            yield Fault(where, "masked notes stay personal data, and go to no recipient of this kind", "codes")
    yield from _shifts(policy)
    yield from _events(policy)


def _role(where: str, column: Column) -> Iterator[Fault]:
    if column.do.extension is None and column.do.name not in ALLOWED[column.role]:
        yield Fault(
            where,
            f"{column.do.name} is not enough for the role {column.role}",
            f"one of: {', '.join(sorted(ALLOWED[column.role]))}",
        )


def _parts(where: str, column: Column) -> Iterator[Fault]:
    """What keeps a part of a value: k must be judged over it, for a list of all values finds the rest."""
    mask, suppress = column.do.mask, column.do.suppress
    if mask and (mask.keep_first or mask.keep_last) and not column.is_key:
        yield Fault(
            where,
            "the part of a value that stays finds it in a list of ten thousand",
            "keep nothing, or role: quasi_identifier, so that k is judged over it",
        )
    if suppress and suppress.values is not None and column.role == "direct_identifier":
        yield Fault(where, "identifiers that are not in the list leave as they are", "suppress: {}, or pseudonymize")


def _dates(where: str, column: Column) -> Iterator[Fault]:
    if column.do.shift_dates and column.is_known:
        yield Fault(where, "a shifted date hides nobody from who knows the date", "generalize it")


def _type(where: str, column: Column) -> Iterator[Fault]:
    if column.type != "string" and column.do.name in _TEXT:
        yield Fault(where, "what leaves of this column is text", "type: string")


def _shifts(policy: Policy) -> Iterator[Fault]:
    """All dates of a person move by one number of days: two bounds would move them apart, and tell the number."""
    shifts = [c.do.shift_dates for c in policy.columns().values() if c.do.shift_dates]
    if len({shift.days for shift in shifts}) > 1:
        yield Fault("columns", "shift_dates has different days in two columns", "use one number for all")
    if sum(shift.resolution == "day" for shift in shifts) > 1:
        yield Fault(
            "columns",
            "the intervals between shifted dates of a person are a fingerprint",
            "resolution: month in all but one of them, or drop",
        )


def _events(policy: Policy) -> Iterator[Fault]:
    for table, rules in policy.tables.items():
        for name, column in rules.columns.items():
            event = column.do.shift_dates.event if column.do.shift_dates else None
            if event is not None and event not in rules.columns and event not in rules.derive:
                where = f"columns.{policy.full_name(table, name)}.do"
                yield Fault(where, "event names no column of the table", "take one over: derive: {x: {parent: x}}")
