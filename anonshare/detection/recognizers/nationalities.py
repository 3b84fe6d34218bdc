"""Nationalities, peoples, languages and religions, as adjectives and nouns, in every form of twelve languages.

Where a State is meant (``the Turkish Government``, ``derecho español``) nobody is, and the word stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.nobody import nobody
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities_forms import forms_of
from anonshare.detection.recognizers.nationalities_phrases import Line, Phrases
from anonshare.detection.recognizers.nationalities_words import (
    ACCENTED,
    BEFORE_PERSON,
    BEHIND_PERSON,
    PEOPLE_OF,
    STATE_BEFORE,
    STATE_BEHIND,
    UNACCENTED,
)
from anonshare.shapes import Span

__all__ = ["find_nationalities", "nations"]

SCORE = 0.5


@cache
def nations() -> Phrases[bool]:
    """Every form of every word of the list; the meaning says whether it is written with a capital."""
    lines = (files("anonshare.detection") / "data" / "nrp.txt").read_text("utf-8").splitlines()
    capital: dict[str, bool] = {}
    for line in lines:
        if line and not line.startswith("#"):
            for word in line[4:].split(", "):
                for form in forms_of(line[:2], word.removeprefix("!")):
                    capital[form] = capital.get(form, True) and word.startswith("!")
    return Phrases(capital.items())


def find_nationalities(reading: Reading | Line) -> Iterator[Span]:
    """``NRP``: the word, with ``national`` or ``ciudadana`` beside it; parts joined by a hyphen are one; score .5."""
    line = reading if isinstance(reading, Line) else Line(reading)
    open_first, open_last = -1, -2
    for first, last, capital in nations().find(line):
        if not _meant(line, first, capital=capital):
            continue
        if first == open_last + 1 and line.gap(open_last) in {"-", "\u2011", "\u2013"}:
            open_last = last
            continue
        yield from _span(line, open_first, open_last)
        open_first, open_last = first, last
    yield from _span(line, open_first, open_last)


def _meant(line: Line, i: int, *, capital: bool) -> bool:
    """Whether the word is meant as it is listed: with its capital, with its accents."""
    if capital and not line.capital(i):
        beside = line.key(i + 1) in PEOPLE_OF or line.key(i + 1) in BEHIND_PERSON
        return line.reading.caseless and beside
    if line.capital(i) and line.keys[i] in gazetteer("countries").strong:
        return False
    if line.keys[i] == "roma" and line.key(i + 1) not in PEOPLE_OF and line.key(i - 1) != "ethnic":
        return False
    accents = line.reading.words[i].fold != line.reading.plain[i]
    return accents if line.keys[i] in ACCENTED else not (accents and line.keys[i] in UNACCENTED)


def _span(line: Line, first: int, last: int) -> Iterator[Span]:
    if first < 0 or _state(line, first, last):
        return
    told = (first, last)
    if line.gap(last) in {" ", "-", "\u2011"} and line.key(last + 1) in BEHIND_PERSON and not line.capital(last + 1):
        last += 1
    if line.gap(first - 1) in {" ", "-"} and line.key(first - 1) in BEFORE_PERSON:
        first -= 1
    sure = (first, last) != told
    yield Span(line.start(first), line.end(last), "NRP", SCORE, "rule" if sure else "words")


def _state(line: Line, first: int, last: int) -> bool:
    """Whether a State, its law or one of its bodies is named."""
    if line.gap(last) == " ":
        behind = line.key(last + 1)
        if behind in STATE_BEHIND or (line.capital(last + 1) and nobody(line.written(last + 1))):
            return True
    return line.gap(first - 1) == " " and line.key(first - 1) in STATE_BEFORE
