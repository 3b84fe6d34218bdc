"""What one feature would make of many classes at once: which children leave, who stays behind, what it would save.

A child leaves where it holds every model. All others stay together under the parent's label, which must hold as well:
where they are too few, just as many of the largest child stay with them, or else whole children, the smallest first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.features import Feature
from anonshare.disclosure.front import Front, Nodes
from anonshare.disclosure.promise import Promise

__all__ = ["Splits", "splits"]

_CELLS = 1 << 23
"""Counts that are held at a time: classes are looked at in parts of so many."""


@dataclass(slots=True)
class Splits:
    """Some classes of a front, split by one feature. Groups are children of a class, by class.

    ``classes`` of the front; ``runs`` of the front and of each the place of its class in ``classes`` (``own``) and its
    ``group``. Of each group: its class (``owner``), its ``node``, the ``persons`` in it, whether it ``leaves`` and how many
    of its last persons ``stay`` behind. Of each class: whether it is ``alive`` (some child could leave), ``possible``
    (what stays behind holds), and the certainty penalty that it ``saves``.
    """

    classes: np.ndarray = field(repr=False)
    runs: np.ndarray = field(repr=False)
    own: np.ndarray = field(repr=False)
    group: np.ndarray = field(repr=False)
    owner: np.ndarray = field(repr=False)
    node: np.ndarray = field(repr=False)
    persons: np.ndarray = field(repr=False)
    leaves: np.ndarray = field(repr=False)
    stay: np.ndarray = field(repr=False)
    alive: np.ndarray = field(repr=False)
    possible: np.ndarray = field(repr=False)
    saves: np.ndarray = field(repr=False)

    def behind(self, front: Front) -> np.ndarray:
        """Int64 per run: how many of its persons, the last ones, stay behind."""
        length, start = front.length[self.runs], front.start[self.runs]
        behind = np.where(self.leaves[self.group], 0, length)
        some = np.flatnonzero(self.stay[self.group])
        if some.size:
            some = some[np.lexsort((start[some], self.group[some]))]
            group, upto = self.group[some], np.cumsum(length[some])
            last = np.flatnonzero(np.append(group[1:] != group[:-1], True))
            after = np.repeat(upto[last], np.diff(last, prepend=-1)) - upto
            behind[some] = np.clip(self.stay[group] - after, 0, length[some])
        return behind


def splits(
    front: Front, f: int, feature: Feature, nodes: Nodes, wanted: np.ndarray, k: int, promises: Sequence[Promise]
) -> Iterator[Splits]:
    """The ``wanted`` classes (bool), each of which has children, split by feature ``f``, a part of them at a time."""
    classes = np.flatnonzero(wanted)
    place = np.cumsum(wanted) - 1
    runs = np.flatnonzero(wanted[front.of]) if len(classes) < len(wanted) else np.arange(len(front.of))
    own = place[front.of[runs]]
    many = np.minimum(nodes.fan[front.nodes[classes, f]], np.bincount(own, minlength=len(classes)))
    room = _CELLS // max([1, *(one.width for one in promises)])
    # one part begins where the counts of those before it have filled the room once more
    part = (np.cumsum(many) - many) // room
    edges = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(classes)]
    if len(edges) > 2:
        order = np.argsort(own, kind="stable")
        runs, own = runs[order], own[order]
    bounds = np.searchsorted(own, edges).tolist() if len(edges) > 2 else [0, len(own)]
    for i in range(len(edges) - 1):
        here = slice(bounds[i], bounds[i + 1])
        made = _children(front, f, feature, nodes, classes[edges[i] : edges[i + 1]], runs[here], own[here] - edges[i])
        yield _decided(made, front, nodes, f, feature.weight, k, promises)


def _children(
    front: Front, f: int, feature: Feature, nodes: Nodes, classes: np.ndarray, runs: np.ndarray, own: np.ndarray
) -> Splits:
    """The groups and their persons; nothing is decided yet."""
    at = front.nodes[classes, f]
    fan, first = nodes.fan[at], nodes.first[at]
    offset = np.cumsum(fan) - fan
    row = (nodes.level[at].astype(np.int64) - 1) * nodes.ranks
    group = nodes.below[row[own] + feature.ranks[front.start[runs]]] + (offset - first)[own]
    total = int(fan.sum())
    if total > 4 * len(runs) + 64:
        # most children of a broad tree are empty
        there, group = np.unique(group, return_inverse=True)
    else:
        there = np.arange(total)
    owner = np.searchsorted(offset, there, side="right") - 1
    persons = _sum(group, front.length[runs], len(there))
    none, no = np.zeros(len(there), dtype=np.int64), np.zeros(len(classes), dtype=np.bool_)
    node = there + (first - offset)[owner]
    saves = np.zeros(len(classes))
    return Splits(classes, runs, own, group, owner, node, persons, none > 0, none, no, no, saves)


def _sum(place: np.ndarray, amount: np.ndarray, size: int) -> np.ndarray:
    # exact: sums of persons are far below 2^53
    return np.asarray(np.bincount(place, weights=amount, minlength=size).astype(np.int64))


def _decided(
    made: Splits, front: Front, nodes: Nodes, f: int, weight: int, k: int, promises: Sequence[Promise]
) -> Splits:
    """Decide for every class, in place."""
    valid = (made.persons >= k) & ~nodes.stays[made.node]
    start = front.start[made.runs]
    for promise in promises:
        valid &= promise.parts(start, made.group, made.persons)
    made.leaves = valid.copy()
    size = len(made.classes)
    made.alive = np.bincount(made.owner[valid], minlength=size) > 0
    rest = _sum(made.owner, np.where(valid, 0, made.persons), size)
    short = made.alive & (rest > 0) & (rest < k)
    failed = short & ~_donors(made, valid, short, k - rest, k)
    if promises:
        failed |= made.alive & ~_hold(made, front, promises)
    made.stay[failed[made.owner]] = 0
    made.possible = made.alive & ~_children_stay(made, front, failed & made.alive, promises)
    lost = nodes.loss[front.nodes[made.classes, f]]
    saved = (lost[made.owner] - nodes.loss[made.node]) * weight
    moved = np.where(made.leaves, made.persons - made.stay, 0)
    made.saves = np.bincount(made.owner, weights=moved * saved, minlength=size)
    return made


def _donors(made: Splits, valid: np.ndarray, short: np.ndarray, lacks: np.ndarray, k: int) -> np.ndarray:
    """The largest child that can spare what the rest lacks gives it; bool per class: whether there was one."""
    found = np.zeros(len(short), dtype=np.bool_)
    if not short.any():
        return found
    lacking = lacks[made.owner]
    spare = np.where(valid & short[made.owner] & (made.persons - lacking >= k), made.persons, 0)
    most = np.zeros(len(short), dtype=np.int64)
    np.maximum.at(most, made.owner, spare)
    donors = np.flatnonzero((spare > 0) & (spare == most[made.owner]))
    # of equal ones the first
    donors = donors[np.diff(made.owner[donors], prepend=-1) > 0]
    made.stay[donors] = lacking[donors]
    found[made.owner[donors]] = True
    return found


def _hold(made: Splits, front: Front, promises: Sequence[Promise]) -> np.ndarray:
    """Bool per class: whether who stays behind holds every promise, and what is left of the child that gave some."""
    behind = made.behind(front) > 0
    given = (made.stay > 0)[made.group] & ~behind
    return np.asarray(_parts_hold(made, front, behind, promises) & _parts_hold(made, front, given, promises))


def _parts_hold(made: Splits, front: Front, chosen: np.ndarray, promises: Sequence[Promise]) -> np.ndarray:
    """Bool per class: whether its chosen runs, one person each, hold every promise; nobody holds them all."""
    own = made.own[chosen]
    sizes = np.bincount(own, minlength=len(made.classes))
    good = np.ones(len(sizes), dtype=np.bool_)
    if own.size:
        start = front.start[made.runs[chosen]]
        for promise in promises:
            good &= promise.parts(start, own, sizes)
    return np.asarray(good | (sizes == 0))


def _children_stay(made: Splits, front: Front, failed: np.ndarray, promises: Sequence[Promise]) -> np.ndarray:
    """Whole children stay with the rest, the smallest first, until it holds; bool per class: whether it never does."""
    never = np.zeros(len(failed), dtype=np.bool_)
    groups = np.flatnonzero(made.leaves & failed[made.owner])
    groups = groups[np.lexsort((made.persons[groups], made.owner[groups]))]
    owner = made.owner[groups]
    first = np.searchsorted(owner, np.arange(len(failed)))
    left = np.bincount(owner, minlength=len(failed))
    waiting = np.flatnonzero(failed)
    while waiting.size:
        made.leaves[groups[first[waiting]]] = False
        first[waiting] += 1
        left[waiting] -= 1
        never[waiting[left[waiting] == 0]] = True
        waiting = waiting[left[waiting] > 0]
        if not promises:
            break
        # a child that could leave is k persons at least, so only the promises are to be asked
        asked = np.zeros(len(failed), dtype=np.bool_)
        asked[waiting] = True
        behind = asked[made.own] & ~made.leaves[made.group]
        waiting = waiting[~_parts_hold(made, front, behind, promises)[waiting]]
    return never
