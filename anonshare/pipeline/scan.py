"""What is in a file: columns, counts, kinds, languages. Counts alone, never a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from anonshare.codes.headers import meaning_of
from anonshare.detection.coverage import scan_notes
from anonshare.identifiers.columns import kinds_of
from anonshare.records.opening import open_records
from anonshare.registry import RECOGNIZERS
from anonshare.shapes import Coverage, Progress, RecordSource, no_progress

__all__ = ["ColumnScan", "Scan", "scan", "scan_json", "scan_lines"]

LONG = 60
"""Mean characters from which a column of many distinct texts is taken for notes."""

SAMPLE = 20_000
"""Distinct values of a column that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class ColumnScan:
    """One column: rows with a value, distinct values (at most as many as are looked at), kinds found in how many.

    ``role`` is what its name suggests, None where the name says nothing; ``notes`` tells that it looks like free text.
    """

    name: str
    filled: int
    distinct: int
    role: str | None
    kinds: dict[str, int]
    notes: bool


@dataclass(frozen=True, slots=True)
class Scan:
    """One table: its rows, its columns, and what detection found in its notes, by language."""

    rows: int
    columns: tuple[ColumnScan, ...]
    coverage: tuple[Coverage, ...] = field(default=())


def scan(
    data: Any,
    source: dict[str, Any] | None = None,
    *,
    languages: Sequence[str] = (),
    region: str | None = None,
    progress: Progress = no_progress,
) -> Scan:
    """Look a table through. ``source`` says how it is read, as in a policy; ``languages`` are those of its notes.

    Raises InputError where the table cannot be read.
    """
    opened = open_records(data, source)
    rows, counts, values = _read(opened, progress)
    columns = tuple(_column(name, counts[name], values[name], region) for name in opened.columns)
    notes = {text: n for column in columns if column.notes for text, n in values[column.name].items()}
    coverage: tuple[Coverage, ...] = ()
    if notes:
        detector = RECOGNIZERS["presidio"](countries=(region,) if region else (), allowed=frozenset())
        coverage = scan_notes(notes, languages, detector, progress)
    return Scan(rows, columns, coverage)


def _read(source: RecordSource, progress: Progress) -> tuple[int, Counter[str], dict[str, Counter[str]]]:
    filled: Counter[str] = Counter()
    values: dict[str, Counter[str]] = {name: Counter() for name in source.columns}
    rows = 0
    for batch in source.batches():
        rows += batch.num_rows
        progress("reading", rows, None)
        for name, column in zip(source.columns, batch.columns, strict=True):
            texts = column.drop_null()
            filled[name] += len(texts)
            if len(values[name]) < SAMPLE:
                values[name].update(texts.to_pylist())
    return rows, filled, values


def _column(name: str, filled: int, values: Counter[str], region: str | None) -> ColumnScan:
    meaning = meaning_of(name)
    texts = list(values)[:SAMPLE]
    kinds = kinds_of(texts, region)
    mean = sum(map(len, texts)) / len(texts) if texts else 0
    notes = (mean >= LONG and len(values) > 1) or (meaning is not None and meaning.role == "narrative")
    return ColumnScan(name, filled, len(values), meaning.role if meaning else None, kinds, notes)


def scan_json(found: Scan) -> dict[str, Any]:
    """A scan as one object."""
    return {
        "scan": "scan/1",
        "rows": found.rows,
        "columns": [
            {
                "name": c.name,
                "filled": c.filled,
                "distinct": c.distinct,
                "role": c.role,
                "kinds": c.kinds,
                "notes": c.notes,
            }
            for c in found.columns
        ],
        "notes": [{"language": c.language, "notes": c.notes, "found": dict(c.entities)} for c in found.coverage],
    }


def scan_lines(found: Scan) -> Iterator[str]:
    """A scan in words."""
    yield f"{found.rows} rows, {len(found.columns)} columns"
    width = max((len(c.name) for c in found.columns), default=0)
    for c in found.columns:
        kinds = ", ".join(f"{kind} in {n}" for kind, n in sorted(c.kinds.items()))
        role = (c.role or "?").replace("_", " ")
        words = "; ".join(filter(None, (kinds, "reads like notes" if c.notes else "")))
        yield f"  {c.name:<{width}}  {role:<17}  {c.filled:>7} filled  {c.distinct:>6} distinct  {words}".rstrip()
    for one in found.coverage:
        kinds = ", ".join(f"{entity.lower()} {n}" for entity, n in sorted(one.entities.items()))
        yield f"notes in {one.language}: {one.notes} (names by {'a model' if one.names else 'rules only'}): {kinds}"
