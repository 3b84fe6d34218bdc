"""t-closeness: the values of a class are distributed like those of everybody (Li, Li, Venkatasubramanian 2007)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from anonshare.codes.tables import is_text
from anonshare.disclosure.arrays import np
from anonshare.disclosure.models.base import ClassModel, column_name, labels, number, refuse, told
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.errors import DisclosureError
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["TCloseness"]

_TINY = 1e-9
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TCloseness(ClassModel):
    """The distance of a class from the whole table is at most ``t``: the earth mover's, between 0 and 1.

    ``distance`` is ``equal`` (all values are equally far apart), ``ordered`` (by places in ``order``, the labels from
    one end to the other; numbers order themselves) or ``hierarchical`` (``hierarchy`` has rows of labels from a value
    to the root, which may be left out). How often a value is missing in a class is compared by itself: ``t`` bounds that
    difference too.
    """

    of: str
    t: float
    distance: Literal["equal", "ordered", "hierarchical"] = "equal"
    order: tuple[str, ...] = field(default=(), repr=False)
    hierarchy: Rows = field(default=(), repr=False)
    places: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """Per code from 1 on: its place in the order, or its nodes from the value to below the root; known once bound."""
    whole: tuple[int, ...] | None = field(default=None, repr=False)
    """Persons per code from 1 on of everybody before anybody was suppressed, and last those without a value."""
    name = "t_closeness"
    monotone = True

    def __post_init__(self) -> None:
        column_name(self.of)
        if not 0 <= number(self.t, "t") <= 1:
            raise refuse("t must be between 0 and 1.")
        labels(self.order, "order")
        if isinstance(self.hierarchy, str) or not isinstance(self.hierarchy, Sequence):
            raise refuse("hierarchy must be a sequence of rows.")
        for row in self.hierarchy:
            labels(row, "A row of the hierarchy")
        if not is_text(self.distance) or self.distance not in {"equal", "ordered", "hierarchical"}:
            raise refuse("The distance is equal, ordered or hierarchical.")
        if self.distance == "hierarchical" and (
            not all(self.hierarchy) or len({len(row) for row in self.hierarchy}) != 1
        ):
            raise refuse("The hierarchical distance needs the rows of a hierarchy, all of one length.")

    @property
    def column(self) -> str:
        """The sensitive column."""
        return self.of

    @property
    def promised(self) -> str:
        """T."""
        return told(self.t)

    def bound(self, vocabulary: Sequence[str | None]) -> TCloseness:
        """The model that knows the place of each code; raises DisclosureError where a value has none."""
        values = [text for text in vocabulary[1:] if text is not None]
        if self.distance == "ordered":
            return replace(self, places=tuple((place,) for place in self._ordered(values)))
        if self.distance == "hierarchical":
            return replace(self, places=self._nodes(values))
        return self

    def against(self, overall: np.ndarray, everybody: int) -> TCloseness:
        """The model that compares with the table before anybody was suppressed, as ARX does; that is attested alone."""
        silent = max(everybody - int(overall.sum()), 0)
        return replace(self, whole=(*map(int, overall.tolist()), silent))

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on the classes of a table."""
        found = ClassModel.judge(self, table)
        return found if self.whole is None else replace(found, evidence="attested")

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is near enough."""
        return np.asarray(self._distances(classes) <= self.t + _TINY)

    def found(self, classes: ClassCounts) -> str:
        """The largest distance."""
        return told(float(self._distances(classes).max()))

    def _ordered(self, values: list[str]) -> list[int]:
        order = self.order or tuple(sorted(values, key=self._number))
        place = {label: i for i, label in enumerate(order)}
        if not set(values) <= place.keys():
            raise self._lacks("order")
        return [place[value] for value in values]

    def _number(self, value: str) -> float:
        try:
            return float(value)
        except ValueError:
            raise self._lacks("order") from None

    def _nodes(self, values: list[str]) -> tuple[tuple[int, ...], ...]:
        rows = {row[0]: row for row in self.hierarchy}
        if not set(values) <= rows.keys():
            raise self._lacks("hierarchy")
        number: dict[tuple[int, tuple[str, ...]], int] = {}
        # one node above all: without a common root nothing would be charged for moving between two trees
        paths = {value: (*rows[value], "") for value in values}
        if len({row[-1] for row in rows.values()}) == 1 and len(self.hierarchy[0]) > 1:
            paths = {value: tuple(rows[value]) for value in values}
        return tuple(
            tuple(number.setdefault((level, path[level:]), len(number)) for level in range(len(path)))
            for path in paths.values()
        )

    def _lacks(self, what: str) -> DisclosureError:
        return DisclosureError(
            f"t-closeness of column {self.of!r}: the {what} lacks a value of the column.",
            hint=f"Give every value a place in the {what}.",
            reason="parameters",
        )

    def _distances(self, classes: ClassCounts) -> np.ndarray:
        if classes.values is None or classes.overall is None:
            raise refuse("The model looks at a sensitive column, and its values were not counted.")
        overall, without = self._reference(classes)
        values = np.zeros((len(classes.persons), len(overall)), dtype=np.int64)
        values[:, : classes.values.shape[1]] = classes.values
        told = values.sum(axis=1)
        silent = _share(np.maximum(classes.persons - told, 0), classes.persons) - without
        apart = _share(values, told[:, None]) - overall / max(int(overall.sum()), 1)
        # a class without any value tells nothing by its values
        apart[told == 0] = 0.0
        return np.asarray(np.maximum(self._moved(apart), np.abs(silent)))

    def _reference(self, classes: ClassCounts) -> tuple[np.ndarray, float]:
        """Persons per value of everybody, and the share without a value."""
        if self.whole is not None:
            overall, silent = np.array(self.whole[:-1], dtype=np.int64), self.whole[-1]
            everybody = max(int(overall.sum()), 1) + silent
            return overall, silent / everybody
        overall = np.zeros(0, dtype=np.int64) if classes.overall is None else classes.overall
        everybody = int(classes.persons.sum()) if classes.everybody is None else classes.everybody
        return overall, max(everybody - int(overall.sum()), 0) / max(everybody, 1)

    def _moved(self, apart: np.ndarray) -> np.ndarray:
        """The earth mover's distance of each class; ``apart`` (classes, width) sums to 0 in each."""
        if self.distance == "equal":
            return np.asarray(np.abs(apart).sum(axis=1) / 2)
        # values that occur in no class of the table have a place all the same
        wide = np.zeros((len(apart), len(self.places)))
        wide[:, : apart.shape[1]] = apart[:, : len(self.places)]
        return self._along(wide) if self.distance == "ordered" else self._up(wide)

    def _along(self, apart: np.ndarray) -> np.ndarray:
        places = np.array([place for (place,) in self.places], dtype=np.int64)
        size = max(len(self.order), int(places.max(initial=0)) + 1)
        line = np.zeros((len(apart), size))
        for code, place in enumerate(places.tolist()):
            line[:, place] += apart[:, code]
        return np.asarray(np.abs(np.cumsum(line, axis=1)).sum(axis=1) / max(size - 1, 1))

    def _up(self, apart: np.ndarray) -> np.ndarray:
        """Cost of moving between leaves is the height of their common node by that of the tree (Li 2007, section 5)."""
        height = len(self.places[0]) - 1 if self.places else 0
        cost = np.zeros(len(apart))
        for level in range(1, height + 1):
            nodes = np.array([path[level] for path in self.places], dtype=np.int64)
            below = np.array([path[level - 1] for path in self.places], dtype=np.int64)
            for node in np.unique(nodes).tolist():
                children = np.unique(below[nodes == node])
                extra = np.stack([apart[:, below == child].sum(axis=1) for child in children], axis=1)
                out = np.where(extra > 0, extra, 0).sum(axis=1)
                into = np.where(extra < 0, -extra, 0).sum(axis=1)
                cost += level / height * np.minimum(out, into)
        return cost


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.asarray(part / np.maximum(whole, 1))
