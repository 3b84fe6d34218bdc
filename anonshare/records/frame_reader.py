"""Frames in memory: pandas, Arrow, and whatever else streams Arrow batches. The frame itself is never changed."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.batches import BATCH_ROWS, as_text, slices
from anonshare.engine.scalars import text_of
from anonshare.errors import InputError
from anonshare.records.columns import column_names

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["FrameSource", "is_frame", "open_source"]


@dataclass(frozen=True, slots=True)
class FrameSource:
    """A frame as a RecordSource; ``digest`` is that of the canonical content, whatever library or index holds it."""

    name: str
    columns: tuple[str, ...]
    digest: str
    _stream: Callable[[], Iterator[pa.RecordBatch]] = field(repr=False)

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, at most 65,536 a batch."""
        return self._stream()


def is_frame(data: object) -> bool:
    """Whether this is a frame: something of pandas or pyarrow, or that streams Arrow batches."""
    return hasattr(data, "__arrow_c_stream__") or isinstance(data, pa.Table | pa.RecordBatch)


def open_source(data: Any, name: str = "records") -> FrameSource:
    """Open a frame; its index is not read. Raises InputError for what is no frame, has bad column names or odd cells."""
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(data, pandas.DataFrame):
        columns = column_names(list(data.columns))
        stream = _pandas_stream(data, columns)
    else:
        table = _table(data)
        columns = column_names(table.schema.names)
        stream = _arrow_stream(table)
    return FrameSource(name, columns, _digest(columns, stream()), stream)


def _pandas_stream(frame: pd.DataFrame, columns: tuple[str, ...]) -> Callable[[], Iterator[pa.RecordBatch]]:
    # copy on write: what the caller does to his frame between two readings does not reach this one
    own = frame.copy(deep=False)

    def stream() -> Iterator[pa.RecordBatch]:
        for start in range(0, len(own), BATCH_ROWS):
            part = own.iloc[start : start + BATCH_ROWS]
            arrays = [_cells(name, part.iloc[:, place]) for place, name in enumerate(columns)]
            yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(columns)))

    return stream


def _cells(name: str, series: pd.Series[Any]) -> pa.Array:
    try:
        if series.dtype != object:
            array = pa.array(series, from_pandas=True)
            # frames that were put together hold their columns in pieces
            return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array
        missing = series.isna()
        return pa.array([None if no else text_of(cell) for cell, no in zip(series, missing, strict=True)], pa.string())
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        raise InputError(
            f"The column {name!r} holds cells that have no plain text, such as lists, bytes or objects.",
            hint="Turn the column into text, numbers or dates, or leave it out.",
        ) from None


def _table(data: Any) -> pa.Table:
    if not is_frame(data):
        raise InputError("This is neither a file nor a frame of pandas, Arrow or Polars.")
    try:
        return pa.table(data)
    except (pa.ArrowException, TypeError, ValueError):
        raise InputError("The frame does not give its rows as Arrow batches.") from None


def _arrow_stream(table: pa.Table) -> Callable[[], Iterator[pa.RecordBatch]]:
    return lambda: map(as_text, slices(table.to_batches()))


def _digest(columns: tuple[str, ...], batches: Iterable[pa.RecordBatch]) -> str:
    """Of names, lengths (-1 for null) and bytes of the cells, column by column: batch borders do not show in it."""
    lengths = [hashlib.sha256() for _ in columns]
    cells = [hashlib.sha256() for _ in columns]
    for batch in batches:
        for place, column in enumerate(batch.columns):
            lengths[place].update(_lengths(column))
            cells[place].update(_bytes(column.drop_null()))
    whole = hashlib.sha256()
    for name, length, cell in zip(columns, lengths, cells, strict=True):
        whole.update(hashlib.sha256(name.encode()).digest() + length.digest() + cell.digest())
    return whole.hexdigest()


def _lengths(column: pa.Array) -> memoryview:
    lengths = pc.binary_length(column).fill_null(-1)
    return memoryview(lengths.buffers()[1])[4 * lengths.offset :][: 4 * len(lengths)]


def _bytes(column: pa.Array) -> memoryview:
    _, places, cells = column.buffers()
    if not len(column) or cells is None:
        return memoryview(b"")
    offsets = memoryview(places).cast("i")[column.offset :]
    return memoryview(cells)[offsets[0] : offsets[len(column)]]
