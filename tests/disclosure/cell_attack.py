"""A second attacker, who thinks in cells: every sum that a published table implies, as one linear programme."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import highspy
import numpy as np

from anonshare.disclosure.cells import MARGIN

if TYPE_CHECKING:
    import pandas as pd


def ends(
    frame: pd.DataFrame, rows: dict[str, list[list[str]]], least: int = 1
) -> dict[tuple[str, ...], tuple[float, float]]:
    """The least and the largest value of each suppressed cell, given the published ones; a listed cell is at least ``least``.

    ``rows`` are the labels from a value to below the root, per column with a hierarchy.
    """
    by = [name for name in frame.columns if name not in {"value", "status"}]
    keys = list(map(tuple, frame[by].to_numpy().tolist()))
    place = {key: i for i, key in enumerate(keys)}
    above = [_parents(name, {key[axis] for key in keys}, rows.get(name, [])) for axis, name in enumerate(by)]
    sums: dict[tuple[int, int], set[int]] = defaultdict(set)
    for key, child in place.items():
        for axis, parents in enumerate(above):
            parent = parents.get(key[axis])
            if parent is not None:
                sums[place[(*key[:axis], parent, *key[axis + 1 :])], axis].add(child)
    told = [
        (v, v) if s == "published" else (least, np.inf) for v, s in zip(frame["value"], frame["status"], strict=True)
    ]
    highs = highspy.Highs.__base__()
    highs.setOptionValue("output_flag", False)
    highs.addVars(len(keys), *(np.array(side, dtype=float) for side in zip(*told, strict=True)))
    for (parent, _), children in sums.items():
        cells = np.array([parent, *sorted(children)], dtype=np.int32)
        highs.addRow(0.0, 0.0, len(cells), cells, np.array([-1.0, *[1.0] * len(children)]))
    hidden = [key for key in keys if frame["status"].iloc[place[key]] == "suppressed"]
    return {key: (_end(highs, len(keys), place[key], 1), -_end(highs, len(keys), place[key], -1)) for key in hidden}


def _end(highs, size: int, cell: int, sign: int) -> float:
    goal = np.zeros(size)
    goal[cell] = sign
    highs.changeColsCost(size, np.arange(size, dtype=np.int32), goal)
    highs.run()
    status = highs.getModelStatus()
    if status in {highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible}:
        return -np.inf
    assert status == highspy.HighsModelStatus.kOptimal
    return float(highs.getInfo().objective_function_value)


def _parents(name: str, labels: set[str], rows: list[list[str]]) -> dict[str, str]:
    found = {label: MARGIN for label in labels if label != MARGIN}
    for row in rows:
        path = list(dict.fromkeys(row))
        found.update({a: b for a, b in pairwise(path) if a in labels})
    return found
