"""Columns: which identify, and as what; ours beside presidio-structured's way, and the speed of cells, in the same run.

presidio-structured itself is not installed: its ``most_common`` is emulated with the same stock analyzer (each cell is
analyzed, the type found most often is the column's, none where nothing is found). *caught*: an identifying column is
taken for one (ours: the role, or suppressed; theirs: any type but date, place and group). *type*: the right entity
type; a place for an address and any national number for a national number count for theirs.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from anonshare.detection.columns import decide
from anonshare.identifiers.checks import residual
from benchmarks.column_sheets import IDENTIFYING, Column, reference_sheet, sheets
from benchmarks.detection_systems import stock

__all__ = ["run"]

Decided = list[tuple[str | None, bool]]
"""A column each: its type, and whether it is taken for identifying."""

HARMLESS = {None, "DATE_TIME", "LOCATION", "NRP"}
NATIONAL = {
    "US_SSN",
    "UK_NHS",
    "UK_NINO",
    "ES_NIF",
    "ES_NIE",
    "IT_FISCAL_CODE",
    "PL_PESEL",
    "US_ITIN",
    "MEDICAL_LICENSE",
}


def _ours(sheet: Sequence[Column]) -> Decided:
    counted = {str(i): Counter(c for c in column.cells if c is not None) for i, column in enumerate(sheet)}
    found = []
    for i, column in enumerate(sheet):
        # two columns of a sheet may bear the same name
        decision = decide({column.header: counted[str(i)]})[column.header]
        found.append((decision.entity, decision.suppress or decision.role == "direct_identifier"))
    return found


def _most_common(sheet: Sequence[Column]) -> Decided:
    found: Decided = []
    for column in sheet:
        cells = stock([str(cell) for cell in column.cells])
        kinds = Counter(kind for cell in cells for _, _, kind in cell)
        best = kinds.most_common(1)[0][0] if kinds else None
        found.append((best, best not in HARMLESS))
    return found


def _right(column: Column, entity: str | None) -> bool:
    if column.entity == "NATIONAL_ID" and entity in NATIONAL:
        return True
    return entity == column.entity or (column.entity == "ADDRESS" and entity == "LOCATION")


def _score(made: Sequence[Sequence[Column]], decided: Sequence[Decided]) -> Iterator[str]:
    pairs = [(c, d) for sheet, found in zip(made, decided, strict=True) for c, d in zip(sheet, found, strict=True)]
    named = [(column, entity, caught) for column, (entity, caught) in pairs]
    true = [(c, e, caught) for c, e, caught in named if c.kind in IDENTIFYING]
    hits = sum(caught for _, _, caught in true)
    taken = sum(caught for _, _, caught in named)
    yield f"identifying columns caught {hits}/{len(true)} = {hits / len(true):.3f}, precision {hits / max(taken, 1):.3f}"
    for naming in ("plain", "empty", "wrong"):
        part = [(c, e, caught) for c, e, caught in true if c.naming == naming and any(c.cells)]
        if part:
            yield (
                f"  header {naming}: caught {sum(x[2] for x in part) / len(part):.3f}, right type "
                f"{sum(_right(c, e) for c, e, _ in part) / len(part):.3f} of {len(part)}"
            )


def _timed(
    decide_sheet: Callable[[Sequence[Column]], Decided], made: Sequence[Sequence[Column]]
) -> tuple[list[Decided], float]:
    start = time.process_time()
    found = [decide_sheet(sheet) for sheet in made]
    return found, time.process_time() - start


def _with_leak_scan(sheet: Sequence[Column]) -> Decided:
    """The decision, and then every distinct cell through the leak gate's scan."""
    found = _ours(sheet)
    for column in sheet:
        for cell in set(column.cells):
            residual(cell or "")
    return found


def run() -> Iterator[str]:
    """Lines: the sheet of fifteen columns, recall and precision, speed of cells."""
    reference = reference_sheet()
    stock(["warm"])
    _ours(reference)
    for name, system in (("anonshare", _ours), ("most_common of stock Presidio", _most_common)):
        right = [(c, e) for c, (e, _) in zip(reference, system(reference), strict=True) if c.kind in IDENTIFYING]
        wrong = ", ".join(f"{c.header} -> {e}" for c, e in right if not _right(c, e))
        yield f"sheet of 15, {name}: {sum(_right(c, e) for c, e in right)} of {len(right)} identifying columns typed right {wrong}".rstrip()
    made = sheets(300, seed=77)
    yield from (f"300 sheets, anonshare: {line}" for line in _score(made, [_ours(sheet) for sheet in made]))
    few = sheets(10)
    ours, mine = _timed(_with_leak_scan, few)
    theirs, stocks = _timed(_most_common, few)
    yield from (f"10 sheets, anonshare: {line}" for line in _score(few, ours))
    yield from (f"10 sheets, most_common of stock Presidio: {line}" for line in _score(few, theirs))
    rows = sum(len(sheet[0].cells) for sheet in few)
    yield (
        f"cells: {rows / mine:.0f} rows/s decided and leak-scanned, {rows / stocks:.1f} rows/s of stock Presidio a cell, "
        f"{stocks / mine:.1f}x (14 columns a row, CPU time)"
    )
