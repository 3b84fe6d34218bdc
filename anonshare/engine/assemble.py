"""Build what leaves: labels instead of codes, random units instead of persons, an order that tells nothing.

To find that order, texts are compared once for each distinct value; rows are then sorted as numbers, four bytes a
column, and turned into text when a batch is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from anonshare.engine.batches import BATCH_ROWS, slices, text_schema

if TYPE_CHECKING:
    from anonshare.shapes import KeyColumn

__all__ = [
    "cell_codes",
    "filter_rows",
    "filter_texts",
    "joined",
    "label_column",
    "released_batches",
    "text_batches",
    "unit_column",
    "with_column",
]


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


def filter_texts(texts: Sequence[str | None], start: int, kept: np.ndarray) -> pa.Array:
    """The texts from ``start`` on, one a row of ``kept`` (bool), where it holds."""
    return pa.array(texts[start : start + len(kept)], pa.string()).filter(pa.array(kept))


def with_column(batch: pa.RecordBatch, name: str, values: pa.Array) -> pa.RecordBatch:
    """The batch with one more column at its end."""
    return pa.RecordBatch.from_arrays([*batch.columns, values], [*batch.schema.names, name])


@dataclass(frozen=True, slots=True, repr=False)
class _Coded:
    """A column as numbers: ``texts`` ends with null, ``codes`` (int32, one a row) are places in it."""

    texts: pa.Array
    codes: np.ndarray

    @classmethod
    def of(cls, chunks: Sequence[pa.Array]) -> _Coded:
        if not all(pa.types.is_dictionary(chunk.type) for chunk in chunks):
            chunks = pa.chunked_array(chunks, pa.string()).dictionary_encode().chunks
        # all chunks of one encoding share one dictionary, and a column that came coded is one chunk
        texts = chunks[0].dictionary if chunks else pa.nulls(0, pa.string())
        places = pa.chunked_array([chunk.indices for chunk in chunks], pa.int32()).fill_null(len(texts)).to_numpy()
        return cls(pa.concat_arrays([texts, pa.nulls(1, pa.string())]), places)

    def ranks(self) -> pa.Array:
        """One number a row that sorts as its text does, null last; equal texts have equal numbers."""
        ranks = pc.rank(self.texts, "ascending", tiebreaker="dense").to_numpy()
        return pa.array(ranks.astype(np.int32)[self.codes])

    def text(self, rows: np.ndarray) -> pa.Array:
        """The text of some rows."""
        return self.texts.take(pa.array(self.codes[rows]))


def cell_codes(chunks: Sequence[pa.Array]) -> np.ndarray:
    """Int32 for each cell of a column that comes in chunks: equal cells have equal numbers, a null one of its own."""
    return _Coded.of(chunks).codes


def joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The numbers of all parts, int64."""
    return np.concatenate([np.zeros(0, np.int64), *parts])


def released_batches(
    parts: Sequence[Mapping[str, pa.Array]],
    columns: Sequence[str],
    coded: Mapping[str, pa.DictionaryArray] | None = None,
) -> Iterator[pa.RecordBatch]:
    """All parts as one table in the order of the first column, the random unit, and then of the values, in batches.

    The original order would tell who came first; the units are random, so sorting by them is a shuffle that every
    engine repeats. A part holds ``string`` columns; ``coded`` holds the columns that are in no part, for the rows of all
    of them (``CodedColumn`` gives such).
    """
    whole = coded or {}
    found = [_Coded.of([whole[name]] if name in whole else [part[name] for part in parts]) for name in columns]
    keys = pa.table([column.ranks() for column in found], names=list(map(str, range(len(columns)))))
    order = pc.sort_indices(keys, sort_keys=[(name, "ascending") for name in keys.column_names]).to_numpy()
    return _cut(found, order, text_schema(columns))


def _cut(coded: Sequence[_Coded], order: np.ndarray, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(order), BATCH_ROWS):
        rows = order[start : start + BATCH_ROWS]
        yield pa.RecordBatch.from_arrays([column.text(rows) for column in coded], schema=schema)


def text_batches(rows: Sequence[Sequence[str | None]], columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Rows of text as batches."""
    schema = pa.schema([(name, pa.string()) for name in columns])
    arrays = [pa.array([row[i] for row in rows], pa.string()) for i in range(len(columns))]
    return slices(iter([pa.RecordBatch.from_arrays(arrays, schema=schema)]))
