"""The rows of a release of a series as they leave: under the labels with which each left first.

Labels can depend on the day (an age does). Whoever left as "9-17" does not become "18-20" in a later release: he would
be the one of his class who had a birthday.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.series_memory import FrozenRow
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["Leaving", "as_they_left"]


@dataclass(frozen=True, slots=True)
class Leaving:
    """The rows, with values of their own where labels are of an earlier day; levels int8 (rows, columns); bool kept."""

    rows: CodedRows = field(repr=False)
    levels: np.ndarray = field(repr=False)
    kept: np.ndarray = field(repr=False)


def as_they_left(rows: CodedRows, places: Iterable[tuple[int, FrozenRow]]) -> Leaving:
    """What leaves of ``rows``, given each row that leaves and what it left as."""
    levels, kept = np.zeros(rows.values.shape, dtype=np.int8), np.zeros(rows.rows, dtype=np.bool_)
    labels: list[dict[int, str | None]] = [{} for _ in rows.columns]
    for place, one in places:
        levels[place], kept[place] = one.levels, True
        for told, label in zip(labels, one.labels, strict=False):
            told[place] = label
    values, columns = rows.values, []
    for c, column in enumerate(rows.columns):
        made, codes = _with_labels(column, values[:, c], levels[:, c], labels[c])
        columns.append(made)
        if codes is not None:
            values = values.copy() if values is rows.values else values
            values[:, c] = codes
    return Leaving(replace(rows, columns=tuple(columns), values=values), levels, kept)


def _with_labels(
    column: KeyColumn, codes: np.ndarray, levels: np.ndarray, wanted: dict[int, str | None]
) -> tuple[KeyColumn, np.ndarray | None]:
    """The column with a value for each cell whose label is not the one of today; None where there is none."""
    places = np.fromiter(wanted, dtype=np.int64, count=len(wanted))
    number = column.paths[codes[places], levels[places]]
    today = [column.labels[level][n] for level, n in zip(levels[places].tolist(), number.tolist(), strict=True)]
    other = [place for place, label in zip(places.tolist(), today, strict=True) if label != wanted[place]]
    if not other:
        return column, None
    codes, more = codes.copy(), _More(column)
    for place in other:
        codes[place] = more.value(int(codes[place]), int(levels[place]), wanted[place])
    return more.column(), codes


class _More:
    """Values that look like one of the column, but for the label on one level."""

    def __init__(self, column: KeyColumn) -> None:
        self._column = column
        self._paths = [column.paths]
        self._labels, self._loss = [list(one) for one in column.labels], [one.tolist() for one in column.loss]
        self._values: dict[tuple[int, int, str | None], int] = {}

    def value(self, like: int, level: int, label: str | None) -> int:
        """The number of the value."""
        asked = (like, level, label)
        if asked not in self._values:
            path = self._column.paths[like].copy()
            path[level] = self._number(level, int(path[level]), label)
            self._paths.append(path[None, :])
            self._values[asked] = len(self._column.paths) + len(self._values)
        return self._values[asked]

    def column(self) -> KeyColumn:
        """The column with them."""
        return replace(
            self._column,
            paths=np.concatenate(self._paths),
            labels=tuple(tuple(one) for one in self._labels),
            loss=tuple(np.array(one, dtype=np.float64) for one in self._loss),
        )

    def _number(self, level: int, like: int, label: str | None) -> int:
        if label in self._labels[level]:
            return self._labels[level].index(label)
        self._labels[level].append(label)
        self._loss[level].append(self._loss[level][like])
        return len(self._labels[level]) - 1
