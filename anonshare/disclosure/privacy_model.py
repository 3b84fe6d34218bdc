"""What a privacy model is: it looks at counts of distinct persons per class, never at records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from anonshare.disclosure.arrays import np
from anonshare.shapes import FrequencyTable, Verdict

__all__ = ["ClassCounts", "PrivacyModel"]


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Classes of persons who look alike, counted: ``persons`` int64 (classes,).

    For a model with a sensitive column ``values`` int64 (classes, width) are the distinct persons of a class who have
    each value, missing and suppressed ones left out (so place 0 is code 1); a person with several rows may stand under several values.
    ``overall`` int64 (width,) are the persons per value in the whole table, ``everybody`` all of its persons.
    """

    persons: np.ndarray = field(repr=False)
    values: np.ndarray | None = field(default=None, repr=False)
    overall: np.ndarray | None = field(default=None, repr=False)
    everybody: int | None = None


class PrivacyModel(Protocol):
    """A promise about every class, or about all of them together.

    ``column`` is the sensitive column that it looks at, None where it counts persons alone. ``monotone`` tells that
    two classes that hold still hold when they are merged, so that a search may prune by it.
    """

    @property
    def name(self) -> str:
        """The name in a policy and in verdicts."""
        ...

    @property
    def column(self) -> str | None:
        """The sensitive column."""
        ...

    @property
    def monotone(self) -> bool:
        """Whether merging classes that hold cannot break it."""
        ...

    @property
    def nested(self) -> bool:
        """Whether no part of a class that fails can hold, so that who is suppressed is suppressed at finer levels too."""
        ...

    @property
    def joint(self) -> bool:
        """Whether it judges all classes together, so that suppressing a class more may make it hold."""
        ...

    def bound(self, vocabulary: Sequence[str | None]) -> PrivacyModel:
        """The model that knows which code is which value: ``vocabulary[code]``, that of code 0 is missing."""
        ...

    def against(self, overall: np.ndarray, everybody: int) -> PrivacyModel:
        """The model that compares with these persons per value (that of code 1 first) of ``everybody``."""
        ...

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Bool per class; all of them for a model that judges classes together alone."""
        ...

    def together(self, persons: np.ndarray) -> bool:
        """Whether all classes together hold it: ``persons`` int64 per class; True for a model that judges each class."""
        ...

    def judge(self, table: FrequencyTable) -> Verdict:
        """The verdict on what leaves, counted by a path that knows nothing of a search."""
        ...
