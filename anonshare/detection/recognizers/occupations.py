"""Occupations: what somebody is or was by profession, where the sentence says so.

A listed word counts behind a cue ("worked as"), a copula ("was a baker"), beside a name ("el camarero José") and wherever the
text has told before that it is somebody's. Romanian roles count wherever they stand. Behind the surest cues any noun counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities import nations
from anonshare.detection.recognizers.nationalities_forms import forms_of
from anonshare.detection.recognizers.nationalities_phrases import Line, Phrases
from anonshare.detection.recognizers.nationalities_words import ACCENTED
from anonshare.detection.recognizers.occupations_cues import (
    AFTER,
    ARTICLES,
    BELONG,
    COPULAS,
    CUES,
    ENDS,
    MODIFIERS,
    NAMES_BEHIND,
    NOT_ROLES,
    SOMEBODYS,
    STUDIES,
)
from anonshare.shapes import Span

__all__ = ["Role", "find_occupations", "roles"]

SCORE = 0.5
LONGEST = 4
"""Words of an occupation that no list knows."""

ROMANIAN = frozenset(
    [
        "si",
        "din",
        "pe",
        "cu",
        "este",
        "sunt",
        "lui",
        "sa",
        "fost",
        "care",
        "pentru",
        "la",
        "de",
        "in",
        "nu",
        "mai",
        "al",
    ]
)
LEAST = 2


@dataclass(frozen=True, slots=True)
class Role:
    """The languages of a listed word, and whether it is also a word of procedure or of daily life."""

    languages: frozenset[str]
    weak: bool


@cache
def roles() -> Phrases[Role]:
    """Every form of every word of the list."""
    lines = (files("anonshare.detection") / "data" / "occupations.txt").read_text("utf-8").splitlines()
    languages: dict[str, set[str]] = {}
    weak: dict[str, bool] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        for word in line[4:].split(", "):
            for form in forms_of(line[:2], word.removeprefix("?")):
                languages.setdefault(form, set()).add(line[:2])
                weak[form] = weak.get(form, False) or word.startswith("?")
    return Phrases((form, Role(frozenset(spoken), weak[form])) for form, spoken in languages.items())


def find_occupations(reading: Reading | Line, language: str | None = None) -> Iterator[Span]:
    """``OCCUPATION``, score .5; a word that was somebody's occupation once is so in the whole text."""
    line = reading if isinstance(reading, Line) else Line(reading)
    romanian = language == "ro" or (
        language is None and sum(k in ROMANIAN for k in line.keys[:60]) > LEAST + len(line.keys[:60]) // 12
    )
    found = list(roles().find(line))
    told = {(a, b) for a, b, role in found if _told(line, a, b, role, romanian=romanian)}
    told |= _behind_cues(line, {a: (b, role) for a, b, role in found})
    ends = {b: a for a, b, _ in found}
    told |= {(ends[cue - 1], cue - 1) for cue, _, _ in AFTER.find(line) if cue - 1 in ends}
    names = {line.keys[a : b + 1] for a, b in told}
    again = {(a, b) for a, b, role in found if not role.weak and line.keys[a : b + 1] in names}
    for first, last in sorted(told | again):
        start = first - 1 if line.gap(first - 1) == " " and line.key(first - 1) in BELONG else first
        yield Span(line.start(start), line.end(_with_place(line, last)), "OCCUPATION", SCORE, "words")


def _with_place(line: Line, last: int) -> int:
    """``student at a military academy``: the last word of where somebody studies or teaches."""
    if line.keys[last] not in STUDIES or line.key(last + 1) != "at":
        return last
    place = last + 3 if line.key(last + 2) in ARTICLES else last + 2
    return _end_of_noun(line, place) or last


def _told(line: Line, first: int, last: int, role: Role, *, romanian: bool) -> bool:
    """Whether what stands around a listed word says that it is somebody's occupation."""
    if romanian and "ro" in role.languages and not role.weak and line.keys[first] not in NOT_ROLES:
        return True
    before = first - 1
    while line.gap(before) in {" ", "-"} and line.key(before) in MODIFIERS:
        before -= 1
    article = line.gap(before) == " " and line.key(before) in ARTICLES
    if article:
        before -= 1
    if line.gap(before) in {" ", "  "} and line.key(before) in COPULAS:
        return not role.weak or (article and line.keys[first] in SOMEBODYS)
    if role.weak:
        return False
    if line.gap(before) == " " and not article and _nation(line, before):
        return True
    if line.gap(first - 1) == ", " and line.gap(last)[:1] == "," and not line.capital(first):
        return True
    if line.gap(last) == " " and line.key(last + 1) in {"act", "law", "code", "association"}:
        return False
    return (last > first) or _beside_name(line, first, last, role) or (line.gap(before) == ", " and _name(line, before))


def _nation(line: Line, i: int) -> bool:
    """Whether a word of a nation stands there, and is the adjective of a person: ``a Romanian waiter``."""
    found = nations().at(line, i) if i >= 0 else None
    return found is not None and found[0] == 1 and line.key(i) not in ACCENTED


def _beside_name(line: Line, first: int, last: int, role: Role) -> bool:
    if line.gap(last) != " " or not line.capital(last + 1) or line.reading.caseless:
        return False
    small = not line.capital(first)
    return (small and bool(role.languages & NAMES_BEHIND)) or _name(line, last + 1)


def _name(line: Line, i: int) -> bool:
    """Whether a word is a listed name, written as one."""
    if not line.capital(i):
        return False
    key, surnames = line.key(i), gazetteer("surnames")
    if key in gazetteer("first_names").strong or key in surnames.strong:
        return True
    return key in surnames.weak and line.capital(i - 1) and line.gap(i - 1) == " "


def _behind_cues(line: Line, listed: dict[int, tuple[int, Role]]) -> set[tuple[int, int]]:
    """What stands behind the words that announce an occupation, without article and modifiers before it."""
    out = set()
    for first, cue, any_noun in CUES.find(line):
        at = _without_modifiers(line, cue + 1, listed)
        if line.gap(at - 1) not in {" ", ": ", " : "}:
            continue
        if any_noun:
            here = (listed[i][0] for i in range(at, at + LONGEST) if i in listed and _joined(line, at, i))
            last = next(here, None)
            if last is None and _any_noun(line, first, at):
                last = _end_of_noun(line, at)
        else:
            last = listed[at][0] if at in listed and not listed[at][1].weak else None
        if last is not None:
            out.add((at, last))
    return out


def _without_modifiers(line: Line, at: int, listed: dict[int, tuple[int, Role]]) -> int:
    while line.gap(at - 1) in {" ", "-"} and (
        line.key(at) in ARTICLES or (line.key(at) in MODIFIERS and at not in listed)
    ):
        at += 1
    return at


def _any_noun(line: Line, cue: int, at: int) -> bool:
    """In English an article must say that a noun follows: ``qualified as popular`` tells no occupation."""
    return line.key(cue + 1) != "as" or line.key(at - 1) in {"a", "an"}


def _joined(line: Line, first: int, last: int) -> bool:
    return all(line.gap(i) in {" ", "-"} and line.key(i) not in ENDS for i in range(first, last))


def _end_of_noun(line: Line, first: int) -> int | None:
    """The last word of a noun of small letters; None where none stands there."""
    last = first
    while last - first < LONGEST and line.key(last).replace("'", "").isalpha() and line.key(last) not in ENDS:
        if line.gap(last) not in {" ", "-"}:
            return last
        last += 1
    return last - 1 if last > first else None
