"""The notes of a table's rows, each with what the columns of the same row say of the person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from anonshare.codes.headers import meaning_of, word_list
from anonshare.detection.known import KnownValue
from anonshare.detection.language_codes import language_code
from anonshare.detection.notebook import Notebook
from anonshare.pipeline.inputs import Prepared
from anonshare.policy.model import Policy

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["NoteRows"]

OWN = "unit"
"""The person whose rows these are, among those whom a row names."""

LANGUAGE_WORDS = frozenset({"language", "lang", "langue", "idioma", "lengua", "limba", "limbă", "sprache", "lingua",
                            "język", "language_code", "iso_language"})  # fmt: skip
Cells = Mapping[str, list[str | None]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that matter for its notes, by their names in the file."""

    notes: tuple[str, ...]
    known: tuple[tuple[str, str | None], ...]
    language: str | None


class NoteRows:
    """Collects the notes of every table into ``book``; equal notes are kept once, and no cell that stands in none."""

    def __init__(self, policy: Policy) -> None:
        self.book = Notebook()
        self._unit = tuple((name, _entity(name)) for name in policy.unit_columns)
        self._columns = {table: _columns(policy, table) for table in policy.tables}
        self._nothing = word_list("nothing")

    def add(self, part: Prepared) -> None:
        """Count the notes of a batch. The cells of a parent row that are known are those that name the unit."""
        mine = self._columns[part.table]
        if not mine.notes:
            return
        own = {name for name, _ in self._unit}
        unit = _lists(part.unit, [name for name, _ in self._unit])
        known = [(name, entity) for name, entity in mine.known if not (unit and name in own)]
        cells = _lists(part.rows, [name for name, _ in known])
        told = part.rows.column(mine.language).to_pylist() if mine.language else None
        for column in mine.notes:
            for row, text in enumerate(part.rows.column(column).to_pylist()):
                if text is not None:
                    values = [*self._of_unit(unit, row), *self._of_row(cells, known, row)]
                    language = language_code(told[row]) if told and told[row] else None
                    self.book.add(text, values, told=language, person=_person(unit, row))

    def _of_unit(self, unit: Cells, row: int) -> Iterator[KnownValue]:
        """The cells that name the unit: the parts of a name as one name, so that its initials are known too."""
        if not unit:
            return
        parts = [(unit[name][row] or "", entity) for name, entity in self._unit]
        name = " ".join(cell for cell, entity in parts if cell and entity == "PERSON" and self._says(cell))
        if name:
            yield KnownValue(name, "PERSON", OWN)
        yield from (KnownValue(c, _of_cell(c, e), OWN) for c, e in parts if self._says(c) and e != "PERSON")

    def _of_row(self, cells: Cells, known: list[tuple[str, str | None]], row: int) -> Iterator[KnownValue]:
        for name, entity in known:
            cell = cells[name][row]
            if cell and self._says(cell):
                yield KnownValue(cell, _of_cell(cell, entity), name)

    def _says(self, cell: str) -> bool:
        """Whether a cell says anything: "unknown" is no name, and would be found in half of the notes."""
        return bool(cell.strip()) and cell.strip().casefold() not in self._nothing


def _columns(policy: Policy, table: str) -> _Columns:
    rules = policy.tables[table].columns
    notes = tuple(n for n, c in rules.items() if c.role == "narrative" and c.do.name != "drop")
    known = tuple((n, _entity(n)) for n, c in rules.items() if c.role == "direct_identifier")
    spoken = next((n for n in rules if n.strip().casefold().replace(" ", "_") in LANGUAGE_WORDS), None)
    return _Columns(notes, known, spoken)


def _entity(column: str) -> str | None:
    """What detection calls the cells of a column by its name; None where the name does not say."""
    meaning = meaning_of(column)
    return meaning.type if meaning is not None else None


def _of_cell(cell: str, entity: str | None) -> str:
    """A cell of a column that nobody can name is a number where it has a digit, else a name."""
    return entity or ("ID_NUMBER" if any(c.isdigit() for c in cell) else "PERSON")


def _lists(batch: pa.RecordBatch | None, names: list[str]) -> Cells:
    if batch is None:
        return {}
    return {name: batch.column(name).to_pylist() for name in names if name in batch.schema.names}


def _person(unit: Cells, row: int) -> int | None:
    """A number of 64 bits for the person of a row, of this process alone; None where no column names him."""
    parts = tuple((cells[row] or "").casefold().strip() for cells in unit.values())
    return hash(parts) if any(parts) else None
