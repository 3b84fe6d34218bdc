"""A quasi-identifier as numbers: codes to labels on every level of its hierarchy."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.disclosure.arrays import np
from anonshare.errors import DisclosureError
from anonshare.shapes import Hierarchy, KeyColumn

__all__ = ["MAX_HEIGHT", "key_column"]

MAX_HEIGHT = 100
"""Levels below the root: a recipe stores a level in one signed byte."""

Labels = list[str | None]


def key_column(name: str, values: Sequence[str | None], hierarchy: Hierarchy) -> KeyColumn:
    """The column ``name`` with ``values[code]`` as its texts (code 0 is null) under a hierarchy.

    A value that the hierarchy does not know goes to the root on *every* level, level 0 as well: its text must never
    leave. It costs 1 there, whereas null costs 0 on level 0, where nothing is lost; outwardly both are null.
    Raises DisclosureError where code 0 is not null, or the hierarchy gives paths of the wrong length.
    """
    if not values or values[0] is not None:
        raise DisclosureError(f"Column {name}: code 0 must be null.", reason="codes")
    if not 0 < hierarchy.height <= MAX_HEIGHT:
        raise _wrong(name, hierarchy)
    paths = [_path(name, value, hierarchy) for value in values]
    levels = [_level(paths, level, hierarchy) for level in range(hierarchy.height)]
    levels.append((np.zeros(len(values), dtype=np.int32), [None], [1.0]))
    return KeyColumn(
        name=name,
        paths=np.stack([ids for ids, _, _ in levels], axis=1),
        labels=tuple(tuple(labels) for _, labels, _ in levels),
        loss=tuple(np.array(loss, dtype=np.float64) for _, _, loss in levels),
    )


def _path(name: str, value: str | None, hierarchy: Hierarchy) -> tuple[str, ...] | None:
    """The labels of a value; () for null, None for a value that the hierarchy does not know."""
    if value is None:
        return ()
    path = hierarchy.path(value)
    if path is not None and len(path) != hierarchy.height:
        raise _wrong(name, hierarchy)
    return path


def _wrong(name: str, hierarchy: Hierarchy) -> DisclosureError:
    return DisclosureError(
        f"Column {name}: the hierarchy {hierarchy.name} gives paths of the wrong length.",
        hint=f"Every value needs one label a level, 1 to {MAX_HEIGHT} of them.",
        reason="hierarchy",
    )


def _level(
    paths: Sequence[tuple[str, ...] | None], level: int, hierarchy: Hierarchy
) -> tuple[np.ndarray, Labels, list[float]]:
    """Label id per value, texts and losses on one level: id 0 is null, id 1 is what the hierarchy does not know."""
    texts = sorted({path[level] for path in paths if path})
    number = {text: i for i, text in enumerate(texts, start=2)}
    ids = [1 if path is None else number[path[level]] if path else 0 for path in paths]
    loss = [0.0 if level == 0 else 1.0, 1.0, *(_penalty(hierarchy, level, text) for text in texts)]
    return np.array(ids, dtype=np.int32), [None, None, *texts], loss


def _penalty(hierarchy: Hierarchy, level: int, label: str) -> float:
    """The normalized certainty penalty of a label, leaves and domain counted in the hierarchy (Xu et al. 2006)."""
    domain = hierarchy.domain
    return (hierarchy.leaves(level, label) - 1) / (domain - 1) if domain > 1 else 0.0
