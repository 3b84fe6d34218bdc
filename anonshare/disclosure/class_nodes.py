"""At which nodes of a table's trees the classes of a descent stand, and so whom their labels fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.descent import REST, Class, Descent, ways
from anonshare.disclosure.features import Feature
from anonshare.disclosure.front import Nodes, nodes_of

__all__ = ["NO_NODE", "ClassNodes", "class_nodes"]

NO_NODE = -1
"""No value of the table has this label."""


@dataclass(frozen=True, slots=True)
class ClassNodes:
    """``number`` of each class, in the order of the steps; ``at`` int32 (classes, features) are its nodes.

    ``children`` are for each step the nodes of its children. NO_NODE stands for a label that nobody has.
    """

    number: Mapping[Class, int] = field(repr=False)
    at: np.ndarray = field(repr=False)
    children: Sequence[Sequence[int]] = field(repr=False)
    nodes: Sequence[Nodes] = field(repr=False)
    found: Sequence[Feature] = field(repr=False)

    def own(self, f: int, level: int, members: np.ndarray) -> np.ndarray:
        """The node of each member on a level of a feature."""
        nodes = self.nodes[f]
        return np.asarray(nodes.below[level * nodes.ranks + self.found[f].ranks[members]])

    def fit(self, target: int, members: np.ndarray) -> np.ndarray:
        """The members, in their order, who bear all labels of a class."""
        for f, node in enumerate(self.at[target].tolist()):
            if node == NO_NODE or not len(members):
                return members[:0]
            if node != self.nodes[f].root:
                members = members[self.own(f, int(self.nodes[f].level[node]), members) == node]
        return members

    def levels(self, number: int) -> np.ndarray:
        """Int8 per feature, of a class that somebody fits."""
        return np.array([own.level[node] for own, node in zip(self.nodes, self.at[number], strict=True)], dtype=np.int8)

    def losses(self) -> np.ndarray:
        """Float64 per class: the certainty penalty of one person in it, summed over all cells; infinite where nobody fits."""
        total = np.zeros(len(self.at))
        for own, feature, node in zip(self.nodes, self.found, self.at.T, strict=True):
            total += np.where(node == NO_NODE, np.inf, own.loss[node] * feature.weight)
        return total


def class_nodes(descent: Descent, found: Sequence[Feature]) -> ClassNodes:
    """The classes of a descent that has steps, in the trees of these features."""
    made = {id(feature.tree): nodes_of(feature.tree) for feature in found}
    nodes = [made[id(feature.tree)] for feature in found]
    named = {key: _named(own) for key, own in made.items()}
    labels = [named[id(feature.tree)] for feature in found]
    came = np.tile(np.array([own.root for own in nodes], dtype=np.int32), (len(descent.steps), 1))
    number: dict[Class, int] = {}
    ends: list[tuple[int, int, int]] = []
    children = []
    for at, step in enumerate(descent.steps):
        below = [labels[step.feature].get((step.level, label), NO_NODE) for label in step.children]
        children.append(below)
        for way, following in ways(step):
            node = int(came[at, step.feature]) if way == REST else below[way]
            if following is None:
                number[at, way] = len(number)
                ends.append((at, step.feature, node))
            else:
                came[following] = came[at]
                came[following, step.feature] = node
    last, feature, own = np.array(ends, dtype=np.int64).reshape(-1, 3).T
    where = came[last]
    where[np.arange(len(where)), feature] = own
    return ClassNodes(number, where, children, nodes, found)


def _named(nodes: Nodes) -> dict[tuple[int, str], int]:
    told = enumerate(zip(nodes.level.tolist(), nodes.text, strict=True))
    return {(level, text): node for node, (level, text) in told if text is not None}
