"""The moves after a descent: persons who also fit a class that is finer for them, or the class next to one that was dissolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.class_nodes import ClassNodes, class_nodes
from anonshare.disclosure.descent import NOWHERE, Descent, Move, Walked
from anonshare.disclosure.features import Feature

__all__ = ["Gathered", "moved"]


class Gathered:
    """Who is in which class, while persons move; those of a class stay in canonical order."""

    def __init__(self, classes: ClassNodes, walked: Walked) -> None:
        self.classes = classes
        placed = np.flatnonzero(walked.way != NOWHERE)
        # a way is -2 at least
        code = walked.step[placed] * (1 << 32) + walked.way[placed]
        order = np.argsort(code, kind="stable")
        edges = np.flatnonzero(np.diff(code[order])) + 1
        groups = [who for who in np.split(placed[order], edges) if len(who)]
        self._who = {classes.number[int(walked.step[who[0]]), int(walked.way[who[0]])]: who for who in groups}

    def members(self, number: int) -> np.ndarray:
        """The persons of a class."""
        return self._who.get(number, np.zeros(0, dtype=np.int64))

    def take(self, move: Move) -> np.ndarray:
        """Make a move; who went."""
        source, target = self.classes.number[move.source], self.classes.number[move.target]
        here = self.members(source)
        fits = self.classes.fit(target, here)
        going = fits[: max(len(fits) - move.stay, 0)]
        if len(going):
            self._who[source] = here[~np.isin(here, going, assume_unique=True)]
            self._who[target] = np.sort(np.concatenate([self.members(target), going]))
        return going


def moved(descent: Descent, found: Sequence[Feature], walked: Walked) -> Walked:
    """Persons who came down the steps, after all moves of the descent: each is where its last one took him."""
    if not descent.moves:
        return walked
    classes = class_nodes(descent, found)
    gathered = Gathered(classes, walked)
    made = replace(walked, levels=walked.levels.copy(), step=walked.step.copy(), way=walked.way.copy())
    for move in descent.moves:
        going = gathered.take(move)
        if len(going):
            made.levels[going] = classes.levels(classes.number[move.target])
            made.step[going], made.way[going] = move.target
    return made
