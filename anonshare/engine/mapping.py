"""Row-local work on text columns: a function is applied to distinct values, never once per row.

HMAC on a million rows with 50,000 distinct values is five times faster this way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from anonshare.engine.batches import slices
from anonshare.errors import AnonshareError, InputError
from anonshare.shapes import RecordSource

__all__ = ["map_batches", "map_distinct", "map_pairs"]


def map_batches(source: RecordSource, fn: Callable[[pa.RecordBatch], pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """``fn`` applied to each batch of the source (at most 65,536 rows each), in the order of the rows."""
    return map(fn, slices(source.batches()))


def map_distinct(array: pa.Array, fn: Callable[[str], str | None]) -> pa.Array:
    """``fn(value)`` for every row of a ``string`` array, called once per distinct value; null stays null.

    Raises InputError, without the value, where ``fn`` fails with an error that is not ours.
    """
    coded = array.dictionary_encode()
    return _texts([_applied(fn, value) for value in coded.dictionary.to_pylist()]).take(coded.indices)


def map_pairs(
    array: pa.Array, persons: np.ndarray, person_text: Callable[[int], str], fn: Callable[[str, str], str | None]
) -> pa.Array:
    """``fn(value, person_text(person))`` for every row, called once per distinct pair; null stays null.

    ``persons`` int64, one number from 0 per row of ``array``. Raises InputError as ``map_distinct`` does.
    """
    coded = array.dictionary_encode()
    values = coded.dictionary.to_pylist()
    if not values:
        return pa.nulls(len(array), pa.string())
    codes = coded.indices.fill_null(0).to_numpy(zero_copy_only=False).astype(np.int64)
    pairs, place = np.unique(persons * len(values) + codes, return_inverse=True)
    people = {int(person): person_text(int(person)) for person in np.unique(pairs // len(values))}
    texts = [_applied(fn, values[pair % len(values)], people[pair // len(values)]) for pair in pairs.tolist()]
    return _texts(texts).take(pa.array(place, mask=_missing(coded.indices)))


def _missing(indices: pa.Array) -> np.ndarray:
    missing: np.ndarray = indices.is_null().to_numpy(zero_copy_only=False)
    return missing


def _applied(fn: Callable[..., str | None], *arguments: str) -> str | None:
    try:
        return fn(*arguments)
    except AnonshareError:
        raise
    except Exception:  # noqa: BLE001  an installed operator may raise anything, and its message may hold the value
        raise InputError(
            "An operator failed on a value.", hint="Is it one that another package registered? Ask its author."
        ) from None


def _texts(values: Sequence[str | None]) -> pa.Array:
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowException):
        raise InputError("An operator returned something that is not text.") from None
