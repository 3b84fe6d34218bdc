"""Numbers spelled out in words, in the languages of the notes: "zero seven twenty-two one" is a phone that hides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from anonshare.detection.reading import folded
from anonshare.detection.spoken_words import JOINING, PLUS, TIMES, values

__all__ = ["spoken_digits"]

LEAST = 6
"""Fewer digits in a row are counting, not a number: "one, two, three"."""

SAID = 4
"""Numbers in words that a row has at the least, so that prose which names two or three is none."""

FEWEST = 2
"""Numbers in words that a text has at the least."""

DIALLED = 9
"""Digits from which a row that begins with a nought is one with two numbers in words."""

MOST = 40
FRONT, WHOLE = 3, 10
"""Digits in figures before a row that belong to it; digits from which figures behind it do not."""

TOKEN = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|[0-9]+")
GAP = re.compile(r"[\s,.()\u2013-]{1,3}\Z")
INSIDE = re.compile(r"[ \u2013-]{1,2}\Z")
YEARS = re.compile(r"(?:(?:19|20)[0-9]{2}){1,9}\Z")
JOINS = {
    word: frozenset(one for one in JOINING if word in JOINING[one].split())
    for word in " ".join(JOINING.values()).split()
}
SECOND = frozenset({"fr"})
"""Languages that count on from sixty and eighty: ``soixante-douze``, ``quatre-vingt-dix``."""

ON_FROM_TEN = frozenset({"tr", "fr"})
"""Languages that say ``on iki`` and ``dix-sept`` for what others have a word for."""

INVERTED = frozenset({"de", "nl"})
VALUES = values()
NONE: frozenset[str] = frozenset()
EACH = frozenset(JOINING) | {language for known in VALUES.values() for language in known}


@dataclass(slots=True)
class _Said:
    """A number of a row: where it stands, its digits, how often, whether it is in figures, whether more may join it."""

    start: int
    end: int
    text: str
    figures: bool
    comma: bool
    times: int = 1

    @property
    def digits(self) -> str:
        return self.text * self.times


@dataclass(slots=True)
class _Row:
    """Numbers one behind another, all in one of ``languages``."""

    said: list[_Said]
    languages: frozenset[str]
    plus: bool = False


def spoken_digits(read: str) -> Iterator[tuple[int, int, str]]:
    """Where a number is spelled out, and its digits: ``(start, end, "0721…")``."""
    if sum(word in VALUES for word in TOKEN.findall(read.lower())) < FEWEST:
        return
    walk = _Walk(read)
    for found in TOKEN.finditer(read):
        walk.step(found)
    walk.close()
    for row in walk.rows:
        said = _trimmed(row)
        digits = "".join(one.digits for one in said)
        if said and _is_number(said, digits):
            yield said[0].start, said[-1].end, f"+{digits}" if row.plus and said[0] is row.said[0] else digits


class _Walk:
    """The rows of a text: tokens that are numbers, parted by a mark at most, in words of one language."""

    def __init__(self, read: str) -> None:
        self.rows: list[_Row] = []
        self._read = read
        self._row = _Row([], EACH)
        self._end = 0
        self._clear()

    def _clear(self) -> None:
        """Forget the words before a number: "double", "plus", "and"."""
        self._times, self._joined, self._plus = 1, False, False
        self._opened: int | None = None

    def close(self) -> None:
        """The row ends here."""
        # most rows are a figure or a single word of prose
        if any(not one.figures for one in self._row.said):
            self.rows.append(self._row)
        self._row = _Row([], EACH)
        self._joined = False

    def step(self, found: re.Match[str]) -> None:
        """Read one more token."""
        word = found.group().lower()
        if GAP.match(self._read, self._end, found.start()) is None:
            self.close()
            self._clear()
        if word[0].isdecimal():
            self._number(found, EACH, word)
        elif (meant := VALUES.get(word if word.isascii() else folded(word))) is not None:
            self._number(found, meant.keys(), meant)
        else:
            self._beside(found, word)
        self._end = found.end()

    def _beside(self, found: re.Match[str], word: str) -> None:
        """A word that is no number: it opens one, joins two, or ends the row."""
        if word in TIMES:
            self._times = TIMES[word]
            self._opened = found.start() if self._opened is None else self._opened
        elif self._row.said and not JOINS.get(word, NONE).isdisjoint(self._row.languages):
            self._joined = True
        else:
            self.close()
            self._clear()
            if word in PLUS:
                self._opened, self._plus = found.start(), True

    def _number(self, found: re.Match[str], languages: AbstractSet[str], meant: str | dict[str, int]) -> None:
        if self._row.said and (len(self._row.said) >= MOST or self._row.languages.isdisjoint(languages)):
            self.close()
        row = self._row
        row.languages = row.languages & languages
        text = meant if isinstance(meant, str) else str(meant[min(row.languages)])
        start = found.start() if self._opened is None else self._opened
        comma = "," in self._read[self._end : found.start()]
        one = _Said(start, found.end(), text, isinstance(meant, str), comma, self._times)
        row.plus = row.plus or (self._plus and not row.said)
        inside = self._joined or INSIDE.match(self._read, self._end, found.start()) is not None
        if one.figures or not inside or not _joined(row, one, joining=self._joined):
            row.said.append(one)
        self._clear()


def _joined(row: _Row, one: _Said, *, joining: bool) -> bool:
    """Whether a number became one with that before it: ``seventy two``, ``ochenta y ocho``, ``quatre-vingt-dix``."""
    last = row.said[-1] if row.said else None
    if last is None or last.figures or last.times > 1 or one.times > 1 or one.comma:
        return False
    both = _both(int(last.text), int(one.text), row.languages, joining=joining)
    if both is not None:
        last.text, last.end = str(both), one.end
    return both is not None


def _both(before: int, value: int, languages: frozenset[str], *, joining: bool) -> int | None:
    """The number that two parts are; None where they are two numbers."""
    if before == 4 and value == 20 and languages <= SECOND:
        return 80
    hundred = before >= 100 and before % 100 == 0 and 0 < value < 100
    ten = before % 10 == 0 and before % 100 >= (10 if languages & ON_FROM_TEN else 20) and 0 < value < 10
    second = before in {60, 80} and 10 <= value < 20 and languages <= SECOND
    inverted = joining and 0 < before < 10 and value in range(20, 100, 10) and bool(languages & INVERTED)
    return before + value if hundred or ten or second or inverted else None


def _trimmed(row: _Row) -> list[_Said]:
    """A row without the figures around it that are a date, a year or an amount."""
    said = row.said
    words = [place for place, one in enumerate(said) if not one.figures]
    if not words:
        return []
    first, last = words[0], words[-1]
    front = "".join(one.text for one in said[:first])
    if front and (len(front) <= FRONT or front[0] == "0") and len(front) < WHOLE:
        first = 0
    out = said[first : last + 1]
    size = sum(len(one.digits) for one in out)
    for one in said[last + 1 :]:
        if size >= WHOLE or size + len(one.text) > WHOLE + 5:
            break
        out.append(one)
        size += len(one.text)
    return out


def _is_number(said: list[_Said], digits: str) -> bool:
    words = [one for one in said if not one.figures]
    if len(digits) < LEAST or len(digits) > 2 * MOST or YEARS.match(digits):
        return False
    steps = {int(b.text) - int(a.text) for a, b in pairwise(said)}
    if len(steps) == 1 and min(one.times for one in said) == 1 and steps != {0}:
        return False
    listed = all(one.comma for one in said[1:]) and len(said) > 1
    if listed and (all(step >= 0 for step in steps) or all(step <= 0 for step in steps)):
        return False
    hundreds = len(words) >= SAID - 1 and not any(one.comma for one in said[1:]) and len(digits) >= DIALLED
    return len(words) >= SAID or hundreds or (digits[0] == "0" and len(digits) >= DIALLED)
