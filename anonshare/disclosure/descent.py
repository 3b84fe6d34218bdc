"""A local recoding as a tree of steps, so that it can be repeated on other records under the same hierarchies.

A step takes one feature one level down: members go to the child that their label names, all others stay in the rest
under the parent's label. What has no step any more is a class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.features import Feature

__all__ = ["Descent", "FeatureName", "Step", "walk"]

_NOWHERE = -1
_REST = -2


@dataclass(frozen=True, slots=True)
class FeatureName:
    """What a feature was in the records that were fitted: a column, and a row position or None where it was constant."""

    column: int
    position: int | None


@dataclass(slots=True)
class Step:
    """``children`` maps a label on ``level`` to the next step, None where its members are a class.

    ``rest`` tells what becomes of all others, None a class; without ``has_rest`` there were none. Of the child
    ``spare[0]`` the last ``spare[1]`` members, in canonical order, stay with the rest, which would be too small without.
    """

    feature: int
    level: int
    children: dict[str, int | None] = field(repr=False)
    has_rest: bool = False
    rest: int | None = None
    spare: tuple[str, int] | None = field(default=None, repr=False)


@dataclass(slots=True)
class Descent:
    """All steps of a block of persons with equally many rows; the first is taken by everybody, none where all are a class."""

    features: tuple[FeatureName, ...]
    roots: tuple[int, ...]
    steps: list[Step] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Walked:
    """``levels`` int8 (persons, features), and ``place`` int64 per person: his class, below 0 where he fits none."""

    levels: np.ndarray
    place: np.ndarray


def walk(descent: Descent, found: Sequence[Feature]) -> Walked:
    """Take persons, in canonical order, down the steps that others made; the same persons come out as they were."""
    persons = len(found[0].ranks) if found else 0
    levels = np.tile(np.array(descent.roots, dtype=np.int8), (persons, 1))
    place = np.zeros(persons, dtype=np.int64)
    if not descent.steps:
        return Walked(levels, place)
    classes = 1
    waiting: list[tuple[int, np.ndarray]] = [(0, np.arange(persons))]
    while waiting:
        number, members = waiting.pop()
        step = descent.steps[number]
        part = _parts(step, found[step.feature], members)
        place[members[part == _NOWHERE]] = -1
        for way, following in _ways(step):
            inside = members[part == way]
            if way != _REST:
                levels[inside, step.feature] = step.level
            if following is None:
                place[inside] = classes
                classes += 1
            elif len(inside):
                waiting.append((following, inside))
    return Walked(levels, place)


def _ways(step: Step) -> list[tuple[int, int | None]]:
    ways: list[tuple[int, int | None]] = list(enumerate(step.children.values()))
    return [*ways, (_REST, step.rest)] if step.has_rest else ways


def _parts(step: Step, feature: Feature, members: np.ndarray) -> np.ndarray:
    """Per member the number of his child, or the rest, or nowhere."""
    tree = feature.tree
    nodes = tree.node[step.level][feature.ranks[members]]
    other = _REST if step.has_rest else _NOWHERE
    number: Mapping[str, int] = {label: i for i, label in enumerate(step.children)}
    there = np.unique(nodes)
    ways = [
        other if (text := tree.text[step.level][node]) is None else number.get(text, other) for node in there.tolist()
    ]
    part: np.ndarray = np.array(ways, dtype=np.int64)[np.searchsorted(there, nodes)]
    if step.spare is not None:
        label, stay = step.spare
        part[np.flatnonzero(part == number[label])[-stay:]] = _REST
    return part
