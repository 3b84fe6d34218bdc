"""(k,m)-anonymity of a column whose cells hold several values (Terrovitis, Mamoulis, Kalnis 2008).

Who knows up to m values of a person's set finds at least k persons. Values are suppressed in the whole column until that
holds: a value that is left out of one cell alone would make others rare.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from anonshare.codes.tables import is_text
from anonshare.disclosure.arrays import np
from anonshare.disclosure.models.base import NOBODY, ClassModel, column_name, refuse, whole
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["KMAnonymity", "rare_items"]

Items = frozenset[str]
MOST_SETS = 5_000_000
"""Sets of values that are counted at most: about a gigabyte."""


@dataclass(frozen=True, slots=True)
class KMAnonymity(ClassModel):
    """Every set of at most ``m`` values that stands in the column is held by at least ``k`` persons.

    Values of a cell stand between ``separator``. It is judged over the whole table, not class by class.
    """

    of: str
    k: int
    m: int
    separator: str = ";"
    items: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """The values of each code from 1 on; known once bound."""
    name = "km_anonymity"
    monotone = True
    nested = True

    def __post_init__(self) -> None:
        column_name(self.of)
        whole(self.k, 1, "k")
        whole(self.m, 1, "m")
        if self.m > 4 or not self.separator or not is_text(self.separator):
            raise refuse("m must be from 1 to 4, and the separator not empty.")

    @property
    def column(self) -> str:
        """The column of sets."""
        return self.of

    @property
    def promised(self) -> str:
        """K and m."""
        return f"{self.k}, {self.m}"

    def bound(self, vocabulary: Sequence[str | None]) -> KMAnonymity:
        """The model that knows which values a code stands for."""
        return replace(self, items=tuple(tuple(sorted(self.values_of(text or ""))) for text in vocabulary[1:]))

    def values_of(self, text: str) -> Items:
        """The values in a cell."""
        return frozenset(part.strip() for part in text.split(self.separator) if part.strip())

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """All: the column is protected by itself, whatever the classes."""
        return np.ones(len(classes.persons), dtype=np.bool_)

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on all persons of a table; each cell of a class counts as its persons'."""
        if not table.persons:
            return Verdict(self.name, False, "recomputed", self.promised, "", (NOBODY,))
        held = table.sensitive.get(self.of)
        if held is None:
            return Verdict(
                self.name, False, "recomputed", self.promised, "", (f"the values of {self.of} were not counted",)
            )
        counts: Counter[Items] = Counter()
        for values in held.values():
            for code, persons in values.items():
                for subset in _subsets(frozenset(self.items[int(code) - 1]), self.m):
                    counts[subset] += persons
        least = min(counts.values(), default=0)
        few = sum(count < self.k for count in counts.values())
        missing = (f"{few} sets of up to {self.m} values of {self.of} are held by fewer than {self.k}",) if few else ()
        return Verdict(self.name, not missing, "recomputed", self.promised, str(least) if counts else "", missing)


def rare_items(sets: Mapping[str, Items], k: int, m: int) -> frozenset[str]:
    """The values to suppress so that every set of up to ``m`` that is left is held by ``k`` persons; ``sets`` by person.

    Greedy: the value in most rare sets first, of equal ones the rarest, then the first in order.
    """
    if sum(math.comb(len(items), size) for items in sets.values() for size in range(1, m + 1)) > MOST_SETS:
        raise refuse(f"The cells of the column hold so many values that their sets of up to {m} cannot all be counted.")
    gone: set[str] = set()
    while True:
        counts = Counter(subset for items in sets.values() for subset in _subsets(items - gone, m))
        rare = [subset for subset, count in counts.items() if count < k]
        if not rare:
            return frozenset(gone)
        worth = Counter(value for subset in rare for value in subset)
        # a value that is rare by itself must go whatever it stands beside
        alone = sorted(value for subset in rare if len(subset) == 1 for value in subset)
        if alone:
            gone.update(alone)
        else:
            gone.add(min(worth, key=lambda value: (-worth[value], counts[frozenset({value})], value)))


def _subsets(items: Items, m: int) -> Iterator[Items]:
    for size in range(1, m + 1):
        yield from map(frozenset, combinations(sorted(items), size))
