"""Notes as they are counted: each once, with what the columns know of its person, beside the other notes of that person.

What grows with the rows is twelve bytes a row; texts, languages and known values are kept once for all rows alike.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.view import view_of

__all__ = ["Note", "Notebook"]


@dataclass(frozen=True, slots=True)
class Note:
    """A text, the language that a column tells (None: none does), and the cells of its person that stand in it."""

    text: str = field(repr=False)
    told: str | None = None
    known: tuple[KnownValue, ...] = ()


class Notebook:
    """Counts notes by person. Never leaves the process, and its ``repr`` shows nothing of a note."""

    def __init__(self) -> None:
        self._places: dict[Note, int] = {}
        self._alone: Counter[int] = Counter()
        self._persons = array("q")
        self._entries = array("i")

    @classmethod
    def of(cls, counts: Mapping[str, int]) -> Notebook:
        """A notebook of texts of which nobody knows whose they are: text -> number of rows."""
        book = cls()
        for text, rows in counts.items():
            book.add(text, rows=rows)
        return book

    def add(
        self,
        text: str,
        known: Sequence[KnownValue] = (),
        *,
        told: str | None = None,
        person: int | None = None,
        rows: int = 1,
    ) -> None:
        """Count a note. Notes with the same ``person`` (64 bits) are read together; without one it stands alone."""
        place = self._places.setdefault(Note(text, told, _standing(text, known)), len(self._places))
        if person is None:
            self._alone[place] += rows
            return
        for _ in range(rows):
            self._persons.append(person)
            self._entries.append(place)

    def __len__(self) -> int:
        """The rows with a note."""
        return self._alone.total() + len(self._entries)

    def __repr__(self) -> str:
        return f"Notebook(<{len(self)} notes>)"

    def sets(self) -> tuple[tuple[tuple[Note, int], ...], ...]:
        """The distinct sets of notes that one person has, each note with its number of rows.

        Persons whose notes are alike are one set: what is found does not differ, so it is looked for once.
        """
        notes = list(self._places)
        alone: Counter[int] = Counter(self._alone)
        together: dict[tuple[int, ...], Counter[int]] = {}
        for mine in self._by_person():
            if len(mine) == 1:
                alone.update(mine)
            else:
                together.setdefault(tuple(sorted(mine)), Counter()).update(mine)
        single = (((notes[place], rows),) for place, rows in sorted(alone.items()))
        several = (tuple((notes[place], counts[place]) for place in key) for key, counts in sorted(together.items()))
        return (*single, *several)

    def _by_person(self) -> Iterator[Counter[int]]:
        order = sorted(range(len(self._persons)), key=self._persons.__getitem__)
        for _, rows in groupby(order, key=self._persons.__getitem__):
            yield Counter(self._entries[row] for row in rows)


def _standing(text: str, known: Sequence[KnownValue]) -> tuple[KnownValue, ...]:
    """Those of the known values that stand in a text: the others change nothing, and would keep equal texts apart."""
    if not known:
        return ()
    read = view_of(text).text
    if next(find_known(read, known), None) is None:
        return ()
    return tuple(one for one in known if next(find_known(read, (one,)), None) is not None)
