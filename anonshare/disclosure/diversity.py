"""l-diversity inside the search: which parts of a class hold enough values of a sensitive column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np

__all__ = ["Diversity", "all_hold", "diversity"]


@dataclass(frozen=True, slots=True)
class Diversity:
    """One promise of l-diversity over persons 0..n-1.

    ``held`` int64 (persons, m) has every value of a person once, the rest of his row 0; ``width`` is the largest value
    plus one. The rule is that of ``l_diversity.judge``.
    """

    held: np.ndarray = field(repr=False)
    width: int
    l: int  # noqa: E741  the field's own name

    def parts(self, members: np.ndarray, part: np.ndarray, sizes: np.ndarray) -> np.ndarray:
        """Bool per part: ``part[i]`` is where ``members[i]`` goes, ``sizes`` the persons in each."""
        cells = (part[:, None] * self.width + self.held[members]).ravel()
        counts = np.bincount(cells, minlength=len(sizes) * self.width).reshape(len(sizes), self.width)[:, 1:]
        enough = (counts > 0).sum(axis=1) >= self.l
        if self.l > 1:
            enough &= counts.max(axis=1, initial=0) < sizes
        return np.asarray(enough)

    def holds(self, members: np.ndarray) -> bool:
        """Whether these persons together hold it."""
        return bool(self.parts(members, np.zeros(len(members), dtype=np.int64), np.array([len(members)]))[0])


def diversity(codes: np.ndarray, l: int) -> Diversity:  # noqa: E741  the field's own name
    """The promise for persons whose sensitive codes are ``codes[person, row]``, 0 where missing."""
    _, dense = np.unique(np.concatenate([[0], codes.ravel()]), return_inverse=True)
    held = np.sort(dense[1:].reshape(codes.shape).astype(np.int64), axis=1)
    held[:, 1:][held[:, 1:] == held[:, :-1]] = 0
    return Diversity(held, int(dense.max()) + 1, l)


def all_hold(promises: Sequence[Diversity], members: np.ndarray) -> bool:
    """Whether these persons hold every promise."""
    return all(promise.holds(members) for promise in promises)
