"""Frames in memory: pandas, Arrow, and whatever else streams Arrow batches. The frame itself is never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.frames import frame_batches, frame_names, is_frame, own_frame
from anonshare.records.columns import column_names

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


def open_source(data: Any, name: str = "records") -> FrameSource:
    """Open a frame; its index is not read. Raises InputError for what is no frame, has bad column names or odd cells."""
    own = own_frame(data)
    columns = column_names(frame_names(own))
    return FrameSource(
        name, columns, _digest(columns, frame_batches(own, columns)), lambda: frame_batches(own, columns)
    )


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
