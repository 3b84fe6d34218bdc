"""Row-local work on text columns: a function is applied to distinct values, never once per row.

HMAC on a million rows with 50,000 distinct values is five times faster this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from anonshare.engine.batches import slices
from anonshare.engine.distinct import applied, as_texts, encoded, mapped
from anonshare.shapes import RecordSource

__all__ = ["map_batches", "map_cells", "map_coded", "map_distinct", "map_pairs"]


def map_batches(source: RecordSource, fn: Callable[[pa.RecordBatch], pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """``fn`` applied to each batch of the source (at most 65,536 rows each), in the order of the rows."""
    return map(fn, slices(source.batches()))


def map_distinct(array: pa.Array, fn: Callable[[str], str | None]) -> pa.Array:
    """``fn(value)`` for every row of a ``string`` array, called once per distinct value; null stays null.

    Where ``fn`` has a method ``many``, that is called once for all of them. Over the batches of a whole column a
    ``CodedColumn`` asks for no value twice. Raises InputError, without the value, where ``fn`` fails with an error
    that is not ours.
    """
    return map_coded(array, fn).dictionary_decode()


def map_coded(array: pa.Array, fn: Callable[[str], str | None]) -> pa.DictionaryArray:
    """``map_distinct`` without writing each text out: the result of a row is a place in the results of the values."""
    coded = encoded(array)
    return pa.DictionaryArray.from_arrays(coded.indices, mapped(coded.dictionary.to_pylist(), fn))


def map_pairs(
    array: pa.Array, persons: np.ndarray, person_text: Callable[[int], str], fn: Callable[[str, str], str | None]
) -> pa.Array:
    """``fn(value, person_text(person))`` for every row, called once per distinct pair; null stays null.

    ``persons`` int64, one number from 0 per row of ``array``. Raises InputError as ``map_distinct`` does.
    """
    coded = encoded(array)
    values = coded.dictionary.to_pylist()
    if not values:
        return pa.nulls(len(array), pa.string())
    codes = coded.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    pairs, place = np.unique(persons * len(values) + codes, return_inverse=True)
    people = {int(person): person_text(int(person)) for person in np.unique(pairs // len(values))}
    texts = [applied(fn, values[pair % len(values)], people[pair // len(values)]) for pair in pairs.tolist()]
    return as_texts(texts).take(pa.array(place, mask=_missing(coded.indices)))


def map_cells(array: pa.Array, cell_name: Callable[[int], str], fn: Callable[[str, str], str | None]) -> pa.Array:
    """``fn(value, cell_name(row))`` for every row from 0, also where values are equal; null stays null.

    Raises InputError as ``map_distinct`` does.
    """
    values = enumerate(array.to_pylist())
    return as_texts([None if value is None else applied(fn, value, cell_name(row)) for row, value in values])


def _missing(indices: pa.Array) -> np.ndarray:
    missing: np.ndarray = indices.is_null().to_numpy(zero_copy_only=False)
    return missing
