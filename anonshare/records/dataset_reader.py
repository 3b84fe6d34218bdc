"""A folder of Parquet files as one table: every file of the same columns, folders ``name=value`` as further columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa

from anonshare.engine.batches import as_text
from anonshare.errors import InputError
from anonshare.records.columns import column_names
from anonshare.records.parquet_reader import ParquetSource
from anonshare.records.parquet_reader import open_source as open_parquet

__all__ = ["DatasetSource", "open_source"]

FILE_LIMIT = 10_000
_NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


@dataclass(frozen=True, slots=True)
class DatasetSource:
    """A partitioned data set as a RecordSource; ``digest`` is that of all places and bytes."""

    name: str
    columns: tuple[str, ...]
    parts: tuple[tuple[tuple[tuple[str, str | None], ...], ParquetSource], ...] = field(repr=False)
    digest: str

    def batches(self) -> Iterator[pa.RecordBatch]:
        """All rows, file by file in the order of their paths, at most 65,536 a batch."""
        for partition, source in self.parts:
            for batch in source.batches():
                values = {name: batch.column(name) for name in batch.schema.names}
                for name, value in partition:
                    values[name] = pa.array([value] * batch.num_rows, pa.string())
                arrays = [values[name] for name in self.columns]
                yield as_text(pa.RecordBatch.from_arrays(arrays, names=list(self.columns)))


def open_source(data: Path | str, name: str = "records") -> DatasetSource:
    """Open a folder of Parquet files; hidden files and files of bookkeeping (``_SUCCESS``) are left out.

    Raises InputError where there is no such file, a file is damaged, or files differ in their columns; files are told
    by their number in the order of their paths.
    """
    root = Path(data)
    files = _files(root)
    parts, digest = [], hashlib.sha256()
    columns: tuple[str, ...] | None = None
    for number, path in enumerate(files, 1):
        source, partition = open_parquet(path, name), _partition(path.relative_to(root))
        mine = (*source.columns, *(key for key, _ in partition))
        columns = columns or column_names(mine)
        if mine != columns:
            raise InputError(
                f"File {number} of {len(files)} of the data set has other columns than the first.",
                hint="Write all files with the same columns in the same order.",
            )
        parts.append((partition, source))
        digest.update(f"{path.relative_to(root).as_posix()}\n{source.digest}\n".encode())
    return DatasetSource(name, columns or (), tuple(parts), digest.hexdigest())


def _files(root: Path) -> list[Path]:
    found = [
        path
        for path in sorted(root.rglob("*.parquet"))
        if path.is_file() and not any(part.startswith((".", "_")) for part in path.relative_to(root).parts)
    ]
    if not found or len(found) > FILE_LIMIT:
        raise InputError(
            f"The folder holds {len(found)} Parquet files.", hint=f"A data set has 1 to {FILE_LIMIT:,} of them."
        )
    return found


def _partition(path: Path) -> tuple[tuple[str, str | None], ...]:
    """The columns that the folders above a file tell (Hive's way of writing them)."""
    pairs = [part.partition("=") for part in path.parts[:-1] if "=" in part]
    return tuple((unquote(key), None if value == _NO_VALUE else unquote(value)) for key, _, value in pairs)
