"""Which cells may be published so that no hidden one is a linear combination of them, by elimination in exact numbers.

Candidates are taken one after another; one stays hidden where the published cells and it would give a hidden cell away
(the idea of GaussSuppression, Langsrud 2024). Elimination is modulo the prime 2**31 - 1, on the kinds alone: every cell
is a sum of them. That a hidden cell is taken for given away, or not, by chance has a probability of one in 10**9.

Linear algebra is not all that an attacker knows: a listed cell counts at least one, so a published sum of kinds that have
nothing to spare gives each of them away. So such kinds are never what a published cell is solved for, and a sum over
them alone is published only where all of them could be more at once. What is left of freedom are *moves*: each kind that
was solved for nothing can be one more, and what has to give way for that has something to spare.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.solver import INFINITY, Row, Solver
from anonshare.disclosure.tabular.system import CellSystem
from anonshare.errors import DisclosureError

__all__ = ["MOST_KINDS", "Published", "publishable"]

PRIME = (1 << 31) - 1
MOST_KINDS = 12_000
"""The matrix has four bytes for each two of them."""

_LARGEST = 1_000
"""Coefficients beyond are taken for fractions, of which nothing is concluded."""

_SEED = 20_260_102


@dataclass(frozen=True, slots=True)
class Published:
    """``columns`` bool per column: may be published. ``moves`` int64 (moves, kinds): changes that none of these shows."""

    columns: np.ndarray = field(repr=False)
    moves: np.ndarray = field(repr=False)


def publishable(
    system: CellSystem,
    hidden: np.ndarray,
    order: Sequence[int],
    spare: np.ndarray,
    *,
    needed: int = 1,
    questions: int = 0,
    must: Sequence[int] = (),
) -> Published:
    """As many as may be of the columns in ``order``, the most wanted first; ``hidden`` bool per column stay at home.

    ``spare`` int64 per kind is what it can lose, ``needed`` what a kind must be able to lose to be solved for. Of at most
    ``questions`` sums over kinds that cannot, a linear programme decides; beyond, they stay at home. ``must`` are
    published already. Raises DisclosureError for tables that are too large, and where ``must`` give a hidden cell away.
    """
    if system.kinds > MOST_KINDS:
        raise DisclosureError(
            f"The tables are too large to be protected together: they tell {system.kinds:,} kinds of persons apart.",
            hint="Use fewer columns or coarser categories, or several tables of fewer columns.",
            reason="table-size",
        )
    work = _Elimination(system, hidden, spare < needed, questions)
    published = np.zeros(system.columns, dtype=np.bool_)
    for column in must:
        if not work.take(column, known=True):
            raise DisclosureError(
                "What was published before gives a small count away.",
                hint="Nothing was released. Leave the table out, or make its categories coarser.",
                reason="table",
            )
        published[column] = True
    for column in order:
        published[column] = work.take(column)
    return Published(published, work.moves())


class _Elimination:
    """Each kind as a vector over the kinds that are free: row ``k`` of the matrix is kind ``k``."""

    def __init__(self, system: CellSystem, hidden: np.ndarray, bound: np.ndarray, questions: int) -> None:
        self._system, self._bound = system, bound
        self._kinds = np.eye(system.kinds, dtype=np.int32)
        # a random sum over each vector: zero where the vector is, and else as good as never
        self._mark = np.random.default_rng(_SEED).integers(1, PRIME, size=system.kinds)
        self._free = np.ones(system.kinds, dtype=np.bool_)
        width = system.width[hidden]
        of = np.repeat(hidden, system.width)
        self._members, self._starts = system.members[of], np.cumsum(width) - width
        self._alone = _Alone(bound, questions)

    def take(self, column: int, *, known: bool = False) -> bool:
        """Publish a column; False, with nothing changed, where that would give a hidden one away.

        Of what is ``known`` already it is no question whether sums over kinds without anything to spare may be.
        """
        own = self._system.kinds_of(column)
        vector = self._kinds[own].sum(axis=0, dtype=np.int64) % PRIME
        found = np.flatnonzero(vector)
        if not found.size:
            return True  # it follows from what is published
        rich = found[~self._bound[found]]
        if not (rich.size or known) and not self._alone.may(found, vector[found]):
            return False
        pivot = int((rich if rich.size else found)[0])
        ratio = self._kinds[:, pivot].astype(np.int64) * pow(int(vector[pivot]), -1, PRIME) % PRIME
        if self._gives_away(ratio, int(self._mark[own].sum() % PRIME)):
            return False
        touched = np.flatnonzero(ratio)
        block = np.ix_(touched, found)
        self._kinds[block] = (self._kinds[block] - ratio[touched, None] * vector[None, found]) % PRIME
        self._mark[touched] = (self._mark[touched] - ratio[touched] * int(self._mark[own].sum() % PRIME)) % PRIME
        self._free[pivot] = False
        return True

    def _gives_away(self, ratio: np.ndarray, mark: int) -> bool:
        if not len(self._starts):
            return False
        share = np.add.reduceat(ratio[self._members], self._starts) % PRIME
        marks = np.add.reduceat(self._mark[self._members], self._starts) % PRIME
        return bool((((marks - share * mark) % PRIME == 0) & (share != 0)).any())

    def moves(self) -> np.ndarray:
        """What each kind that is free changes in all of them, where that is in whole numbers."""
        signed = self._kinds[:, self._free].T.astype(np.int64)
        signed[signed > PRIME // 2] -= PRIME
        return signed[(np.abs(signed) <= _LARGEST).all(axis=1)]


class _Alone:
    """Whether the kinds that have nothing to spare could all be more at once, under all sums over them that are published."""

    def __init__(self, bound: np.ndarray, questions: int) -> None:
        self._place = np.cumsum(bound) - 1
        self._count = int(bound.sum())
        self._rows: list[Row] = []
        self._questions = questions

    def may(self, kinds: np.ndarray, values: np.ndarray) -> bool:
        signed = np.where(values > PRIME // 2, values - PRIME, values)
        if self._questions == 0 or np.abs(signed).max() > _LARGEST or (signed > 0).all() or (signed < 0).all():
            return False
        self._questions -= 1
        row = Row(self._place[kinds].tolist(), signed.tolist(), 0.0, 0.0)
        lower, upper = np.ones(self._count), np.full(self._count, INFINITY)
        if Solver(lower, upper, [*self._rows, row]).minimum(np.zeros(self._count)) is None:
            return False
        self._rows.append(row)
        return True
