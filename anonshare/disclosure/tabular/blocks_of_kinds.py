"""Parts of a system of cells that can be moved while everything else stays: kinds that published cells bind together."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.disclosure.arrays import np
from anonshare.disclosure.solver import INFINITY, Row
from anonshare.disclosure.tabular.system import CellSystem

__all__ = ["Blocks"]

_LARGEST = 250
"""Kinds in a part: a programme over them takes some milliseconds."""


class Blocks:
    """The published columns of each kind, smallest first, and the ``floors``: columns that are ``listed``, at least so much."""

    def __init__(self, system: CellSystem, published: np.ndarray, floors: np.ndarray, listed: np.ndarray) -> None:
        self._floors: list[list[int]] = [[] for _ in range(system.kinds)]
        self._listed = listed
        for column in floors.tolist():
            for kind in system.kinds_of(column).tolist():
                self._floors[kind].append(column)
        self._system = system
        width = system.width
        columns = np.flatnonzero(published)
        columns = columns[np.argsort(width[columns], kind="stable")]
        self._of: list[list[int]] = [[] for _ in range(system.kinds)]
        for column in columns.tolist():
            for kind in system.kinds_of(column).tolist():
                self._of[kind].append(column)

    def around(self, column: int) -> np.ndarray:
        """Kinds of the column, and such as published columns bind to them, the narrowest first."""
        found = dict.fromkeys(self._system.kinds_of(column)[:_LARGEST].tolist())
        waiting = [(rank, kind) for kind in found for rank in range(min(2, len(self._of[kind])))]
        for rank, kind in waiting:
            if len(found) >= _LARGEST:
                break
            own = self._of[kind]
            if rank >= len(own):
                continue
            for other in self._system.kinds_of(own[rank]).tolist():
                if other not in found:
                    found[other] = None
                    waiting += [(r, other) for r in range(2)]
            waiting.append((rank + 2, kind))
        return np.array(sorted(found), dtype=np.int64)

    def rows(self, kinds: np.ndarray, point: np.ndarray) -> tuple[list[Row], np.ndarray]:
        """What published columns say of these kinds while all others stay, and which of them cannot move at all."""
        place = {kind: i for i, kind in enumerate(kinds.tolist())}
        found: dict[int, list[int]] = {}
        for kind, i in place.items():
            for column in self._of[kind]:
                found.setdefault(column, []).append(i)
        fixed = np.zeros(len(kinds), dtype=np.bool_)
        rows = []
        for own in set(map(tuple, found.values())):
            if len(own) == 1:
                fixed[own[0]] = True
            else:
                total = float(point[kinds[list(own)]].sum())
                rows.append(Row(list(own), [1] * len(own), total, total))
        rows.sort(key=lambda row: tuple(row.columns))
        return [*rows, *self._lowest(place, point)], fixed

    def _lowest(self, place: dict[int, int], point: np.ndarray) -> Iterator[Row]:
        for column in sorted({column for kind in place for column in self._floors[kind]}):
            kinds = self._system.kinds_of(column)
            own = [place[kind] for kind in kinds.tolist() if kind in place]
            rest = sum(float(point[kind]) for kind in kinds.tolist() if kind not in place)
            yield Row(own, [1] * len(own), float(self._listed[column]) - rest, INFINITY)
