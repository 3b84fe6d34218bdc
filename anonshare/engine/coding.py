"""Turn columns into numbers, batch by batch: codes of values and numbers of persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from anonshare.engine.encode import Encoder, PersonIndex

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Coded", "RowCoder"]


@dataclass(frozen=True, slots=True)
class Coded:
    """All rows as codes: ``values`` int32 (rows, columns), ``person`` int64 (rows).

    ``vocabulary[column][code]`` is the text of a code, code 0 is "no value"; ``people[number]`` is the composite key of
    a person.
    """

    values: np.ndarray
    person: np.ndarray
    vocabulary: tuple[tuple[str | None, ...], ...] = field(repr=False)
    people: tuple[tuple[str | None, ...], ...] = field(repr=False)


class RowCoder:
    """Collects codes of ``columns`` and persons named by the ``unit`` columns over many batches."""

    def __init__(self, columns: Sequence[str], unit: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._encoders = {name: Encoder() for name in self._columns}
        self._persons = PersonIndex(unit)
        self._values: list[np.ndarray] = []
        self._person: list[np.ndarray] = []

    def add(self, batch: pa.RecordBatch) -> None:
        """Code one batch; raises DisclosureError for rows whose unit is null."""
        self._person.append(self._persons.encode(batch))
        codes = [self._encoders[name].encode(batch.column(name)) for name in self._columns]
        self._values.append(np.stack(codes, axis=1) if codes else np.zeros((batch.num_rows, 0), np.int32))

    def finish(self) -> Coded:
        """Everything that was added."""
        width = len(self._columns)
        values = np.concatenate(self._values) if self._values else np.zeros((0, width), np.int32)
        person = np.concatenate(self._person) if self._person else np.zeros(0, np.int64)
        vocabulary = tuple(tuple(self._encoders[name].values) for name in self._columns)
        return Coded(values, person, vocabulary, tuple(self._persons.keys))
