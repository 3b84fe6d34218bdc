"""A local recoding as a tree of steps, so that it can be repeated on other records under the same hierarchies.

A step takes one feature one level down: members go to the child that their label names, all others stay in the rest
under the parent's label. What has no step any more is a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.features import Feature

__all__ = [
    "NOWHERE",
    "REST",
    "Class",
    "Descent",
    "FeatureName",
    "Move",
    "Step",
    "Walked",
    "entries",
    "followed",
    "walk",
    "ways",
]

NOWHERE = -1
REST = -2

Class = tuple[int, int]
"""A step and the way out of it that has no further step: the number of a child, or REST."""


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


@dataclass(frozen=True, slots=True)
class Move:
    """Whoever is in the class ``source`` by then and bears all labels of the class ``target`` goes there.

    The last ``stay`` of them, in canonical order, stay: without them the source would be too small.
    """

    source: Class
    target: Class
    stay: int


@dataclass(slots=True)
class Descent:
    """All steps of a block of persons with equally many rows; the first is taken by everybody, none where all are a class.

    After the steps come the ``moves``, in their order.
    """

    features: tuple[FeatureName, ...]
    roots: tuple[int, ...]
    steps: list[Step] = field(default_factory=list, repr=False)
    moves: list[Move] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Walked:
    """``levels`` int8 (persons, features); per person the last ``step`` he took and his ``way`` out of it.

    The way is the number of a child, REST, or NOWHERE for whoever fits no class.
    """

    levels: np.ndarray = field(repr=False)
    step: np.ndarray = field(repr=False)
    way: np.ndarray = field(repr=False)


def walk(descent: Descent, found: Sequence[Feature], persons: int) -> Walked:
    """Take persons, in canonical order, down the steps that others made; the same persons come out as they were."""
    walked = Walked(
        np.tile(np.array(descent.roots, dtype=np.int8), (persons, 1)),
        np.zeros(persons, dtype=np.int64),
        np.full(persons, REST, dtype=np.int64),
    )
    if not descent.steps:
        return walked
    came = entries(descent)
    for number, way, members in followed(descent, found, 0, np.arange(persons)):
        step = descent.steps[number]
        walked.levels[members] = came[number]
        if way >= 0:
            walked.levels[members, step.feature] = step.level
        walked.step[members], walked.way[members] = number, way
    return walked


def entries(descent: Descent) -> np.ndarray:
    """Int8 (steps, features): the levels at which persons come to each step; no step comes before the one that leads to it."""
    came = np.tile(np.array(descent.roots, dtype=np.int8), (len(descent.steps), 1))
    for number, step in enumerate(descent.steps):
        for way, following in ways(step):
            if following is not None:
                came[following] = came[number]
                if way != REST:
                    came[following, step.feature] = step.level
    return came


def followed(
    descent: Descent, found: Sequence[Feature], first: int, members: np.ndarray, *, spare: bool = True
) -> Iterator[tuple[int, int, np.ndarray]]:
    """From one step on: the last step, the way out of it, and the members, in their order, who went so.

    Without ``spare`` nobody stays behind to fill up a rest.
    """
    waiting: list[tuple[int, np.ndarray]] = [(first, members)]
    while waiting:
        number, here = waiting.pop()
        step = descent.steps[number]
        part = _parts(step, found[step.feature], here, spare=spare)
        for way, following in [*ways(step), (NOWHERE, None)]:
            inside = here[part == way]
            if not len(inside):
                continue
            if following is None:
                yield number, way, inside
            else:
                waiting.append((following, inside))


def ways(step: Step) -> list[tuple[int, int | None]]:
    """The ways out of a step, each with the step that follows, None where it ends in a class; the rest last."""
    out: list[tuple[int, int | None]] = list(enumerate(step.children.values()))
    return [*out, (REST, step.rest)] if step.has_rest else out


def _parts(step: Step, feature: Feature, members: np.ndarray, *, spare: bool) -> np.ndarray:
    """Per member the number of his child, or the rest, or nowhere."""
    tree = feature.tree
    nodes = tree.node[step.level][feature.ranks[members]]
    other = REST if step.has_rest else NOWHERE
    number: Mapping[str, int] = {label: i for i, label in enumerate(step.children)}
    there = np.unique(nodes)
    way = [
        other if (text := tree.text[step.level][node]) is None else number.get(text, other) for node in there.tolist()
    ]
    part: np.ndarray = np.array(way, dtype=np.int64)[np.searchsorted(there, nodes)]
    if step.spare is not None and spare:
        label, stay = step.spare
        part[np.flatnonzero(part == number[label])[-stay:]] = REST
    return part
