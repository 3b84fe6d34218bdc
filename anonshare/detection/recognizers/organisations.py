"""Organisations by form: a word of an institution and the proper name beside it, companies, and what stands in brackets behind them.

What consists of generic words alone ("Ministry of Defence", "Constitutional Court") names nobody and stays readable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.nobody import nobody
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities_phrases import Line, Phrases
from anonshare.detection.recognizers.organisations_companies import find_companies
from anonshare.detection.recognizers.organisations_words import (
    ADJECTIVES,
    AROUND,
    BEHIND,
    CONNECTORS,
    DULL,
    HEALTH,
    KNOWN,
    SMALL,
    STOPS,
    STREETS,
)
from anonshare.shapes import Span

__all__ = ["find_organisations"]

SCORE = 0.5
NAMES: Phrases[bool] = Phrases((name, True) for name in KNOWN)
LONGEST = 8
"""Words of a name on one side of the word of the institution."""

SAINTS = frozenset({"sf", "st", "sta", "sto", "ste", "hl", "san", "saint"})
QUOTES = frozenset({' "', " \u201c", " \u201e", " \u00ab", " \u2018", " '"})
NUMBERED = frozenset({"nr", "no", "n", "num", "n\u00ba"})
BRACKET = re.compile(
    r"[\u201d\"\u2019]? ?\((?:(?:hereinafter |hereafter )?[\u201c\"](?:the )?)?(?P<it>[^\W\d_][^()\n;:0-9]{1,78}?)[\u201d\"]?\)"
)
ACRONYM = re.compile(r"[^\W\d_a-zß-öø-ÿ]{2,9}")
INSIDE = re.compile(r"[^\W\d_]+")


def find_organisations(reading: Reading | Line, language: str | None = None) -> Iterator[Span]:
    """``ORGANIZATION``, score .5. In a text without capitals nothing tells where a name ends: companies alone count."""
    line = reading if isinstance(reading, Line) else Line(reading)
    yield from find_companies(line)
    if line.reading.caseless:
        return
    for first, last, _ in NAMES.find(line):
        if line.capital(first):
            yield Span(line.start(first), line.end(last), "ORGANIZATION", SCORE, "words")
    short: set[str] = set()
    done = -1
    for i, key in enumerate(line.keys):
        if (
            i <= done
            or (key == "primaria" and language in {"es", "it", "pt"})
            or not (key in BEHIND or key in AROUND)
            or not (key in SMALL or line.capital(i))
        ):
            continue
        first, last = _name(line, i, done, around=key in AROUND and language in {None, "en", "de", "nl"})
        proper = first < last and _proper(line, first, last) and not _other(line, i, last)
        if proper:
            done = last
            yield Span(line.start(first), line.end(last), "ORGANIZATION", SCORE, "words")
        if line.capital(i):
            for span in _brackets(line.reading.text, line.end(last), proper=proper):
                short.add(line.reading.text[span.start : span.end])
                yield span
    yield from _again(line, short)


def _again(line: Line, short: AbstractSet[str]) -> Iterator[Span]:
    """The abbreviations among ``short``, wherever they stand."""
    wanted = {one for one in short if ACRONYM.fullmatch(one)}
    if wanted:
        for word in line.reading.words:
            if line.reading.text[word.start : word.end] in wanted:
                yield Span(word.start, word.end, "ORGANIZATION", SCORE, "words")


def _name(line: Line, i: int, done: int, *, around: bool) -> tuple[int, int]:
    """The first and the last word of the name of which word ``i`` is the institution."""
    first = i
    if around and line.capital(i):
        while (
            first - 1 > done and i - first < LONGEST and line.gap(first - 1) in {" ", "-"} and _inside(line, first - 1)
        ):
            first -= 1
    return first, _behind(line, i)


def _inside(line: Line, i: int) -> bool:
    """Whether a word belongs to a name that goes on behind it."""
    if not line.capital(i) or line.key(i) in STOPS or not line.key(i)[0].isalpha():
        return False
    return not (line.opens(i) and line.key(i) in gazetteer("words_en").strong)


def _behind(line: Line, i: int) -> int:
    """The last word of what goes on behind the word of an institution."""
    last = at = i
    while at - i < LONGEST:
        gap, key = line.gap(at), line.key(at + 1)
        if gap not in {" ", "-", ' "'} and gap not in QUOTES:
            break
        if key in NUMBERED and line.key(at + 2).isdigit():
            last = at = at + 2
            continue
        titled = key in SAINTS or (at == i and key in {"dr", "dra"})
        if titled and line.gap(at + 1) in {" ", ". "} and line.capital(at + 2):
            last = at = at + 2
            continue
        if key in STOPS:
            break
        if last > i and at > last and (key in BEHIND or key in AROUND):
            break
        if line.capital(at + 1) or (key.isdigit() and at == i and len(key) < 3 and line.key(at + 2) in CONNECTORS):
            last = at = at + 1
        elif (key in CONNECTORS and line.written(at + 1) != "\u00e0") or key in ADJECTIVES:
            at += 1
        else:
            break
    return last


def _proper(line: Line, first: int, last: int) -> bool:
    """Whether a word among them is a proper one."""
    if not any(line.capital(i) for i in range(first, last + 1)) or nobody(
        line.reading.text[line.start(first) : line.end(last)]
    ):
        return False
    return any(key not in DULL and not key.isdigit() for key in line.keys[first : last + 1])


def _other(line: Line, i: int, last: int) -> bool:
    """Whether the words are a department of a hospital, or a street that is called so."""
    if line.key(i) == "servicio":
        return line.key(last) not in HEALTH
    return line.key(last) in STREETS or (line.gap(last) == " " and line.key(last + 1) in STREETS)


def _brackets(text: str, end: int, *, proper: bool) -> Iterator[Span]:
    """An abbreviation, or the name in its own language, in brackets right behind."""
    found = BRACKET.match(text, end)
    if found is None:
        return
    it = found["it"]
    words = INSIDE.findall(it)
    if proper and ACRONYM.fullmatch(it):
        yield Span(*found.span("it"), "ORGANIZATION", SCORE, "words")
    elif it[0].isupper() and len(it) > 3:
        english = sum(word.casefold() in gazetteer("words_en").strong for word in words)
        if english * 3 <= len(words):
            yield Span(*found.span("it"), "ORGANIZATION", SCORE, "words")
