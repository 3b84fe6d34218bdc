"""Which mentions of names are the same person: one pseudonym for "Maria Kovacs", "Kovacs", "M.K." and "MARIA".

Whole names make persons; a part of a name belongs to the one person who has it, and is marked where two do. Nothing but
the texts of a group decides, so the numbers do not depend on what else is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from anonshare.detection.known import KnownValue
from anonshare.identifiers.name_forms import name_forms
from anonshare.identifiers.names import HONORIFICS, normal_name
from anonshare.identifiers.scripts import latin
from anonshare.shapes import Span

__all__ = ["clustered"]

INITIALS = re.compile(r"(?:[^\W\d_]\.?[ -]?){1,4}\Z")
LETTER = re.compile(r"[^\W\d_]")
POSSESSED = re.compile(r"['\u2019]s\b")

PAIR = 2
"""Letters of what is initials without dots where nobody is called so: "MK"."""


@dataclass
class _Person:
    """A person of a group: the words of his names; ``told`` by columns, where every form of each is one."""

    number: int
    words: set[str] = field(default_factory=set)
    told: bool = False

    def initials(self) -> set[str]:
        return {word[0] for word in self.words}


def clustered(
    texts: Sequence[str],
    found: Sequence[tuple[Span, ...]],
    groups: Sequence[str] | None = None,
    known: Sequence[Sequence[KnownValue]] | None = None,
) -> list[tuple[Span, ...]]:
    """The spans with their clusters; ``groups`` and ``known`` as in ``find``: without groups each text is its own."""
    members: dict[object, list[int]] = {}
    for i in range(len(texts)):
        members.setdefault(groups[i] if groups else i, []).append(i)
    out = list(found)
    for rows in members.values():
        names = [_words(texts[i][s.start : s.end]) for i in rows for s in found[i] if s.entity == "PERSON"]
        if names:
            persons = _persons(names, [value for i in rows for value in (known[i] if known else ())])
            for i in rows:
                out[i] = tuple(_named(texts[i], span, persons) for span in found[i])
    return out


def _named(text: str, span: Span, persons: Sequence[_Person]) -> Span:
    if span.entity != "PERSON":
        return span
    fitting = _fitting(_words(text[span.start : span.end]), persons)
    return replace(span, cluster="|".join(str(p.number) for p in fitting))


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in Latin letters, without titles and possessive endings."""
    bare = POSSESSED.sub("", name)
    if INITIALS.match(bare) and not bare.isalpha():
        return tuple(map(latin, LETTER.findall(bare)))
    return tuple(latin(word) for word in normal_name(bare).replace("-", " ").split() if word not in HONORIFICS)


def _persons(names: Sequence[tuple[str, ...]], known: Sequence[KnownValue]) -> list[_Person]:
    """Those of the columns, those of whole names, then one for each part that fits no person."""
    cells: dict[str, set[str]] = {}
    for value in known:
        if value.entity == "PERSON":
            forms = {form for word in _words(value.value) for form in name_forms(word)}
            cells.setdefault(value.person, set()).update(forms)
    persons = [_Person(number, words, told=True) for number, words in enumerate(cells.values(), 1)]
    for name in names:
        whole = {word for word in name if len(word) > 1}
        if len(whole) > 1:
            same = next((p for p in persons if _same(whole, p)), None)
            if same is None:
                persons.append(_Person(len(persons) + 1, whole))
            else:
                same.words |= whole
    for name in names:
        if name and not _fitting(name, persons):
            persons.append(_Person(len(persons) + 1, set(name)))
    return persons


def _same(whole: set[str], person: _Person) -> bool:
    """Two words in common, and no more on both sides: Ana Maria Pop is not Ana Maria Ionescu."""
    common = whole & person.words
    return len(common) > 1 and (person.told or common in (whole, person.words))


def _fitting(name: tuple[str, ...], persons: Sequence[_Person]) -> list[_Person]:
    whole = {word for word in name if len(word) > 1}
    if len(name) == 1 and len(name[0]) == PAIR and not any(whole & p.words for p in persons):
        name, whole = tuple(name[0]), set()
    if whole:
        best = max((len(whole & p.words) for p in persons), default=0)
        return [p for p in persons if best and len(whole & p.words) == best and _initials_fit(name, p)]
    return [p for p in persons if set(name) <= p.initials()] if name else []


def _initials_fit(name: tuple[str, ...], person: _Person) -> bool:
    """``J. Smith`` is not ``Mary Smith``, unless nobody is known better."""
    single = {word for word in name if len(word) == 1}
    return not single or len(person.words) == 1 or single <= person.initials()
