"""A privacy model inside the search: which parts of a class hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.shapes import CodedRows

__all__ = ["Overall", "Promise", "Promised", "all_hold", "overall_of", "persons_per_code", "promise"]


@dataclass(frozen=True, slots=True)
class Promised:
    """A model, and for one with a sensitive column the codes of its rows, int32, 0 where missing."""

    model: PrivacyModel
    codes: np.ndarray | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Promise:
    """A model over persons 0..n-1.

    ``held`` int64 (persons, m) has every value of a person once, the rest of his row 0; ``width`` is the largest value
    plus one. Both are empty for a model that counts persons alone. The rule is that of the model.
    """

    model: PrivacyModel
    held: np.ndarray = field(repr=False)
    width: int
    overall: np.ndarray | None = field(default=None, repr=False)
    everybody: int | None = None

    def parts(self, members: np.ndarray, part: np.ndarray, sizes: np.ndarray) -> np.ndarray:
        """Bool per part: ``part[i]`` is where ``members[i]`` goes, ``sizes`` the persons in each."""
        if self.model.column is None:
            return np.asarray(self.model.hold(ClassCounts(sizes)))
        cells = (part[:, None] * self.width + self.held[members]).ravel()
        counts = np.bincount(cells, minlength=len(sizes) * self.width).reshape(len(sizes), self.width)[:, 1:]
        return np.asarray(self.model.hold(ClassCounts(sizes, counts, self.overall, self.everybody)))

    def holds(self, members: np.ndarray) -> bool:
        """Whether these persons together hold it."""
        return bool(self.parts(members, np.zeros(len(members), dtype=np.int64), np.array([len(members)]))[0])


def promise(
    model: PrivacyModel, codes: np.ndarray | None, overall: np.ndarray | None = None, everybody: int | None = None
) -> Promise:
    """The model over persons whose sensitive codes are ``codes[person, row]``, 0 where missing.

    ``overall`` int64 are the persons per code in the whole table, that of the missing one first, of ``everybody``.
    """
    if codes is None:
        return Promise(model, np.zeros((0, 0), dtype=np.int64), 0)
    size = int(codes.max(initial=0)) + 1 if overall is None else len(overall)
    held = np.sort(codes.astype(np.int64), axis=1)
    held[:, 1:][held[:, 1:] == held[:, :-1]] = 0
    if overall is not None:
        return Promise(model, held, size, overall[1:], everybody)
    persons = np.bincount(held.ravel(), minlength=size)
    return Promise(model, held, size, persons[1:], len(codes))


def all_hold(promises: Sequence[Promise], members: np.ndarray) -> bool:
    """Whether these persons hold every promise."""
    return all(one.holds(members) for one in promises)


Overall = Sequence[np.ndarray | None]
"""Persons per code in the whole table, one for each promise; None for one that counts persons alone."""


def overall_of(rows: CodedRows, promised: Sequence[Promised]) -> Overall:
    """Distinct persons per code of each promise's column, that of code 0 first."""
    return [None if one.codes is None else persons_per_code(rows.person, one.codes) for one in promised]


def persons_per_code(person: np.ndarray, codes: np.ndarray) -> np.ndarray:
    """Int64 per code: distinct persons who have it; that of code 0, missing, first."""
    width = int(codes.max(initial=0)) + 1
    pairs = np.unique(person * width + codes)
    return np.bincount(pairs % width, minlength=width)
