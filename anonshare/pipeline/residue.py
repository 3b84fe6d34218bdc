"""Look for what stays in what leaves: distinctive values of columns that stay, in the final bytes (G12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from anonshare.files import read_bytes
from anonshare.pipeline.distinctive import values_that_stay
from anonshare.pipeline.plan import Plan
from anonshare.registry import READERS

__all__ = ["count_residue"]


def count_residue(plan: Plan, files: Path, roles: Mapping[str, str]) -> int:
    """How many distinctive values of columns that stay are found in the files of a draft."""
    residue = values_that_stay(plan.inputs)
    if plan.recoded is not None:
        for key in plan.recoded.rows.columns:
            residue.may_leave(label for level in key.labels for label in level if label is not None)
    notes: list[str] = []
    return residue.count(_texts(plan, files, roles, notes), notes)


def _texts(plan: Plan, files: Path, roles: Mapping[str, str], notes: list[str]) -> Iterator[str]:
    """Every distinct cell of every table, and the text of every other file; names of files too.

    Cells of masked notes go to ``notes``; so they do in the twin, whose cells are those of the Parquet file.
    """
    masked = {
        (f"data/{table}.parquet", name)
        for table in plan.policy.released
        for name, column in plan.policy.tables[table].columns.items()
        if column.do.masked
    }
    twins = {path.removesuffix("parquet") + "csv" for path, _ in masked}
    for path, role in roles.items():
        yield path
        data = read_bytes(files / path, "draft")
        if path.endswith(".parquet"):
            for batch in READERS["parquet"](data, name="table").batches():
                for name, column in zip(batch.schema.names, batch.columns, strict=True):
                    cells = column.unique().drop_null().to_pylist()
                    if (path, name) in masked:
                        notes += cells
                    else:
                        yield from cells
        elif role != "policy" and path not in twins:
            yield data.decode("utf-8")
