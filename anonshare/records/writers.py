"""Tables that leave: Parquet and its CSV twin, the same bytes for the same rows, and nothing but the rows.

Every value is encoded anew from the output's own text: a dictionary or an index of the input would carry values of
rows that stayed (suppressed categories were found in the bytes of files that frames wrote). Numbers stand in both in
one canonical form, so that the two files read alike.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from anonshare.engine.batches import as_text
from anonshare.files import staging_dir
from anonshare.records.output_types import Schema, arrow_schema, typed

__all__ = ["GROUP_ROWS", "to_bytes", "write_csv", "write_parquet"]

GROUP_ROWS = 131_072
"""Rows in every row group but the last, whatever batches the rows came in."""

Batches = Iterable[pa.RecordBatch]


def write_parquet(path: Path, schema: Schema, batches: Batches) -> None:
    """Write text batches as Parquet, whole or not at all.

    ``schema`` names columns and types. Raises InputError where a value does not fit, StorageError where the disk does
    not take the file.
    """
    with _whole(path) as out:
        _parquet(out, schema, batches)


def write_csv(path: Path, schema: Schema, batches: Batches) -> None:
    r"""Write text batches as CSV, whole or not at all: UTF-8 without a mark, ``\n``, quotes where RFC 4180 needs them.

    Arguments and errors as for ``write_parquet``. No value is an empty field. Cells are not altered: a program that
    reads ``=`` as a formula must be given an export made for it.
    """
    with _whole(path) as out:
        _csv(out, schema, batches)


def to_bytes(kind: Literal["parquet", "csv"], schema: Schema, batches: Batches) -> bytes:
    """The bytes that ``write_parquet`` or ``write_csv`` would write."""
    out = io.BytesIO()
    (_parquet if kind == "parquet" else _csv)(out, schema, batches)
    return out.getvalue()


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    with staging_dir(path.parent, "the table") as folder:
        part = folder / path.name
        with part.open("wb") as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)


def _parquet(out: BinaryIO, schema: Schema, batches: Batches) -> None:
    # every option that shapes bytes is named: a default may change with the library
    with pq.ParquetWriter(
        out,
        arrow_schema(schema),
        version="2.6",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        data_page_version="1.0",
        data_page_size=1 << 20,
        write_batch_size=1024,
        dictionary_pagesize_limit=1 << 20,
        write_statistics=False,
        store_schema=False,
    ) as writer:
        for group in _groups(schema, batches):
            writer.write_table(group, row_group_size=GROUP_ROWS)


def _groups(schema: Schema, batches: Batches) -> Iterator[pa.Table]:
    """The typed rows in tables of exactly GROUP_ROWS rows, but for the last."""
    target, waiting, count = arrow_schema(schema), [], 0
    for batch in batches:
        rest = typed(schema, batch)
        while count + rest.num_rows >= GROUP_ROWS:
            waiting.append(rest.slice(0, GROUP_ROWS - count))
            rest = rest.slice(GROUP_ROWS - count)
            yield pa.Table.from_batches(waiting, target).combine_chunks()
            waiting, count = [], 0
        waiting.append(rest)
        count += rest.num_rows
    if count:
        yield pa.Table.from_batches(waiting, target).combine_chunks()


def _csv(out: BinaryIO, schema: Schema, batches: Batches) -> None:
    names = pa.record_batch(
        [pa.array([name]) for name in arrow_schema(schema).names], names=[name for name, _ in schema]
    )
    out.write(_lines(names))
    out.writelines(_lines(as_text(typed(schema, batch))) for batch in batches)


def _lines(batch: pa.RecordBatch) -> bytes:
    fields = [_quoted(column) for column in batch.columns]
    if len(fields) == 1:
        # a line without any character would be read as no record at all
        fields = [fields[0].fill_null('""')]
    lines = pc.binary_join_element_wise(*fields, ",", null_handling="replace", null_replacement="")
    return "".join(f"{line}\n" for line in lines.to_pylist()).encode()


def _quoted(column: pa.Array) -> pa.Array:
    special = pc.match_substring_regex(column, '[",\n\r]')
    if not pc.any(special).as_py():
        return column
    doubled = pc.replace_substring(column, '"', '""')
    return pc.if_else(special, pc.binary_join_element_wise('"', doubled, '"', ""), column)
