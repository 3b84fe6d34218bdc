"""Which cells of a table a rule suppresses."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.tabular.counting import Tabulated
from anonshare.disclosure.tabular.layout import Layout
from anonshare.disclosure.tabular.rules import Cell, MinCount, Rule

__all__ = ["telling"]


def telling(tabulated: Tabulated, name: str, rules: Sequence[Rule]) -> np.ndarray:
    """Bool per cell of the table: too telling by one of the rules."""
    own = tabulated.layouts[name]
    persons = _per_cell(own, np.ones(len(own.covering), dtype=np.int64))
    if all(isinstance(rule, MinCount) for rule in rules):
        return persons < max(rule.persons for rule in rules if isinstance(rule, MinCount))
    who = np.arange(len(own.covering)) if tabulated.contributor is None else tabulated.contributor
    found = np.zeros(len(own.keys), dtype=np.bool_)
    for cell, shares in enumerate(_shares(own, who, tabulated.weights)):
        about = Cell(int(persons[cell]), len(shares), shares)
        found[cell] = not all(rule.safe(about) for rule in rules)
    return found


def _per_cell(own: Layout, weights: np.ndarray) -> np.ndarray:
    """The sum of the persons' weights in each cell; of no cell nothing is kept."""
    found = np.zeros(len(own.keys) + 1, dtype=np.int64)
    for column in own.covering.T:
        np.add.at(found, column, weights)
    return found[:-1]


def _shares(own: Layout, who: np.ndarray, weights: np.ndarray) -> list[list[int]]:
    """Per cell what each contributor has, largest first."""
    cells = own.covering.ravel()
    per = np.repeat(np.arange(len(own.covering)), own.covering.shape[1])
    pairs, place = np.unique(np.stack([cells, who[per]], axis=1), axis=0, return_inverse=True)
    sums = np.zeros(len(pairs), dtype=np.int64)
    np.add.at(sums, place.ravel(), weights[per])
    order = np.lexsort((-sums, pairs[:, 0]))
    edges = np.searchsorted(pairs[order, 0], np.arange(len(own.keys) + 1))
    return [sums[order[a:b]].tolist() for a, b in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)]
