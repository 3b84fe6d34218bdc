"""Parquet files, also a stranger's: plain types only, no metadata believed, and a limit to what they decode to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonshare.engine.batches import BATCH_ROWS, as_text, has_text, slices
from anonshare.errors import InputError
from anonshare.records.columns import column_names
from anonshare.records.content import Content, content_of

__all__ = ["BATCH_LIMIT", "DECODED_LIMIT", "ParquetSource", "open_source"]

DECODED_LIMIT = 64 << 30
"""Bytes of cells in a whole file; five million claims of 20 columns are about 1 GiB."""

BATCH_LIMIT = 1 << 30
"""Bytes of cells in 65,536 rows: a few bytes of Parquet can say "the same megabyte 65,536 times"."""


@dataclass(frozen=True, slots=True)
class ParquetSource:
    """A Parquet file as a RecordSource; ``digest`` is that of the file's bytes."""

    name: str
    columns: tuple[str, ...]
    content: Content
    limit: int

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the bytes of the file."""
        return self.content.digest

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, at most 65,536 a batch; raises InputError where the file is damaged or decodes to too much."""
        left = self.limit
        with self.content.opened() as stream, _foreign():
            for batch in _parquet(stream).iter_batches(BATCH_ROWS):
                size = sum(map(_decoded_bytes, batch.columns))
                left -= size
                if size > BATCH_LIMIT or left < 0:
                    raise InputError("The Parquet file decodes to more data than is read from one file.")
                yield from map(as_text, slices([batch]))


def open_source(data: Path | str | bytes, name: str = "records", *, limit: int = DECODED_LIMIT) -> ParquetSource:
    """Open a Parquet file, or its bytes; ``limit`` bounds the bytes of its decoded cells.

    What the writer's library noted in the file (``pandas`` index, extension types) is not used. Raises InputError for
    a file that is no Parquet, for nested or binary columns and for bad column names.
    """
    content = content_of(data)
    with content.opened() as stream, _foreign():
        schema = _parquet(stream).schema_arrow
    columns = column_names(schema.names)
    for number, kind in enumerate(schema.types, 1):
        if not has_text(kind):
            raise InputError(
                f"Column {number} of the Parquet file is nested, binary or of another kind that is no plain value.",
                hint="Leave it out, or turn it into text, numbers or dates.",
            )
    return ParquetSource(name, columns, content, limit)


@contextmanager
def _foreign() -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError, ValueError, KeyError, TypeError, OverflowError):
        raise InputError("The file is no Parquet file, or it is damaged.", hint="Is it the right file?") from None


def _parquet(stream: BinaryIO) -> Any:
    plain = pq.ParquetFile(stream, arrow_extensions_enabled=False)
    columns = map(plain.schema.column, range(len(plain.schema)))
    texts = [c.path for c in columns if c.physical_type == "BYTE_ARRAY" and c.logical_type.type != "DECIMAL"]
    # texts come as codes and a dictionary, so that their size is known before they are spelled out
    return pq.ParquetFile(stream, arrow_extensions_enabled=False, read_dictionary=texts)


def _decoded_bytes(array: pa.Array) -> int:
    if not isinstance(array, pa.DictionaryArray):
        return int(array.nbytes)
    lengths = pc.binary_length(array.dictionary).cast(pa.int64())
    return pc.sum(lengths.take(array.indices)).as_py() or 0
