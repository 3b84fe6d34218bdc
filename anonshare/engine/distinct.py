"""A function over the distinct values of a column: at once for one array, remembered over the batches of a pass."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar, runtime_checkable

import pyarrow as pa
import pyarrow.compute as pc

from anonshare.errors import AnonshareError, InputError

__all__ = ["REMEMBERED", "WAITING", "CodedColumn", "OfMany", "applied", "as_texts", "encoded", "mapped"]

REMEMBERED = 1 << 20
"""Values that a pass remembers of one column: more hardly come again, and memory must stay bounded."""

WAITING = 1 << 25
"""Bytes of text that wait before a column is worked on."""

Function = Callable[[str], str | None]
Result = TypeVar("Result")


@runtime_checkable
class OfMany(Protocol):
    """A function that is quicker for many values at once than for each alone; the results are the same."""

    def many(self, values: Sequence[str]) -> Sequence[str | None]:
        """The result of each value, in order."""
        ...


class CodedColumn:
    """A function over a column that comes in batches, asked once for each value as long as it is remembered.

    Rows become codes, four bytes each, and nothing is hashed again afterwards. Batches wait for one another because
    hashing some millions of rows at once is many times quicker than looking up the distinct values of each batch. What
    it holds are values of people; drop it when it is finished.
    """

    __slots__ = ("_codes", "_fn", "_known", "_limit", "_made", "_places", "_waiting", "_waits")

    def __init__(self, fn: Function, limit: int = REMEMBERED, waits: int = WAITING) -> None:
        self._fn = fn
        self._limit = limit
        self._waits = waits
        self._known = pa.array([], pa.string())
        self._made: list[pa.Array] = []
        self._places = 0
        self._codes: list[pa.Array] = []
        self._waiting: list[pa.Array] = []

    def add(self, array: pa.Array) -> None:
        """The next rows, a ``string`` array; raises InputError as ``mapped`` does, for these rows or those before."""
        self._waiting.append(array)
        if sum(waiting.nbytes for waiting in self._waiting) >= self._waits:
            self._work()

    def finish(self) -> pa.DictionaryArray:
        """The result of every row in order; null stays null. Its dictionary may hold a result twice, or null."""
        self._work()
        made, codes = self._made, self._codes
        return pa.DictionaryArray.from_arrays(
            pa.concat_arrays(codes) if codes else pa.array([], pa.int32()),
            pa.concat_arrays(made) if made else pa.array([], pa.string()),
        )

    def _work(self) -> None:
        known = len(self._known)
        # all chunks of one encoding share one dictionary, in order of appearance; empty chunks are left out
        chunks = pa.chunked_array([self._known, *self._waiting], pa.string()).dictionary_encode().chunks
        self._waiting = []
        if not chunks:
            return
        values = chunks[0].dictionary
        fresh = values.slice(known)
        self._made.append(mapped(fresh.to_pylist(), self._fn))
        codes = pa.concat_arrays([chunk.indices for chunk in chunks]).slice(known)
        shift = self._places - known
        self._codes.append(_moved(codes, known, shift) if shift else codes)
        self._places += len(fresh)
        if not shift:
            self._known = values.slice(0, self._limit)


def _moved(codes: pa.Array, known: int, shift: int) -> pa.Array:
    """A value that is not remembered has a place of its own in each piece of work, behind all earlier places."""
    return pc.if_else(pc.less(codes, known), codes, pc.add(codes, pa.scalar(shift, pa.int32())))


def encoded(array: pa.Array) -> pa.Array:
    """The array dictionary-encoded, without null in its dictionary."""
    if pa.types.is_dictionary(array.type) and array.dictionary.null_count:
        array = array.dictionary_decode()
    return array.dictionary_encode()


def mapped(values: Sequence[str], fn: Function) -> pa.Array:
    """``fn(value)`` for each value, ``string``; all at once where ``fn`` can.

    Raises InputError, without a value, where ``fn`` fails with an error that is not ours or gives no text.
    """
    if not isinstance(fn, OfMany):
        return as_texts([applied(fn, value) for value in values])
    made = applied(lambda: list(fn.many(values)))
    if len(made) != len(values):
        raise InputError("An operator returned another number of results than it had values.")
    return as_texts(made)


def applied(fn: Callable[..., Result], *arguments: object) -> Result:
    """``fn(*arguments)``; a stranger's error becomes InputError, because its message may hold the value."""
    try:
        return fn(*arguments)
    except AnonshareError:
        raise
    except Exception:  # noqa: BLE001  an installed operator may raise anything
        raise InputError(
            "An operator failed on a value.", hint="Is it one that another package registered? Ask its author."
        ) from None


def as_texts(values: Sequence[str | None]) -> pa.Array:
    """The values as ``string``; raises InputError where they are not text."""
    try:
        return pa.array(values, pa.string())
    except (UnicodeEncodeError, pa.ArrowException):
        raise InputError("An operator returned something that is not text.") from None
