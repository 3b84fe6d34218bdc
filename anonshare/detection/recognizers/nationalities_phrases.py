"""Words and phrases looked up without accents, an article or preposition before an apostrophe set aside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities_forms import plain_of

__all__ = ["Line", "Phrases"]

T = TypeVar("T")
ELIDED = 3
"""``l'``, ``d'``, ``qu'``, ``all'``: so many letters before an apostrophe are a word of their own."""


@dataclass(frozen=True)
class Line:
    """A reading as look-ups want it: keys without accents, elisions and possessives, and where each begins and ends."""

    reading: Reading

    @cached_property
    def _parts(self) -> tuple[tuple[int, int, str], ...]:
        out = []
        for word, plain in zip(self.reading.words, self.reading.plain, strict=True):
            start, end, key = word.start, word.end, plain
            if not plain.isalpha() and len(plain) == end - start:
                key = plain.replace("\u2019", "'")
                before, mark, rest = key.partition("'")
                if mark and len(before) <= ELIDED and len(rest) > 1:
                    start, key = start + len(before) + 1, rest
                elif rest == "s":
                    end, key = end - 2, before
            out.append((start, end, key))
        return tuple(out)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words as look-ups want them."""
        return tuple(part[2] for part in self._parts)

    def start(self, i: int) -> int:
        """Where word ``i`` begins, behind an elided article."""
        return self._parts[i][0]

    def end(self, i: int) -> int:
        """Where word ``i`` ends, before a possessive."""
        return self._parts[i][1]

    def key(self, i: int) -> str:
        """Word ``i``, or nothing where there is none."""
        return self._parts[i][2] if 0 <= i < len(self._parts) else ""

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next one; a sign that parts where either is missing."""
        if not 0 <= i < len(self._parts) - 1:
            return "\x00"
        return self.reading.text[self.reading.words[i].end : self.reading.words[i + 1].start]

    def capital(self, i: int) -> bool:
        """Whether word ``i`` is there and begins with a capital."""
        return 0 <= i < len(self._parts) and self.reading.text[self.start(i)].isupper()

    def written(self, i: int) -> str:
        """Word ``i`` as the text has it."""
        return self.reading.text[self.start(i) : self.end(i)]

    def opens(self, i: int) -> bool:
        """Whether a sentence or a line begins with word ``i``: there a capital tells nothing."""
        before = self.reading.text[max(0, self.start(i) - 3) : self.start(i)].rstrip(" \u201c\"'\u00ab\u201e(")
        return not before or before[-1] in ".\n!?:\u2022" or self.start(i) < ELIDED


class Phrases(Generic[T]):
    """Phrases and what they mean; of two the longer one wins, of two alike the first."""

    def __init__(self, pairs: Iterable[tuple[str, T]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        seen = set()
        for phrase, meaning in pairs:
            words = tuple(plain_of(phrase).replace("\u2019", "'").split())
            if words and words not in seen:
                seen.add(words)
                self._first.setdefault(words[0], []).append((words[1:], meaning))
        for rest in self._first.values():
            rest.sort(key=lambda one: -len(one[0]))

    def meanings(self) -> Iterator[T]:
        """The meaning of every phrase."""
        return (meaning for rest in self._first.values() for _, meaning in rest)

    def at(self, line: Line, i: int) -> tuple[int, T] | None:
        """The number of words of the longest phrase at word ``i``, and its meaning."""
        for rest, meaning in self._first.get(line.keys[i], ()):
            if not rest or line.keys[i + 1 : i + 1 + len(rest)] == rest:
                return 1 + len(rest), meaning
        return None

    def find(self, line: Line) -> Iterator[tuple[int, int, T]]:
        """``(first, last, meaning)`` of the phrases, by words, in order, none overlapping."""
        skip, first = 0, self._first
        for i, key in enumerate(line.keys):
            if i >= skip and key in first:
                found = self.at(line, i)
                if found is not None:
                    skip = i + found[0]
                    yield i, skip - 1, found[1]
