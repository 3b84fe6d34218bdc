"""The cells of a table over hierarchies: every combination of a label on some level, or of all together, per dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import MARGIN, Key
from anonshare.errors import DisclosureError
from anonshare.shapes import Hierarchy

__all__ = ["SEVERAL", "Dimension", "Layout", "dimension", "layout"]

SEVERAL = "(several)"
"""The category of persons who are in more than one."""

Path = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column of a table. ``paths[code]`` are the different labels of a value, from its own up to all together."""

    name: str
    paths: tuple[Path, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Layout:
    """``keys`` of the cells of a table that occur, and ``covering`` int (rows, m): the cells that count each row.

    The last cell, ``len(keys)``, stands for no cell: rows have it where they are in fewer.
    """

    by: tuple[str, ...]
    keys: tuple[Key, ...] = field(repr=False)
    covering: np.ndarray = field(repr=False)


def dimension(name: str, values: Sequence[str | None], rows: Sequence[Sequence[object]] | None) -> Dimension:
    """A column with ``values[code]`` as its texts, under ``rows`` of labels from a value to the root, or under none.

    Raises DisclosureError where a hierarchy lacks a value, or does not add up: where a label stands for two sets of
    values; InputError for rows that are no hierarchy.
    """
    tree = hierarchy_of_rows(name, rows) if rows is not None else None
    paths = tuple(_path(name, value, tree) for value in values)
    _refuse_crossed(name, paths)
    return Dimension(name, paths)


def _path(name: str, value: str | None, tree: Hierarchy | None) -> Path:
    if value is None or value == SEVERAL or tree is None:
        labels: Sequence[str | None] = (value,)
    else:
        found = tree.path(value)
        if found is None:
            raise _wrong(name, "lacks a value of the column", "Give every value a row.")
        labels = found
    if MARGIN in labels:
        raise _wrong(name, f"has {MARGIN} as a label, which means all together", "Rename that label.")
    return (*dict.fromkeys(labels), MARGIN)


def layout(columns: Sequence[Dimension], codes: np.ndarray) -> Layout:
    """The cells that rows with these ``codes`` int (rows, columns) are in."""
    distinct, place = np.unique(codes, axis=0, return_inverse=True)
    number: dict[Key, int] = {}
    found = [
        [
            number.setdefault(key, len(number))
            for key in product(*(c.paths[v] for c, v in zip(columns, row, strict=True)))
        ]
        for row in distinct.tolist()
    ]
    width = max(map(len, found), default=1)
    covering = np.array([[*cells, *[len(number)] * (width - len(cells))] for cells in found], dtype=np.int64)
    return Layout(tuple(c.name for c in columns), tuple(number), covering.reshape(-1, width)[place.ravel()])


def _refuse_crossed(name: str, paths: Sequence[Path]) -> None:
    above: dict[str | None, Path] = {}
    for path in paths:
        for level, label in enumerate(path):
            if above.setdefault(label, path[level + 1 :]) != path[level + 1 :]:
                raise _wrong(name, "does not add up: one label lies below two", "Give each label one label above it.")


def _wrong(name: str, problem: str, hint: str) -> DisclosureError:
    return DisclosureError(f"The hierarchy of column {name!r} {problem}.", hint=hint, reason="hierarchy")
