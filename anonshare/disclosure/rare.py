"""Rare combinations: values of up to four columns that occur together for fewer than k persons.

A record that is safe in the declared quasi-identifiers can be alone in a pair with any other column, so all columns that
leave are looked at, missing values as values. Up to a length all combinations are counted; above it the minimal rare sets
alone: rare ones all of whose parts are not (the special uniques of SUDA: Elliot et al. 2002; Haglin and Manning 2007).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from anonshare.disclosure.arrays import np

__all__ = ["MOST_WORK", "RareReport", "rare_combinations", "rare_in_codes"]

MOST_WORK = 4_000_000_000
"""Cells (rows times columns of a subset) that are looked at; what is beyond is left out, and said."""
_DENSE = 1 << 22

Subset = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class RareReport:
    """Counts, never values. ``combinations`` and ``rare`` by length, for lengths that were counted wholly.

    ``minimal`` are minimal rare sets by length; ``columns`` tells in how many of them each column takes part;
    ``persons`` hold at least one. ``left_out`` counts the subsets of columns that were not looked at, by length.
    """

    k: int
    combinations: Mapping[int, int]
    rare: Mapping[int, int]
    minimal: Mapping[int, int]
    columns: Mapping[str, int]
    persons: int
    left_out: Mapping[int, int] = field(default_factory=dict)

    @property
    def rare_share(self) -> float:
        """The share of the counted combinations that is rare."""
        whole = sum(self.combinations.values())
        return sum(self.rare.values()) / whole if whole else 0.0


def rare_in_codes(
    codes: Sequence[np.ndarray],
    names: Sequence[str],
    person: np.ndarray,
    k: int,
    *,
    full: int = 3,
    longest: int = 4,
    most_work: int = MOST_WORK,
) -> RareReport:
    """Count rare combinations of columns given as codes, int32 per row, 0 where missing.

    ``person`` int64 per row: distinct persons count, never rows. Combinations are counted wholly to length ``full``,
    minimal rare sets to length ``longest``.
    """
    search = _Search([_dense(one) for one in codes], person, k, most_work)
    totals: dict[int, int] = {}
    rare: dict[int, int] = {}
    minimal: dict[int, int] = {}
    of_column = dict.fromkeys(names, 0)
    for length in range(1, min(longest, len(codes)) + 1):
        minimal[length] = 0
        if length <= full:
            totals[length] = rare[length] = 0
        for subset in search.subsets(length):
            found = search.count(subset, whole=length <= full, keep=length < longest)
            minimal[length] += found.minimal
            for c in subset:
                of_column[names[c]] += found.minimal
            if length <= full:
                totals[length] += found.combinations
                rare[length] += found.rare
    return RareReport(k, totals, rare, minimal, of_column, search.touched(), search.left_out)


def rare_combinations(
    columns: Mapping[str, Sequence[str | None]], k: int, *, unit: Sequence[Hashable] | None = None
) -> RareReport:
    """``rare_in_codes`` for columns of text by name; ``unit`` tells whose each row is, each row is a person without it."""
    codes = [_codes(cells) for cells in columns.values()]
    rows = len(codes[0]) if codes else 0
    person = np.arange(rows) if unit is None else _codes(unit)
    return rare_in_codes(codes, list(columns), person, k)


def _codes(cells: Iterable[Hashable]) -> np.ndarray:
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(cell, len(number)) for cell in cells], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class _Found:
    combinations: int
    rare: int
    minimal: int


class _Search:
    """Subsets in order of their length; of each it remembers in which rows it is rare, as bits."""

    def __init__(self, codes: Sequence[tuple[np.ndarray, int]], person: np.ndarray, k: int, most_work: int) -> None:
        self._codes, self._k, self._left = list(codes), k, most_work
        self._person = person
        self._single = len(np.unique(person)) == len(person)
        self._rare: dict[Subset, np.ndarray] = {}
        self._someone = np.zeros(len(person), dtype=np.bool_)
        self.left_out: dict[int, int] = {}

    def subsets(self, length: int) -> Iterator[Subset]:
        """Those of a length that the work that is left allows; the others are counted."""
        for subset in combinations(range(len(self._codes)), length):
            self._left -= len(self._person) * length
            known = length == 1 or all(part in self._rare for part in combinations(subset, length - 1))
            if self._left < 0 or not known:
                self.left_out[length] = self.left_out.get(length, 0) + 1
            else:
                yield subset

    def count(self, subset: Subset, *, whole: bool, keep: bool) -> _Found:
        """Count the combinations of a subset; where it is not counted wholly, only rows in which no part is rare."""
        free = self._free(subset)
        rows = np.ones(len(self._person), dtype=np.bool_) if whole else free
        number, persons = self._persons(subset, rows)
        few = persons < self._k
        there = persons > 0
        rare_here = np.zeros(len(self._person), dtype=np.bool_)
        rare_here[rows] = few[number]
        minimal = rare_here & free
        self._someone |= rare_here
        if keep:
            self._rare[subset] = np.packbits(rare_here | ~free)
        numbers = np.unique(number[minimal[rows]])
        return _Found(int(there.sum()), int((few & there).sum()), len(numbers))

    def touched(self) -> int:
        """Persons who hold at least one rare combination."""
        return len(np.unique(self._person[self._someone]))

    def _free(self, subset: Subset) -> np.ndarray:
        """Bool per row: no part of the subset is rare in it."""
        free = np.ones(len(self._person), dtype=np.bool_)
        if len(subset) > 1:
            for part in combinations(subset, len(subset) - 1):
                free &= ~np.unpackbits(self._rare[part], count=len(free)).astype(np.bool_)
        return free

    def _persons(self, subset: Subset, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The number of the combination in each of some rows, and the persons of each number."""
        key, width = np.zeros(int(rows.sum()), dtype=np.int64), 1
        for c in subset:
            codes, distinct = self._codes[c]
            if width * distinct > 1 << 40:
                _, key = np.unique(key, return_inverse=True)
                width = int(key.max(initial=-1)) + 1
            key = key * distinct + codes[rows]
            width *= distinct
        if width > _DENSE:
            _, key = np.unique(key, return_inverse=True)
            width = int(key.max(initial=-1)) + 1
        if self._single:
            return key, np.bincount(key, minlength=width)
        size = int(self._person.max(initial=0)) + 1
        pairs = np.unique(key * size + self._person[rows])
        return key, np.bincount(pairs // size, minlength=width)


def _dense(codes: np.ndarray) -> tuple[np.ndarray, int]:
    _, dense = np.unique(codes, return_inverse=True)
    return dense.astype(np.int64), int(dense.max(initial=-1)) + 1
