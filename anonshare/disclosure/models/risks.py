"""Bounds on re-identification risk, as models (El Emam and Dankar 2008; Dankar et al. 2012; names of ARX and sdcMicro)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.disclosure.models.base import NOBODY, ClassModel, number, refuse, told, whole
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["AverageRisk", "JournalistRisk", "MarketerRisk", "ProsecutorRisk"]

_TINY = 1e-12


def _checked(bound: float) -> None:
    if not 0 < number(bound, "A risk") <= 1:
        raise refuse("A risk is more than 0, and at most 1.")


@dataclass(frozen=True, slots=True)
class ProsecutorRisk(ClassModel):
    """Nobody who is known to be in the table is found with a higher probability than ``at_most``: 1 by class size."""

    at_most: float
    name = "prosecutor_risk"
    monotone = True
    nested = True

    def __post_init__(self) -> None:
        _checked(self.at_most)

    @property
    def promised(self) -> str:
        """The bound."""
        return told(self.at_most)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is large enough."""
        return np.asarray(1 / np.maximum(classes.persons, 1) <= self.at_most + _TINY)

    def found(self, classes: ClassCounts) -> str:
        """The highest risk."""
        return told(float(1 / classes.persons.min()))


@dataclass(frozen=True, slots=True)
class AverageRisk(ClassModel):
    """The mean of all persons' prosecutor risks is at most ``at_most``: classes by persons."""

    at_most: float
    name = "average_risk"
    monotone = True
    nested = True
    joint = True

    def __post_init__(self) -> None:
        _checked(self.at_most)

    @property
    def promised(self) -> str:
        """The bound."""
        return told(self.at_most)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """All: classes are judged together."""
        return np.ones(len(classes.persons), dtype=np.bool_)

    def together(self, persons: np.ndarray) -> bool:
        """Whether there are few enough classes for their persons."""
        there = persons[persons > 0]
        return len(there) == 0 or len(there) <= self.at_most * int(there.sum()) + _TINY

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on all classes of a table together."""
        persons = sum(table.persons.values())
        if not persons:
            return Verdict(self.name, False, "recomputed", self.promised, "", (NOBODY,))
        risk = len(table.persons) / persons
        missing = (f"the mean risk is {told(risk)}",) if risk > self.at_most + _TINY else ()
        return Verdict(self.name, not missing, "recomputed", self.promised, told(risk), missing)


@dataclass(frozen=True, slots=True)
class MarketerRisk(ClassModel):
    """Of a population of ``population`` persons of whom these are a sample, at most the share ``at_most`` is found.

    Without class sizes of the population each class is expected to be there as often as the sample's share says.
    """

    at_most: float
    population: int
    name = "marketer_risk"
    monotone = True
    nested = True
    joint = True

    def __post_init__(self) -> None:
        _checked(self.at_most)
        whole(self.population, 1, "The persons of a population")

    @property
    def promised(self) -> str:
        """The bound."""
        return told(self.at_most)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """All: classes are judged together."""
        return np.ones(len(classes.persons), dtype=np.bool_)

    def together(self, persons: np.ndarray) -> bool:
        """Whether the expected share is small enough."""
        return self._risk(int((persons > 0).sum()), int(persons.sum())) <= self.at_most + _TINY

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on all classes of a table together."""
        persons = sum(table.persons.values())
        if not persons:
            return Verdict(self.name, False, "recomputed", self.promised, "", (NOBODY,))
        risk = self._risk(len(table.persons), persons)
        missing = (f"the expected share is {told(risk)}",) if risk > self.at_most + _TINY else ()
        return Verdict(self.name, not missing, "attested", self.promised, told(risk), missing)

    def _risk(self, classes: int, persons: int) -> float:
        if not persons:
            return 0.0
        # a class of f in the sample is one of F = f / fraction in the population: 1 / n * sum f / F
        fraction = min(persons / max(self.population, persons), 1.0)
        return min(classes / persons * fraction, 1.0) if math.isfinite(fraction) else 1.0


@dataclass(frozen=True, slots=True)
class JournalistRisk(ClassModel):
    """Of a population of ``population`` persons of whom these are a sample, nobody is found more probably than ``at_most``.

    The adversary does not know who is in the sample. Without class sizes of the population a class of f is expected to be
    one of F = f / fraction there, and the risk is 1 / F of the smallest (El Emam and Dankar 2008).
    """

    at_most: float
    population: int
    name = "journalist_risk"
    monotone = True
    nested = True
    joint = True

    def __post_init__(self) -> None:
        _checked(self.at_most)
        whole(self.population, 1, "The persons of a population")

    @property
    def promised(self) -> str:
        """The bound."""
        return told(self.at_most)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """All: how large a class must be depends on how many persons leave."""
        return np.ones(len(classes.persons), dtype=np.bool_)

    def together(self, persons: np.ndarray) -> bool:
        """Whether the smallest class is large enough."""
        there = persons[persons > 0]
        return len(there) == 0 or self._risk(int(there.min()), int(there.sum())) <= self.at_most + _TINY

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on all classes of a table together; how large the population is, is attested."""
        persons = sum(table.persons.values())
        if not persons:
            return Verdict(self.name, False, "attested", self.promised, "", (NOBODY,))
        risk = self._risk(min(table.persons.values()), persons)
        missing = (f"the highest risk is {told(risk)}",) if risk > self.at_most + _TINY else ()
        return Verdict(self.name, not missing, "attested", self.promised, told(risk), missing)

    def _risk(self, smallest: int, persons: int) -> float:
        return persons / max(self.population, persons) / smallest
