"""A table as numbers: its key columns under their hierarchies, its sensitive columns, and whose its rows are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from anonshare.codes.tables import flat, is_text
from anonshare.disclosure.arrays import np
from anonshare.disclosure.keys import key_column
from anonshare.engine.encode import Encoder, PersonIndex, person_text
from anonshare.engine.frames import frame_batches, frame_names, own_frame
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows, Hierarchy

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "CodedTable",
    "Missing",
    "Roles",
    "code_table",
    "coded_columns",
    "refuse_unknown",
    "with_joint",
    "with_rows",
    "with_texts",
]

Missing = Literal["category", "wildcard", "forbidden"]
"""A missing value of a key column: a value like any other, one that may be any value, or a fault of the table."""


@dataclass(frozen=True, slots=True)
class Roles:
    """What the columns of a table are: keys with their hierarchies, those that a model looks at, all others.

    ``unit`` names whose privacy is counted; without it every row is a person. It does not leave.
    """

    keys: Mapping[str, Hierarchy] = field(repr=False)
    flat: tuple[str, ...]
    sensitive: tuple[str, ...]
    insensitive: tuple[str, ...]
    unit: tuple[str, ...] = ()
    missing: Missing = "category"
    as_of: date | None = None
    """The day for which ages are computed, where a hierarchy of the field does that."""

    @property
    def all_keys(self) -> tuple[str, ...]:
        """The columns over which k is judged."""
        return (*self.keys, *self.flat)


@dataclass(frozen=True, slots=True)
class CodedTable:
    """``rows`` are the key columns; ``codes`` int32 per row and ``vocabulary`` are those of every column that leaves.

    ``names`` are the columns that leave, in the order of the table, ``domains`` the values that each key column's
    hierarchy has. ``unknown`` counts the distinct values of a key
    column that its hierarchy does not have.
    """

    names: tuple[str, ...]
    rows: CodedRows = field(repr=False)
    codes: Mapping[str, np.ndarray] = field(repr=False)
    vocabulary: Mapping[str, tuple[str | None, ...]] = field(repr=False)
    domains: tuple[int, ...]
    unknown: Mapping[str, int] = field(default_factory=dict)
    people: tuple[str, ...] | None = field(default=None, repr=False)
    """The key of each person as one text, None where rows are persons."""


def code_table(table: Any, roles: Roles) -> CodedTable:
    """Code a frame of pandas, Arrow or Polars; the frame is not changed, and no index is read.

    Raises DisclosureError for columns that are not there, that have no role, or that hold no value where that is
    forbidden; InputError for what is no frame.
    """
    own = own_frame(table)
    names = _names(frame_names(own), roles)
    wanted = [name for name in names if name not in roles.unit]
    codes, vocabulary, person, people = coded_columns(frame_batches(own, names), wanted, roles.unit)
    if roles.missing == "forbidden":
        _refuse_missing(roles.all_keys, codes)
    hierarchies = {**roles.keys, **{name: flat(_texts(vocabulary[name])) for name in roles.flat}}
    columns = tuple(key_column(name, vocabulary[name], hierarchies[name]) for name in roles.all_keys)
    unknown = {name: _unknown(vocabulary[name], hierarchy.path) for name, hierarchy in roles.keys.items()}
    rows = CodedRows(columns, _values(codes, roles.all_keys, len(person)), person)
    domains = tuple(hierarchies[name].domain for name in roles.all_keys)
    found = {name: count for name, count in unknown.items() if count}
    return CodedTable(tuple(wanted), rows, codes, vocabulary, domains, found, people)


def with_texts(coded: CodedTable, name: str, change: Callable[[str], str | None]) -> CodedTable:
    """The table with other texts in a column that is no key; texts that become alike have one code."""
    number: dict[str | None, int] = {None: 0}
    table = [number.setdefault(None if text is None else change(text), len(number)) for text in coded.vocabulary[name]]
    codes = {**coded.codes, name: np.array(table, np.int32)[coded.codes[name]]}
    return replace(coded, codes=codes, vocabulary={**coded.vocabulary, name: tuple(number)})


def refuse_unknown(coded: CodedTable) -> None:
    """Raises DisclosureError where a hierarchy lacks a value of its column."""
    for name, count in coded.unknown.items():
        raise DisclosureError(
            f"The hierarchy of column {name!r} lacks {count} of its values.",
            hint="Add a row for each, or take those rows out. A row names a number as 1 or 2.5, never as 1.0 or 2.50, a day "
            "as year-month-day, and yes and no as true and false.",
            reason="hierarchy",
        )


def with_joint(coded: CodedTable, columns: Sequence[str], name: str) -> CodedTable:
    """The table with the values of several columns as one: a code per combination, its text a JSON list; 0 where all miss.

    It does not leave.
    """
    number: dict[tuple[int, ...], int] = {(0,) * len(columns): 0}
    rows = zip(*(coded.codes[column].tolist() for column in columns), strict=True)
    codes = np.array([number.setdefault(row, len(number)) for row in rows], np.int32)
    texts = [json.dumps([coded.vocabulary[c][code] for c, code in zip(columns, row, strict=True)]) for row in number]
    vocabulary = {**coded.vocabulary, name: (None, *texts[1:])}
    return replace(coded, codes={**coded.codes, name: codes}, vocabulary=vocabulary)


def with_rows(coded: CodedTable, roles: Roles, more: Sequence[tuple[int, Mapping[str, str | None]]]) -> CodedTable:
    """The table with further rows at its end, each of a person by number, with a text for every column that leaves."""
    codes, vocabulary = dict(coded.codes), dict(coded.vocabulary)
    for name in coded.names:
        number = {text: code for code, text in enumerate(vocabulary[name])}
        new = [number.setdefault(row[name], len(number)) for _, row in more]
        codes[name], vocabulary[name] = np.append(codes[name], np.array(new, np.int32)), tuple(number)
    person = np.append(coded.rows.person, np.array([who for who, _ in more], np.int64))
    hierarchies = {**roles.keys, **{name: flat(_texts(vocabulary[name])) for name in roles.flat}}
    columns = tuple(key_column(name, vocabulary[name], hierarchies[name]) for name in roles.all_keys)
    rows = CodedRows(columns, _values(codes, roles.all_keys, len(person)), person)
    return replace(coded, rows=rows, codes=codes, vocabulary=vocabulary)


def _values(codes: dict[str, np.ndarray], keys: Sequence[str], rows: int) -> np.ndarray:
    """Int32 (rows, keys), which lies by column; ``codes`` of the keys become views of it, so that nothing is held twice."""
    values = np.empty((rows, len(keys)), np.int32, order="F")
    for c, name in enumerate(keys):
        values[:, c] = codes[name]
        codes[name] = values[:, c]
    return values


def coded_columns(
    batches: Iterable[pa.RecordBatch], wanted: Sequence[str], unit: Sequence[str]
) -> tuple[dict[str, np.ndarray], dict[str, tuple[str | None, ...]], np.ndarray, tuple[str, ...] | None]:
    """Codes and vocabulary of each column, the person of each row, and who they are; without a unit rows are persons."""
    encoders = {name: Encoder() for name in wanted}
    codes: dict[str, list[np.ndarray]] = {name: [] for name in wanted}
    persons = PersonIndex(unit)
    found, rows = [np.zeros(0, np.int64)], 0
    for batch in batches:
        for name, encoder in encoders.items():
            codes[name].append(encoder.encode(batch.column(name)))
        found.append(persons.encode(batch) if unit else np.arange(rows, rows + batch.num_rows))
        rows += batch.num_rows
    whole = {name: np.concatenate([np.zeros(0, np.int32), *parts]) for name, parts in codes.items()}
    people = tuple(map(person_text, persons.keys)) if unit else None
    return whole, {name: encoder.values for name, encoder in encoders.items()}, np.concatenate(found), people


def _names(given: Sequence[object], roles: Roles) -> tuple[str, ...]:
    names = tuple(str(name) for name in given)
    if len(set(names)) != len(names):
        raise DisclosureError("Two columns of the table have the same name.", hint="Give each its own name.")
    if not all(map(is_text, names)):
        raise DisclosureError(
            "The name of a column is no text: it holds half of a character.",
            hint="Give it another name.",
            reason="column",
        )
    known = [*roles.all_keys, *roles.sensitive, *roles.insensitive, *roles.unit]
    for name in known:
        if name not in names:
            raise DisclosureError(f"The table has no column {name!r}.", hint="Look at its spelling.", reason="column")
    left = [name for name in names if name not in known]
    if left:
        raise DisclosureError(
            f"Column {left[0]!r} has no role: nobody knows whether it may leave.",
            hint="Give it a hierarchy, name it in known_to_adversary, insensitive or unit, or leave it out.",
            reason="column",
        )
    return names


def _texts(vocabulary: Sequence[str | None]) -> list[str]:
    return [text for text in vocabulary if text is not None]


def _unknown(vocabulary: Sequence[str | None], path: Callable[[str], object]) -> int:
    return sum(path(text) is None for text in _texts(vocabulary))


def _refuse_missing(keys: Sequence[str], codes: Mapping[str, np.ndarray]) -> None:
    for name in keys:
        count = int((codes[name] == 0).sum())
        if count:
            raise DisclosureError(
                f"Column {name!r} has no value in {count} row(s), which missing='forbidden' does not allow.",
                hint="missing='category' takes no value as a value of its own.",
                reason="missing",
            )
