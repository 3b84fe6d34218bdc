"""What is wrong with tokens: columns that have too few values for them, persons who are not known, tokens that part."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.codes.headers import headers_of
from anonshare.errors import Fault
from anonshare.policy.model import Policy
from anonshare.policy.records import Column
from anonshare.policy.token_kinds import TokenKind, token_kind

__all__ = ["lint_tokens"]

FEW = frozenset({"bic", "consent", "cvv", "sort_code"})
"""Meanings of columns that identify nobody by themselves, beside those whose role in the lexicon says so."""


def lint_tokens(policy: Policy) -> Iterator[Fault]:
    """The faults of columns that leave as tokens or as invented values, and of what depends on a person."""
    yield from _names(policy)
    yield from _few(policy)
    yield from _persons(policy)
    yield from _apart(policy)
    yield from _twice(policy)


def _columns(policy: Policy) -> Iterator[tuple[str, str, Column, TokenKind]]:
    for table, rules in policy.tables.items():
        for name, column in rules.columns.items():
            made = token_kind(policy, name, column)
            if made is not None:
                yield table, name, column, made


def _names(policy: Policy) -> Iterator[Fault]:
    for table, name, column, made in _columns(policy):
        where = f"columns.{policy.full_name(table, name)}.do"
        if made.entity != "per":
            if made.entity is not None and column.do.pseudonymize and column.do.pseudonymize.who is not None:
                yield Fault(where, "who is for names of persons, and this column holds none", "leave it out")
        elif made.operator != "pseudonymize":
            words = "a token of a name alone is found by how often the name occurs"
            yield Fault(where, words, "pseudonymize; where the column holds a code, say entity: acc")
        elif made.who is None and made.scope != "transaction":
            words = "it is not clear whose names these are, and a token of a name alone hides nobody"
            yield Fault(where, words, "who: unit where they name the unit of protection, else who: other")


def _few(policy: Policy) -> Iterator[Fault]:
    """A token that repeats with its value: where there are few values, their ranks are known from any yearbook."""
    for table, rules in policy.tables.items():
        for name, column in rules.columns.items():
            made = token_kind(policy, name, column)
            repeats = column.stands_in and (made is None or made.follows_value)
            if repeats and _has_few_values(name, getattr(column.do.params, "entity", None)):
                words = "by its name it has few values, and rank matching names the value of each token"
                yield Fault(f"columns.{policy.full_name(table, name)}.do", words, "generalize or drop it")


def _has_few_values(name: str, said: str | None) -> bool:
    """Whether a column's name says so, and the policy does not say (``entity``) which of its readings is the right one.

    A column "phone in country of origin" holds phones where the policy says it; what then repeats is found by G6.
    """
    found = headers_of(name)
    if not found or said in {reading.meaning.token for reading in found if reading.meaning.token}:
        return False
    meaning = found[0].meaning
    return found[0].turned or meaning.entity in FEW or meaning.role in {"quasi_identifier", "sensitive"}


def _persons(policy: Policy) -> Iterator[Fault]:
    """Operators that ask whose a value is, in tables that do not say it."""
    for table, rules in policy.tables.items():
        if policy.owner_of_unit(table) is not None:
            continue
        for name, column in rules.columns.items():
            if _asks_whose(policy, name, column):
                where = f"columns.{policy.full_name(table, name)}.do"
                words = f"{column.do.name} must know whose a value is, and the table names no unit"
                yield Fault(where, words, "add the columns of the unit, or a parent")


def _asks_whose(policy: Policy, name: str, column: Column) -> bool:
    if column.do.surrogate:
        return column.do.surrogate.kind in {"name", "given_name", "surname"}
    made = token_kind(policy, name, column)
    if made is not None and made.operator == "pseudonymize":
        return made.scope == "document" or (made.entity == "per" and made.scope != "transaction")
    return column.do.shift_dates is not None


def _apart(policy: Policy) -> Iterator[Fault]:
    """One kind of identifier in two tables: tokens made in two ways would look like two sets of phones."""
    first: dict[str, tuple[str, TokenKind]] = {}
    for table, name, _, made in _columns(policy):
        if made.entity is None or made.entity == "per":
            continue
        home, like = first.setdefault(made.entity, (table, made))
        if home != table and like != made:
            where = f"columns.{policy.full_name(table, name)}.do"
            words = f"its tokens cannot be joined with those of the same kind in the table {home}"
            yield Fault(where, words, "use one operator and one scope for both")


def _twice(policy: Policy) -> Iterator[Fault]:
    """Two tokens of one value side by side publish what leads from one scope to the other."""
    first: dict[tuple[str, str], TokenKind] = {}
    for table, name, _, made in _columns(policy):
        if first.setdefault(_origin(policy, table, name), made) != made:
            words = "the values of this column have tokens of another kind in the column that they come from"
            yield Fault(f"columns.{policy.full_name(table, name)}.do", words, "drop one of them")


def _origin(policy: Policy, table: str, name: str) -> tuple[str, str]:
    """The column of a file in which the values of a column stand."""
    seen = set()
    while (table, name) not in seen:
        seen.add((table, name))
        rules = policy.tables[table]
        made = rules.derive.get(name)
        if made is not None and made.from_ is not None:
            name = made.from_
        elif made is not None and made.parent is not None and rules.parent is not None:
            table, name = rules.parent.table, made.parent
    return table, name
