"""Hierarchies given value by value: values as they are, and files in ARX's form."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from anonshare.errors import InputError
from anonshare.files import read_bytes

__all__ = ["Table", "flat", "hierarchy_of_rows", "is_text", "read_hierarchy_csv"]

Row = tuple[str, ...]
Numbered = Sequence[tuple[int, Row]]
"""Rows with the number of the line on which each ends."""


@dataclass(frozen=True)
class Table:
    """A hierarchy given value by value: ``rows`` maps a value to its labels, itself first."""

    name: str
    rows: Mapping[str, Row] = field(repr=False)

    @property
    def height(self) -> int:
        """Levels below the root."""
        return len(next(iter(self.rows.values()), ("",)))

    @property
    def domain(self) -> int:
        """The number of values."""
        return max(len(self.rows), 1)

    def path(self, value: str) -> Row | None:
        """The labels of a value, None where the table does not have it."""
        return self.rows.get(value.strip())

    def leaves(self, level: int, label: str) -> int:
        """The number of values under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [Counter(row[level] for row in self.rows.values()) for level in range(self.height)]


def is_text(value: object) -> bool:
    """Whether this is text that can be written down: half of a surrogate pair is none."""
    try:
        return isinstance(value, str) and bool(value.encode() or not value)
    except UnicodeEncodeError:
        return False


def flat(values: Iterable[str]) -> Table:
    """Values as they are, with nothing between them and the root; space around a value is none of it, as in any table."""
    return Table("flat", {value: (value,) for value in map(str.strip, values)})


def read_hierarchy_csv(path: Path, name: str) -> Table:
    """A hierarchy in ARX's form: a line per value, ``value;level 1;…;*``, with ``;`` or ``,``, quoted where needed.

    The last column, if it is ``*`` everywhere, is the root. Raises InputError where lines differ in length, a cell is
    empty, a value stands there twice, a coarser label splits, or labels stand above each other in a circle, naming the
    line's number alone.
    """
    try:
        text = read_bytes(path, "hierarchy file", 16 << 20).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"The hierarchy {name!r} is not UTF-8 text.") from None
    rows = list(_rows(name, text))
    if rows and all(row[-1] == "*" for _, row in rows):
        rows = [(number, row[:-1]) for number, row in rows]
    return _checked(name, rows)


def hierarchy_of_rows(name: str, rows: Iterable[Sequence[object]]) -> Table:
    """A hierarchy from rows of labels, one a value, from itself to the coarsest, as in ARX's files.

    The last labels, where they are all the same, are the root. Raises InputError as ``read_hierarchy_csv``.
    """
    told = [(number, tuple(str(label).strip() for label in row)) for number, row in enumerate(rows, 1)]
    while told and len(told[0][1]) > 1 and len({row[-1:] for _, row in told}) == 1:
        told = [(number, row[:-1]) for number, row in told]
    return _checked(name, told)


def _rows(name: str, text: str) -> Iterator[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text), strict=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, tuple(cell.strip() for cell in row)
    except csv.Error:
        raise InputError(f"The hierarchy {name!r} has a line that is no CSV: line {reader.line_num}.") from None


def _mark(text: str) -> str:
    """``;`` where the first line has one outside of quotes."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return ";" if any(";" in part for part in first.split('"')[::2]) else ","


def _checked(name: str, rows: Numbered) -> Table:
    if not rows or not rows[0][1]:
        raise InputError(f"The hierarchy {name!r} is empty.")
    seen: dict[tuple[int, str], Row] = {}
    whole: dict[str, Row] = {}
    for number, row in rows:
        if len(row) != len(rows[0][1]) or row[0] in whole:
            raise InputError(f"The hierarchy {name!r} has a line of another length, or a value twice: line {number}.")
        if not all(map(is_text, row)):
            raise InputError(f"The hierarchy {name!r} has a cell with half of a character: line {number}.")
        if not all(row):
            raise InputError(f"The hierarchy {name!r} has an empty cell: line {number}.")
        whole[row[0]] = row
        for level, label in enumerate(row):
            if seen.setdefault((level, label), row[level + 1 :]) != row[level + 1 :]:
                raise InputError(f"The hierarchy {name!r} puts one label under two coarser ones: line {number}.")
    if circle := _circle(rows):
        raise InputError(f"The hierarchy {name!r} puts labels above each other in a circle: line {circle}.")
    return Table(name, whole)


def _circle(rows: Numbered) -> int:
    """The number of a line that is part of a circle of labels, 0 where there is none; a label may repeat upwards."""
    edges = {(fine, coarse) for _, row in rows for fine, coarse in pairwise(row) if fine != coarse}
    left = _without_ends(_without_ends(edges, 0), 1)
    steps = ((number, set(pairwise(row))) for number, row in rows)
    return next((number for number, step in steps if step & left), 0)


def _without_ends(edges: set[tuple[str, str]], end: int) -> set[tuple[str, str]]:
    """The edges that are left when those to labels with nothing beyond them are taken away, again and again."""
    beyond: Counter[str] = Counter(edge[end] for edge in edges)
    into: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        into[edge[1 - end]].append(edge[end])
    done = {label for edge in edges for label in edge if not beyond[label]}
    waiting = list(done)
    while waiting:
        for label in into[waiting.pop()]:
            beyond[label] -= 1
            if not beyond[label]:
                done.add(label)
                waiting.append(label)
    return {edge for edge in edges if not done & {*edge}}
