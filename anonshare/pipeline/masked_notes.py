"""Notes that leave masked: those of one person are read together, and what still shows anything is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.detection import rewrite
from anonshare.detection.clusters import told_persons
from anonshare.detection.detector import Masks
from anonshare.detection.known import KnownValue
from anonshare.detection.language import spoken
from anonshare.detection.language_codes import UNSURE
from anonshare.engine.coding import Coded
from anonshare.engine.encode import person_text
from anonshare.errors import AnonshareError, DetectionError
from anonshare.pipeline.inputs import Inputs
from anonshare.pipeline.note_names import NoteTokens, PersonsOfNotes
from anonshare.pipeline.note_rows import OWN, NoteRows
from anonshare.shapes import NamesBy, Operator, Progress, Span

__all__ = ["MaskCounts", "MaskedNotes", "mask_notes_of"]

BATCH = 256
"""Texts that are read at a time, at least; the notes of a person are never divided."""


@dataclass(slots=True)
class MaskCounts:
    """Notes of one column: how many there were, how many are withheld and why, and mentions that may be either of two."""

    notes: int = 0
    language: int = 0
    residue: int = 0
    ambiguous: int = 0

    @property
    def withheld(self) -> int:
        """The notes that do not leave."""
        return self.language + self.residue


@dataclass(frozen=True, slots=True)
class MaskedNotes:
    """The notes as they leave: by full name of the column, a text or None for each row that may leave, in their order.

    ``unit`` makes the token by which the notes name the person whose they are.
    """

    texts: Mapping[str, tuple[str | None, ...]] = field(default_factory=dict, repr=False)
    counts: Mapping[str, MaskCounts] = field(default_factory=dict)
    unit: Operator | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class _Note:
    """One note: whose, of which column and row, the language that a column tells."""

    person: int
    column: str
    row: int
    text: str = field(repr=False)
    told: str | None


@dataclass(frozen=True, slots=True)
class _Notes:
    """Notes by person, what all rows of each person say of him, and the rows of each table."""

    notes: tuple[_Note, ...] = field(repr=False)
    known: Mapping[int, tuple[KnownValue, ...]] = field(repr=False)
    rows: Mapping[str, int]


def mask_notes_of(
    inputs: Inputs,
    coded: Coded,
    tokens: NoteTokens,
    detector: Masks,
    covered: Mapping[str, NamesBy],
    progress: Progress,
) -> MaskedNotes:
    """Every note of a column with ``do: masked``, with its spans replaced.

    All notes of a person are read together, those that stay as well: a name that one of them gives away is masked in
    all. ``covered`` tells by language how names are found; a note in a language below what its column accepts is
    withheld, and so is one in which the second scan still sees something. Raises DetectionError where detection fails.
    """
    policy = inputs.policy
    columns = {
        policy.full_name(table, name): (table, column.do.masked.accept)
        for table in policy.released
        for name, column in policy.tables[table].columns.items()
        if column.do.masked is not None
    }
    whole = _collected(inputs, coded)
    out = {name: _Column(accept, [None] * whole.rows[table]) for name, (table, accept) in columns.items()}
    done = 0
    for part in _parts(whole.notes):
        languages = spoken([n.text for n in part], policy.languages, [n.told for n in part])
        known = [whole.known[note.person] for note in part]
        found, left = _read(detector, part, languages, known)
        persons = _persons(part, found, known, tokens, coded)
        for note, spans, rest, language in zip(part, found, left, languages, strict=True):
            if note.column in out:
                names = covered.get(language, "none")
                out[note.column].take(note, spans, persons[note.person], covered=names, left=bool(rest))
        done += len(part)
        progress("masking notes", done, len(whole.notes))
    return MaskedNotes({n: tuple(c.texts) for n, c in out.items()}, {n: c.count for n, c in out.items()}, tokens.unit)


@dataclass(slots=True)
class _Column:
    """A column while its notes are masked, row by row."""

    accept: str
    texts: list[str | None] = field(repr=False)
    count: MaskCounts = field(default_factory=MaskCounts)

    def take(
        self, note: _Note, spans: Sequence[Span], persons: PersonsOfNotes, *, covered: NamesBy, left: bool
    ) -> None:
        self.count.notes += 1
        if not (covered == "model" or (self.accept == "lists" and covered == "lists")):
            self.count.language += 1
            return
        before = persons.ambiguous
        masked = None if left else _masked(note.text, spans, persons)
        self.count.ambiguous += persons.ambiguous - before
        self.count.residue += masked is None
        self.texts[note.row] = masked


def _collected(inputs: Inputs, coded: Coded) -> _Notes:
    """All notes of the tables that leave, and all that any row of them says of the persons."""
    policy = inputs.policy
    reader = NoteRows(policy)
    found: list[_Note] = []
    known: dict[int, dict[KnownValue, None]] = {}
    rows = dict.fromkeys(policy.released, 0)
    start = 0
    for part in inputs.batches():
        if part.table not in rows:
            continue
        first, persons = rows[part.table], coded.person[start : start + part.rows.num_rows].tolist()
        for person, values in zip(persons, reader.known(part), strict=True):
            known.setdefault(person, {}).update(dict.fromkeys(values))
        for one in reader.notes(part):
            name = policy.full_name(part.table, one.column)
            found.append(_Note(persons[one.row], name, first + one.row, one.text, one.told))
        start += part.rows.num_rows
        rows[part.table] += part.rows.num_rows
    mine = {note.person: tuple(known[note.person]) for note in found}
    return _Notes(tuple(sorted(found, key=lambda note: note.person)), mine, rows)


def _parts(notes: Sequence[_Note]) -> Iterator[list[_Note]]:
    part: list[_Note] = []
    for note in notes:
        if len(part) >= BATCH and part[-1].person != note.person:
            yield part
            part = []
        part.append(note)
    if part:
        yield part


Found = list[tuple[Span, ...]]


def _read(
    detector: Masks, part: Sequence[_Note], languages: Sequence[str], known: Sequence[Sequence[KnownValue]]
) -> tuple[Found, Found]:
    """The spans of each note, and what the second scan still sees; whatever a detector raises may hold a note."""
    texts = [note.text for note in part]
    told = [None if one == UNSURE else one for one in languages]
    try:
        found = detector.find(texts, told, known=known, groups=[str(note.person) for note in part])
        return found, detector.left_over(texts, found, known=known)
    except AnonshareError:
        raise
    except Exception as error:  # noqa: BLE001  a detector may be anybody's
        kind = type(error).__name__
    raise DetectionError(f"The detector failed on a note ({kind}); nothing was planned.")


def _persons(
    part: Sequence[_Note],
    found: Found,
    known: Sequence[Sequence[KnownValue]],
    tokens: NoteTokens,
    coded: Coded,
) -> dict[int, PersonsOfNotes]:
    persons = {
        note.person: PersonsOfNotes(
            tokens, person_text(coded.people[note.person]), own=OWN, told=told_persons(values), names=_names(values)
        )
        for note, values in zip(part, known, strict=True)
    }
    for note, spans in zip(part, found, strict=True):
        persons[note.person].read(note.text, spans)
    return persons


def _names(known: Iterable[KnownValue]) -> dict[str, str]:
    """The cell that names each person of the columns."""
    return {value.person: value.value for value in reversed(list(known)) if value.entity == "PERSON"}


def _masked(text: str, spans: Sequence[Span], persons: PersonsOfNotes) -> str | None:
    """The note rewritten; None where a replacement gives back what stood there."""
    same = False

    def told(span: Span, was: str) -> str:
        nonlocal same
        new = persons.replace(span, was)
        same = same or new == was
        return new

    out = rewrite(text, spans, told)
    return None if same else out
