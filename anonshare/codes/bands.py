"""Whole numbers in bands between cut points, and in intervals with names of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from anonshare.errors import PolicyError

__all__ = ["Bands", "Interval", "Intervals", "interval_fault", "number_bands", "number_intervals"]


def _whole(value: str) -> int | None:
    """A whole number, also as spreadsheets write it (``3.0``)."""
    try:
        return int(float(value)) if float(value) == int(float(value)) else None
    except (ValueError, OverflowError):
        return None


@dataclass(frozen=True)
class Bands:
    """Whole numbers in bands between cut points, then pairs of bands, then pairs of those, up to the root."""

    edges: tuple[int, ...]
    name: str = "bands"

    @cached_property
    def _levels(self) -> list[tuple[int, ...]]:
        levels = [self.edges]
        while len(levels[-1]) > 2:
            levels.append(tuple(levels[-1][::2]))
        return levels

    @property
    def height(self) -> int:
        """Levels below the root: the bands, and their pairs."""
        return len(self._levels)

    @property
    def domain(self) -> int:
        """The number of bands, those below the first and above the last cut point included."""
        return len(self.edges) + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """The bands of a whole number; None for anything else."""
        number = _whole(value)
        return None if number is None else tuple(_band(edges, number) for edges in self._levels)

    def leaves(self, level: int, label: str) -> int:
        """The number of finest bands under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        inside = [self.edges[0] - 1, *self.edges]
        return [Counter(_band(edges, number) for number in inside) for edges in self._levels]


def _band(edges: Sequence[int], number: int) -> str:
    below = [edge for edge in edges if edge <= number]
    above = [edge for edge in edges if edge > number]
    if not below:
        return f"<{edges[0]}"
    if not above:
        return f"{below[-1]}+"
    return str(below[-1]) if above[0] == below[-1] + 1 else f"{below[-1]}-{above[0] - 1}"


def number_bands(edges: Sequence[int]) -> Bands:
    """Bands between ascending cut points; raises PolicyError where they do not ascend."""
    if not edges or list(edges) != sorted(set(edges)):
        raise PolicyError("The cut points of bands must ascend.", hint="For example: bands: [1, 2, 5, 10, 50]")
    return Bands(tuple(edges))


@dataclass(frozen=True, slots=True)
class Interval:
    """Whole numbers from ``low`` to ``high``, both of them in it; None is open."""

    low: int | None
    high: int | None
    label: str


def interval_fault(intervals: Sequence[Interval]) -> str:
    """What is wrong with intervals, named by their positions; empty where they follow each other without a gap."""
    if not intervals:
        return "name at least one interval"
    for place, one in enumerate(intervals, 1):
        if one.low is not None and one.high is not None and one.low > one.high:
            return f"interval {place} ends before it starts"
    for place, (one, after) in enumerate(pairwise(intervals), 1):
        if one.high is None or after.low is None or after.low <= one.high:
            return f"intervals {place} and {place + 1} overlap, or do not ascend"
        if after.low > one.high + 1:
            return f"between intervals {place} and {place + 1} is a gap"
    labels = [one.label for one in intervals]
    twice = next((place for place, label in enumerate(labels, 1) if label in labels[: place - 1]), None)
    return "" if twice is None else f"interval {twice} has the label of an earlier one"


@dataclass(frozen=True)
class Intervals:
    """Whole numbers become the labels of the intervals that hold them."""

    intervals: tuple[Interval, ...] = field(repr=False)
    name: str = "intervals"
    height: int = 1

    @property
    def domain(self) -> int:
        """The number of intervals."""
        return len(self.intervals)

    def path(self, value: str) -> tuple[str, ...] | None:
        """The label of a whole number's interval; None for other numbers and anything else."""
        number = _whole(value)
        if number is None:
            return None
        held = (one for one in self.intervals if one.high is None or number <= one.high)
        first = next(held, None)
        return (first.label,) if first is not None and (first.low is None or first.low <= number) else None

    def leaves(self, level: int, label: str) -> int:
        """One interval, where the label is one's."""
        return sum(level == 0 and one.label == label for one in self.intervals)


def number_intervals(intervals: Sequence[Interval], name: str = "intervals") -> Intervals:
    """Intervals as a hierarchy; raises PolicyError where they overlap, leave a gap or share a label."""
    if fault := interval_fault(intervals):
        raise PolicyError(
            f"The intervals are not sound: {fault}.",
            hint="For example: intervals: [{from: 0, to: 12, label: child}, {from: 13, to: 17, label: teenager}]",
        )
    return Intervals(tuple(intervals), name)
