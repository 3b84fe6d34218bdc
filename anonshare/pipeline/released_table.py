"""The rows of one table as they are made, in the order of their source, until they leave in that of their units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from anonshare.engine.assemble import cell_codes, joined, released_batches
from anonshare.engine.distinct import CodedColumn

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["ReleasedTable"]


class ReleasedTable:
    """Collects a table batch by batch. ``names`` are its columns in order, the unit first.

    Columns whose operator looks at a value alone go through ``coded`` and are made once a value for the whole table; all
    others stand in the parts.
    """

    def __init__(self, names: Sequence[str], coded: Mapping[str, CodedColumn]) -> None:
        self._names = tuple(names)
        self._coded = dict(coded)
        self._parts: list[dict[str, pa.Array]] = []
        self._origin: list[tuple[np.ndarray, Sequence[str]]] = []

    def add(self, part: dict[str, pa.Array], left: pa.RecordBatch) -> None:
        """The next rows: the columns that are made, and the rows as they were."""
        for name, column in self._coded.items():
            column.add(left.column(name))
        self._parts.append(part)

    def remember(self, persons: np.ndarray, records: Sequence[str]) -> None:
        """Whose the rows just added are, and what they are called in the source, for the register."""
        self._origin.append((persons, records))

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows as they leave."""
        return released_batches(self._parts, self._names, self._finished)

    def origins(self, columns: Sequence[str]) -> Iterator[tuple[int, str, tuple[str | None, ...]]]:
        """For each remembered row: the number of its person, the name of its record, its values in some columns."""
        start = 0
        for part, (persons, records) in zip(self._parts, self._origin, strict=True):
            cells = [self._cells(part, name, start, len(records)) for name in columns]
            for row, (person, record) in enumerate(zip(persons.tolist(), records, strict=True)):
                yield person, record, tuple(values[row] for values in cells)
            start += len(records)

    def codes(self, name: str) -> np.ndarray:
        """A number for each cell of a column, equal where cells are; missing ones have one of their own."""
        return cell_codes([self._finished[name]] if name in self._finished else [part[name] for part in self._parts])

    def persons(self) -> np.ndarray:
        """The number of each remembered row's person."""
        return joined([persons for persons, _ in self._origin])

    @cached_property
    def _finished(self) -> dict[str, pa.DictionaryArray]:
        return {name: column.finish() for name, column in self._coded.items()}

    def _cells(self, part: Mapping[str, pa.Array], name: str, start: int, count: int) -> list[str | None]:
        found: list[str | None] = (
            part[name] if name in part else self._finished[name].slice(start, count).dictionary_decode()
        ).to_pylist()
        return found
