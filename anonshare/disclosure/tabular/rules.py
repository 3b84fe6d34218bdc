"""Primary rules: which cells are too telling to be published, whatever stands beside them.

Hundepool et al. 2012, Statistical Disclosure Control, chapter 4: the minimum frequency, (n,k) dominance, the p% rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.errors import DisclosureError

__all__ = ["Cell", "Dominance", "MinContributors", "MinCount", "PPercent", "Rule"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What a rule looks at: distinct persons, distinct contributors, and what each contributor has, largest first."""

    persons: int
    contributors: int
    shares: Sequence[int]


@dataclass(frozen=True, slots=True)
class MinCount:
    """At least ``persons`` distinct persons."""

    persons: int

    def __post_init__(self) -> None:
        _whole(self.persons, 2, "The least count")

    def safe(self, cell: Cell) -> bool:
        """Whether the cell may be published."""
        return cell.persons >= self.persons


@dataclass(frozen=True, slots=True)
class MinContributors:
    """At least ``contributors`` distinct organisations."""

    contributors: int

    def __post_init__(self) -> None:
        _whole(self.contributors, 2, "The least number of contributors")

    def safe(self, cell: Cell) -> bool:
        """Whether the cell may be published."""
        return cell.contributors >= self.contributors


@dataclass(frozen=True, slots=True)
class Dominance:
    """The ``largest`` contributors have at most ``percent`` % of the amount together."""

    largest: int
    percent: float

    def __post_init__(self) -> None:
        _whole(self.largest, 1, "The number of the largest")
        _percent(self.percent)

    def safe(self, cell: Cell) -> bool:
        """Whether the cell may be published."""
        return 100 * sum(cell.shares[: self.largest]) <= self.percent * sum(cell.shares)


@dataclass(frozen=True, slots=True)
class PPercent:
    """The second largest contributor cannot know the largest one's amount to within ``percent`` % of it."""

    percent: float

    def __post_init__(self) -> None:
        _percent(self.percent)

    def safe(self, cell: Cell) -> bool:
        """Whether the cell may be published."""
        return 100 * sum(cell.shares[2:]) >= self.percent * cell.shares[0] if cell.shares else True


Rule = MinCount | MinContributors | Dominance | PPercent


def _whole(value: object, least: int, what: str) -> None:
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < least:
        raise DisclosureError(f"{what} is a whole number, at least {least}.", reason="parameters")


def _percent(value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 100:
        raise DisclosureError("A percentage is a number between 0 and 100.", reason="parameters")
