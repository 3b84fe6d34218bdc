"""Turn columns into numbers, batch by batch: codes of values and numbers of persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from anonshare.engine.encode import Encoder, PersonIndex

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Coded", "RowCoder"]


@dataclass(frozen=True, slots=True)
class Coded:
    """All rows as codes: ``values`` int32 (rows, columns), ``person`` int64 (rows), ``table`` int16 (rows).

    ``vocabulary[column][code]`` is the text of a code, code 0 is "no value"; ``people[number]`` is the composite key of
    a person. Rows of one table stand together, tables in their order.
    """

    values: np.ndarray = field(repr=False)
    person: np.ndarray = field(repr=False)
    table: np.ndarray = field(repr=False)
    vocabulary: tuple[tuple[str | None, ...], ...] = field(repr=False)
    people: tuple[tuple[str | None, ...], ...] = field(repr=False)


class RowCoder:
    """Collects codes of ``columns`` and persons named by the ``unit`` columns over many batches of several tables."""

    def __init__(self, columns: Sequence[str], unit: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._encoders = {name: Encoder() for name in self._columns}
        self._persons = PersonIndex(unit)
        self._values: list[np.ndarray] = []
        self._person: list[np.ndarray] = []
        self._table: list[np.ndarray] = []

    def add(self, unit: pa.RecordBatch, columns: Mapping[str, pa.Array], table: int = 0) -> None:
        """Code one batch: ``unit`` holds the unit's columns, ``columns`` those of the table that are coded.

        A column of another table has no value in these rows. Raises DisclosureError for rows whose unit is null.
        """
        self._person.append(self._persons.encode(unit))
        empty = np.zeros(unit.num_rows, np.int32)
        codes = [self._encoders[n].encode(columns[n]) if n in columns else empty for n in self._columns]
        self._values.append(np.stack(codes, axis=1) if codes else np.zeros((unit.num_rows, 0), np.int32))
        self._table.append(np.full(unit.num_rows, table, np.int16))

    def finish(self) -> Coded:
        """Everything that was added."""
        width = len(self._columns)
        values = np.concatenate(self._values) if self._values else np.zeros((0, width), np.int32)
        person = np.concatenate(self._person) if self._person else np.zeros(0, np.int64)
        table = np.concatenate(self._table) if self._table else np.zeros(0, np.int16)
        vocabulary = tuple(tuple(self._encoders[name].values) for name in self._columns)
        return Coded(values, person, table, vocabulary, tuple(self._persons.keys))
