"""l-diversity of several sensitive columns together (Gal, Chen, Gehrke 2008)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.models.base import ClassModel, labels, refuse, whole
from anonshare.disclosure.privacy_model import ClassCounts

__all__ = ["JointLDiversity"]

JOINT = " & "


@dataclass(frozen=True, slots=True)
class JointLDiversity(ClassModel):
    """Whoever rules out one value of one of the ``columns`` still faces ``l`` - 1 values of every column in each class.

    Each column is distinct l-diverse by itself as well; columns that are diverse one by one can tell each other: where
    everybody with one outcome has one exploitation, knowing that the outcome is another leaves no choice.
    """

    columns: tuple[str, ...]
    l: int  # noqa: E741  the field's own name
    parts: tuple[tuple[int, ...], ...] = field(default=(), repr=False)
    """Per joint code from 1 on: the number of the value in each column, 0 where it is missing; known once bound."""
    name = "joint_l_diversity"
    monotone = True
    nested = True

    def __post_init__(self) -> None:
        labels(self.columns, "columns")
        whole(self.l, 2, "l")
        if len(set(self.columns)) != len(self.columns) or len(self.columns) < 2:
            raise refuse("There must be two different columns at least.")

    @property
    def column(self) -> str:
        """The name of the columns together."""
        return JOINT.join(self.columns)

    @property
    def promised(self) -> str:
        """L."""
        return str(self.l)

    def bound(self, vocabulary: Sequence[str | None]) -> JointLDiversity:
        """The model that knows which values stand together in a code; each text is a JSON list, a value a column."""
        numbers: list[dict[str | None, int]] = [{None: 0} for _ in self.columns]
        told = [json.loads(text or "[]") for text in vocabulary[1:]]
        parts = [tuple(n.setdefault(v, len(n)) for n, v in zip(numbers, values, strict=True)) for values in told]
        return replace(self, parts=tuple(parts))

    def hold(self, classes: ClassCounts) -> np.ndarray:
        """Whether a class is diverse whatever one value is ruled out."""
        if classes.values is None:
            raise refuse("The model looks at sensitive columns, and their values were not counted.")
        there = np.zeros((len(classes.persons), len(self.parts)), dtype=np.bool_)
        there[:, : classes.values.shape[1]] = classes.values[:, : len(self.parts)] > 0
        parts = np.array(self.parts, dtype=np.int64).reshape(len(self.parts), len(self.columns))
        good = np.asarray(self._enough(there, parts, self.l) & self._not_known(classes, parts))
        for column in range(parts.shape[1]):
            for value in np.unique(parts[:, column][parts[:, column] > 0]).tolist():
                # who does not hold the value rules nothing out by it
                holds = there[:, parts[:, column] == value].any(axis=1)
                left = there & (parts[:, column] != value)
                good &= ~holds | self._enough(left, parts, self.l - 1)
        return good

    def _not_known(self, classes: ClassCounts, parts: np.ndarray) -> np.ndarray:
        """Bool per class: no value of a column stands with everybody, who may have others beside it.

        Persons of several rows count once for each of their joint values here, which refuses rather too much.
        """
        held = np.zeros((len(classes.persons), len(self.parts)), dtype=np.int64)
        if classes.values is not None:
            held[:, : classes.values.shape[1]] = classes.values[:, : len(self.parts)]
        good = np.ones(len(held), dtype=np.bool_)
        for column in parts.T:
            for value in np.unique(column[column > 0]).tolist():
                good &= held[:, column == value].sum(axis=1) < classes.persons
        return np.asarray(good)

    def found(self, classes: ClassCounts) -> str:  # noqa: ARG002  it has nothing to say
        """Nothing: what is least differs by the value that is ruled out."""
        return ""

    def _enough(self, there: np.ndarray, parts: np.ndarray, least: int) -> np.ndarray:
        """Bool per class: whether every column has ``least`` values among the joint ones that are there."""
        good = np.ones(len(there), dtype=np.bool_)
        for column in range(parts.shape[1]):
            values = np.unique(parts[:, column][parts[:, column] > 0])
            held = [there[:, parts[:, column] == value].any(axis=1) for value in values.tolist()]
            good &= np.sum(held, axis=0, dtype=np.int64) >= least if held else np.zeros(len(there), dtype=np.bool_)
        return good
