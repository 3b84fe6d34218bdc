"""Which persons were recoded with how many of their rows, as a rule that can be repeated on other persons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from anonshare.disclosure.arrays import np
from anonshare.disclosure.signatures import distinct_rows

__all__ = ["Assignment", "assign", "assignment"]

Shape = tuple[int, ...]
Assignment = dict[Shape, tuple[tuple[Shape, int | None], ...]]
"""The rows that persons have -> the rows that they keep: so many of them, first those, and None for all that are left."""


def assignment(sizes: np.ndarray, kept: Mapping[Shape, np.ndarray], order: np.ndarray) -> Assignment:
    """The rule by which persons came into their blocks.

    ``sizes`` int64 (persons, tables) are the rows that they have, ``kept`` the persons by the shape that they keep,
    ``order`` all persons in the order in which they were asked.
    """
    shapes = list(kept)
    of = np.full(len(sizes), -1, dtype=np.int64)
    for number, persons in enumerate(kept.values()):
        of[persons] = number
    found: Assignment = {}
    for own in distinct_rows(sizes).tolist():
        mine = order[(sizes[order] == own).all(axis=1)]
        runs = [(shapes[number], len(list(run))) for number, run in groupby(of[mine].tolist()) if number >= 0]
        found[tuple(own)] = tuple(
            (shape, count if i < len(runs) - 1 else None) for i, (shape, count) in enumerate(runs)
        )
    return found


def assign(rule: Assignment, sizes: np.ndarray, order: np.ndarray) -> dict[Shape, np.ndarray]:
    """The persons by the shape that they keep; whoever has fewer rows than any shape asks for is in none.

    Numbers of rows that the rule does not know keep as many as the nearest that it knows.
    """
    shapes = sorted({shape for ways in rule.values() for shape, _ in ways}, key=lambda shape: (-sum(shape), shape))
    found: dict[Shape, list[np.ndarray]] = {}
    for own in [tuple(one) for one in distinct_rows(sizes).tolist()]:
        mine = order[(sizes[order] == own).all(axis=1)]
        for shape, count in rule.get(own) or _nearest(shapes, own):
            found.setdefault(shape, []).append(mine if count is None else mine[:count])
            mine = mine[:0] if count is None else mine[count:]
    return {shape: np.concatenate(parts) for shape, parts in found.items()}


def _nearest(shapes: Sequence[Shape], own: Shape) -> tuple[tuple[Shape, None], ...]:
    below = next((s for s in shapes if len(s) == len(own) and all(a <= b for a, b in zip(s, own, strict=True))), None)
    return () if below is None else ((below, None),)
