"""Persons who leave as they left before: their rows of today are put aside, those of the last release take their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from anonshare.engine import kept_rows
from anonshare.engine.encode import PersonIndex, person_keys
from anonshare.engine.links import filtered, of_columns
from anonshare.pipeline.inputs import Inputs, Prepared
from anonshare.pipeline.person_digest import person_digest

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["EarlierRows", "rows_to_keep", "without_consent"]

_UNIT = "\0unit "
"""A name that no file can give a column: the unit's columns stand beside a table's own."""


@dataclass(frozen=True, slots=True)
class EarlierRows:
    """An overlay of ``Inputs``: of persons (digests) in ``carried`` the rows of ``tables`` leave, of those ``out`` none."""

    unit: tuple[str, ...]
    counted: tuple[str, ...]
    key: bytes = field(repr=False)
    carried: frozenset[str] = field(repr=False)
    out: frozenset[str] = field(repr=False)
    tables: Mapping[str, bytes] = field(repr=False)

    def __call__(self, parts: Iterable[Prepared]) -> Iterator[Prepared]:
        """The parts, without the rows of today of these persons, and after those of each table the ones of before."""
        last: Prepared | None = None
        for part in parts:
            if last is not None and part.table != last.table:
                yield from self._before(last)
            last = part
            yield self._without(part)
        if last is not None:
            yield from self._before(last)

    def _without(self, part: Prepared) -> Prepared:
        if part.unit is None or part.table not in self.counted:
            return part
        stay = ~_of(part.unit, self.unit, self.key, self.carried | self.out)
        rows, unit = filtered(part.rows, stay), filtered(part.unit, stay)
        return replace(part, rows=rows, unit=unit, kept=part.kept[stay], replaced=int((~stay).sum()))

    def _before(self, last: Prepared) -> Iterator[Prepared]:
        if last.unit is None or last.table not in self.tables or not self.carried:
            return
        whole = kept_rows.from_bytes(self.tables[last.table])
        names = [_UNIT + name for name in self.unit]
        unit = of_columns(self.unit, [whole.column(name) for name in names])
        chosen = _of(unit, self.unit, self.key, self.carried)
        rows = kept_rows.under(whole, chosen, last.rows.schema)
        # no row of the file of today: it has no number there
        nowhere = chosen.nonzero()[0] * 0 - 1
        yield Prepared(last.table, 0, 0, rows, filtered(unit, chosen), nowhere, replaced=-rows.num_rows)


def rows_to_keep(inputs: Inputs, key: bytes, persons: Iterable[str]) -> dict[str, bytes]:
    """The rows of these persons (digests) in every counted table, with whose they are, as bytes."""
    unit, wanted = inputs.policy.unit_columns, frozenset(persons)
    found: dict[str, list[pa.RecordBatch]] = {}
    for part in inputs.batches():
        if part.table in inputs.policy.counted and part.unit is not None:
            here = _of(part.unit, unit, key, wanted)
            names = [*part.rows.schema.names, *(_UNIT + name for name in unit)]
            whole = of_columns(names, [*part.rows.columns, *(part.unit.column(name) for name in unit)])
            found.setdefault(part.table, []).append(filtered(whole, here))
    return {table: kept_rows.to_bytes(batches) for table, batches in found.items()}


def without_consent(inputs: Inputs, key: bytes) -> frozenset[str]:
    """The persons (digests) of whom a row of a counted table may not leave."""
    unit = inputs.policy.unit_columns
    found: set[str] = set()
    for part in inputs.batches():
        if part.table in inputs.policy.counted and part.stays is not None and part.stays.num_rows:
            found |= {person_digest(key, parts).hex() for parts in person_keys(part.stays, unit)}
    return frozenset(found)


def _of(batch: pa.RecordBatch, unit: Sequence[str], key: bytes, wanted: frozenset[str]) -> np.ndarray:
    """Bool per row: whether its person is one of these."""
    index = PersonIndex(unit)
    place = index.encode(batch)
    chosen = {n for n, parts in enumerate(index.keys) if person_digest(key, parts).hex() in wanted}
    return kept_rows.among(place, chosen)
