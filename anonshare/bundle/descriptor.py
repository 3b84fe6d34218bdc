"""``datapackage.json``: the tables as a Frictionless Data Package, so that common tools read them."""

from __future__ import annotations

import json
from dataclasses import dataclass

from anonshare.bundle.statement import FileEntry

__all__ = ["TableDescription", "datapackage"]


@dataclass(frozen=True, slots=True)
class TableDescription:
    """A table, its files in the bundle, and its columns as (name, type)."""

    name: str
    files: tuple[FileEntry, ...]
    columns: tuple[tuple[str, str], ...]


def datapackage(tables: list[TableDescription]) -> bytes:
    """The descriptor; one resource per file, each with its hash and schema."""
    resources = [_resource(table, entry) for table in tables for entry in table.files]
    package = {"profile": "data-package", "name": "anonshare-bundle", "resources": resources}
    return (json.dumps(package, indent=1, ensure_ascii=True) + "\n").encode()


def _resource(table: TableDescription, entry: FileEntry) -> dict[str, object]:
    kind = entry.path.rsplit(".", 1)[1]
    return {
        "name": f"{table.name.replace('_', '-')}-{kind}",
        "path": entry.path.removeprefix("data/"),
        "format": kind,
        "mediatype": "text/csv" if kind == "csv" else "application/vnd.apache.parquet",
        # frictionless counts no bytes of a Parquet file, and would call every release damaged
        **({"bytes": entry.size} if kind == "csv" else {}),
        "hash": f"sha256:{entry.sha256}",
        "schema": {
            "fields": [{"name": name, "type": kind} for name, kind in table.columns],
            "missingValues": [""],
        },
    }
