"""Generalization hierarchies: from a value to coarser labels, up to the level below the root (no value at all).

All fulfil ``shapes.Hierarchy``: ``path`` has always ``height`` labels, and a coarser label never splits. Each family
has a file of its own; here they are found by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from anonshare.codes.age_bands import age_5, age_10, minor_adult
from anonshare.codes.ages import CtdcAge
from anonshare.codes.amounts import Amount
from anonshare.codes.bands import Bands, Intervals, number_bands, number_intervals
from anonshare.codes.dates import DateHierarchy
from anonshare.codes.industries import Isic
from anonshare.codes.places import PlaceHierarchy
from anonshare.codes.regions import UnRegion
from anonshare.codes.tables import Table, flat, read_hierarchy_csv
from anonshare.errors import PolicyError
from anonshare.shapes import Hierarchy

__all__ = [
    "BUILTIN",
    "FROM_DATES",
    "Bands",
    "Intervals",
    "NotCovered",
    "Table",
    "UnRegion",
    "flat",
    "hierarchy",
    "not_covered",
    "number_bands",
    "number_intervals",
    "read_hierarchy_csv",
]

_AGES: Mapping[str, Callable[[date], Hierarchy]] = {
    "ctdc_age": CtdcAge,
    "age_5": age_5,
    "age_10": age_10,
    "minor_adult": minor_adult,
}
_OTHERS: Mapping[str, Callable[[], Hierarchy]] = {
    "date": DateHierarchy,
    "un_region": UnRegion,
    "isic": Isic,
    "amount": Amount,
    "place": PlaceHierarchy,
}
BUILTIN = (*_AGES, *_OTHERS)
FROM_DATES = frozenset({*_AGES, "date"})
"""The hierarchies that read ISO dates: a column of dates is brought into that form first."""


def hierarchy(name: str, *, as_of: date) -> Hierarchy:
    """A hierarchy of the field by its name; ``as_of`` is the day for which ages are computed from birth dates."""
    if name in _AGES:
        return _AGES[name](as_of)
    if name in _OTHERS:
        return _OTHERS[name]()
    raise PolicyError(
        f"There is no hierarchy {name!r}.", hint=f"There is: {', '.join(BUILTIN)}; or name one under hierarchies:."
    )


@dataclass(frozen=True, slots=True)
class NotCovered:
    """How much of a column a hierarchy does not know: distinct values, and cells."""

    values: int
    cells: int


def not_covered(found: Hierarchy, counts: Mapping[str, int]) -> NotCovered:
    """What a hierarchy does not know of a column, given how often each value occurs."""
    cells = [count for value, count in counts.items() if found.path(value) is None]
    return NotCovered(len(cells), sum(cells))
