"""Persons counted, never rows: one code path for pandas, Arrow and whatever else narwhals reads.

The receiver's audit recounts with these lines what the contributor promised, so they know nothing of ``disclosure``.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
from narwhals.stable.v2.selectors import by_dtype

from anonshare.errors import DisclosureError, InputError

__all__ = ["Combination", "Signature", "count_persons", "event_counts", "sensitive_counts", "signatures"]

Combination = tuple[Any, ...]
"""The values of the key columns in one row; None where there is no value."""

Signature = tuple[Combination, ...]
"""The combinations of all rows of a person, sorted: what links his rows makes them one record (DESIGN section 4)."""


def count_persons(native: Any, keys: Sequence[str], unit: str) -> dict[Combination, int]:
    """Distinct persons per combination of ``keys``; no value is a category of its own.

    ``native`` is a frame of any library that narwhals reads. Raises DisclosureError where a row has no unit, InputError
    where a column is missing or named twice.
    """
    pairs = _frame(native, keys, unit).unique()
    if not keys:
        return {(): len(pairs)} if len(pairs) else {}
    count = "n" * (1 + max(map(len, keys)))
    counted = pairs.group_by(list(keys)).agg(nw.len().alias(count))
    return {tuple(map(_value, row[:-1])): int(row[-1]) for row in counted.iter_rows()}


def signatures(native: Any, keys: Sequence[str], unit: str) -> dict[Signature, int]:
    """Persons per signature, the sorted multiset of a person's combinations; arguments and errors as above."""
    classes = _classes(_frame(native, keys, unit), keys, unit)
    return dict(zip(classes.signatures, np.bincount(classes.of_person).tolist(), strict=True))


def sensitive_counts(native: Any, keys: Sequence[str], unit: str, column: str) -> dict[Signature, dict[Hashable, int]]:
    """Persons per value of a sensitive ``column`` in each signature; a missing value never counts.

    A null counted as a value would make a class look diverse: {3, null} holds one value, not two.
    """
    frame = _frame(native, list(dict.fromkeys([*keys, column])), unit)
    classes = _classes(frame, keys, unit)
    held = _held(frame, column, classes.of_person[classes.person], classes.person, len(classes.signatures))
    return dict(zip(classes.signatures, held, strict=True))


def event_counts(
    native: Any, keys: Sequence[str], unit: str, column: str
) -> list[tuple[Signature, Combination, dict[Hashable, int]]]:
    """Per signature of persons with several rows, and combination of a row in it: persons per value in those rows.

    Whoever knows one event of a person reads the value of its row alone, for the unit links the rows.
    """
    frame = _frame(native, list(dict.fromkeys([*keys, column])), unit)
    classes = _classes(frame, keys, unit)
    row, texts = _codes(frame, keys)
    several = np.bincount(classes.person, minlength=1)[classes.person] > 1
    pairs = np.stack([classes.of_person[classes.person], row], axis=1)
    events, place = np.unique(pairs, axis=0, return_inverse=True)
    of_row = np.where(several, place.reshape(-1), -1)
    held = _held(frame, column, of_row, classes.person, len(events))
    there = np.unique(of_row[several]).tolist()
    return [(classes.signatures[events[i, 0]], texts[events[i, 1]], held[i]) for i in there]


def _held(
    frame: nw.DataFrame[Any], column: str, group: np.ndarray, person: np.ndarray, groups: int
) -> list[dict[Hashable, int]]:
    """Persons per value in each group of rows; rows of group -1 are in none."""
    values, texts = _codes(frame, [column])
    told = np.array([text != (None,) for text in texts], bool)[values] & (group >= 0)
    held = np.unique(np.stack([group[told], values[told], person[told]], axis=1), axis=0)
    cells, persons = np.unique(held[:, :2], axis=0, return_counts=True)
    found: list[dict[Hashable, int]] = [{} for _ in range(groups)]
    for (number, value), count in zip(cells.tolist(), persons.tolist(), strict=True):
        found[number][texts[value][0]] = count
    return found


def _frame(native: Any, keys: Sequence[str], unit: str) -> nw.DataFrame[Any]:
    frame = nw.from_native(native)
    names = [*keys, unit]
    available = frame.collect_schema().names()
    if len(set(names)) < len(names) or not set(names) <= set(available):
        raise InputError("A column to count by is missing from the table, or named twice.")
    chosen = frame.select(names)
    eager = chosen.collect() if isinstance(chosen, nw.LazyFrame) else chosen
    eager = eager.with_columns(by_dtype(nw.Float32, nw.Float64).fill_nan(None))
    nameless = eager[unit].null_count()
    if nameless:
        raise DisclosureError(f"{nameless} rows have no unit of protection.", reason="null-unit")
    return eager


def _value(value: Any) -> Any:
    return None if value != value else value  # noqa: PLR0124  pandas hands out its null as NaN


def _codes(frame: nw.DataFrame[Any], columns: Sequence[str]) -> tuple[np.ndarray, list[Combination]]:
    """A dense number per distinct row of ``columns``, and the row that each number stands for."""
    total = np.zeros(len(frame), np.int64)
    texts: list[Combination] = [()]
    for name in columns:
        coded = _arrow(frame[name]).dictionary_encode()
        values = [*coded.dictionary.to_pylist(), None]
        codes = coded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
        # renumbered at each column: a product of all cardinalities would pass 2^63
        distinct, total = np.unique(total * len(values) + codes, return_inverse=True)
        texts = [(*texts[number // len(values)], values[number % len(values)]) for number in distinct.tolist()]
    return total, texts


def _arrow(series: nw.Series[Any]) -> pa.Array:
    try:
        array = series.to_arrow()
    except (pa.ArrowException, TypeError, ValueError):
        raise InputError("A column to count by holds values of several kinds.") from None
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


@dataclass(frozen=True, slots=True)
class _Classes:
    """``person`` per row, ``of_person`` the class of each person, ``signatures`` what each class stands for."""

    person: np.ndarray = field(repr=False)
    of_person: np.ndarray = field(repr=False)
    signatures: list[Signature] = field(repr=False)


def _classes(frame: nw.DataFrame[Any], keys: Sequence[str], unit: str) -> _Classes:
    person, people = _codes(frame, [unit])
    row, texts = _codes(frame, keys)
    order = np.lexsort((row, person))
    size = np.bincount(person, minlength=len(people) if len(frame) else 0)
    start = np.cumsum(size) - size
    of_person = np.empty(len(size), np.int64)
    found: list[Signature] = []
    for rows in np.unique(size).tolist():
        members = np.flatnonzero(size == rows)
        records = row[order[start[members][:, None] + np.arange(rows)]]
        distinct, place = np.unique(records, axis=0, return_inverse=True)
        of_person[members] = place.reshape(-1) + len(found)
        found += [tuple(sorted((texts[code] for code in record), key=_order)) for record in distinct.tolist()]
    return _Classes(person, of_person, found)


def _order(row: Combination) -> tuple[tuple[bool, str], ...]:
    return tuple((value is not None, str(value)) for value in row)
