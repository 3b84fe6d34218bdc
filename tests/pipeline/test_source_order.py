"""The order of the records decides nothing: neither who of persons alike gets the coarser label, nor what leaves."""

from __future__ import annotations

import numpy as np
import pandas as pd

import anonshare as an
from anonshare.pipeline.demo import POLICY


def labels(plan) -> dict[tuple[str | None, ...], list[list[int]]]:
    """The levels of the rows that leave, by person."""
    found: dict[tuple[str | None, ...], list[list[int]]] = {}
    recipe = plan.recoded.recipe
    for row, person in enumerate(plan.recoded.rows.person.tolist()):
        own = recipe.levels[row].tolist() if recipe.kept[row] else []
        found.setdefault(plan.first.coded.people[person], []).append(own)
    return {who: sorted(rows) for who, rows in found.items()}


def twins(world) -> pd.DataFrame:
    """Every person three times, under three surnames."""
    frame = pd.read_csv(world.records, dtype=str, keep_default_na=False).replace("", None)
    return pd.concat([frame.assign(surname=frame["surname"].fillna("") + more) for more in ("", "son", "berg")])


def test_records_in_another_order_leave_as_they_would(shared):
    """Every person keeps the levels that he has under any order of the records of the same office."""
    frame = twins(shared)
    told = labels(an.plan(frame, POLICY, shared.office))
    for seed in (1, 2):
        order = np.random.default_rng(seed).permutation(len(frame))
        assert labels(an.plan(frame.iloc[order], POLICY, shared.office)) == told


def test_another_office_takes_others(shared, world):
    """Who of persons alike gets the coarser label depends on a secret of the office, which nobody can compute."""
    frame = twins(shared)
    one, other = (an.plan(frame, POLICY, home) for home in (shared.office, world.office))
    assert labels(one) != labels(other)
