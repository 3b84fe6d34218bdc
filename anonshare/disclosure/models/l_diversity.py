"""l-diversity in its three forms (Machanavajjhala, Kifer, Gehrke, Venkitasubramaniam 2007).

In all of them a missing value adds nothing, and a value that everybody of a class holds is known of each, however many
others stand beside it: a person with several rows has several values.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.disclosure.l_diversity import judge
from anonshare.disclosure.models.base import ClassModel, column_name, number, refuse, told, whole
from anonshare.disclosure.privacy_model import ClassCounts
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["DistinctLDiversity", "EntropyLDiversity", "RecursiveLDiversity"]

_TINY = 1e-9
"""Sums of floats must not refuse a class whose values are exactly even."""


def _held(classes: ClassCounts) -> np.ndarray:
    if classes.values is None:
        raise refuse("The model looks at a sensitive column, and its values were not counted.")
    return classes.values


def _not_known(classes: ClassCounts) -> np.ndarray:
    return np.asarray(_held(classes).max(axis=1, initial=0) < classes.persons)


@dataclass(frozen=True, slots=True)
class DistinctLDiversity(ClassModel):
    """A class holds at least ``l`` distinct values of a sensitive column, none of them in all of its persons."""

    of: str
    l: int  # noqa: E741  the field's own name
    name = "l_diversity"
    monotone = True
    nested = True

    def __post_init__(self) -> None:
        column_name(self.of)
        whole(self.l, 1, "l")

    @property
    def column(self) -> str:
        """The sensitive column."""
        return self.of

    @property
    def promised(self) -> str:
        """L."""
        return str(self.l)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is diverse."""
        enough: np.ndarray = (_held(classes) > 0).sum(axis=1) >= self.l
        return enough & _not_known(classes) if self.l > 1 else enough

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on the classes of a table."""
        return judge(table, column=self.of, l=self.l)


@dataclass(frozen=True, slots=True)
class EntropyLDiversity(ClassModel):
    """The entropy of the values of a class is at least log ``l``."""

    of: str
    l: float  # noqa: E741  the field's own name
    name = "entropy_l_diversity"
    monotone = True

    def __post_init__(self) -> None:
        column_name(self.of)
        if number(self.l, "l") < 1:
            raise refuse("l must be a number, at least 1.")

    @property
    def column(self) -> str:
        """The sensitive column."""
        return self.of

    @property
    def promised(self) -> str:
        """L."""
        return told(self.l)

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is diverse."""
        enough = np.asarray(_entropy(_held(classes)) >= math.log(self.l) - _TINY)
        return enough & _not_known(classes) if self.l > 1 else enough

    def found(self, classes: ClassCounts) -> str:
        """The least effective number of values."""
        return told(float(np.exp(_entropy(_held(classes)).min())))


@dataclass(frozen=True, slots=True)
class RecursiveLDiversity(ClassModel):
    """The commonest value of a class is rarer than ``c`` times all values from the ``l``-th commonest on together."""

    of: str
    c: float
    l: int  # noqa: E741  the field's own name
    name = "recursive_l_diversity"
    monotone = True

    def __post_init__(self) -> None:
        column_name(self.of)
        whole(self.l, 1, "l")
        if number(self.c, "c") <= 0:
            raise refuse("c must be a number, more than 0.")

    @property
    def column(self) -> str:
        """The sensitive column."""
        return self.of

    @property
    def promised(self) -> str:
        """C and l."""
        return f"{told(self.c)}, {self.l}"

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is diverse."""
        common, rest = self._sides(classes)
        # a c without end allows whatever has others at all
        with np.errstate(over="ignore"):
            enough = np.asarray(common < float(self.c) * rest)
        return enough & _not_known(classes) if self.l > 1 else enough

    def found(self, classes: ClassCounts) -> str:
        """The largest share of the commonest value to the others; none where a class has no others."""
        common, rest = self._sides(classes)
        return "" if (rest == 0).any() else told(float((common / rest).max()))

    def _sides(self, classes: ClassCounts) -> tuple[np.ndarray, np.ndarray]:
        ordered = -np.sort(-_held(classes), axis=1)
        return ordered.max(axis=1, initial=0), ordered[:, self.l - 1 :].sum(axis=1)


def _entropy(values: np.ndarray) -> np.ndarray:
    """Nats per class; 0 where a class holds no value."""
    whole = values.sum(axis=1, keepdims=True)
    share = values / np.maximum(whole, 1)
    return np.asarray(-(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1))
