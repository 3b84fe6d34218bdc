"""The values of a column that are looked at: placeholders are none, and a thousand stand for all lengths and shapes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from zlib import crc32

from anonshare.codes.headers import word_list

__all__ = ["CATEGORY", "MOST", "Sample", "sample"]

MOST = 1000
LONGEST = 2000
"""Characters of a value that are looked at; what is longer is text."""

CATEGORY = 30
"""Values that a list to choose from has at most."""

SEVERAL = re.compile(r"[;|]")
FLOAT = re.compile(r"(-?[0-9]{1,18})[.,]0{1,2}")
SHAPE = ((re.compile(r"[^\W\d_]+"), "a"), (re.compile(r"[0-9]+"), "9"), (re.compile(r"\s+"), " "))


@dataclass(frozen=True, slots=True)
class Sample:
    """``texts``: the distinct values that are looked at; ``filled`` and ``distinct`` count all of them.

    ``choices``: how many different parts the values have where several answers stand in a cell (``a;b``).
    """

    texts: tuple[str, ...] = field(repr=False)
    filled: int
    distinct: int
    choices: int

    @property
    def singling(self) -> bool:
        """Whether a value picks few rows: none is repeated, most are rare, or there are more than a category has."""
        few = min(self.distinct, self.choices)
        return self.distinct == self.filled or (few >= 3 and (few >= 0.5 * self.filled or few > CATEGORY))


def sample(values: Mapping[str, int]) -> Sample:
    """The sample of a column's distinct values (value -> rows that hold it); the same for the same values in any order.

    Whole numbers that a program read as floats (``34.0``) are read as they were.
    """
    told: dict[str, int] = {}
    for value, rows in values.items():
        text = _plain(value)
        if text:
            told[text] = told.get(text, 0) + rows
    parts = {part.strip() for text in told for part in SEVERAL.split(text)}
    return Sample(_spread(told), sum(told.values()), len(told), len(parts))


def _plain(value: str) -> str:
    text = " ".join(value[:LONGEST].split())
    if text.casefold() in word_list("nothing"):
        return ""
    whole = FLOAT.fullmatch(text)
    return whole[1] if whole else text


def _spread(told: Mapping[str, int]) -> tuple[str, ...]:
    """All values, or a thousand: one of each length and shape in turn, in an order that no sorting of a sheet makes."""
    if len(told) <= MOST:
        return tuple(sorted(told))
    strata: dict[tuple[int, str], list[str]] = {}
    for text in told:
        strata.setdefault((len(text).bit_length(), _shape(text)), []).append(text)
    drawn = [
        sorted(group, key=lambda text: (crc32(text.encode("utf-8", "replace")), text)) for group in strata.values()
    ]
    turns = chain.from_iterable(zip_longest(*sorted(drawn, key=lambda group: (-len(group), group[0]))))
    return tuple(text for text, _ in zip((t for t in turns if t is not None), range(MOST), strict=False))


def _shape(text: str) -> str:
    shape = text[:40]
    for pattern, letter in SHAPE:
        shape = pattern.sub(letter, shape)
    return shape[:12]
