"""Text becomes numbers: codes of a column, numbers of persons."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from anonshare.errors import DisclosureError, InputError

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Encoder", "PersonIndex", "person_keys", "person_text"]


@dataclass(slots=True)
class Encoder:
    """Codes of one column, growing over batches: 0 is "no value", others count from 1 in order of appearance."""

    _codes: dict[str, int] = field(default_factory=dict, repr=False)

    def encode(self, array: pa.Array) -> np.ndarray:
        """The codes of a ``string`` array, int32, one per row."""
        coded = array.dictionary_encode()
        codes = [self._codes.setdefault(value, len(self._codes) + 1) for value in coded.dictionary.to_pylist()]
        table = np.array([*codes, 0], np.int32)
        places = coded.indices.fill_null(len(codes)).to_numpy(zero_copy_only=False)
        found: np.ndarray = table[places]
        return found

    @property
    def values(self) -> tuple[str | None, ...]:
        """The text of each code; that of code 0 is None."""
        return (None, *self._codes)


def _folded(part: str | None) -> str | None:
    # one person typed in two ways would count as two, and k would be overstated: fold what a typist varies
    return None if part is None else " ".join(unicodedata.normalize("NFKC", part).casefold().split()) or None


class PersonIndex:
    """Numbers of the units of protection: a composite key of ``columns`` becomes 0, 1, 2 … without a gap.

    Letter case, width and spaces do not tell persons apart. A key of which some parts are missing is a key of its own;
    one without any part is refused.
    """

    __slots__ = ("_columns", "_numbers", "_rows")

    def __init__(self, columns: Sequence[str]) -> None:
        self._columns = tuple(columns)
        self._numbers: dict[tuple[str | None, ...], int] = {}
        self._rows = 0

    def encode(self, batch: pa.RecordBatch) -> np.ndarray:
        """The person of each row, int64; raises DisclosureError for rows without any part of the key."""
        place = np.zeros(batch.num_rows, np.int64)
        keys: list[tuple[str | None, ...]] = [()]
        for name in self._columns:
            coded = self._column(batch, name).dictionary_encode()
            parts = [*map(_folded, coded.dictionary.to_pylist()), None]
            codes = coded.indices.fill_null(len(parts) - 1).to_numpy(zero_copy_only=False)
            # renumbered at each column: a product of all cardinalities would pass 2^63
            distinct, place = np.unique(place * len(parts) + codes, return_inverse=True)
            keys = [(*keys[number // len(parts)], parts[number % len(parts)]) for number in distinct.tolist()]
        self._rows += batch.num_rows
        self._refuse_nameless(keys, place)
        return self._in_order(keys, place)

    def _column(self, batch: pa.RecordBatch, name: str) -> pa.Array:
        if batch.schema.get_field_index(name) < 0:
            raise InputError(f"The table has no single column {name!r}, which names the unit of protection.")
        return batch.column(name)

    def _refuse_nameless(self, keys: Sequence[tuple[str | None, ...]], place: np.ndarray) -> None:
        nameless = int(np.isin(place, [index for index, key in enumerate(keys) if not any(key)]).sum())
        if nameless:
            raise DisclosureError(
                f"{nameless} of the first {self._rows} rows have no value in {', '.join(self._columns)}: "
                "whose rows they are cannot be told.",
                hint="Fill in the columns that name the unit, or take those rows out.",
                reason="null-unit",
            )

    def _in_order(self, keys: Sequence[tuple[str | None, ...]], place: np.ndarray) -> np.ndarray:
        table = np.empty(len(keys), np.int64)
        first = np.full(len(keys), len(place), np.int64)
        np.minimum.at(first, place, np.arange(len(place)))
        # numbers follow the rows, so that they do not depend on where a batch ends
        for index in np.argsort(first).tolist():
            table[index] = self._numbers.setdefault(keys[index], len(self._numbers))
        numbers: np.ndarray = table[place]
        return numbers

    @property
    def keys(self) -> tuple[tuple[str | None, ...], ...]:
        """The key of each person, by number."""
        return tuple(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def person_keys(batch: pa.RecordBatch, columns: Sequence[str]) -> set[tuple[str | None, ...]]:
    """The keys of the persons of a batch as ``PersonIndex`` tells them apart; rows without any part of one are nobody's."""
    rows = zip(*(map(_folded, batch.column(name).to_pylist()) for name in columns), strict=True)
    return {key for key in rows if any(key)}


def person_text(key: Sequence[str | None]) -> str:
    """The key of a person as one unambiguous text, the same in every release: input of a keyed function only."""
    return json.dumps(list(key), ensure_ascii=False, separators=(",", ":"))
