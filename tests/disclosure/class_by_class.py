"""The search of local recoding, a class at a time: the plain way, which tells what the fast one has to give.

All start in one class at the roots. The column whose specialisation saves most certainty penalty is taken one level
down; children that would not hold the models stay together under the parent's label. So no person is suppressed, and
every class holds at every moment (the idea of Fung, Wang, Yu 2005, with a remainder instead of a refusal).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.descent import Descent, Step
from anonshare.disclosure.features import Feature
from anonshare.disclosure.promise import Promise, all_hold
from anonshare.shapes import Progress, no_progress

__all__ = ["specialise"]

_REMAINDER = -1
_TIE = 1e-9
"""Gains closer than this are equal: sums of floats must not decide between columns."""


@dataclass(slots=True)
class _Class:
    members: np.ndarray = field(repr=False)
    levels: tuple[int, ...]
    dead: int = 0
    """Bits of features in which no child can ever be large or diverse enough; smaller classes inherit them."""
    came: tuple[int, str | None] | None = None
    """The step and the child, None for its rest, by which it came about."""


@dataclass(frozen=True, slots=True)
class _Split:
    feature: int
    gain: float
    part: np.ndarray = field(repr=False)
    """Child per member, or the remainder."""
    child: np.ndarray = field(repr=False)
    """The child that each member would have gone to."""
    first: int
    """The node of child 0 on the level below."""


@dataclass(slots=True)
class _Trial:
    """A class, and the children that one feature would give it."""

    members: np.ndarray
    child: np.ndarray
    counts: np.ndarray
    valid: np.ndarray
    gains: np.ndarray
    first: int


def specialise(
    found: Sequence[Feature],
    persons: int,
    k: int,
    promises: Sequence[Promise],
    progress: Progress = no_progress,
    descent: Descent | None = None,
    deadline: float | None = None,
) -> np.ndarray:
    """Int8 level per person and feature. Raises nothing: the caller gives persons who hold the models at the roots.

    ``descent`` takes down every step, so that other persons can be taken the same way. At ``deadline`` (monotonic
    seconds) it stops: every class holds at every moment.
    """
    levels = np.empty((persons, len(found)), dtype=np.int8)
    waiting = [_Class(np.arange(persons), tuple(feature.tree.root for feature in found))]
    done = 0
    while waiting:
        group = waiting.pop()
        late = deadline is not None and time.monotonic() > deadline
        split, dead = (None, 0) if late else _best(group, found, k, promises)
        parts, settled = ([], group) if split is None else (_parts(group, split, dead), group)
        if descent is not None:
            _note(descent, group, parts, split, found)
        waiting += parts
        if not parts:
            levels[settled.members] = settled.levels
            done += len(settled.members)
            progress("recoding", done, persons)
    return levels


def _best(group: _Class, found: Sequence[Feature], k: int, promises: Sequence[Promise]) -> tuple[_Split | None, int]:
    """The best split of a class, None where nothing can be split, and the features that are dead from here on."""
    best: _Split | None = None
    dead = group.dead
    for f, feature in enumerate(found):
        if group.levels[f] == 0 or dead >> f & 1:
            continue
        trial = _trial(group, feature, group.levels[f], k, promises)
        if not trial.valid.any():
            dead |= 1 << f
            continue
        split = _split(f, trial, k, promises)
        if split is not None and split.gain > (best.gain if best else -_TIE) + (_TIE if best else 0.0):
            best = split
    return best, dead


def _trial(group: _Class, feature: Feature, level: int, k: int, promises: Sequence[Promise]) -> _Trial:
    tree, members = feature.tree, group.members
    ranks = feature.ranks[members]
    parent = tree.node[level][ranks[0]]
    start, stop = tree.first[level][parent], tree.first[level][parent + 1]
    child = tree.node[level - 1][ranks] - start
    counts = np.bincount(child, minlength=int(stop - start))
    valid = (counts >= k) & ~tree.stays[level - 1][start:stop]
    for promise in promises:
        valid &= promise.parts(members, child, counts)
    gains = (tree.loss[level][parent] - tree.loss[level - 1][start:stop]) * feature.weight
    return _Trial(members, child, counts, valid, gains, int(start))


def _split(f: int, trial: _Trial, k: int, promises: Sequence[Promise]) -> _Split | None:
    """The split by one feature, None where no remainder can be made to hold."""
    part = _with_few(trial, k, promises)
    if part is None:
        part = _with_children(trial, k, promises)
    if part is None:
        return None
    moved = np.bincount(part[part >= 0], minlength=len(trial.counts))
    return _Split(f, float(moved @ trial.gains), part, trial.child, trial.first)


def _holds(trial: _Trial, chosen: np.ndarray, k: int, promises: Sequence[Promise]) -> bool:
    """Whether the chosen members can stand alone; nobody can."""
    size = int(chosen.sum())
    return size == 0 or (size >= k and all_hold(promises, trial.members[chosen]))


def _with_few(trial: _Trial, k: int, promises: Sequence[Promise]) -> np.ndarray | None:
    """All valid children leave; a remainder that is too small keeps just as many of the largest child as it lacks."""
    lacks = k - int(trial.counts[~trial.valid].sum())
    part = np.where(trial.valid[trial.child], trial.child, _REMAINDER)
    if 0 < lacks < k:
        spare = np.where(trial.valid & (trial.counts - lacks >= k), trial.counts, 0)
        donor = int(spare.argmax())
        if not spare[donor]:
            return None
        part[np.flatnonzero(trial.child == donor)[-lacks:]] = _REMAINDER
        if promises and not _holds(trial, part == donor, k, promises):
            return None
    return part if lacks == k or _holds(trial, part == _REMAINDER, k, promises) else None


def _with_children(trial: _Trial, k: int, promises: Sequence[Promise]) -> np.ndarray | None:
    """Whole children stay with the remainder, the smallest first, until it holds."""
    valid = trial.valid.copy()
    for child in np.argsort(trial.counts, kind="stable"):
        if not valid[child]:
            continue
        valid[child] = False
        part = np.where(valid[trial.child], trial.child, _REMAINDER)
        if valid.any() and _holds(trial, part == _REMAINDER, k, promises):
            return part
    return None


def _parts(group: _Class, split: _Split, dead: int) -> list[_Class]:
    f = split.feature
    deeper = (*group.levels[:f], group.levels[f] - 1, *group.levels[f + 1 :])
    return [
        _Class(group.members[split.part == part], group.levels if part == _REMAINDER else deeper, dead)
        for part in np.unique(split.part).tolist()
    ]


def _note(
    descent: Descent, group: _Class, parts: Sequence[_Class], split: _Split | None, found: Sequence[Feature]
) -> None:
    """Write down a step, and where the class stands in the step before it; ``parts`` learn where they came from."""
    number = None if split is None else len(descent.steps)
    if group.came is not None:
        before, label = group.came
        if label is None:
            descent.steps[before].rest = number
        else:
            descent.steps[before].children[label] = number
    if split is None or number is None:
        return
    level = group.levels[split.feature] - 1
    text = found[split.feature].tree.text[level]
    ways = np.unique(split.part).tolist()
    names = [None if way == _REMAINDER else str(text[split.first + way]) for way in ways]
    for part, name in zip(parts, names, strict=True):
        part.came = (number, name)
    children: dict[str, int | None] = dict.fromkeys(name for name in names if name is not None)
    step = Step(split.feature, level, children, has_rest=_REMAINDER in ways)
    # a child of which some stay behind is the donor of a rest that would have been too small
    behind = np.bincount(split.child[split.part == _REMAINDER], minlength=max(ways, default=0) + 1)
    step.spare = next(
        (
            (str(name), int(behind[way]))
            for way, name in zip(ways, names, strict=True)
            if name is not None and behind[way]
        ),
        None,
    )
    descent.steps.append(step)
