"""The classes that a search has reached: which persons are in each, and how far down every tree each has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.features import Feature, Tree

__all__ = ["Front", "Nodes", "differs", "first_front", "nodes_of"]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The nodes of a tree under one numbering, those of level 0 first.

    ``below[level * ranks + rank]`` is the node of a rank on a level. Per node: its ``level``, its ``first`` child and how
    many it has (``fan``; they are neighbours), its ``loss``, whether it ``stays`` (null outwardly), what leaves (``text``).
    """

    below: np.ndarray = field(repr=False)
    ranks: int
    level: np.ndarray = field(repr=False)
    first: np.ndarray = field(repr=False)
    fan: np.ndarray = field(repr=False)
    loss: np.ndarray = field(repr=False)
    stays: np.ndarray = field(repr=False)
    text: tuple[str | None, ...] = field(repr=False)

    @property
    def root(self) -> int:
        """The node of all values."""
        return len(self.level) - 1


def nodes_of(tree: Tree) -> Nodes:
    """The nodes of a tree of which the highest level is one node."""
    sizes = [len(loss) for loss in tree.loss]
    before = np.cumsum([0, *sizes])
    leaves = np.zeros(sizes[0], dtype=np.int64)
    return Nodes(
        below=np.concatenate([node + before[level] for level, node in enumerate(tree.node)]).astype(np.int32),
        ranks=len(tree.node[0]),
        level=np.repeat(np.arange(len(sizes), dtype=np.int8), sizes),
        first=np.concatenate([leaves, *(first[:-1] + before[level] for level, first in enumerate(tree.first[1:]))]),
        fan=np.concatenate([leaves, *(np.diff(first) for first in tree.first[1:])]),
        loss=np.concatenate(tree.loss),
        stays=np.concatenate(tree.stays),
        text=tuple(text for texts in tree.text for text in texts),
    )


@dataclass(frozen=True, slots=True)
class Front:
    """Classes that may still be split. Persons are in runs: ``start`` and ``length`` of each, ``of`` its class.

    ``nodes[class, feature]`` is the node at which a class stands, ``dead[class, feature]`` that no child there can ever be
    large or diverse enough; smaller classes inherit it.
    """

    start: np.ndarray = field(repr=False)
    length: np.ndarray = field(repr=False)
    of: np.ndarray = field(repr=False)
    nodes: np.ndarray = field(repr=False)
    dead: np.ndarray = field(repr=False)


def differs(found: Sequence[Feature], persons: int) -> np.ndarray:
    """Bool per person, in canonical order: whether a feature tells him from the one before."""
    change = np.zeros(persons, dtype=np.bool_)
    change[:1] = True
    for feature in found:
        change[1:] |= feature.ranks[1:] != feature.ranks[:-1]
    return change


def first_front(found: Sequence[Feature], nodes: Sequence[Nodes], persons: int, *, singly: bool) -> Front:
    """Everybody in one class at the roots; persons alike in every feature, who are neighbours, are one run.

    ``singly`` takes each person as a run of his own, for models that know him by more than his features.
    """
    start = np.arange(persons) if singly else np.flatnonzero(differs(found, persons))
    return Front(
        start=start,
        length=np.diff(np.append(start, persons)),
        of=np.zeros(len(start), dtype=np.int64),
        nodes=np.array([[own.root for own in nodes]], dtype=np.int32).reshape(1, len(nodes)),
        dead=np.zeros((1, len(nodes)), dtype=np.bool_),
    )
