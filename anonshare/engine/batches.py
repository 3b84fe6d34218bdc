"""Record batches in one physical form: every column text, null where there is no value."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.scalars import float_text, text_of
from anonshare.errors import InputError

__all__ = ["BATCH_ROWS", "as_text", "has_text", "slices", "text_schema"]

BATCH_ROWS = 65_536
"""Rows a batch holds at most: a frame may stream as one batch, and memory must stay bounded."""

_SAME_DIGITS = (1e-4, 1e15)
"""Within these sizes Arrow writes a float as Python does; outside, the two choose other exponents."""


def text_schema(columns: Sequence[str]) -> pa.Schema:
    """The schema of a table inside: every column ``string``; it is known also where no row is left."""
    return pa.schema([pa.field(name, pa.string()) for name in columns])


def slices(batches: Iterable[pa.RecordBatch], rows: int = BATCH_ROWS) -> Iterator[pa.RecordBatch]:
    """The same rows in batches of 1 to ``rows`` rows, without copying; an empty batch yields nothing."""
    for batch in batches:
        for start in range(0, batch.num_rows, rows):
            yield batch.slice(start, rows)


def as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with every column ``string`` in canonical text; NaN, NaT, empty and blank become null.

    Raises InputError, which names the column, for nested and binary values and for infinities.
    """
    columns = [_column(name, array) for name, array in zip(batch.schema.names, batch.columns, strict=True)]
    return pa.record_batch(columns, schema=text_schema(batch.schema.names))


def _column(name: str, array: pa.Array) -> pa.Array:
    try:
        text = _text(array)
        # a stranger's bytes may be no UTF-8, and would fail later in a message that shows them
        text.validate(full=True)
        return _blank_to_null(text)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise InputError(
            f"The column {name!r} holds values that have no plain text, such as lists, bytes or infinities.",
            hint="Turn the column into text, numbers or dates, or leave it out.",
        ) from None


def _blank_to_null(array: pa.Array) -> pa.Array:
    blank = pc.equal(pc.utf8_trim_whitespace(array), "")
    if not pc.any(blank).as_py():
        return array
    return pc.if_else(blank, pa.scalar(None, pa.string()), array)


def has_text(kind: pa.DataType) -> bool:
    """Whether ``as_text`` knows a text for columns of this Arrow type; infinities and far years are found later."""
    while isinstance(kind, pa.BaseExtensionType | pa.DictionaryType):
        kind = kind.storage_type if isinstance(kind, pa.BaseExtensionType) else kind.value_type
    return any(fits(kind) for fits, _ in _CONVERSIONS)


def _text(array: pa.Array) -> pa.Array:
    while isinstance(array, pa.ExtensionArray | pa.DictionaryArray):
        array = array.storage if isinstance(array, pa.ExtensionArray) else array.dictionary_decode()
    for fits, convert in _CONVERSIONS:
        if fits(array.type):
            return convert(array)
    raise TypeError("a kind without text")


def _cast(array: pa.Array) -> pa.Array:
    return array.cast(pa.string())


def _distinct(array: pa.Array) -> pa.Array:
    coded = array.dictionary_encode()
    texts = pa.array([text_of(value) for value in coded.dictionary.to_pylist()], pa.string())
    return texts.take(coded.indices)


def _floats(array: pa.Array) -> pa.Array:
    size = pc.abs(array.cast(pa.float64()))
    text = _cast(array)
    plain = pc.and_(pc.greater_equal(size, _SAME_DIGITS[0]), pc.less(size, _SAME_DIGITS[1]))
    other = pc.fill_null(pc.invert(pc.and_not(plain, pc.match_substring(text, "e"))), False)
    # from its own text, not from the double beside it: a narrow float would gain digits that nobody wrote
    own = [float_text(float(value)) for value in text.filter(other).to_pylist()]
    return pc.replace_with_mask(text, other, pa.array(own, pa.string()))


def _moments(array: pa.Array) -> pa.Array:
    wall = pc.local_timestamp(array) if array.type.tz else array
    # nanoseconds are cut; a coarser unit that does not fit must fail instead of wrapping round
    wall = wall.cast(pa.timestamp("us"), safe=array.type.unit != "ns")
    day = wall.cast(pa.date32(), safe=False)
    text = pc.replace_substring(_cast(wall), " ", "T", max_replacements=1)
    text = pc.utf8_rtrim(pc.utf8_rtrim(text, "0"), ".")
    return pc.if_else(pc.equal(day.cast(pa.timestamp("us")), wall), _days(day), text)


def _days(array: pa.Array) -> pa.Array:
    day = array.cast(pa.date32())
    years = pc.min_max(pc.year(day)).as_py()
    if years["min"] is not None and not 1 <= years["min"] <= years["max"] <= 9999:
        raise ValueError("a year that ISO 8601 does not write")
    return _cast(day)


_CONVERSIONS: tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...] = (
    (pa.types.is_string, lambda array: array),
    (lambda kind: pa.types.is_large_string(kind) or pa.types.is_string_view(kind), _cast),
    (pa.types.is_null, _cast),
    (lambda kind: pa.types.is_boolean(kind) or pa.types.is_integer(kind), _cast),
    (pa.types.is_floating, _floats),
    (pa.types.is_date, _days),
    (pa.types.is_timestamp, _moments),
    (lambda kind: pa.types.is_decimal(kind) or pa.types.is_time(kind), _distinct),
)
"""The kinds that have a text, and how; any other kind is refused."""
