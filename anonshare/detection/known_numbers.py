"""A number in a text whatever stands between its characters: the letters and digits of the text are searched once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from anonshare.identifiers.scripts import latin

__all__ = ["LONGEST", "Compact", "compacted", "folded"]

CHARACTERS = re.compile(r"[^\W_]")

FARTHEST = 4
"""Places from one character of a number to the next: three marks may stand between."""

LONGEST = 600
"""Characters of a value that are searched: who writes these writes the rest too."""

PREFIX = re.compile(r"(?<![^\W_])(?:[+(]{0,2}[0-9]{1,5}[\s.\-/()]{0,2}){0,3}\Z")
PREFIXED = 32
"""Characters that a prefix has at the most."""


class Compact:
    """The letters and digits of one text, each with its place; it lives as long as the text is looked at."""

    __slots__ = ("__dict__", "_text")

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def folded(self) -> str:
        """The text in small letters without accents, every character at its place."""
        return folded(self._text)

    @cached_property
    def letters(self) -> str:
        """The letters and digits of the text alone."""
        return "".join(CHARACTERS.findall(self.folded))

    @cached_property
    def _places(self) -> list[int]:
        return [i for i, c in enumerate(self.folded) if c.isalnum()]

    def find(self, value: str, *, prefixed: bool = False) -> Iterator[tuple[int, int]]:
        """Where a compacted value stands as a whole; ``prefixed``: behind up to three groups of digits as well."""
        value = value[:LONGEST]
        at = self.letters.find(value) if value else -1
        while at >= 0:
            stretch = self._stretch(at, at + len(value) - 1, prefixed=prefixed)
            if stretch is not None:
                yield stretch
            at = self.letters.find(value, at + (1 if stretch is None else len(value)))

    def _stretch(self, first: int, last: int, *, prefixed: bool) -> tuple[int, int] | None:
        places = self._places
        start, end = places[first], places[last] + 1
        if (last < len(places) - 1 and places[last + 1] == end) or not self._close(first, last):
            return None
        if prefixed:
            before = PREFIX.search(self._text, max(0, start - PREFIXED), start)
            return None if before is None else (before.start(), end)
        if first and places[first - 1] == start - 1:
            return None
        marked = start > 0 and self._text[start - 1] in "+@" and not (first and places[first - 1] == start - 2)
        return (start - 1 if marked else start), end

    def _close(self, first: int, last: int) -> bool:
        places = self._places
        if places[last] - places[first] == last - first:
            return True
        return all(places[i + 1] - places[i] <= FARTHEST for i in range(first, last))


def compacted(text: str) -> str:
    """The letters and digits of a value, as they are looked for."""
    return "".join(CHARACTERS.findall(folded(text)))


def folded(text: str) -> str:
    """The text in small letters without accents, every character at its place."""
    return text.lower() if text.isascii() else "".join(map(_letter, text))


@lru_cache(maxsize=4096)
def _letter(character: str) -> str:
    for plain in (latin(character), character.lower()):
        if len(plain) == 1:
            return plain
    return character
