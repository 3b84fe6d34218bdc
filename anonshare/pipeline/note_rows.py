"""The notes of a table's rows, each with what the columns of the same row say of the person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.codes.headers import meaning_of, word_list
from anonshare.detection.known import KnownValue
from anonshare.detection.language_codes import language_code, language_column
from anonshare.detection.notebook import Notebook
from anonshare.identifiers.names import normal_name
from anonshare.identifiers.phones import several
from anonshare.pipeline.inputs import Prepared
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["OWN", "NoteRows", "RowNote"]

OWN = "unit"
"""The person whose rows these are, among those whom a row names."""

OWN_NAMES = frozenset({"given_name", "surname", "name", "alias"})
"""What columns hold that name the person whose row it is."""

Cells = Mapping[str, list[str | None]]


@dataclass(frozen=True, slots=True)
class RowNote:
    """A note: its column, the place of its row in the batch, the language that a column tells, the cells of the row."""

    column: str
    row: int
    text: str = field(repr=False)
    told: str | None
    known: tuple[KnownValue, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table that matter for its notes, by their names in the file; ``own`` name the person of the row."""

    notes: tuple[str, ...]
    known: tuple[tuple[str, str | None], ...]
    own: frozenset[str]
    language: str | None


class NoteRows:
    """Collects the notes of every table into ``book``; equal notes are kept once, and no cell that stands in none."""

    def __init__(self, policy: Policy) -> None:
        self.book = Notebook()
        self._unit = tuple((name, _entity(name)) for name in policy.unit_columns)
        self._columns = {table: _columns(policy, table) for table in policy.tables}
        self._nothing = word_list("nothing")

    def add(self, part: Prepared) -> None:
        """Count the notes of a batch."""
        unit = _lists(part.unit, [name for name, _ in self._unit])
        for note in self.notes(part):
            self.book.add(note.text, note.known, told=note.told, person=_person(unit, note.row))

    def notes(self, part: Prepared) -> Iterator[RowNote]:
        """The notes of a batch. The cells of a parent row that are known are those that name the unit."""
        mine = self._columns[part.table]
        if not mine.notes:
            return
        known = self._known(part)
        told = part.rows.column(mine.language).to_pylist() if mine.language else None
        for column in mine.notes:
            for row, text in enumerate(part.rows.column(column).to_pylist()):
                if text is not None:
                    language = language_code(told[row]) if told and told[row] else None
                    yield RowNote(column, row, text, language, known(row))

    def known(self, part: Prepared) -> Iterator[tuple[KnownValue, ...]]:
        """What the columns say of the person of each row, in the order of the rows."""
        return map(self._known(part), range(part.rows.num_rows))

    def _known(self, part: Prepared) -> Callable[[int], tuple[KnownValue, ...]]:
        mine, names = self._columns[part.table], [name for name, _ in self._unit]
        unit = _lists(part.unit, names)
        known = [(name, entity) for name, entity in mine.known if not (unit and name in names)]
        cells = _lists(part.rows, [name for name, _ in known])
        return lambda row: (*self._of_unit(unit, row), *self._of_row(cells, known, mine.own, row))

    def _of_unit(self, unit: Cells, row: int) -> Iterator[KnownValue]:
        """The cells that name the unit: the parts of a name as one name, so that its initials are known too."""
        if not unit:
            return
        parts = [(unit[name][row] or "", entity) for name, entity in self._unit]
        yield from self._whole_name(cell for cell, entity in parts if entity == "PERSON")
        for cell, entity in parts:
            if self._says(cell) and entity != "PERSON":
                yield from _values(cell, _of_cell(cell, entity), OWN)

    def _of_row(
        self, cells: Cells, known: Sequence[tuple[str, str | None]], own: frozenset[str], row: int
    ) -> Iterator[KnownValue]:
        yield from self._whole_name(cells[name][row] or "" for name, _ in known if name in own)
        for name, entity in known:
            cell = cells[name][row]
            if cell and name not in own and self._says(cell):
                yield from _values(cell, _of_cell(cell, entity))

    def _whole_name(self, parts: Iterable[str]) -> Iterator[KnownValue]:
        name = " ".join(part for part in parts if self._says(part))
        if name:
            yield KnownValue(name, "PERSON", OWN)

    def _says(self, cell: str) -> bool:
        """Whether a cell says anything: "unknown" is no name, and would be found in half of the notes."""
        return bool(cell.strip()) and cell.strip().casefold() not in self._nothing


def _values(cell: str, entity: str, person: str | None = None) -> Iterator[KnownValue]:
    """A cell as what is searched: several phones in one are several values. Who has one name is one person."""
    whose = f"named {normal_name(cell)}" if person is None else person
    for value in several(cell) if entity == "PHONE_NUMBER" else (cell,):
        yield KnownValue(value, entity, whose)


def _columns(policy: Policy, table: str) -> _Columns:
    rules = policy.tables[table].columns
    notes = tuple(n for n, c in rules.items() if c.role == "narrative" and c.do.name != "drop")
    known = tuple((n, _entity(n)) for n, c in rules.items() if c.role == "direct_identifier")
    own = frozenset(n for n, c in rules.items() if policy.owner_of_unit(table) == table and _names_own(n, c))
    spoken = language_column(n for n in rules if n not in notes)
    return _Columns(notes, known, own, spoken)


def _names_own(name: str, column: Column) -> bool:
    """Whether a column names the person whose rows these are, as the policy says it or else as its name does."""
    who = column.do.pseudonymize.who if column.do.pseudonymize else None
    meaning = meaning_of(name)
    return who == "unit" or (who is None and meaning is not None and meaning.entity in OWN_NAMES)


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
