"""A node of the lattice of levels, counted: which rows would be suppressed there, and what everything costs.

Rows that are persons by themselves are counted as distinct rows with weights. Where persons have several rows, classes
are those of whole persons (their signatures), for counts of rows say nothing of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.node_units import DistinctRows, Persons
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.signatures import outward_ids
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["Judged", "NodeCounter", "cell_costs"]

Levels = Sequence[int]


@dataclass(frozen=True, slots=True)
class Judged:
    """``suppressed`` rows of a node; ``gone[c][level]`` what their cells of a column would cost on a level, in cells.

    ``allowed`` is False where the classes that are left do not hold a model together. ``sure`` and ``surely_gone`` are of
    the rows that are suppressed at every finer node as well: those of classes no part of which can hold.
    """

    suppressed: int
    gone: tuple[np.ndarray, ...] = field(repr=False)
    allowed: bool
    sure: int
    surely_gone: tuple[np.ndarray, ...] = field(repr=False)


class NodeCounter:
    """Judges nodes of the lattice over the columns of ``rows``, one level each."""

    def __init__(self, rows: CodedRows, models: Sequence[PrivacyModel], sensitive: Mapping[str, np.ndarray]) -> None:
        self._models = tuple(models)
        self._ids = [_dense_levels(column) for column in rows.columns]
        self._costs = [cell_costs(column) for column in rows.columns]
        single = rows.persons == rows.rows
        self._units = DistinctRows(rows, sensitive) if single else Persons(rows, sensitive)
        self.everybody = rows.persons

    @property
    def totals(self) -> list[np.ndarray]:
        """Per column and level: what all cells cost there."""
        values, weights = self._units.values, self._units.weights
        counts = [np.bincount(values[:, c], weights=weights, minlength=len(cost)) for c, cost in enumerate(self._costs)]
        return [count @ cost for count, cost in zip(counts, self._costs, strict=True)]

    def judge(self, levels: Levels) -> Judged:
        """The node of these levels."""
        bad, allowed, sure = self._bad(levels)
        suppressed, gone = self._cost_of(bad)
        surely, surely_gone = (suppressed, gone) if sure is None else self._cost_of(sure)
        return Judged(suppressed, gone, allowed, surely, surely_gone)

    def _cost_of(self, chosen: np.ndarray) -> tuple[int, tuple[np.ndarray, ...]]:
        values, weights = self._units.values[chosen], self._units.weights[chosen]
        gone = tuple(
            np.bincount(values[:, c], weights=weights, minlength=len(cost)) @ cost for c, cost in enumerate(self._costs)
        )
        return int(weights.sum()), gone

    def distinct(self, levels: Levels) -> int:
        """How many classes there are at a node."""
        return len(np.unique(self._units.classes(self._key(levels)).group))

    def kept(self, levels: Levels) -> np.ndarray:
        """Bool per row of the source: whether it leaves at this node."""
        bad, _, _ = self._bad(levels)
        return np.asarray(~bad[self._units.of_row])

    def failing(self, levels: Levels) -> PrivacyModel | None:
        """The first model that some class does not hold at a node; None where all hold everywhere."""
        classes = self._units.classes(self._key(levels))
        for model in self._models:
            holds, persons = self._units.hold(model, classes)
            if not holds.all() or not model.together(persons):
                return model
        return None

    def _bad(self, levels: Levels) -> tuple[np.ndarray, bool, np.ndarray | None]:
        """Bool per distinct row: whether it is suppressed; and whether what is left holds the models together.

        Last, bool per distinct row whether it is suppressed at every finer node, None where that is the same.
        """
        classes = self._units.classes(self._key(levels))
        good = np.ones(classes.size, dtype=np.bool_)
        nested = good.copy()
        persons = np.zeros(classes.size, dtype=np.int64)
        for model in self._models:
            holds, persons = self._units.hold(model, classes)
            good &= holds
            if model.nested:
                nested &= holds
        allowed = bool(good.any()) and all(model.together(persons[good]) for model in self._models)
        place = self._units.group_of_row(classes.group)
        same = all(model.nested for model in self._models)
        return np.asarray(~good[place]), allowed, None if same else np.asarray(~nested[place])

    def _key(self, levels: Levels) -> tuple[np.ndarray, int]:
        """Int64 per distinct row: equal where all labels are; and one more than the largest."""
        values = self._units.values
        key, width = np.zeros(len(values), dtype=np.int64), 1
        for c, (ids, level) in enumerate(zip(self._ids, levels, strict=True)):
            labels, distinct = ids[level]
            if distinct == 1:
                continue
            if width * distinct >= 1 << 62:
                _, key = np.unique(key, return_inverse=True)
                width = int(key.max(initial=0)) + 1
            key = key * distinct + labels[values[:, c]]
            width *= distinct
        return key, width


def _dense_levels(column: KeyColumn) -> list[tuple[np.ndarray, int]]:
    """Per level the label of each value, numbered without gaps, and how many there are; what looks alike is alike."""
    outward = outward_ids(column)
    found = []
    for level in range(outward.shape[1]):
        _, labels = np.unique(outward[:, level], return_inverse=True)
        found.append((labels.astype(np.int64), int(labels.max(initial=0)) + 1))
    return found


def cell_costs(column: KeyColumn) -> np.ndarray:
    """Float64 (values, levels): the certainty penalty of a cell; a value that is null on every level lost nothing above 0."""
    cost = np.stack([loss[column.paths[:, level]] for level, loss in enumerate(column.loss)], axis=1)
    null = (outward_ids(column) == 0).all(axis=1)
    cost[null] = cost[null][:, :1]
    return cost
