"""Other tables that show the same: from the true one, along the moves that elimination left, as far as they go."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.tabular.needs import Needs, Possible
from anonshare.disclosure.tabular.system import CellSystem

__all__ = ["Floor", "along", "climb"]

_STEPS = 12
_MOST = 1 << 40


def along(system: CellSystem, moves: np.ndarray, floor: Floor, possible: Possible) -> None:
    """See the table at the end of every single move, forwards and backwards."""
    for move in moves:
        change = system.sums(move)
        for sign in (1, -1):
            steps = floor.steps(sign * move, sign * change)
            if steps:
                possible.see(floor.totals + sign * steps * change)


def climb(
    system: CellSystem, moves: np.ndarray, floor: Floor, possible: Possible, hidden: np.ndarray, needs: Needs
) -> None:
    """For each column that is still open go up, and down, by several moves one after another."""
    changes = [system.sums(move) for move in moves]
    for column in possible.open(hidden, needs).tolist():
        gains = moves[:, system.kinds_of(column)].sum(axis=1)
        able = np.flatnonzero(gains).tolist()
        for goal in (1, -1):
            signs = {i: goal * int(np.sign(gains[i])) for i in able}
            left, moved = floor, np.zeros(system.columns, dtype=np.int64)
            for _ in range(_STEPS):
                steps = {i: left.steps(sign * moves[i], sign * changes[i]) for i, sign in signs.items()}
                best = max(steps, key=lambda i: (steps[i] * abs(int(gains[i])), -i), default=None)
                if best is None or not steps[best]:
                    break
                step = signs[best] * steps[best]
                left, moved = left.after(step * moves[best], step * changes[best]), moved + step * changes[best]
            if moved.any():
                possible.see(floor.totals + moved)
            if not len(np.intersect1d(possible.open(hidden, needs), [column])):
                break


@dataclass(frozen=True, slots=True)
class Floor:
    """What each kind, and each listed cell, is now, and how little it can be; int64 per kind and per column."""

    weights: np.ndarray = field(repr=False)
    least: np.ndarray = field(repr=False)
    totals: np.ndarray = field(repr=False)
    listed: np.ndarray = field(repr=False)

    def steps(self, move: np.ndarray, change: np.ndarray) -> int:
        """How often a move can be made before something is less than it can be."""
        return min(_steps(move, self.weights - self.least), _steps(change, self.totals - self.listed))

    def after(self, move: np.ndarray, change: np.ndarray) -> Floor:
        """The same at the end of a move."""
        return replace(self, weights=self.weights + move, totals=self.totals + change)


def _steps(move: np.ndarray, spare: np.ndarray) -> int:
    down = move < 0
    return int((spare[down] // -move[down]).min()) if down.any() else _MOST
