"""Rows that may be of one person under two keys, told by row number: a person counted twice overstates k."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anonshare.identifiers.near import near_pairs
from anonshare.pipeline.inputs import Inputs

if TYPE_CHECKING:
    from anonshare.engine.coding import Coded

__all__ = ["NearRows", "near_rows"]


@dataclass(frozen=True, slots=True)
class NearRows:
    """Two rows of a table whose units differ by a slip; ``sheet`` tells whether the numbers are those of a sheet."""

    table: str
    one: int
    two: int
    sheet: bool


def near_rows(inputs: Inputs, coded: Coded, numbers: dict[str, list[int]]) -> tuple[NearRows, ...]:
    """The first row of each of two persons with nearly the same key.

    ``numbers`` holds, for each counted table, the place in the file (from 0) of every row that may leave, -1 for one that stands in
    no file of today.
    """
    pairs = near_pairs(coded.people)
    if not pairs:
        return ()
    places = [(table, place) for table in inputs.policy.counted for place in numbers[table]]
    first: dict[int, int] = {}
    for row, person in enumerate(coded.person.tolist()):
        first.setdefault(person, row)
    named = ((places[first[a]], places[first[b]]) for a, b in pairs)
    return tuple(_named(inputs, one, two) for one, two in named if one[1] >= 0 and two[1] >= 0)


def _named(inputs: Inputs, one: tuple[str, int], two: tuple[str, int]) -> NearRows:
    source = inputs.sources[one[0]]
    row_of = getattr(source, "row_of", None)
    if row_of is None or one[0] != two[0]:
        return NearRows(one[0], one[1] + 1, two[1] + 1, sheet=False)
    return NearRows(one[0], row_of(one[1]), row_of(two[1]), sheet=True)
