"""Which mentions of names are the same person: one pseudonym for "Maria Kovacs", "Kovacs", "M.K." and "MARIA".

Whole names make persons; a part of a name belongs to the one person who has it, and is marked where two do. Nothing but
the texts of a group decides, so the numbers do not depend on what else is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from anonshare.detection.known import KnownValue
from anonshare.identifiers.name_forms import name_forms
from anonshare.identifiers.names import HONORIFICS, normal_name
from anonshare.identifiers.scripts import latin
from anonshare.shapes import Span

__all__ = ["clustered", "told_persons"]

INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}\Z")
LETTER = re.compile(r"[^\W\d_]")
POSSESSED = re.compile(r"['\u2019]s\b")

PAIR = 2
"""Letters of what is initials without dots where nobody is called so: "MK"."""

MOST, MANY = 8, "*"
"""A mention that may be any of more persons is marked by a star."""

Name = tuple[str, ...]
"""The words of a name in Latin letters; a word of one letter is an initial."""


@dataclass
class _Person:
    """A person of a group: the words of his names; ``told`` by columns, where every form of each is one."""

    number: int
    words: set[str] = field(default_factory=set)
    told: bool = False


class _People:
    """The persons of a group, met by the words and the initials of their names, so that a group may be large."""

    def __init__(self, known: Iterable[KnownValue]) -> None:
        self._persons: list[_Person] = []
        self._by_word: dict[str, list[int]] = {}
        self._by_letter: dict[str, set[int]] = {}
        cells: dict[str, set[str]] = {}
        for value in dict.fromkeys(k for k in known if k.entity == "PERSON"):
            forms = {form for word in _words(value.value) for form in name_forms(word)}
            cells.setdefault(value.person, set()).update(forms)
        for words in cells.values():
            self._add(words, told=True)
        self.told = len(cells)

    def take(self, name: Name) -> None:
        """A whole name makes a person, or tells more of one with whom it shares two words."""
        whole = _whole(name)
        if len(whole) < PAIR:
            return
        same = [number for number in self._sharing(whole) if _same(whole, self._persons[number - 1])]
        if same:
            self._learn(self._persons[min(same) - 1], whole)
        else:
            self._add(whole)

    def take_part(self, name: Name) -> None:
        """A part of a name that fits no person makes one."""
        if name and not self.fitting(name):
            self._add(set(name))

    def fitting(self, name: Name) -> tuple[int, ...]:
        """The numbers of the persons whom a name may be: who share most of its words, or all of its initials."""
        if len(name) == 1 and len(name[0]) == PAIR and name[0] not in self._by_word:
            name = tuple(name[0])
        whole = _whole(name)
        if whole:
            sharing = self._sharing(whole)
            best = max(sharing.values(), default=0)
            return tuple(sorted(n for n, words in sharing.items() if words == best and self._initials_fit(name, n)))
        letters = [self._by_letter.get(letter, set()) for letter in set(name)]
        return tuple(sorted(set.intersection(*letters))) if letters else ()

    def _add(self, words: set[str], *, told: bool = False) -> None:
        self._persons.append(_Person(len(self._persons) + 1, told=told))
        self._learn(self._persons[-1], words)

    def _learn(self, person: _Person, words: set[str]) -> None:
        for word in words - person.words:
            self._by_word.setdefault(word, []).append(person.number)
            self._by_letter.setdefault(word[0], set()).add(person.number)
        person.words |= words

    def _sharing(self, words: set[str]) -> Counter[int]:
        """Number of a person -> how many of the words he has."""
        return Counter(number for word in words for number in self._by_word.get(word, ()))

    def _initials_fit(self, name: Name, number: int) -> bool:
        """``J. Smith`` is not ``Mary Smith``, unless nobody is known better."""
        single = {word for word in name if len(word) == 1}
        if not single or len(self._persons[number - 1].words) == 1:
            return True
        return all(number in self._by_letter.get(letter, ()) for letter in single)


def told_persons(known: Iterable[KnownValue]) -> tuple[str, ...]:
    """The persons whom columns name, in the order of their clusters: the first of them is cluster 1.

    ``known`` are the known values of all texts of a group, in the order of the texts.
    """
    return tuple(dict.fromkeys(value.person for value in known if value.entity == "PERSON"))


def clustered(
    texts: Sequence[str],
    found: Sequence[tuple[Span, ...]],
    groups: Sequence[str | None] | None = None,
    known: Sequence[Sequence[KnownValue]] | None = None,
) -> list[tuple[Span, ...]]:
    """The spans with their clusters; ``groups`` and ``known`` as in ``find``: without groups each text is its own."""
    members: dict[object, list[int]] = {}
    for i in range(len(texts)):
        members.setdefault(i if groups is None or groups[i] is None else f"g{groups[i]}", []).append(i)
    out = list(found)
    for rows in members.values():
        names = {
            texts[i][s.start : s.end]: _words(texts[i][s.start : s.end])
            for i in rows
            for s in found[i]
            if s.entity == "PERSON"
        }
        if names:
            told = _told(names, [value for i in rows for value in (known[i] if known else ())])
            for i in rows:
                out[i] = tuple(_named(texts[i], span, told) for span in found[i])
    return out


def _told(names: Mapping[str, Name], known: Sequence[KnownValue]) -> dict[str, str]:
    """Each distinct mention and its cluster: persons of the columns first, then those of whole names, then of parts.

    Who is who does not depend on the order of the texts; only the numbers follow it.
    """
    people = _People(known)
    order = sorted(names.items(), key=lambda one: (-len(one[1]), one[0]))
    for _, name in order:
        people.take(name)
    for _, name in order:
        people.take_part(name)
    fitting = {mention: people.fitting(name) for mention, name in names.items()}
    shown = {number: number for number in range(1, people.told + 1)}
    for number in (number for numbers in fitting.values() for number in numbers):
        shown.setdefault(number, len(shown) + 1)
    return {mention: _shown(sorted(shown[n] for n in numbers)) for mention, numbers in fitting.items()}


def _shown(numbers: Sequence[int]) -> str:
    return "|".join(map(str, numbers)) if len(numbers) <= MOST else MANY


def _named(text: str, span: Span, told: Mapping[str, str]) -> Span:
    return replace(span, cluster=told[text[span.start : span.end]]) if span.entity == "PERSON" else span


def _words(name: str) -> Name:
    """The words of a name in Latin letters, without titles and possessive endings."""
    bare = POSSESSED.sub("", name)
    if INITIALS.match(bare) and not bare.isalpha():
        return tuple(map(latin, LETTER.findall(bare)))
    return tuple(latin(word) for word in normal_name(bare).replace("-", " ").split() if word not in HONORIFICS)


def _whole(name: Name) -> set[str]:
    return {word for word in name if len(word) > 1}


def _same(whole: set[str], person: _Person) -> bool:
    """Two words in common, and no more on both sides: Ana Maria Pop is not Ana Maria Ionescu."""
    common = whole & person.words
    return len(common) > 1 and (person.told or common in (whole, person.words))
