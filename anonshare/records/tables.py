"""Open the linked tables of a policy: from one workbook or folder, from several files, or from frames by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from anonshare.errors import InputError
from anonshare.records.opening import open_records
from anonshare.shapes import RecordSource

__all__ = ["open_tables"]

WORKBOOKS = {".xlsx", ".xlsm"}
Sources = Mapping[str, Mapping[str, Any]]


def open_tables(data: Any, sources: Sources) -> dict[str, RecordSource]:
    """The tables named in ``sources`` (table -> what the policy says of its source), opened.

    ``data`` is one table's input where there is one table; otherwise a mapping from tables to inputs, a workbook whose
    sheets the sources name, a folder, or several paths (matched by ``file``, or by the table's name as file name).
    Raises InputError where a table has no input, or an input no table.
    """
    found = _inputs(data, sources)
    opened = {}
    for table, source in sources.items():
        options = {key: value for key, value in source.items() if key != "file"}
        opened[table] = open_records(found[table], options, name=table)
    return opened


def _inputs(data: Any, sources: Sources) -> Mapping[str, Any]:
    if isinstance(data, Mapping):
        return _by_name(data, sources)
    if isinstance(data, str | Path) and len(sources) > 1 and Path(data).is_dir():
        return _matched([path for path in sorted(Path(data).iterdir()) if _is_input(path)], sources, spare=True)
    if isinstance(data, list | tuple) and (len(sources) > 1 or len(data) != 1):
        return _matched([Path(one) for one in data], sources, spare=False)
    one = data[0] if isinstance(data, list | tuple) else data
    if len(sources) > 1 and not _one_workbook(one, sources):
        raise InputError(
            f"The policy has {len(sources)} tables, and one input was given.",
            hint="Give a file for each, a folder, or name each table's sheet: source: {sheet: ...}.",
        )
    return dict.fromkeys(sources, one)


def _one_workbook(data: Any, sources: Sources) -> bool:
    """Whether one input can hold all tables: a workbook in which each has a sheet of its own."""
    sheets = {source.get("sheet") for source in sources.values()}
    workbook = data[:4] == b"PK\x03\x04" if isinstance(data, bytes) else Path(str(data)).suffix.lower() in WORKBOOKS
    return isinstance(data, bytes | str | Path) and workbook and None not in sheets and len(sheets) == len(sources)


def _by_name(data: Mapping[Any, Any], sources: Sources) -> Mapping[str, Any]:
    missing = [table for table in sources if table not in data]
    if missing or len(data) != len(sources):
        raise InputError(
            f"The inputs are not those of the policy's tables: {', '.join(sources)}.",
            hint="Give exactly one input under the name of each table.",
        )
    return data


def _is_input(path: Path) -> bool:
    return not path.name.startswith((".", "~$")) and (path.is_dir() or path.suffix != "")


def _matched(paths: Sequence[Path], sources: Sources, *, spare: bool) -> dict[str, Path]:
    """Each table's file; ``spare`` tells whether files may be left over."""
    found: dict[str, Path] = {}
    for table, source in sources.items():
        mine = [path for path in paths if _fits(path, table, source.get("file"))]
        if len(mine) != 1:
            raise InputError(
                f"{len(mine) or 'No'} file(s) fit the table {table}.",
                hint=f"Name one file {table}.csv (or .xlsx, .parquet), or write source: {{file: 'pattern*.csv'}}.",
            )
        found[table] = mine[0]
    if len(set(found.values())) != len(found) or (not spare and len(found) != len(paths)):
        raise InputError("A file fits two tables of the policy, or none.", hint="Give one file for each table.")
    return found


def _fits(path: Path, table: str, pattern: str | None) -> bool:
    return fnmatchcase(path.name, pattern) if pattern is not None else path.stem == table
