"""What a recoding costs, in the field's measures, for all records, per column and per subgroup.

NCP: Xu et al. 2006. Non-uniform entropy: De Waal and Willenborg 1999; Gionis and Tassa 2009. Discernibility: Bayardo and
Agrawal 2005. Average class size: LeFevre et al. 2006.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["Loss", "SubgroupLoss", "cell_loss", "loss_of", "loss_of_subgroups"]


@dataclass(frozen=True, slots=True)
class Loss:
    """``ncp`` and ``entropy`` are 0 (nothing lost) to 1, a suppressed row counting 1; both also by column.

    ``discernibility`` is the sum over persons of the persons whom each looks like, a suppressed one like everybody;
    ``average_class_size`` is persons per class.
    """

    ncp: float
    entropy: float
    discernibility: int
    average_class_size: float
    columns: Mapping[str, float] = field(default_factory=dict)
    entropy_columns: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SubgroupLoss:
    """Of the rows of one subgroup: how many there are and are suppressed, and their NCP."""

    rows: int
    suppressed: int
    ncp: float


def cell_loss(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Float64 (rows, columns): the certainty penalty of each cell, 1 in rows that are not kept."""
    found = np.ones(rows.values.shape, dtype=np.float64)
    for c, column in enumerate(rows.columns):
        of = np.stack([loss[column.paths[:, level]] for level, loss in enumerate(column.loss)], axis=1)
        found[kept, c] = of[rows.values[kept, c], levels[kept, c]]
    return found


def loss_of(rows: CodedRows, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray, cells: np.ndarray) -> Loss:
    """The loss of a recoding: ``levels`` int8 (rows, columns), ``kept`` bool per row, ``signature`` int64 per person.

    ``cells`` are the penalties as ``cell_loss`` gives them. Entropy is that of labels, also where sets of values leave.
    """
    names = [column.name for column in rows.columns]
    entropy = [_entropy(column, rows.values[:, c], levels[:, c], kept) for c, column in enumerate(rows.columns)]
    sizes = np.bincount(signature[signature >= 0])
    sizes = sizes[sizes > 0].astype(np.int64)
    gone = int((signature < 0).sum())
    return Loss(
        ncp=float(cells.mean()) if cells.size else float(1 - kept.mean()) if rows.rows else 0.0,
        entropy=float(np.mean(entropy)) if entropy else 0.0,
        discernibility=int((sizes**2).sum()) + gone * rows.persons,
        average_class_size=float(sizes.mean()) if len(sizes) else 0.0,
        columns=dict(zip(names, cells.mean(axis=0).tolist() if len(cells) else [0.0] * len(names), strict=True)),
        entropy_columns=dict(zip(names, entropy, strict=True)),
    )


def loss_of_subgroups(cells: np.ndarray, kept: np.ndarray, codes: np.ndarray, groups: int) -> dict[int, SubgroupLoss]:
    """Code of a subgroup -> its loss; ``cells`` as ``cell_loss`` gives them, ``codes`` the subgroup of each row."""
    rows = np.bincount(codes, minlength=groups)
    gone = np.bincount(codes[~kept], minlength=groups)
    whole = np.bincount(codes, weights=cells.mean(axis=1), minlength=groups) if cells.shape[1] else np.zeros(groups)
    return {
        code: SubgroupLoss(int(rows[code]), int(gone[code]), float(whole[code] / rows[code]))
        for code in np.flatnonzero(rows).tolist()
    }


def _entropy(column: KeyColumn, values: np.ndarray, levels: np.ndarray, kept: np.ndarray) -> float:
    """The information of a column that is lost, of what suppressing all of it would lose.

    A label tells a value with the share that the value has among all rows under the label.
    """
    counts = np.bincount(values, minlength=len(column.paths)).astype(np.float64)
    share = counts[values]
    under = np.full(len(values), float(len(values)))
    for level, labels in enumerate(column.labels):
        here = kept & (levels == level)
        below = np.bincount(column.paths[:, level], weights=counts, minlength=len(labels))
        under[here] = below[column.paths[values[here], level]]
    most = float(np.log2(len(values) / share).sum()) if len(values) else 0.0
    return float(np.log2(under / share).sum()) / most if most else 0.0
