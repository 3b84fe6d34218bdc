"""Other records in the classes of a recipe: who is in a class that is too small goes back up to where it was split off.

A recipe that was made on many records splits them finely; among the fewer of the next period many of its classes are too
small. Their persons are not lost: they join those whom the same step left under the parent's label, and go on from there,
until a class holds with them. Only what fails at the root as well stays behind.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.descent import NOWHERE, REST, Class, Descent, Walked, entries, followed
from anonshare.disclosure.features import Feature

__all__ = ["roll_up"]


def roll_up(
    descent: Descent,
    found: Sequence[Feature],
    walked: Walked,
    fits: np.ndarray,
    able: np.ndarray,
    holds: Callable[[np.ndarray], bool],
) -> tuple[np.ndarray, np.ndarray]:
    """Int8 levels per person and feature, and bool per person whether he is in a class that holds.

    ``fits`` bool per person are those whose class holds as it is: they keep it, and take others in where it ``holds``
    with them, which takes numbers of persons. Whoever is not ``able`` to take the steps stays. The result depends on no
    order of persons.
    """
    levels, kept = walked.levels.copy(), fits.copy()
    if not descent.steps:
        return levels, kept
    plan = _plan(descent)
    came = entries(descent)
    residents = _by_class(walked, np.flatnonzero(fits))
    waiting = defaultdict(list, {at: [who] for at, who in _by_class(walked, np.flatnonzero(able & ~fits)).items()})
    heap = [(plan.number[at], at) for at in waiting]
    heapq.heapify(heap)
    while heap:
        _, at = heapq.heappop(heap)
        guests = np.sort(np.concatenate(waiting.pop(at)))
        if holds(np.concatenate([residents.get(at, guests[:0]), guests])):
            kept[guests] = True
            levels[guests] = _levels(descent, came, at)
            continue
        for onward, who in _onward(descent, found, plan, at, guests):
            if onward not in waiting:
                heapq.heappush(heap, (plan.number[onward], onward))
            waiting[onward].append(who)
    return levels, kept


@dataclass(frozen=True, slots=True)
class _Plan:
    """``number`` of each class: children before the rest that they fall back to, so that each is looked at once.

    ``above[step]`` is the step to whose rest those fall back who fail in the last rest after this step; None at the root.
    """

    number: dict[Class, int] = field(repr=False)
    above: list[int | None] = field(repr=False)


def _plan(descent: Descent) -> _Plan:
    number: dict[Class, int] = {}
    above: list[int | None] = [None] * len(descent.steps)
    todo: list[tuple[Class, int | None]] = [((0, REST), 0)]
    while todo:
        at, following = todo.pop()
        if following is None:
            number[at] = len(number)
            continue
        step = descent.steps[following]
        # of a stack the last comes first: the rest, also one that nobody was in, is looked at after all children
        todo.append(((following, REST), step.rest))
        if step.rest is not None:
            above[step.rest] = above[following]
        for way, child in enumerate(step.children.values()):
            todo.append(((following, way), child))
            if child is not None:
                above[child] = following
    return _Plan(number, above)


def _by_class(walked: Walked, persons: np.ndarray) -> dict[Class, np.ndarray]:
    """The persons of each class; whoever fits none comes to the rest of the step that had no way for him."""
    step = walked.step[persons]
    way = np.where(walked.way[persons] == NOWHERE, REST, walked.way[persons])
    order = np.lexsort((way, step))
    edges = np.flatnonzero((np.diff(step[order]) != 0) | (np.diff(way[order]) != 0)) + 1
    return {(int(step[who[0]]), int(way[who[0]])): persons[who] for who in np.split(order, edges) if len(who)}


def _onward(
    descent: Descent, found: Sequence[Feature], plan: _Plan, at: Class, guests: np.ndarray
) -> list[tuple[Class, np.ndarray]]:
    """The classes to which the persons of one that does not hold come next; nothing where there is no coarser one."""
    step, way = at
    above = plan.above[step] if way == REST else step
    if above is None:
        return []
    rest = descent.steps[above].rest
    if rest is None:
        return [((above, REST), guests)]
    return [
        ((last, REST if out == NOWHERE else out), who)
        for last, out, who in followed(descent, found, rest, guests, spare=False)
    ]


def _levels(descent: Descent, came: np.ndarray, at: Class) -> np.ndarray:
    number, way = at
    levels: np.ndarray = came[number].copy()
    if way != REST:
        levels[descent.steps[number].feature] = descent.steps[number].level
    return levels
