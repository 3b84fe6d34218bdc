"""Rows of record batches that are kept as bytes, to be read again later under columns that may have changed."""

from __future__ import annotations

import io
from collections.abc import Collection, Sequence

import numpy as np
import pyarrow as pa

__all__ = ["among", "from_bytes", "one_batch", "to_bytes", "under"]


def to_bytes(batches: Sequence[pa.RecordBatch]) -> bytes:
    """The rows as one Arrow stream; there is at least one batch, and all have the same columns."""
    out = io.BytesIO()
    with pa.ipc.new_stream(out, batches[0].schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    return out.getvalue()


def from_bytes(data: bytes) -> pa.RecordBatch:
    """The rows that ``to_bytes`` wrote, as one batch."""
    return one_batch(list(pa.ipc.open_stream(data)))


def one_batch(batches: Sequence[pa.RecordBatch]) -> pa.RecordBatch:
    """The rows of at least one batch as one."""
    columns = [pa.concat_arrays([batch.column(i) for batch in batches]) for i in range(batches[0].num_columns)]
    if not columns:
        return batches[0]
    return pa.RecordBatch.from_arrays(columns, schema=batches[0].schema)


def under(batch: pa.RecordBatch, rows: np.ndarray, schema: pa.Schema) -> pa.RecordBatch:
    """The rows where ``rows`` (bool) is set, under other columns: what is not among them goes, what is new has no value."""
    chosen = batch.filter(pa.array(rows))
    columns = [
        chosen.column(name) if name in batch.schema.names else pa.nulls(chosen.num_rows, pa.string())
        for name in schema.names
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def among(persons: np.ndarray, chosen: Collection[int]) -> np.ndarray:
    """Bool per row: whether its person is one of ``chosen``."""
    return np.isin(persons, np.fromiter(chosen, dtype=np.int64, count=len(chosen)))
