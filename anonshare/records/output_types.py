"""The types in which columns leave, and the text that fits each of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.batches import as_text
from anonshare.errors import InputError

__all__ = ["Schema", "arrow_schema", "typed"]

Schema = Sequence[tuple[str, str]]
"""Columns in order: name and one of ``string``, ``integer``, ``number``, ``date``."""


def arrow_schema(schema: Schema) -> pa.Schema:
    """The Arrow schema of a table that leaves: string, int64, float64, date32; raises InputError for another type."""
    for name, kind in schema:
        if kind not in _KINDS:
            raise InputError(f"The column {name!r} cannot be written as {kind!r}.", hint=f"Use {', '.join(_KINDS)}.")
    return pa.schema([pa.field(name, _KINDS[kind][0]) for name, kind in schema])


def typed(schema: Schema, batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch of text columns in the types of ``schema``, every value encoded anew.

    Raises InputError, which names the column only, where a value does not fit its type, or the columns are others.
    """
    target = arrow_schema(schema)
    if batch.schema.names != target.names:
        raise InputError("The rows to be written have other columns than their schema.")
    plain = as_text(batch)
    columns = [_cast(name, kind, plain.column(place)) for place, (name, kind) in enumerate(schema)]
    return pa.RecordBatch.from_arrays(columns, schema=target)


def _cast(name: str, kind: str, array: pa.Array) -> pa.Array:
    target, differs = _KINDS[kind]
    try:
        cast = array.cast(target)
        fits = not differs(array, cast)
    except (pa.ArrowException, InputError, ArithmeticError):
        fits = False
    if not fits:
        raise InputError(
            f"The column {name!r} holds a value that is no {kind}.",
            hint="Write type: string for the column in the policy, or correct the values.",
        )
    return cast


def _never(_text: pa.Array, _cast: pa.Array) -> bool:
    return False


def _another_text(text: pa.Array, cast: pa.Array) -> bool:
    """Whether a value would come back as another text: 007 as a number is a lost document number."""
    return bool(pc.any(pc.not_equal(cast.cast(pa.string()), text)).as_py())


def _another_number(text: pa.Array, cast: pa.Array) -> bool:
    """Whether a decimal number is not the one that is read back from the double: digits would be lost."""
    back = as_text(pa.RecordBatch.from_arrays([cast], names=["number"])).column(0)
    changed = pc.fill_null(pc.not_equal(back, text), True)
    pairs = zip(text.filter(changed).to_pylist(), back.filter(changed).to_pylist(), strict=True)
    return any(old is not None and (new is None or Decimal(old) != Decimal(new)) for old, new in pairs)


_KINDS: dict[str, tuple[pa.DataType, Callable[[pa.Array, pa.Array], bool]]] = {
    "string": (pa.string(), _never),
    "integer": (pa.int64(), _another_text),
    "number": (pa.float64(), _another_number),
    "date": (pa.date32(), _another_text),
}
