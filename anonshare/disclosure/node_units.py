"""What is counted at a node of the lattice: distinct rows with weights where rows are persons, or persons with their rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.events import event_counts, events_of_rows
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.disclosure.signatures import fold
from anonshare.shapes import CodedRows

__all__ = ["Classes", "DistinctRows", "Persons"]

_DENSE = 1 << 18
"""Classes are numbered through a table of this many places, or else by sorting."""


@dataclass(frozen=True, slots=True)
class Classes:
    """``group`` int64 per unit is its class, of ``size`` numbers; ``row`` int64 tells the labels of rows apart."""

    group: np.ndarray = field(repr=False)
    size: int
    row: np.ndarray = field(repr=False)


class DistinctRows:
    """Persons of one row each: equal rows, with equal values of the sensitive columns, are counted once."""

    def __init__(self, rows: CodedRows, sensitive: Mapping[str, np.ndarray]) -> None:
        whole = np.column_stack([rows.values, *sensitive.values()]).astype(np.int64)
        number = fold(whole)
        _, first, self.of_row, weights = np.unique(number, return_index=True, return_inverse=True, return_counts=True)
        self.values = np.ascontiguousarray(rows.values[first])
        self.weights = weights.astype(np.float64)
        self._held = {name: codes[first].astype(np.int64) for name, codes in sensitive.items()}
        self._width = {name: int(codes.max(initial=0)) + 1 for name, codes in sensitive.items()}
        self._overall = {
            name: np.bincount(held, weights=self.weights, minlength=self._width[name])[1:].astype(np.int64)
            for name, held in self._held.items()
        }
        self._everybody = rows.rows

    def classes(self, told: tuple[np.ndarray, int]) -> Classes:
        """The class of each distinct row."""
        number, size = _numbered(*told)
        return Classes(number, size, number)

    def group_of_row(self, group: np.ndarray) -> np.ndarray:
        """The class of each distinct row."""
        return group

    def hold(self, model: PrivacyModel, classes: Classes) -> tuple[np.ndarray, np.ndarray]:
        """Bool per class: whether it holds the model; and its persons, int64."""
        counts = self._counts(classes.group, classes.size, model.column)
        return model.hold(counts), counts.persons

    def _counts(self, group: np.ndarray, size: int, column: str | None) -> ClassCounts:
        persons = np.bincount(group, weights=self.weights, minlength=size).astype(np.int64)
        if column is None:
            return ClassCounts(persons)
        width, held = self._width[column], self._held[column]
        cells = np.bincount(group * width + held, weights=self.weights, minlength=size * width)
        values = cells.reshape(size, width)[:, 1:].astype(np.int64)
        return ClassCounts(persons, values, self._overall[column], self._everybody)


class Persons:
    """Persons of several rows: a class are persons whose sorted rows are alike."""

    def __init__(self, rows: CodedRows, sensitive: Mapping[str, np.ndarray]) -> None:
        self.values = rows.values
        self.weights = np.ones(rows.rows, dtype=np.float64)
        self.of_row = np.arange(rows.rows)
        self._everything = np.ones(rows.rows, dtype=np.bool_)
        self._person = rows.person
        self._size = np.bincount(rows.person, minlength=rows.persons).astype(np.int64)
        self._sensitive = sensitive
        self._width = {name: int(codes.max(initial=0)) + 1 for name, codes in sensitive.items()}
        self._pairs = {name: np.unique(rows.person * self._width[name] + codes) for name, codes in sensitive.items()}
        self._persons = rows.persons

    def classes(self, told: tuple[np.ndarray, int]) -> Classes:
        """The class of each person."""
        row, _ = _numbered(*told)
        order = np.lexsort((row, self._person))
        number = row[order]
        start = np.cumsum(self._size) - self._size
        chain = self._size.copy()
        alive = np.arange(self._persons)
        for position in range(int(self._size.max(initial=0))):
            alive = alive[self._size[alive] > position]
            # signatures of persons with fewer rows stay as they are, apart from those that go on
            _, dense = np.unique(
                np.column_stack([chain[alive], number[start[alive] + position]]), axis=0, return_inverse=True
            )
            chain = chain.copy()
            chain[alive] = dense.reshape(-1) + self._persons * (position + 1) + int(self._size.max())
        _, group = np.unique(np.column_stack([self._size, chain]), axis=0, return_inverse=True)
        group = group.reshape(-1)
        return Classes(group, int(group.max(initial=-1)) + 1, row)

    def group_of_row(self, group: np.ndarray) -> np.ndarray:
        """The class of each row's person."""
        return np.asarray(group[self._person])

    def hold(self, model: PrivacyModel, classes: Classes) -> tuple[np.ndarray, np.ndarray]:
        """Bool per class: whether it and every event in it hold the model; and its persons, int64."""
        counts = self._counts(classes.group, classes.size, model.column)
        good = model.hold(counts)
        if model.column is not None:
            events = events_of_rows(classes.row, self._person, classes.group, self._everything)
            told = event_counts(events, self._person, self._sensitive[model.column], counts)
            good[events.owner[~model.hold(told)]] = False
        return good, counts.persons

    def _counts(self, group: np.ndarray, size: int, column: str | None) -> ClassCounts:
        persons = np.bincount(group, minlength=size)
        if column is None:
            return ClassCounts(persons)
        width, pairs = self._width[column], self._pairs[column]
        cells = np.bincount(group[pairs // width] * width + pairs % width, minlength=size * width)
        overall = np.bincount(pairs % width, minlength=width)[1:]
        return ClassCounts(persons, cells.reshape(size, width)[:, 1:], overall, self._persons)


def _numbered(key: np.ndarray, width: int) -> tuple[np.ndarray, int]:
    if width <= _DENSE:
        return key, width
    _, number = np.unique(key, return_inverse=True)
    return number, int(number.max(initial=-1)) + 1
