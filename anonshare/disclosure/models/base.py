"""What all privacy models have in common: the verdict follows from the counts by which a search decides."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any, Self

from anonshare.codes.tables import is_text
from anonshare.disclosure.arrays import np
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.errors import DisclosureError
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["ClassModel", "class_counts", "column_name", "labels", "number", "refuse", "told", "whole"]

NOBODY = "no person is left, so nothing can be judged"


class ClassModel:
    """A model that judges each class by itself; its parameters are fields of a frozen dataclass."""

    __slots__ = ()
    name: str = ""
    monotone: bool = True
    nested: bool = False
    joint: bool = False

    @property
    def column(self) -> str | None:
        """The sensitive column, None where persons alone are counted."""
        return None

    @property
    def promised(self) -> str:
        """The promise as text."""
        raise NotImplementedError

    def bound(self, vocabulary: Sequence[str | None]) -> Self:  # noqa: ARG002  most models do not care which value is which
        """The model that knows which code is which value."""
        return self

    def against(self, overall: np.ndarray, everybody: int) -> Self:  # noqa: ARG002  most models compare with nobody
        """The model that compares with these persons per value of everybody."""
        return self

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Bool per class."""
        raise NotImplementedError

    def together(self, persons: np.ndarray) -> bool:  # noqa: ARG002  each class is judged by itself
        """True: no class matters to another."""
        return True

    def found(self, classes: ClassCounts) -> str:
        """What the weakest class has, as text."""
        raise NotImplementedError

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on the classes of a table; one without persons, or without the column, meets nothing."""
        if not table.persons:
            return self._verdict("", (NOBODY,))
        if self.column is not None and self.column not in table.sensitive:
            return self._verdict("", (f"the values of {self.column} were not counted",))
        counts = class_counts(table, self.column)
        if not len(counts.persons):
            return self._verdict("", ())
        owner, counts = _with_events(table, self.column, counts)
        bad = len(np.unique(owner[~self.hold(counts)]))
        over = f" over {self.column}" if self.column else ""
        missing = (f"{bad} of {owner.max() + 1} classes do not hold it{over}",) if bad else ()
        return self._verdict(self.found(counts), missing)

    def _verdict(self, found: str, missing: tuple[str, ...]) -> Verdict:
        return Verdict(self.name, not missing, "recomputed", self.promised, found, missing)


def class_counts(table: FrequencyTable, column: str | None) -> ClassCounts:
    """The counts of a table, in the order of its classes; those of whom the column tells nothing are left out."""
    silent = table.silent.get(column, frozenset()) if column else frozenset()
    classes = [number for number in table.persons if number not in silent]
    persons = np.array([table.persons[number] for number in classes], dtype=np.int64)
    if column is None:
        return ClassCounts(persons)
    held = table.sensitive[column]
    values = _values(table, column, [held.get(number, {}) for number in classes])
    return ClassCounts(persons, values, values.sum(axis=0), int(persons.sum()))


def _with_events(table: FrequencyTable, column: str | None, counts: ClassCounts) -> tuple[np.ndarray, ClassCounts]:
    """The classes and, as further ones, the events in them; first the class of each."""
    own = np.arange(len(counts.persons))
    events = table.events.get(column, ()) if column else ()
    if not events or column is None or counts.values is None:
        return own, counts
    silent = table.silent.get(column, frozenset())
    place = {number: i for i, number in enumerate(number for number in table.persons if number not in silent)}
    owner = np.array([place[number] for number, _ in events], dtype=np.int64)
    values = np.concatenate([counts.values, _values(table, column, [held for _, held in events])])
    persons = np.concatenate([counts.persons, counts.persons[owner]])
    return np.concatenate([own, owner]), ClassCounts(persons, values, counts.overall, counts.everybody)


def _values(table: FrequencyTable, column: str, held: Sequence[Mapping[Any, int]]) -> np.ndarray:
    """Int64 (classes, width): the persons per value, by place."""
    width = _width(table, column)
    place = {value: i for i, value in enumerate(width)}
    values = np.zeros((len(held), len(width)), dtype=np.int64)
    for row, one in enumerate(held):
        for value, count in one.items():
            values[row, place[value]] = count
    return values


def _width(table: FrequencyTable, column: str) -> list[object]:
    """The values by place: codes from 1 on stand where they do in a search, other values in order of appearance."""
    found = dict.fromkeys(value for held in table.sensitive[column].values() for value in held)
    codes = [value for value in found if isinstance(value, int)]
    return list(range(1, max(codes) + 1)) if codes and len(codes) == len(found) else list(found)


def refuse(problem: str) -> DisclosureError:
    """The error for parameters that mean nothing."""
    return DisclosureError(problem, reason="parameters")


def whole(number: object, least: int, what: str) -> None:
    """Refuse what is no whole number of at least ``least``; a truth value is none."""
    if isinstance(number, bool) or not isinstance(number, Integral) or int(number) < least:
        raise refuse(f"{what} must be a whole number, at least {least}.")


def number(value: object, what: str) -> float:
    """The number as a float; refuse what is none, and what no float can be."""
    try:
        found = math.nan if isinstance(value, bool) or not isinstance(value, Real) else float(value)
    except OverflowError:
        found = math.inf
    if not math.isfinite(found):
        raise refuse(f"{what} must be a number.")
    return found


def column_name(name: object) -> None:
    """Refuse what names no column."""
    if not is_text(name):
        raise refuse("A column is named by a text.")


def labels(values: object, what: str) -> None:
    """Refuse what is no sequence of texts; a text alone is none."""
    if isinstance(values, str) or not isinstance(values, Sequence) or not all(map(is_text, values)):
        raise refuse(f"{what} must be a sequence of texts.")


def told(number: float) -> str:
    """A figure of a verdict: four digits behind the point at most."""
    return f"{number:.4f}".rstrip("0").rstrip(".") if number == number else ""  # noqa: PLR0124  NaN is unequal to itself
