"""After a descent: which persons better move to another class whose labels they bear, so that the table loses less.

A descent never looks back: who stayed behind under a coarse label may fit a class that came about later, on another
branch. A class gives away whom it can spare, or is dissolved wholly, whichever saves more; that may make a few persons
coarser so that more become finer. Both classes hold every model after each move, and each plan that is taken saves loss.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.class_nodes import class_nodes
from anonshare.disclosure.covering import Cover, cover
from anonshare.disclosure.descent import NOWHERE, Class, Descent, Move, Walked
from anonshare.disclosure.features import Feature
from anonshare.disclosure.moving import Gathered
from anonshare.disclosure.promise import Promise, all_hold

__all__ = ["find_moves"]

_TIE = 1e-9
"""Losses closer than this are equal: sums of floats must not move anybody."""


@dataclass(frozen=True, slots=True)
class _Board:
    """The classes of a descent with who is in each, whom each fits, and what a person loses there."""

    named: Sequence[Class] = field(repr=False)
    gathered: Gathered = field(repr=False)
    cover: Cover = field(repr=False)
    losses: np.ndarray = field(repr=False)
    live: np.ndarray = field(repr=False)
    promises: Sequence[Promise] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Moves out of one class, and what they save."""

    moves: Sequence[Move] = ()
    saves: float = 0.0


def find_moves(
    descent: Descent,
    found: Sequence[Feature],
    walked: Walked,
    promises: Sequence[Promise],
    deadline: float | None = None,
) -> list[Move]:
    """The moves, in their order, for persons who all came down to classes that hold the promises.

    At ``deadline`` (monotonic seconds) there are no more: every class holds at every moment.
    """
    if not descent.steps or _late(deadline):
        return []
    board, waiting = _board(descent, found, walked, promises)
    moves: list[Move] = []
    while waiting:
        grown: set[int] = set()
        for source in waiting:
            if _late(deadline):
                return moves
            for move in _best(board, source).moves:
                board.gathered.take(move)
                grown.add(board.gathered.classes.number[move.target])
                moves.append(move)
            board.live[source] = len(board.gathered.members(source)) > 0
        # who was taken in may be what a class lacked to spare others
        waiting = sorted(grown)
    return moves


def _late(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() > deadline


def _board(
    descent: Descent, found: Sequence[Feature], walked: Walked, promises: Sequence[Promise]
) -> tuple[_Board, list[int]]:
    """The board, and the classes out of which somebody could move to a finer one, where most could be saved first."""
    classes = class_nodes(descent, found)
    losses = classes.losses()
    fits = cover(descent, classes, losses, len(walked.step))
    gathered = Gathered(classes, walked)
    home = np.full(len(walked.step), NOWHERE)
    for number in range(len(classes.at)):
        home[gathered.members(number)] = number
    live = np.bincount(home, minlength=len(classes.at)) > 0
    gain = np.maximum(losses[home] - fits.finest(losses), 0)
    could = np.bincount(home, weights=gain, minlength=len(classes.at))
    order = np.lexsort((np.arange(len(could)), -could))
    board = _Board(list(classes.number), gathered, fits, losses, live, promises)
    return board, order[could[order] > _TIE].tolist()


def _best(board: _Board, source: int) -> _Plan:
    """Who is spared, or all: whichever saves more; nothing where neither saves anything."""
    offers = list(_offers(board, source))
    spared, dissolved = _plan(board, source, offers, whole=False), _plan(board, source, offers, whole=True)
    best = dissolved if dissolved.saves > spared.saves + _TIE else spared
    return best if best.saves > _TIE else _Plan()


def _offers(board: _Board, source: int) -> Iterator[tuple[int, np.ndarray]]:
    """The other classes with somebody in them, and the places of the members who fit each; the finest first."""
    place, target = board.cover.pairs(board.gathered.members(source))
    good = board.live[target] & (target != source)
    place, target = place[good], target[good]
    order = np.lexsort((place, target, board.losses[target]))
    place, target = place[order], target[order]
    for run in np.split(np.arange(len(target)), np.flatnonzero(np.diff(target)) + 1):
        if len(run):
            yield int(target[run[0]]), place[run]


def _plan(board: _Board, source: int, offers: Sequence[tuple[int, np.ndarray]], *, whole: bool) -> _Plan:
    """Each member to the finest class that he fits and that holds with him: all of them, or those who can be spared."""
    members = board.gathered.members(source)
    left = np.ones(len(members), dtype=np.bool_)
    moves, saves = [], 0.0
    for target, places in offers:
        gain = float(board.losses[source] - board.losses[target])
        if not whole and gain <= _TIE:
            break
        fits = places[left[places]]
        stay = 0 if whole else _stay(board, members, left, fits)
        going = fits[: len(fits) - stay]
        guests = members[going]
        if len(going) and all_hold(board.promises, np.concatenate([board.gathered.members(target), guests])):
            left[going] = False
            saves += gain * len(going)
            moves.append(Move(board.named[source], board.named[target], stay))
    return _Plan() if whole and left.any() else _Plan(moves, saves)


def _stay(board: _Board, members: np.ndarray, left: np.ndarray, fits: np.ndarray) -> int:
    """How few of those who fit elsewhere, the last ones, must stay so that the class they leave holds or is empty."""

    def holds(stay: int) -> bool:
        rest = left.copy()
        rest[fits[: len(fits) - stay]] = False
        return not rest.any() or all_hold(board.promises, members[rest])

    low, high = -1, len(fits)
    # most classes are as small as they may be
    if high and not holds(high - 1):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
