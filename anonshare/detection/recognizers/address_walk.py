"""A text as an address is read: which words can be a name, a house number, a part of a house; and what stands between."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.address_words import AND_COUNTRIES, CONNECTORS, NO_NAME, STOPS
from anonshare.detection.recognizers.dates_quantities import NAMES, PEOPLE, THINGS
from anonshare.detection.recognizers.dates_words import MONTHS, WEEKDAYS
from anonshare.detection.recognizers.dates_words import UNITS as TIMES

__all__ = ["Walk"]

LEADS = frozenset({"at", "to", "of", "in", "is", "on", "are", "with"})
PAD = 16
"""No rule looks further than so many words beyond an end."""

HOUSE = re.compile(r"[0-9]{1,5}[a-z]?")
ORDINAL = re.compile(r"[0-9]{1,3}(?:st|nd|rd|th)")
LINE = re.compile(r"[ \t,.;]{0,3}\r?\n[ \t\r\n>?|*,#-]{0,8}")
TIMELY = MONTHS | WEEKDAYS | TIMES.keys() | NAMES
NOT_STREETS = TIMELY | PEOPLE | THINGS


@dataclass(frozen=True)
class Walk:
    """The words of a reading with what an address wants to know of them; indices out of range are no word."""

    reading: Reading

    @cached_property
    def lower(self) -> bool:
        """Whether the text is written without capitals: then they tell nothing."""
        text = self.reading.text
        return text == text.lower()

    @cached_property
    def crosses(self) -> bool:
        """Whether any two things are joined by ``and``, as the streets of a corner are."""
        return "and" in self.folds

    @cached_property
    def folds(self) -> tuple[str, ...]:
        """The words in folded case, with nothing on both sides of them (an index below 0 counts from the end)."""
        return (*(word.fold for word in self.reading.words), *[""] * PAD)

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What stands behind each word, with a sign that parts behind the last one and where no word is."""
        text, words = self.reading.text, self.reading.words
        return (*(text[one.end : two.start] for one, two in pairwise(words)), *["\x00"] * (PAD + bool(words)))

    def fold(self, i: int) -> str:
        """A word in folded case, or nothing."""
        return self.folds[i]

    def gap(self, i: int) -> str:
        """What stands between word ``i`` and the next one; a sign that parts where either is missing."""
        return self.gaps[i]

    def capital(self, i: int) -> bool:
        """Whether a word begins with a capital."""
        return self.reading.text[self.reading.words[i].start].isupper()

    def name(self, i: int) -> bool:
        """Whether a word can be one of a name."""
        fold = self.fold(i)
        if not fold or fold in (NOT_STREETS if self.lower else TIMELY):
            return False
        if fold[0].isdigit() or fold[-1].isdigit():
            return ORDINAL.fullmatch(fold) is not None
        return fold not in STOPS if self.lower else self.capital(i) and fold not in NO_NAME

    def plain(self, i: int) -> bool:
        """Whether a word is written as names are: in small letters but for the first, or all text is in small ones."""
        return self.lower or self.reading.text[self.reading.words[i].start + 1 : self.reading.words[i].end].islower()

    def number(self, i: int) -> bool:
        """Whether a word can be a house number."""
        return HOUSE.fullmatch(self.fold(i)) is not None

    def together(self, i: int) -> bool:
        """Whether word ``i`` and the next one stand in one name: a space, a hyphen, a dot behind an abbreviation."""
        gap = self.gap(i)
        return gap in {" ", "-", " - "} or (gap in {". ", "."} and (len(self.fold(i)) <= 4))

    def names_before(self, i: int, most: int = 5) -> int:
        """The first word of the name that ends before word ``i``; ``i`` where none does."""
        first, at = i, i - 1
        while i - at <= most and at >= 0 and self.together(at):
            if self.name(at):
                first = at
            elif self.fold(at) not in CONNECTORS or self.capital(at):
                break
            at -= 1
        return first

    def names_after(self, i: int, most: int = 6, *, free: bool = False) -> int:
        """The last word of the name that begins behind word ``i``; ``i`` where none does.

        Where it is ``free``, a street's word stands before, and the name may be a date: ``rue du 4 Septembre``.
        """
        last, at = i, i + 1
        while at - i <= most and (at == i + 1 or self.together(at - 1)):
            fold = self.fold(at)
            if self.name(at) or (free and self._dated(at)):
                last = at
            elif not (fold in CONNECTORS or (fold == "and" and self.fold(at + 1) in AND_COUNTRIES | {"the"})):
                break
            at += 1
        return last

    def names_up_to(self, i: int) -> int:
        """The first word of a name before a part of a house that a comma or a line parts from it."""
        at = i - 1
        first = i
        while at >= 0 and i - at <= 5 and (self.name(at) or self.fold(at) in CONNECTORS):
            if self.name(at):
                first = at
            if not self.together(at - 1):
                break
            at -= 1
        return first

    def numbers_before(self, i: int) -> int:
        """The first of at most two house numbers before word ``i``; ``i`` where none stands there."""
        first = i - 1 if self.fold(i - 1) in {"bis", "ter"} and self.number(i - 2) else i
        while (
            i - first < 2
            and self.number(first - 1)
            and self.gap(first - 1) in {" ", ", "}
            and not self._inside(first - 1)
        ):
            first -= 1
        return first

    def led(self, i: int) -> bool:
        """Whether before word ``i`` stands what leads to a place: a preposition, a colon, a new line."""
        gap = self.gap(i - 1)
        return (
            self.fold(i - 1) in LEADS
            or gap in {"\x00", ": "}
            or gap.endswith("\n")
            or (":" in gap and gap.endswith(" "))
        )

    def line(self, i: int) -> bool:
        """Whether word ``i`` ends its line."""
        return LINE.fullmatch(self.gap(i)) is not None

    def _dated(self, i: int) -> bool:
        """Whether a word is part of a date that names a street."""
        if self.fold(i) in MONTHS | WEEKDAYS:
            return self.capital(i) or self.fold(i - 1) in CONNECTORS or self.number(i - 1)
        of = self.fold(i + 1) in CONNECTORS and self.fold(i + 2) in MONTHS
        return self.number(i) and (self.fold(i + 1) in MONTHS or of)

    def _inside(self, i: int) -> bool:
        """Whether a number is the end of a longer one (``3.14``, ``12/04``)."""
        start = self.reading.words[i].start
        before = self.reading.text[max(0, start - 2) : start]
        return len(before) == 2 and before[1] in ".,/-:" and before[0].isdigit()
