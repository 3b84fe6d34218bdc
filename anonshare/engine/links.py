"""Rows of one table that hang on rows of another: whose they are, whether their consent holds, what they take over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from anonshare.errors import InputError

__all__ = ["Link", "all_rows", "filtered", "no_parent", "of_columns"]


class Link:
    """What the children of one table need of it: its keys, and some columns of the rows that may leave."""

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self._table = table
        self._columns = tuple(dict.fromkeys(columns))
        self._place: dict[str, int] = {}
        self._kept: list[np.ndarray] = []
        self._parts: dict[str, list[pa.Array]] = {name: [] for name in self._columns}

    def add(self, keys: pa.Array, values: pa.RecordBatch, kept: np.ndarray) -> None:
        """Take in a batch of the parent: ``kept`` (bool) tells which of its rows may leave.

        Raises InputError where two rows have the same key: a child would have two parents.
        """
        start = sum(map(len, self._kept))
        twice = 0
        for place, key in enumerate(keys.to_pylist(), start):
            if key is not None and self._place.setdefault(key, place) != place:
                twice += 1
        if twice:
            raise InputError(
                f"In the table {self._table}, {twice} row(s) have a key that another row has already.",
                hint="A key names one row. Is another column the key, or is the file twice in the input?",
            )
        self._kept.append(kept)
        for name in self._columns:
            self._parts[name].append(values.column(name))

    def places(self, references: pa.Array) -> np.ndarray:
        """Int64 per child row: the number of its parent's row, -1 where the parent table has none of that key."""
        coded = references.dictionary_encode()
        found = np.array([*(self._place.get(key, -1) for key in coded.dictionary.to_pylist()), -1], np.int64)
        places: np.ndarray = found[coded.indices.fill_null(len(found) - 1).to_numpy(zero_copy_only=False)]
        return places

    def may_leave(self, places: np.ndarray) -> np.ndarray:
        """Bool per child row: whether its parent's row may leave."""
        kept = np.concatenate([*self._kept, np.zeros(1, np.bool_)])
        answer: np.ndarray = kept[places]
        return answer

    def take(self, column: str, places: np.ndarray) -> pa.Array:
        """A column of the parent for every child row, null where it has no parent."""
        whole = pa.chunked_array(self._parts[column], pa.string()).combine_chunks()
        return whole.take(pa.array(places, mask=places < 0))


def all_rows(batch: pa.RecordBatch) -> np.ndarray:
    """Bool per row: every row."""
    return np.ones(batch.num_rows, np.bool_)


def no_parent(places: np.ndarray) -> int:
    """How many child rows hang on nothing."""
    return int((places < 0).sum())


def filtered(batch: pa.RecordBatch, kept: np.ndarray) -> pa.RecordBatch:
    """The rows where ``kept`` (bool) holds; the same batch where it holds for all."""
    return batch if kept.all() else batch.filter(pa.array(kept))


def of_columns(names: Sequence[str], arrays: Sequence[pa.Array]) -> pa.RecordBatch:
    """A batch of text columns."""
    return pa.RecordBatch.from_arrays(list(arrays), list(names))
