"""All combinations of up to three columns under one budget: pairs are counted with noise, triples follow from them.

To count every triple would spread the budget over far more tables. What three columns have in common beyond their pairs
is little in records of people, and noise on small cells is much: on Adult triples from noisy pairs are nearer to the truth
than noisy triples, and invent fewer. All that happens after the noise is post-processing and costs nothing (Dwork and Roth
2014, proposition 2.1); the fit is iterative proportional fitting (Deming and Stephan 1940).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import prod
from typing import Any, Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.private.mechanisms import Mechanism
from anonshare.disclosure.private.planning import MOST_CELLS, NoisePlan, PrivateTable, dp_plan
from anonshare.errors import DisclosureError

__all__ = ["CombinationPlan", "dp_combinations"]

_ROUNDS = 25
_QUIET = 0.5
"""Noisy pairs below this many scales are taken for nobody: most of them are."""


@dataclass(frozen=True, slots=True)
class CombinationPlan:
    """``mechanism`` is that of the counts of single columns and pairs; ``least`` what a combination has to leave."""

    columns: tuple[str, ...]
    length: Literal[2, 3]
    least: int
    plan: NoisePlan = field(repr=False)

    @property
    def mechanism(self) -> Mechanism:
        """Scale, mean error, epsilon and delta, known before a record is read."""
        return self.plan.mechanism

    def release(self, table: Any, *, secret: bytes) -> dict[tuple[str, ...], PrivateTable]:
        """Every combination of the columns as a table of the estimates from ``least`` on; spends the budget once."""
        told = self.plan.release(table, secret=secret)
        keys = self.plan.keys or {}
        arrays = {one.by: _array(one, keys) for one in told.values()}
        singles = _even({by[0]: a for by, a in arrays.items() if len(by) == 1})
        quiet = _QUIET * self.mechanism.scale
        pairs = {
            (a, b): _fitted(np.where(arrays[a, b] < quiet, 0.0, arrays[a, b]), [(1, singles[a]), (0, singles[b])])
            for a, b in combinations(self.columns, 2)
        }
        found: dict[tuple[str, ...], np.ndarray] = {
            **{(name,): values for name, values in singles.items()},
            **{(a, b): values for (a, b), values in pairs.items()},
        }
        if self.length == 3:
            for a, b, c in combinations(self.columns, 3):
                shape = tuple(len(keys[name]) for name in (a, b, c))
                sides = [(2, pairs[a, b]), (1, pairs[a, c]), (0, pairs[b, c])]
                found[a, b, c] = _fitted(np.ones(shape), sides)
        return {by: PrivateTable(by, _cells(values, by, keys, self.least)) for by, values in found.items()}


def dp_combinations(
    columns: Sequence[str],
    *,
    keys: Mapping[str, Sequence[str]],
    unit: str | Sequence[str],
    epsilon: float,
    delta: float = 1e-6,
    length: Literal[2, 3] = 3,
    least: int = 3,
) -> CombinationPlan:
    """Plan the counts of all combinations of one to ``length`` columns; each person counts once in each.

    ``keys`` are the values of each column as everybody knows them. Raises DisclosureError as ``dp_plan`` does.
    """
    if length not in (2, 3) or len(set(columns)) < length or len(set(columns)) < len(columns):
        raise DisclosureError(
            "Combinations of two or three columns need that many different ones.", reason="parameters"
        )
    if not isinstance(least, int) or isinstance(least, bool) or least < 1:
        raise DisclosureError("The least count that leaves is a whole number, at least 1.", reason="parameters")
    tables = {" x ".join(by): by for n in (1, 2) for by in combinations(columns, n)}
    plan = dp_plan(tables, unit=unit, epsilon=epsilon, delta=delta, keys=keys)
    if sum(prod(len(keys[name]) for name in by) for by in combinations(columns, length)) > MOST_CELLS:
        raise DisclosureError("The public keys make too many cells.", hint="Use fewer columns.", reason="parameters")
    return CombinationPlan(tuple(columns), length, least, plan)


def _array(table: PrivateTable, keys: Mapping[str, tuple[str, ...]]) -> np.ndarray:
    """The noisy counts by the places of the keys."""
    shape = tuple(len(keys[name]) for name in table.by)
    place = [{label: i for i, label in enumerate(keys[name])} for name in table.by]
    values = np.zeros(shape)
    for key, count in table.cells.items():
        values[tuple(own[str(label)] for own, label in zip(place, key, strict=True))] = count
    return values


def _even(singles: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The counts of single columns, which all have one total: the mean of theirs."""
    total = float(np.mean([values.sum() for values in singles.values()]))
    return {name: values * (total / max(values.sum(), 1.0)) for name, values in singles.items()}


def _fitted(values: np.ndarray, sides: Sequence[tuple[int, np.ndarray]]) -> np.ndarray:
    """The values in proportion to the sums over an axis that each side gives; zeros stay zeros."""
    for _ in range(_ROUNDS):
        for axis, wanted in sides:
            sums = values.sum(axis=axis)
            factor = np.where(sums > 0, wanted / np.maximum(sums, 1e-12), 0.0)
            values = values * np.expand_dims(factor, axis)
    return values


def _cells(values: np.ndarray, by: Sequence[str], keys: Mapping[str, tuple[str, ...]], least: int) -> dict[Key, int]:
    rounded = np.rint(values).astype(np.int64)
    places = np.argwhere(rounded >= least)
    return {
        tuple(keys[name][i] for name, i in zip(by, row, strict=True)): int(rounded[tuple(row)])
        for row in places.tolist()
    }
