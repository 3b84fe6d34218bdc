"""Rows of one table that hang on rows of another: whose they are, whether their consent holds, what they take over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anonshare.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Link"]


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
        import numpy as np

        coded = references.dictionary_encode()
        found = np.array([*(self._place.get(key, -1) for key in coded.dictionary.to_pylist()), -1], np.int64)
        places: np.ndarray = found[coded.indices.fill_null(len(found) - 1).to_numpy(zero_copy_only=False)]
        return places

    def may_leave(self, places: np.ndarray) -> np.ndarray:
        """Bool per child row: whether its parent's row may leave."""
        import numpy as np

        kept = np.concatenate([*self._kept, np.zeros(1, np.bool_)])
        answer: np.ndarray = kept[places]
        return answer

    def take(self, column: str, places: np.ndarray) -> pa.Array:
        """A column of the parent for every child row, null where it has no parent."""
        import pyarrow as pa

        whole = pa.chunked_array(self._parts[column], pa.string()).combine_chunks()
        return whole.take(pa.array(places, mask=places < 0))
