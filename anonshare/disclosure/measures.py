"""What a recoding costs, in the field's measures, for all records, per column and per subgroup.

NCP: Xu et al. 2006. Non-uniform entropy: De Waal and Willenborg 1999; Gionis and Tassa 2009. Discernibility: Bayardo and
Agrawal 2005. Average class size: LeFevre et al. 2006.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["CellLoss", "Loss", "SubgroupLoss", "loss_of", "loss_of_subgroups", "suppressed_cells"]


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


@dataclass(frozen=True, slots=True)
class CellLoss:
    """The certainty penalty of every cell, a column at a time; 1 in rows that are not kept.

    ``held`` is, for columns in which values stand beside each other, how many do in each kept row, 0 where a label
    stands, and how many the hierarchy has.
    """

    rows: CodedRows = field(repr=False)
    levels: np.ndarray = field(repr=False)
    kept: np.ndarray = field(repr=False)
    held: Mapping[str, tuple[np.ndarray, int]] = field(default_factory=dict, repr=False)

    def column(self, c: int) -> np.ndarray:
        """Float64 per row."""
        column = self.rows.columns[c]
        of = np.stack([loss[column.paths[:, level]] for level, loss in enumerate(column.loss)], axis=1)
        found: np.ndarray = of.ravel()[self.rows.values[:, c] * of.shape[1] + self.levels[:, c]]
        if column.name in self.held:
            sizes, domain = self.held[column.name]
            found[self.kept] = np.where(sizes > 0, (sizes - 1) / max(domain - 1, 1), found[self.kept])
        found[~self.kept] = 1.0
        return found

    def of_rows(self) -> np.ndarray:
        """Float64 per row: the mean of its cells."""
        total = np.zeros(self.rows.rows)
        for c in range(len(self.rows.columns)):
            total += self.column(c)
        return total / max(len(self.rows.columns), 1)


def loss_of(cells: CellLoss, signature: np.ndarray) -> Loss:
    """The loss of a recoding; ``signature`` int64 per person, below 0 where nothing of him is kept.

    Entropy is that of labels, also where sets of values leave.
    """
    rows, levels, kept = cells.rows, cells.levels, cells.kept
    means = [float(cells.column(c).mean()) if rows.rows else 0.0 for c in range(len(rows.columns))]
    names = [column.name for column in rows.columns]
    entropy = [_entropy(column, rows.values[:, c], levels[:, c], kept) for c, column in enumerate(rows.columns)]
    sizes = np.bincount(signature[signature >= 0])
    sizes = sizes[sizes > 0].astype(np.int64)
    gone = int((signature < 0).sum())
    return Loss(
        ncp=float(np.mean(means)) if means else float(1 - kept.mean()) if rows.rows else 0.0,
        entropy=float(np.mean(entropy)) if entropy else 0.0,
        discernibility=int((sizes**2).sum()) + gone * rows.persons,
        average_class_size=float(sizes.mean()) if len(sizes) else 0.0,
        columns=dict(zip(names, means, strict=True)),
        entropy_columns=dict(zip(names, entropy, strict=True)),
    )


def loss_of_subgroups(cells: CellLoss, codes: np.ndarray, groups: int) -> dict[int, SubgroupLoss]:
    """Code of a subgroup -> its loss; ``codes`` is the subgroup of each row."""
    rows = np.bincount(codes, minlength=groups)
    gone = np.bincount(codes[~cells.kept], minlength=groups)
    whole = np.bincount(codes, weights=cells.of_rows(), minlength=groups)
    return {
        code: SubgroupLoss(int(rows[code]), int(gone[code]), float(whole[code] / rows[code]))
        for code in np.flatnonzero(rows).tolist()
    }


def _entropy(column: KeyColumn, values: np.ndarray, levels: np.ndarray, kept: np.ndarray) -> float:
    """The information of a column that is lost, of what suppressing all of it would lose.

    A label tells a value with the share that the value has among all rows under the label.
    """
    counts = np.bincount(values, minlength=len(column.paths)).astype(np.float64)
    if not len(values):
        return 0.0
    height = len(column.labels)
    below = [
        np.bincount(column.paths[:, level], weights=counts, minlength=len(labels))
        for level, labels in enumerate(column.labels)
    ]
    under = np.stack([sums[column.paths[:, level]] for level, sums in enumerate(below)], axis=1)
    own = np.maximum(counts, 1.0)[:, None]
    # of what a value can lose on each level there are few kinds: only how often each occurs is counted by row
    kinds = np.bincount(values[kept] * height + levels[kept], minlength=len(counts) * height).reshape(-1, height)
    gone = np.bincount(values[~kept], minlength=len(counts))
    rows = float(len(values))
    most = float((counts * np.log2(rows / own[:, 0])).sum())
    lost = float((kinds * np.log2(np.maximum(under, own) / own)).sum() + (gone * np.log2(rows / own[:, 0])).sum())
    return lost / most if most else 0.0


def suppressed_cells(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> int:
    """Cells of rows that are kept which had a value and lost it wholly."""
    roots = np.array([len(column.labels) - 1 for column in rows.columns], dtype=np.int64)
    had = rows.values > 0
    return int(((levels == roots) & had & kept[:, None]).sum())
