"""Build what leaves: labels instead of codes, random units instead of persons, an order that tells nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.batches import slices

if TYPE_CHECKING:
    from anonshare.shapes import KeyColumn

__all__ = ["filter_rows", "label_column", "released_batches", "text_batches", "unit_column", "with_column"]


def label_column(column: KeyColumn, codes: np.ndarray, levels: np.ndarray) -> pa.Array:
    """The outward labels of rows: ``codes`` and ``levels`` are one per row; the root is null."""
    sizes = [len(labels) for labels in column.labels]
    offsets = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64)
    flat = pa.array([label for labels in column.labels for label in labels], pa.string())
    chosen = levels.astype(np.int64)
    return flat.take(pa.array(offsets[chosen] + column.paths[codes, chosen]))


def unit_column(person: np.ndarray, tokens: Sequence[str]) -> pa.Array:
    """The random unit of each row's person; ``tokens`` is indexed by person."""
    return pa.array(tokens, pa.string()).take(pa.array(person))


def filter_rows(batch: pa.RecordBatch, kept: np.ndarray) -> pa.RecordBatch:
    """The rows where ``kept`` (bool, one a row) holds."""
    return batch.filter(pa.array(kept))


def with_column(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    """The batch with one more column at its end."""
    return pa.RecordBatch.from_arrays([*batch.columns, values], [*batch.schema.names, name])


def released_batches(parts: Sequence[Mapping[str, pa.Array]], columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """All parts as one table in the order of the random unit and then of the values, cut into batches.

    The original order would tell who came first; the units are random, so sorting by them is a shuffle that every
    engine repeats.
    """
    schema = pa.schema([(name, pa.string()) for name in columns])
    batches = [pa.RecordBatch.from_arrays([part[name] for name in columns], schema=schema) for part in parts]
    whole = pa.Table.from_batches(batches, schema)
    order = pc.sort_indices(whole, sort_keys=[(name, "ascending") for name in columns])
    return slices(iter(whole.take(order).combine_chunks().to_batches()))


def text_batches(rows: Sequence[Sequence[str | None]], columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Rows of text as batches."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(columns))]
    return slices(iter([pa.RecordBatch.from_arrays(arrays, schema=schema)]))
