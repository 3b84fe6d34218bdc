"""What is in a file: columns, counts, kinds, languages. Counts alone, never a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anonshare.detection.columns import ColumnDecision, decide
from anonshare.detection.coverage import scan_notes
from anonshare.detection.entities import ENTITIES
from anonshare.detection.language_codes import language_code, language_column
from anonshare.detection.notebook import Notebook
from anonshare.identifiers.columns import kinds_of
from anonshare.pipeline.notes import how_names, language_words, uncovered
from anonshare.records.opening import open_records
from anonshare.registry import RECOGNIZERS
from anonshare.shapes import Coverage, Progress, RecordSource, no_progress

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ColumnScan", "Scan", "scan", "scan_json", "scan_lines"]

LONG = 60
"""Mean characters from which a column of many distinct texts is taken for notes."""

SOME = 0.9
SAMPLE = 20_000
"""Distinct values of a column that are looked at one by one."""


@dataclass(frozen=True, slots=True)
class ColumnScan:
    """One column: rows with a value, distinct values (at most as many as are looked at), kinds found in how many.

    ``role`` is what its name and its values suggest, None where they say nothing; ``notes`` tells that it looks like free
    text; ``decision`` says what it is, how sure that is, and whether it stays back until a person has said so.
    """

    name: str
    filled: int
    distinct: int
    role: str | None
    kinds: dict[str, int]
    notes: bool
    decision: ColumnDecision


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
    progress("deciding", 0, len(opened.columns))
    decided = decide(values, region=region)
    columns = tuple(_column(n, counts[n], values[n], decided[n], region) for n in opened.columns)
    notes = [column.name for column in columns if column.notes]
    coverage: tuple[Coverage, ...] = ()
    if notes:
        detector = RECOGNIZERS["presidio"](countries=(region,) if region else (), allowed=frozenset())
        coverage = scan_notes(_book(opened, notes, values), languages, detector, progress)
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


def _book(source: RecordSource, notes: Sequence[str], values: Mapping[str, Counter[str]]) -> Notebook:
    """The notes that are looked at, each with the language that a column of its row tells."""
    spoken = language_column(name for name in source.columns if name not in notes)
    if spoken is None:
        return Notebook.of(sum((values[name] for name in notes), Counter()))
    counts: Counter[tuple[str, str | None]] = Counter()
    for batch in source.batches():
        told = [language_code(cell) if cell else None for cell in _cells(source, batch, spoken)]
        for name in notes:
            pairs = zip(_cells(source, batch, name), told, strict=True)
            counts.update((text, code) for text, code in pairs if text and text in values[name])
    book = Notebook()
    for (text, code), rows in counts.items():
        book.add(text, told=code, rows=rows)
    return book


def _cells(source: RecordSource, batch: pa.RecordBatch, name: str) -> list[str | None]:
    cells: list[str | None] = batch.columns[source.columns.index(name)].to_pylist()
    return cells


def _column(name: str, filled: int, values: Counter[str], decision: ColumnDecision, region: str | None) -> ColumnScan:
    texts = list(values)[:SAMPLE]
    mean = sum(map(len, texts)) / len(texts) if texts else 0
    notes = decision.role == "narrative" or (mean >= LONG and len(values) > 1)
    return ColumnScan(name, filled, len(values), decision.role, kinds_of(texts, region), notes, decision)


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
                "entity": c.decision.entity,
                "holds": c.decision.holds,
                "confidence": c.decision.confidence,
                "suppress": c.decision.suppress,
                "reason": c.decision.reason,
            }
            for c in found.columns
        ],
        "notes": [
            {"language": c.language, "notes": c.notes, "found": dict(c.entities), "names_by": c.names_by}
            for c in found.coverage
        ],
    }


def scan_lines(found: Scan) -> Iterator[str]:
    """A scan in words: a line a column, then the columns that stay back and why, then the notes."""
    yield f"{found.rows} rows, {len(found.columns)} columns"
    width = max((len(c.name) for c in found.columns), default=0)
    for c in found.columns:
        role = (c.role or "?").replace("_", " ")
        words = "; ".join(filter(None, (_what(c), _kinds(c))))
        yield f"  {c.name:<{width}}  {role:<17}  {c.filled:>7} filled  {c.distinct:>6} distinct  {words}".rstrip()
    held = [c for c in found.columns if c.decision.suppress]
    if held:
        yield f"{len(held)} of {len(found.columns)} columns stay back until a policy says what they are:"
    for c in held:
        yield f"  {c.name:<{width}}  {c.decision.reason}"
    for one in found.coverage:
        kinds = ", ".join(f"{entity.lower()} {n}" for entity, n in sorted(one.entities.items()))
        spoken = language_words(one.language)
        yield f"notes in {spoken}: {one.notes} (names: {how_names(one.names_by)}): {kinds or 'nothing found'}"
    missing = uncovered(found.coverage)
    if missing:
        yield f"Names in notes are NOT covered in {', '.join(missing)}: withhold those notes, or have a person read them."


def _what(column: ColumnScan) -> str:
    """What a column holds, and how sure that is."""
    decision = column.decision
    if decision.suppress:
        return "stays back"
    if decision.role == "narrative":
        return "reads like notes" if column.filled else "notes (by its name)"
    name = (decision.holds or "").replace("_", " ") or ENTITIES.get(decision.entity or "", "")
    sure = {"confirmed": "name and values agree", "header": "by its name", "values": "by its values"}
    return f"{name} ({sure[decision.confidence]})" if name else ""


def _kinds(column: ColumnScan) -> str:
    """What stands in some of the values and has not been said: identifiers, and dates with two readings."""
    if column.role == "direct_identifier" and not column.decision.suppress:
        return ""
    dated = column.decision.entity == "DATE_TIME"
    some = {
        kind: n
        for kind, n in column.kinds.items()
        if (column.notes or n < SOME * column.distinct) and (dated or not kind.startswith("date"))
    }
    return ", ".join(f"{kind} in {n}" for kind, n in sorted(some.items()))
