"""Frames in memory as record batches of text: pandas, Arrow, and whatever else streams Arrow batches."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from anonshare.engine.batches import BATCH_ROWS, as_text, slices
from anonshare.engine.scalars import text_of
from anonshare.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame_batches", "frame_names", "is_frame", "own_frame"]


def is_frame(data: object) -> bool:
    """Whether this is a frame: something of pandas or pyarrow, or that streams Arrow batches."""
    return hasattr(data, "__arrow_c_stream__") or isinstance(data, pa.Table | pa.RecordBatch)


def own_frame(data: Any) -> Any:
    """A frame of pandas or an Arrow table that later changes of the caller's do not reach.

    Raises InputError for what is no frame.
    """
    if _is_pandas(data):
        return data.copy(deep=False)  # copy on write
    if not is_frame(data):
        raise InputError("This is neither a file nor a frame of pandas, Arrow or Polars.")
    try:
        return pa.table(data)
    except (pa.ArrowException, TypeError, ValueError):
        raise InputError("The frame does not give its rows as Arrow batches.") from None


def frame_names(own: Any) -> list[object]:
    """The names of the columns of an ``own_frame``; nobody has looked at them yet."""
    return list(own.columns) if _is_pandas(own) else list(own.schema.names)


def frame_batches(own: Any, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """All rows of an ``own_frame`` under these names, every column text, at most 65,536 rows a batch; no index is read.

    Raises InputError, which names the column, for cells without a plain text.
    """
    if not _is_pandas(own):
        return map(as_text, slices(own.rename_columns(list(names)).to_batches()))
    return _pandas_batches(own, names)


def _is_pandas(data: Any) -> bool:
    pandas = sys.modules.get("pandas")
    return pandas is not None and isinstance(data, pandas.DataFrame)


def _pandas_batches(own: pd.DataFrame, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(own), BATCH_ROWS):
        part = own.iloc[start : start + BATCH_ROWS]
        arrays = [_cells(name, part.iloc[:, place]) for place, name in enumerate(names)]
        yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(names)))


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
