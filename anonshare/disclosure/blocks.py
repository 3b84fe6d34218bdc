"""Persons by number of rows: whoever reads the release sees that number, so only persons with equal numbers are alike.

A block that is too small cannot be generalized into safety. Its persons give up their later rows until they join the
next smaller block; the smallest block is filled from the one above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from anonshare.disclosure.arrays import np
from anonshare.disclosure.diversity import Diversity, all_hold, diversity
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

__all__ = ["Block", "Sensitive", "blocks", "promises"]

Sensitive = Mapping[str, tuple[np.ndarray, int]]
"""Column name -> (int32 code per row, 0 where missing; l)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Persons who keep equally many rows: ``rows`` int64 (persons, m) are row numbers."""

    rows: np.ndarray


class _Cutter:
    """Rows of all persons laid out so that the first m of any of them can be taken."""

    def __init__(self, rows: CodedRows, k: int, sensitive: Sensitive) -> None:
        self.order = np.argsort(rows.person, kind="stable")
        self.sizes = np.bincount(rows.person, minlength=rows.persons)
        self.start = np.cumsum(self.sizes) - self.sizes
        self.k, self.sensitive = k, sensitive

    def first(self, persons: np.ndarray, m: int) -> np.ndarray:
        """Int64 (persons, m): the first rows of each in the order of the source."""
        return np.asarray(self.order[self.start[persons][:, None] + np.arange(m)])

    def fits(self, persons: np.ndarray, m: int) -> bool:
        """Whether these persons with m rows each would be safe if nothing but m were known of them."""
        if len(persons) < self.k:
            return False
        return all_hold(promises(self.first(persons, m), self.sensitive), np.arange(len(persons)))


def promises(rows: np.ndarray, sensitive: Sensitive) -> list[Diversity]:
    """The l-diversity promises for the persons of a block, in the order of its rows."""
    return [diversity(codes[rows], least) for codes, least in sensitive.values()]


def blocks(rows: CodedRows, rank: np.ndarray, k: int, sensitive: Sensitive) -> tuple[Block, ...]:
    """All persons in blocks, each at least ``k`` strong and diverse; ``rank[person]`` orders whom a short block borrows.

    Raises DisclosureError where the persons together are fewer than ``k``, or not diverse enough.
    """
    if rows.persons < k:
        raise DisclosureError(
            f"There are {rows.persons} persons, fewer than k = {k}: nothing can be released.",
            hint="Wait for more cases, or release aggregates.",
            reason="too-few-persons",
        )
    cutter = _Cutter(rows, k, sensitive)
    order = np.lexsort((np.arange(rows.persons), rank))
    done, short = _downwards(cutter, order)
    if short is not None:
        done = _fill(cutter, done, *short)
    return tuple(Block(cutter.first(persons, m)) for m, persons in done)


Group = tuple[int, np.ndarray]


def _downwards(cutter: _Cutter, order: np.ndarray) -> tuple[list[Group], Group | None]:
    """Groups that fit, largest m first, and the smallest group where it does not."""
    done: list[Group] = []
    waiting = order[:0]
    m = 0
    for m in np.unique(cutter.sizes)[::-1].tolist():
        waiting = np.concatenate([order[cutter.sizes[order] == m], waiting])
        if cutter.fits(waiting, m):
            done.append((m, waiting))
            waiting = order[:0]
    return done, (m, waiting) if waiting.size else None


def _fill(cutter: _Cutter, done: Sequence[Group], m: int, short: np.ndarray) -> list[Group]:
    """Fill the smallest group from the next larger one: just as many as needed, or else all of them."""
    rest = list(done)
    while rest and not cutter.fits(short, m):
        above, donors = rest.pop()
        need = max(cutter.k - len(short), 0)
        few, others = np.concatenate([short, donors[:need]]), donors[need:]
        if need and cutter.fits(few, m) and cutter.fits(others, above):
            rest.append((above, others))
            short = few
        else:
            short = np.concatenate([short, donors])
    if not cutter.fits(short, m):
        raise DisclosureError(
            "The persons together do not hold enough values of a sensitive column for the l that is promised.",
            hint="Lower l, or treat the column otherwise.",
            reason="too-few-values",
        )
    return [*rest, (m, short)]
