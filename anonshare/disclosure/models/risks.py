"""Bounds on re-identification risk, as models (El Emam and Dankar 2008; Dankar et al. 2012; names of ARX and sdcMicro)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from anonshare.disclosure.arrays import np
from anonshare.disclosure.models.base import NOBODY, ClassModel, number, refuse, told, whole
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.shapes import Evidence, FrequencyTable, Verdict

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
class _Together(ClassModel):
    """A risk of all classes together, which is at most ``at_most``."""

    at_most: float
    monotone = True
    nested = True
    joint = True
    evidence: ClassVar[Evidence] = "recomputed"
    what: ClassVar[str] = ""

    def __post_init__(self) -> None:
        _checked(self.at_most)

    @property
    def promised(self) -> str:
        """The bound."""
        return told(self.at_most)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """All: no class is judged by itself."""
        return np.ones(len(classes.persons), dtype=np.bool_)

    def together(self, persons: np.ndarray) -> bool:
        """Whether the risk is low enough."""
        there = persons[persons > 0]
        return len(there) == 0 or self.risk(there) <= self.at_most + _TINY

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on all classes of a table together."""
        if not table.persons:
            return Verdict(self.name, False, self.evidence, self.promised, "", (NOBODY,))
        risk = self.risk(np.array(list(table.persons.values()), dtype=np.int64))
        missing = (f"the {self.what} is {told(risk)}",) if risk > self.at_most + _TINY else ()
        return Verdict(self.name, not missing, self.evidence, self.promised, told(risk), missing)

    def risk(self, persons: np.ndarray) -> float:
        """The risk, 0 to 1; ``persons`` int64 per class, at least one each."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class AverageRisk(_Together):
    """The mean of all persons' prosecutor risks is at most ``at_most``: classes by persons."""

    name = "average_risk"
    what = "mean risk"

    def risk(self, persons: np.ndarray) -> float:
        """Classes by persons."""
        return len(persons) / int(persons.sum())


@dataclass(frozen=True, slots=True)
class _InPopulation(_Together):
    """A risk in a population of ``population`` persons of whom these are a sample; how large it is, is attested alone."""

    population: int
    evidence = "attested"

    def __post_init__(self) -> None:
        _checked(self.at_most)
        whole(self.population, 1, "The persons of a population")

    def fraction(self, persons: np.ndarray) -> float:
        """The share of the population that is in the sample, above 0 and at most 1."""
        there = int(persons.sum())
        return there / max(self.population, there)


@dataclass(frozen=True, slots=True)
class MarketerRisk(_InPopulation):
    """Of a population of ``population`` persons of whom these are a sample, at most the share ``at_most`` is found.

    Without class sizes of the population each class is expected to be there as often as the sample's share says.
    """

    name = "marketer_risk"
    what = "expected share"

    def risk(self, persons: np.ndarray) -> float:
        """A class of f in the sample is one of F = f / fraction in the population: 1 / n * sum f / F."""
        return len(persons) / int(persons.sum()) * self.fraction(persons)


@dataclass(frozen=True, slots=True)
class JournalistRisk(_InPopulation):
    """Of a population of ``population`` persons of whom these are a sample, nobody is found more probably than ``at_most``.

    The adversary does not know who is in the sample. Without class sizes of the population a class of f is expected to be
    one of F = f / fraction there, and the risk is 1 / F of the smallest (El Emam and Dankar 2008).
    """

    name = "journalist_risk"
    what = "highest risk"

    def risk(self, persons: np.ndarray) -> float:
        """By the smallest class."""
        return self.fraction(persons) / int(persons.min())
