"""Missing values that may be any value: where they stand, the likeliest value decides about the class.

Whoever reads the release cannot tell a row without a value from those that have one, so a class may hold both. Rows are
recoded as if they had the value that is commonest among rows alike in all other key columns, or else in the column;
outwardly nothing stands there all the same.
"""

from __future__ import annotations

from dataclasses import replace

from anonshare.disclosure.arrays import np
from anonshare.disclosure.signatures import fold
from anonshare.shapes import CodedRows

__all__ = ["with_likely_values"]


def with_likely_values(rows: CodedRows) -> CodedRows:
    """The rows with a value in every key cell whose column has any."""
    values = rows.values.copy()
    for c in range(values.shape[1]):
        missing = rows.values[:, c] == 0
        if missing.any() and not missing.all():
            others = np.delete(rows.values, c, axis=1)
            values[missing, c] = _likely(rows.values[:, c], fold(others), missing)
    return replace(rows, values=values)


def _likely(codes: np.ndarray, group: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """A code for each missing cell."""
    commonest = int(np.bincount(codes[~missing]).argmax())
    pairs, counts = np.unique(np.column_stack([group[~missing], codes[~missing]]), axis=0, return_counts=True)
    # the commonest of each group last, and of equally common ones the smallest code
    order = np.lexsort((-pairs[:, 1], counts, pairs[:, 0]))
    of_group = np.full(int(group.max(initial=0)) + 1, commonest, dtype=np.int64)
    of_group[pairs[order, 0]] = pairs[order, 1]
    return np.asarray(of_group[group[missing]])
