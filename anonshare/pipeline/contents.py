"""The files of a bundle: tables, facts, descriptor, public policy, report, readme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonshare.bundle.descriptor import TableDescription, datapackage
from anonshare.bundle.pack import FileContent, describe
from anonshare.bundle.readme import readme
from anonshare.files import make_private_dir, write_private
from anonshare.pipeline.facts import disclosure_facts, release_facts
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.register import RegisterRow
from anonshare.pipeline.register_rows import register_rows
from anonshare.pipeline.report_page import report_bytes
from anonshare.pipeline.second_pass import OutColumn, out_columns, second_pass
from anonshare.pipeline.token_facts import token_facts
from anonshare.policy.public import public_policy
from anonshare.records.writers import write_csv, write_parquet
from anonshare.shapes import Progress
from anonshare.wire.safe_yaml import dump
from anonshare.wire.strict_json import canonical

if TYPE_CHECKING:
    import pyarrow as pa

    from anonshare.pipeline.tables import TableResult

__all__ = ["TWIN_ROWS", "contents"]

TWIN_ROWS = 100_000
"""Tables with fewer rows get a CSV twin (DESIGN section 5)."""


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    columns: tuple[OutColumn, ...]
    batches: tuple[pa.RecordBatch, ...]

    @property
    def rows(self) -> int:
        return sum(batch.num_rows for batch in self.batches)


def contents(
    plan: Plan,
    seed: bytes,
    files: Path,
    progress: Progress,
    register: Callable[[Iterator[RegisterRow]], object] | None = None,
) -> dict[str, str]:
    """Write every file of the bundle below ``files``; returns path in the bundle -> role.

    ``register`` is given the rows of the register where one is kept.
    """
    tables = [*_records(plan, seed, progress, register), *(_aggregate(result) for result in plan.tables)]
    roles: dict[str, str] = {}
    make_private_dir(files / "data" / "facts")
    described = [_write(table, files, roles) for table in tables]
    facts, tokens = disclosure_facts(plan), token_facts(plan)
    small: dict[str, tuple[bytes, str]] = {
        "data/datapackage.json": (datapackage(described), "descriptor"),
        "data/facts/disclosure.json": (canonical(facts), "facts"),
        "data/facts/release.json": (canonical(release_facts(plan)), "facts"),
        **({"data/facts/pseudonyms.json": (canonical(tokens), "facts")} if tokens else {}),
        "data/policy.yaml": (dump(public_policy(plan.policy)).encode(), "policy"),
        "data/report.html": (report_bytes(plan, facts, tokens), "report"),
        "data/readme.txt": (readme().encode(), "readme"),
    }
    for path, (data, role) in small.items():
        write_private(files / path, data, "draft")
        roles[path] = role
    return roles


def _records(
    plan: Plan, seed: bytes, progress: Progress, register: Callable[[Iterator[RegisterRow]], object] | None
) -> list[_Table]:
    if not plan.policy.released:
        return []
    made = second_pass(plan, seed, progress, origins=register is not None)
    if register is not None:
        register(register_rows(plan, made))
    return [_Table(table, out_columns(plan, table), tuple(one.batches())) for table, one in made.items()]


def _aggregate(result: TableResult) -> _Table:
    from anonshare.engine.assemble import text_batches

    by = result.columns
    columns = tuple(OutColumn(name, "quasi_identifier", "string") for name in by)
    measures = (OutColumn("count", "count", "integer"), OutColumn("status", "status", "string"))
    rows = [[*cell.key, None if cell.count is None else str(cell.count), cell.status] for cell in result.table.cells]
    names = [*by, "count", "status"]
    return _Table(result.aggregate.name, (*columns, *measures), tuple(text_batches(rows, names)))


def _write(table: _Table, files: Path, roles: dict[str, str]) -> TableDescription:
    schema: Any = [(column.name, column.type) for column in table.columns]
    path = f"data/{table.name}.parquet"
    write_parquet(files / path, schema, iter(table.batches))
    roles[path] = "data"
    twin = None
    if table.rows < TWIN_ROWS:
        twin = f"data/{table.name}.csv"
        write_csv(files / twin, schema, iter(table.batches))
        roles[twin] = "data"
    paths = [path] if twin is None else [path, twin]
    entries = tuple(describe(one, FileContent(files / one, "data")) for one in paths)
    return TableDescription(table.name, entries, tuple(schema))
