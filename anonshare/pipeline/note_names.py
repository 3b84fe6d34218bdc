"""What stands in a masked note in the place of what was there: one person, one pseudonym, in columns and notes alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.codes.headers import token_of_type
from anonshare.shapes import Operator, Span

__all__ = ["NoteTokens", "PersonsOfNotes"]

PERSON = "PERSON"


@dataclass(frozen=True, slots=True)
class NoteTokens:
    """The functions that make the tokens of notes; where a column makes tokens of a type, they are that column's.

    ``unit`` makes the token of the unit of protection, ``other`` that of anybody else whom its notes name, by his name;
    ``typed`` has one for each token type that the policy's columns release.
    """

    unit: Operator = field(repr=False)
    other: Operator = field(repr=False)
    typed: Mapping[str, Operator] = field(default_factory=dict, repr=False)

    def of_value(self, entity: str, value: str, person: str) -> str:
        """The token of an identifier in a note, or the mark of its type where no column releases such tokens."""
        operator = self.typed.get(token_of_type(entity) or "")
        made = None if operator is None else operator(value, person)
        return made or mark(entity)


class PersonsOfNotes:
    """The pseudonyms of all who are named in the notes of one unit.

    ``person`` is the unit's text, ``told`` the persons whom columns name in the order of their cluster numbers (the unit
    itself is ``own``), ``names`` the cell of each of them. ``ambiguous`` counts the mentions that may be either of two.
    """

    def __init__(
        self, tokens: NoteTokens, person: str, *, own: str, told: Sequence[str], names: Mapping[str, str]
    ) -> None:
        self._tokens = tokens
        self._person = person
        self._own = own
        self._told = tuple(told)
        self._names = names
        self._longest: dict[str, str] = {}
        self.ambiguous = 0

    def read(self, text: str, spans: Sequence[Span]) -> None:
        """Take in the mentions of one note: the longest of a cluster names it in all notes of the unit."""
        for span in spans:
            if span.entity == PERSON and span.cluster:
                mention = " ".join(text[span.start : span.end].split())
                was = self._longest.get(span.cluster, "")
                self._longest[span.cluster] = max(was, mention, key=lambda name: (len(name), name))

    def replace(self, span: Span, was: str) -> str:
        """What stands in the place of ``was``."""
        if span.entity != PERSON:
            return self._tokens.of_value(span.entity, was, self._person)
        if not span.cluster:
            return mark(PERSON)
        if not span.cluster.isdigit():
            self.ambiguous += 1
            return self._other(f"{span.cluster} {self._longest[span.cluster]}")
        number = int(span.cluster)
        if number > len(self._told):
            return self._other(self._longest[span.cluster])
        told = self._told[number - 1]
        if told == self._own:
            return self._tokens.unit("", self._person) or mark(PERSON)
        return self._other(self._names[told])

    def _other(self, name: str) -> str:
        return self._tokens.other(name, self._person) or mark(PERSON)


def mark(entity: str) -> str:
    """The mark of a type: that something stood there, and nothing of it."""
    return f"<{entity}>"
