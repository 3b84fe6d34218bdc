"""A text as recognizers read it: its words with their places, and the places where a number can begin.

It is made once a text. Recognizers look words up in dictionaries and try patterns only where a number begins, so that
hundreds of classes cost one pass; a pattern is anchored at its place and never searches.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

__all__ = ["LETTERS", "Lexicon", "Reading", "Word", "folded", "words_of"]

T = TypeVar("T")

WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
DIGIT = re.compile(r"\d")
NUMBER_START = re.compile(
    r"(?<![^\W_])(?=[(+]{0,2}[0-9]|[A-Z\u0400-\u042f]{1,6}(?:[ ./-]{1,2}[A-Z]{1,3}){0,2}[ ./·-]{0,2}[0-9]|[A-Za-z]{1,4}[0-9])"
)
"""Before a digit, a plus or a bracket, or before letters that a digit follows; ``CNP 1850…`` has two."""


@dataclass(frozen=True, slots=True)
class Word:
    """``[start, end)`` in the text and the word in folded case."""

    start: int
    end: int
    fold: str = field(repr=False)


@dataclass(frozen=True)
class Reading:
    """``text`` is a view (see ``view_of``); everything else follows from it, each part made when first asked for."""

    text: str = field(repr=False)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words in order; an apostrophe is inside of one, a hyphen parts two."""
        return tuple(Word(m.start(), m.end(), m.group().casefold()) for m in WORD.finditer(self.text))

    @cached_property
    def plain(self) -> tuple[str, ...]:
        """The folded words without their accents, as gazetteers write them."""
        return tuple(w.fold if w.fold.isascii() else _without_accents(w.fold) for w in self.words)

    @cached_property
    def caseless(self) -> bool:
        """Whether case says nothing here: all letters are small, or all are capitals."""
        return self.text == self.text.lower() or self.text == self.text.upper()

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """Where a number may begin: at a digit, a plus or a bracket before one, or at up to six letters before one."""
        return tuple(m.start() for m in NUMBER_START.finditer(self.text))

    @cached_property
    def digits(self) -> bool:
        """Whether a digit stands anywhere."""
        return DIGIT.search(self.text) is not None

    @cached_property
    def folds(self) -> frozenset[str]:
        """The folded words, each once: most rules need one of a few, and most texts have none."""
        return frozenset(w.fold for w in self.words)


LETTERS = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "þ": "th"})
"""Letters that Unicode does not take apart: SARIKAYA in capitals has an I that folds to another letter than ı."""


def folded(word: str) -> str:
    """One word in folded case and without accents, as ``Reading.plain`` has it."""
    fold = word.casefold()
    return fold if fold.isascii() else _without_accents(fold)


def _without_accents(fold: str) -> str:
    plain = unicodedata.normalize("NFKD", fold.translate(LETTERS))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not "\u0300" <= c <= "\u036f"))


def words_of(phrase: str) -> tuple[str, ...]:
    """The folded words of a phrase, cut as a text is."""
    return tuple(m.group().casefold() for m in WORD.finditer(phrase))


class Lexicon(Generic[T]):
    """Phrases and what they mean, found in one pass over a text's words; the longest phrase at a place wins."""

    def __init__(self, phrases: Mapping[str, T] | Iterable[tuple[str, T]]) -> None:
        pairs = phrases.items() if isinstance(phrases, Mapping) else phrases
        self._first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, meaning in pairs:
            words = words_of(phrase)
            if words:
                self._first.setdefault(words[0], []).append((words[1:], meaning))
        for rest in self._first.values():
            rest.sort(key=lambda one: -len(one[0]))

    def find(self, reading: Reading) -> Iterator[tuple[int, int, T]]:
        """``(start, end, meaning)``: the first and the last word's places, in characters; never two that overlap."""
        words = reading.words
        skip = 0
        for i, word in enumerate(words):
            if i < skip:
                continue
            for rest, meaning in self._first.get(word.fold, ()):
                end = i + 1 + len(rest)
                if end <= len(words) and all(words[i + 1 + j].fold == r for j, r in enumerate(rest)):
                    yield word.start, words[end - 1].end, meaning
                    skip = end
                    break
