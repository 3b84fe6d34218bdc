"""Top-down hierarchical specialisation of persons of fixed width.

All start in one class at the roots. The column whose specialisation saves most certainty penalty is taken one level
down; children that would not hold the models stay together under the parent's label. So no person is suppressed, and
every class holds at every moment (the idea of Fung, Wang, Yu 2005, with a remainder instead of a refusal). All classes
of one depth are looked at together: 3 million rows have 250,000 classes, too many to look at one by one.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.descent import Descent, Step
from anonshare.disclosure.features import Feature
from anonshare.disclosure.front import Front, Nodes, first_front, nodes_of
from anonshare.disclosure.promise import Promise
from anonshare.disclosure.splitting import Splits, splits
from anonshare.shapes import Progress, no_progress

__all__ = ["specialise"]

_TIE = 1e-9
"""Gains closer than this are equal: sums of floats must not decide between columns."""

_Origin = tuple[int, str | None] | None
"""The step and the child, None for its rest, by which a class came about."""


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
    made = {id(feature.tree): nodes_of(feature.tree) for feature in found}
    nodes = [made[id(feature.tree)] for feature in found]
    front = first_front(found, nodes, persons, singly=bool(promises))
    origins: list[_Origin] = [None]
    done = 0
    while len(front.start):
        late = deadline is not None and time.monotonic() > deadline
        best = np.full(len(front.nodes), -1) if late else _best(front, found, nodes, k, promises)
        done += _settle(levels, front, nodes, best < 0)
        progress("recoding", done, persons)
        front, origins = _next(front, found, nodes, best, k, promises, descent, origins)
    return levels


def _best(
    front: Front, found: Sequence[Feature], nodes: Sequence[Nodes], k: int, promises: Sequence[Promise]
) -> np.ndarray:
    """Per class the feature that saves most, -1 where nothing can be split; what is dead is marked in the front."""
    best = np.full(len(front.nodes), -1)
    most = np.zeros(len(front.nodes))
    for f, feature in enumerate(found):
        wanted = (nodes[f].fan[front.nodes[:, f]] > 0) & ~front.dead[:, f]
        for made in splits(front, f, feature, nodes[f], wanted, k, promises) if wanted.any() else ():
            front.dead[made.classes[~made.alive], f] = True
            floor = np.where(best[made.classes] < 0, -_TIE, most[made.classes] + _TIE)
            better = made.possible & (made.saves > floor)
            best[made.classes[better]], most[made.classes[better]] = f, made.saves[better]
    return best


def _settle(levels: np.ndarray, front: Front, nodes: Sequence[Nodes], finished: np.ndarray) -> int:
    """Write the levels of the persons of finished classes; how many they are."""
    runs = np.flatnonzero(finished[front.of])
    length = front.length[runs]
    many = int(length.sum())
    before = np.cumsum(length) - length
    members = np.repeat(front.start[runs] - before, length) + np.arange(many)
    owner = np.repeat(front.of[runs], length)
    for f, own in enumerate(nodes):
        levels[members, f] = own.level[front.nodes[:, f]][owner]
    return many


def _next(
    front: Front,
    found: Sequence[Feature],
    nodes: Sequence[Nodes],
    best: np.ndarray,
    k: int,
    promises: Sequence[Promise],
    descent: Descent | None,
    origins: Sequence[_Origin],
) -> tuple[Front, list[_Origin]]:
    """The classes that come of the best splits."""
    parts: list[Front] = []
    came: list[_Origin] = []
    count = 0
    for f in np.unique(best[best >= 0]).tolist():
        for made in splits(front, f, found[f], nodes[f], best == f, k, promises):
            part = _parts(front, f, made, count)
            parts.append(part)
            count += len(part.nodes)
            if descent is not None:
                came += _note(descent, made, f, nodes[f], [origins[c] for c in made.classes.tolist()], _rests(made))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return Front(nothing, nothing, nothing, front.nodes[:0], front.dead[:0]), came
    whole = [np.concatenate([getattr(part, name) for part in parts]) for name in Front.__slots__]
    return Front(*whole), came


def _rests(made: Splits) -> np.ndarray:
    """Bool per class: whether anybody stays behind."""
    gone = np.where(made.leaves, made.persons - made.stay, 0)
    return np.bincount(made.owner, weights=made.persons - gone, minlength=len(made.classes)) > 0


def _parts(front: Front, f: int, made: Splits, before: int) -> Front:
    """The children and rests of some classes; their classes are numbered from ``before``, children first."""
    children, rests = np.flatnonzero(made.leaves), np.flatnonzero(_rests(made))
    child, rest = np.full(len(made.leaves), -1), np.full(len(made.classes), -1)
    child[children] = np.arange(len(children)) + before
    rest[rests] = np.arange(len(rests)) + before + len(children)
    behind = made.behind(front)
    start, length = front.start[made.runs], front.length[made.runs]
    on = length - behind
    goes, stays = np.flatnonzero(on), np.flatnonzero(behind)
    of = made.classes[np.concatenate([made.owner[children], rests])]
    nodes = front.nodes[of]
    nodes[: len(children), f] = made.node[children]
    return Front(
        start=np.concatenate([start[goes], (start + on)[stays]]),
        length=np.concatenate([on[goes], behind[stays]]),
        of=np.concatenate([child[made.group[goes]], rest[made.own[stays]]]),
        nodes=nodes,
        dead=front.dead[of],
    )


def _note(
    descent: Descent, made: Splits, f: int, nodes: Nodes, origins: Sequence[_Origin], rests: np.ndarray
) -> list[_Origin]:
    """Write down the steps, and where each class stands in the step before it; where the classes of ``_parts`` came from."""
    groups = np.flatnonzero(made.leaves)
    edges = np.searchsorted(made.owner[groups], np.arange(len(made.classes) + 1)).tolist()
    names = [str(nodes.text[node]) for node in made.node[groups].tolist()]
    stay = made.stay[groups].tolist()
    level = nodes.level[made.node[groups]].tolist()
    number = len(descent.steps)
    came: list[_Origin] = []
    for c, (origin, rest) in enumerate(zip(origins, rests.tolist(), strict=True)):
        own = range(edges[c], edges[c + 1])
        spare = next(((names[g], stay[g]) for g in own if stay[g]), None)
        children: dict[str, int | None] = dict.fromkeys(names[edges[c] : edges[c + 1]])
        descent.steps.append(Step(f, level[own.start], children, rest, None, spare))
        came += [(number + c, name) for name in children]
        if origin is not None:
            before, label = origin
            if label is None:
                descent.steps[before].rest = number + c
            else:
                descent.steps[before].children[label] = number + c
    return [*came, *((number + c, None) for c in np.flatnonzero(rests).tolist())]
