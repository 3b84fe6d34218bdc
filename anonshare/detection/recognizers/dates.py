"""Dates: in numbers by their shape, in words by the months of twelve languages, years by what stands before them.

Sources: ISO 8601, RFC 5322 (the date of a mail), Unicode CLDR for the order of day, month and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anonshare.detection.reading import Reading, Word
from anonshare.detection.recognizers.dates_numbers import YEAR, count_end, gap_is, is_day, is_year
from anonshare.detection.recognizers.dates_periods import period
from anonshare.detection.recognizers.dates_shapes import DATES
from anonshare.detection.recognizers.dates_words import (
    JOINS,
    LAWS,
    MONTHS,
    OF,
    PARTS,
    SEASONS,
    SHORT_DAYS,
    UNITS,
    WEEKDAYS,
    YEAR_CUES,
)
from anonshare.shapes import Span

__all__ = ["DATES", "find_dates"]

DECADE = re.compile(r"(?:1[6-9]|20)?[0-9]0s")
CLOCK = re.compile(
    r",? (?:at |a las |à |um |la ora )?[0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?: (?:[+-][0-9]{4}|GMT|UTC|Z))?(?![\w:])"
)
BETWEEN = " \t\n\u00a0.,-–/'’º°"

WORDS_TOO = frozenset({"may", "mars", "mar", "mag", "gen", "set", "out", "mai", "dic", "nov", "fev", "ago", "march"})
"""Months that are words as well: ``end of`` before them is not enough."""

STARTS = MONTHS | SEASONS | WEEKDAYS | UNITS.keys()

Stretch = tuple[int, int]
"""The first and the last word of a date, as indices."""


def find_dates(reading: Reading) -> Iterator[Span]:
    """Dates that hold a word, years alone, weekdays and periods; those in figures are the rows of ``DATES``."""
    words = reading.words
    found: list[Stretch] = []
    for i, word in enumerate(words):
        fold = word.fold
        if fold in STARTS or fold[0] in "0123456789" or "'" in fold or "’" in fold:
            one = _one(reading.text, words, i, fold)
            if one is not None:
                found.append(one)
    for first, last in _joined(reading.text, words, sorted(found)):
        clock = CLOCK.match(reading.text, words[last].end)
        end = clock.end() if clock else words[last].end
        yield Span(words[first].start, end, "DATE_TIME", 0.4 if _bare(words, first, last) else 0.8, "rule")


def _bare(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a stretch is a period alone: it tells least of all."""
    return words[last].fold in UNITS and not any(
        is_year(word) or word.fold in MONTHS for word in words[first : last + 1]
    )


def _one(text: str, words: Sequence[Word], i: int, fold: str) -> Stretch | None:
    if fold in MONTHS:
        return _month(text, words, i)
    if fold in SEASONS:
        return _season(text, words, i)
    if fold in WEEKDAYS:
        return i, i
    if fold.partition("'")[0].partition("’")[0] in UNITS:
        return period(text, words, i)
    if fold[0].isdigit():
        if YEAR.fullmatch(fold):
            return _year(text, words, i)
        if DECADE.fullmatch(fold):
            return i, i
    return None


def _month(text: str, words: Sequence[Word], i: int) -> Stretch | None:
    """A month with a day or a year beside it."""
    first = _days_before(text, words, i)
    last = _after_month(text, words, i, first < i)
    dated = i > 0 and first == i and is_year(words[i - 1]) and gap_is(text, words[i - 1], words[i], BETWEEN)
    if dated and not is_year(words[last]):
        first = i - 1
    wide = _widened(text, words, first)
    if (first, last) == (i, i) and (wide == i or words[i].fold in WORDS_TOO):
        return None
    return wide, last


def _days_before(text: str, words: Sequence[Word], i: int) -> int:
    """The first of the days before a month (``9, 12 and 15 July``); ``i`` where none stands there."""
    at = i - 1
    if at >= 0 and words[at].fold in OF and gap_is(text, words[at], words[i], " \n'’"):
        at -= 1
    if at < 0 or not is_day(words[at]) or not gap_is(text, words[at], words[at + 1], BETWEEN):
        return i
    first = at
    for _ in range(6):
        if first and is_day(words[first - 1]) and gap_is(text, words[first - 1], words[first], BETWEEN):
            first -= 1
        elif first > 1 and _joins(text, words, first - 2, first) and is_day(words[first - 2]):
            first -= 2
        else:
            break
    return first


def _joins(text: str, words: Sequence[Word], left: int, right: int) -> bool:
    """Whether between two words stands one that joins, in the same sentence."""
    gap = text[words[left].end : words[right].start]
    return (
        all(word.fold in JOINS for word in words[left + 1 : right]) and not {".", ";"} & set(gap) and "\n\n" not in gap
    )


def _after_month(text: str, words: Sequence[Word], i: int, has_day: bool) -> int:
    """The last word of a date behind its month: days (``May 12th and 13th``), then a year of four or two digits."""
    last = i
    if not has_day:
        last = _days_after(text, words, i)
        has_day = last > i
    at = last + 1
    if at + 1 < len(words) and words[at].fold in OF and gap_is(text, words[last], words[at], " ,\n"):
        at += 1
    if at >= len(words) or not gap_is(text, words[at - 1], words[at], BETWEEN):
        return last
    if is_year(words[at]) or (_short_year(text, words, at) and (has_day or text[words[at].start - 1] in "-'’/")):
        return at
    return last


def _days_after(text: str, words: Sequence[Word], i: int) -> int:
    last = i
    for _ in range(4):
        at = last + 1
        if at < len(words) and last > i and words[at].fold in JOINS:
            at += 1
        plain = at < len(words) and is_day(words[at]) and gap_is(text, words[at - 1], words[at], " ,.\n", 2)
        if not plain or text[words[at].end : words[at].end + 1] in {":", "%", "/"}:
            break
        last = at
    return last


def _season(text: str, words: Sequence[Word], i: int) -> Stretch | None:
    last = _after_month(text, words, i, has_day=False)
    if last == i or not is_year(words[last]):
        return None
    first = i
    if i > 1 and words[i - 1].fold in JOINS and words[i - 2].fold in SEASONS:
        first = i - 2
    return _widened(text, words, first), last


def _widened(text: str, words: Sequence[Word], first: int) -> int:
    """A date with what belongs before it: the weekday, ``end of``, ``between``, a month that shares the year."""
    for _ in range(4):
        back = first - 1
        while back > 0 and words[back].fold in OF and first - back < 3:
            back -= 1
        if back < 0 or not gap_is(text, words[back], words[back + 1], " ,.-\n"):
            break
        fold = words[back].fold
        shares = fold in JOINS and back > 0 and words[back - 1].fold in MONTHS and words[back - 1].fold != "may"
        if (
            fold in WEEKDAYS
            or fold in SHORT_DAYS
            or (fold in PARTS and (back + 1 < first or fold not in {"end", "fine"}))
        ):
            first = back
        elif shares:
            first = back - 1
        else:
            break
    return first


def _year(text: str, words: Sequence[Word], i: int) -> Stretch | None:
    """A year alone, where a word before says that it is one, or brackets hold it."""
    word = words[i]
    before, after = text[max(0, word.start - 1) : word.start], text[word.end : word.end + 2]
    if before in {"/", ".", "+", "#", "$", "€", "£"} or after[:1] in {"/", "%", "€", "$", ":"} or _goes_on(after):
        return None
    if after[:1] in {" ", "-"} and any(words[j].fold in LAWS for j in range(i + 1, min(len(words), i + 3))):
        return None
    if i and words[i - 1].fold == "the" and before == " ":
        return i, i
    if before == "(" and after[:1] in {")", ","}:
        return i, i
    if i and words[i - 1].fold in YEAR_CUES and gap_is(text, words[i - 1], word, " \n-", 2):
        named = words[i - 1].fold in {
            "año",
            "anul",
            "anii",
            "anilor",
            "jahr",
            "année",
            "anno",
            "year",
            "ano",
            "mid",
            "late",
            "early",
        }
        return _widened(text, words, i - 1 if named else i), i
    if i and is_year(words[i - 1]) and gap_is(text, words[i - 1], word, " ,-–", 3):
        return i - 1, i
    if i > 1 and words[i - 1].fold in JOINS and is_year(words[i - 2]) and _joins(text, words, i - 2, i):
        return i - 2, i
    return None


def _goes_on(after: str) -> bool:
    return len(after) == 2 and after[0] in ".,-" and after[1].isdigit() and after[0] != "-"


def _short_year(text: str, words: Sequence[Word], at: int) -> bool:
    fold = words[at].fold
    behind = text[words[at].end : words[at].end + 1]
    counts = at + 1 < len(words) and (words[at + 1].fold in UNITS or count_end(text, words, at) > at + 1)
    return len(fold) == 2 and fold.isdigit() and behind not in {":", "%", "/"} and not counts


def _joined(text: str, words: Sequence[Word], found: Sequence[Stretch]) -> Iterator[Stretch]:
    """Dates that a word, a dash or a comma joins are one: nothing of a period stays beside its mask."""
    current: Stretch | None = None
    for one in found:
        if current is not None and _adjoin(text, words, current[1], one[0]):
            current = min(current[0], one[0]), max(current[1], one[1])
            continue
        if current is not None:
            yield current
        current = one
    if current is not None:
        yield current


def _adjoin(text: str, words: Sequence[Word], last: int, first: int) -> bool:
    if first <= last:
        return True
    return first - last <= 3 and words[first].start - words[last].end <= 12 and _joins(text, words, last, first)
