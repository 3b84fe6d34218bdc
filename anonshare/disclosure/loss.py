"""What a recoding costs: the normalized certainty penalty (Xu et al. 2006; Iyengar 2002)."""

from __future__ import annotations

from anonshare.disclosure.arrays import np
from anonshare.disclosure.linked import own_rows
from anonshare.shapes import CodedRows

__all__ = ["certainty_penalty", "exact_levels"]


def certainty_penalty(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> float:
    """The mean over all cells of key columns, 0 (nothing lost) to 1; a row that is not kept counts 1."""
    if not rows.values.size:
        return float(1 - kept.mean()) if rows.rows else 0.0
    total, cells = 0.0, 0
    for c, column in enumerate(rows.columns):
        own = own_rows(rows, c)
        of = np.stack([loss[column.paths[:, level]] for level, loss in enumerate(column.loss)], axis=1)
        total += float(np.where(kept, of[rows.values[:, c], levels[:, c]], 1.0)[own].sum())
        cells += int(own.sum())
    return total / cells if cells else 0.0


def exact_levels(rows: CodedRows, levels: np.ndarray) -> np.ndarray:
    """The same levels, with 0 where a value is null on every level: a missing value lost nothing by generalization."""
    levels = levels.copy()
    null: np.ndarray
    for c, column in enumerate(rows.columns):
        labels = [np.array([text is None for text in level]) for level in column.labels]
        null = np.logical_and.reduce([is_null[column.paths[:, level]] for level, is_null in enumerate(labels)])
        levels[null[rows.values[:, c]], c] = 0
    return levels
