"""Whether dates that leave to the day tell a person by the days between them, whatever they were shifted by."""

from __future__ import annotations

from anonshare.engine.persons import persons_of_several
from anonshare.pipeline.recode import Recoded
from anonshare.policy.model import Policy

__all__ = ["fingerprints"]


def fingerprints(policy: Policy, recoded: Recoded) -> int:
    """The persons of whom two or more shifted dates leave to the day: who knows the distance knows the person."""
    rules, rows, recipe = policy.columns(), recoded.rows, recoded.recipe
    shifts = [rules[column.name].do.shift_dates for column in rows.columns]
    days = [i for i, shift in enumerate(shifts) if shift is not None and shift.resolution == "day"]
    return persons_of_several(
        rows.person, [(rows.values[:, i], recipe.kept & (recipe.levels[:, i] == 0)) for i in days]
    )
