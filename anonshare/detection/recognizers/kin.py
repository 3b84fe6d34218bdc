"""Kin with a name that no list has (``su hermana Xiomara``), and letters that stand for a person (``der M. wollte``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from anonshare.detection.people_words import NOT_NAMES
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.kin_letters import Letter, letters_of
from anonshare.detection.recognizers.kin_words import (
    AND,
    ARTICLES,
    BARE_WORDS,
    KIN,
    NO_PERSON,
    PEOPLE,
    PLACES,
    PREPOSITIONS,
    SAYING,
    TITLES,
    VERBS,
)
from anonshare.detection.recognizers.nationalities_phrases import Line
from anonshare.detection.recognizers.occupations import roles
from anonshare.shapes import Span

__all__ = ["find_kin", "find_stand_ins"]

SCORE = 0.45
LONGEST = 3
GERMAN = ARTICLES | {"und", "nicht", "ist", "ein", "eine", "von", "wurde"}


def find_kin(reading: Reading | Line) -> Iterator[Span]:
    """``PERSON``, score .45: a word of kin and the capitalized words right behind it, wherever capitals say something."""
    line = reading if isinstance(reading, Line) else Line(reading)
    if line.reading.caseless:
        return
    for i, key in enumerate(line.keys):
        if key not in KIN or line.gap(i) != " " or line.capital(i):
            continue
        last = i
        while last - i < LONGEST and line.gap(last) == " " and _name(line, last + 1):
            last += 1
        if last > i:
            yield Span(line.start(i), line.end(last), "PERSON", SCORE, "words")


def _name(line: Line, i: int) -> bool:
    written = line.written(i) if line.capital(i) else ""
    return len(written) > 1 and written[1:].islower() and written.isalpha() and line.key(i) not in NOT_NAMES


def find_stand_ins(reading: Reading | Line, language: str | None = None) -> Iterator[Span]:
    """``PERSON``, score .45: letters in the place of a name; in German also ``LOCATION`` ("in F.").

    A letter counts behind a word for a person, before a verb of saying and doing, as one of two initials, and again
    wherever it stands in the same text.
    """
    line = reading if isinstance(reading, Line) else Line(reading)
    if line.reading.caseless:
        return
    german = language == "de" or (
        language is None and sum(key in GERMAN for key in line.keys[:80]) * 8 > len(line.keys[:80])
    )
    letters = [one for one in letters_of(line) if _possible(line, one, language)]
    told = {one for one in letters if _told(line, one, language, german=german)}
    told |= {one for pair in pairwise(letters) if told.intersection(pair) and _beside(line, *pair) for one in pair}
    forms = {one.written for one in told}
    for one in letters:
        if one in told or (one.written in forms and not line.opens(one.first)):
            yield Span(one.start, one.end, "PERSON", SCORE, "words")
        elif german and one.dotted and line.gap(one.first - 1) == " " and line.key(one.first - 1) in PLACES:
            yield Span(one.start, one.end, "LOCATION", SCORE, "words")


def _possible(line: Line, one: Letter, language: str | None) -> bool:
    """Whether nothing says that a letter is a number of a list, a word, a unit or a part of a law."""
    if line.gap(one.first - 1) in {" ", ". ", "-"} and (
        line.key(one.first - 1) in NO_PERSON or line.key(one.first - 1).isdigit()
    ):
        return False
    behind = line.gap(one.last)
    if line.key(one.last + 1)[:1].isdigit() or (behind[:1] in {"-", "/", ":", "+", "&", ")"} and not one.closed):
        return False
    if line.reading.text[one.end : one.end + 3].strip(" .")[:1] in {"€", "$", "£", "%", "§", "="}:
        return False
    if line.gap(one.first - 1)[-1:] in {"-", "/", "&", "+", "'", "\u2019"}:
        return False
    return (
        one.dotted or one.initials > 1 or line.written(one.first) not in BARE_WORDS.get(language or "en", frozenset())
    )


def _told(line: Line, one: Letter, language: str | None, *, german: bool) -> bool:
    before, gap = line.key(one.first - 1), line.gap(one.first - 1)
    if gap in {" ", ". ", ".", ", ", " ("}:
        if before in TITLES and gap in {" ", ". ", "."}:
            return True
        if before in PEOPLE and (gap != ", " or one.dotted):
            return True
        role = roles().at(line, one.first - 1) if gap == " " and before else None
        if role is not None and not role[1].weak:
            return True
    small = line.gap(one.last) in {" ", ". "} and not line.capital(one.last + 1) and line.key(one.last + 1).isalpha()
    if german and gap == " ":
        if before in ARTICLES and small:
            return True
        if before in PREPOSITIONS and not line.capital(one.last + 1) and line.key(one.last + 1) != "bis":
            return True
    if one.dotted and small and gap == " " and before in SAYING:
        return True
    if one.initials == 2 and one.dotted and language not in {"es", "ro"}:
        return one.spaced or not line.capital(one.last + 1)
    return small and line.key(one.last + 1) in VERBS and (one.dotted or not line.opens(one.first))


def _beside(line: Line, left: Letter, right: Letter) -> bool:
    """Whether two letters are joined by a comma or by "and"."""
    between = right.first - left.last
    if between == 1:
        return line.gap(left.last) in {", ", "., "}
    return between == 2 and line.key(left.last + 1) in AND
