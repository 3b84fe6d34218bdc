"""From codes to a recipe and its verdicts: the step between the two passes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.disclosure.keys import key_column
from anonshare.disclosure.local_recoding import recode
from anonshare.disclosure.signatures import frequency_table
from anonshare.engine.coding import Coded
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.policy.model import Policy
from anonshare.registry import PRIVACY_MODELS
from anonshare.shapes import CodedRows, FrequencyTable, Recipe, Verdict

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Recoded", "judge", "recode_rows"]


@dataclass(frozen=True, slots=True)
class Recoded:
    """The coded key columns, the recipe for every row, and what the models say of the result."""

    rows: CodedRows = field(repr=False)
    recipe: Recipe = field(repr=False)
    verdicts: tuple[Verdict, ...]


def recode_rows(policy: Policy, coded: Coded, hierarchies: Hierarchies) -> Recoded:
    """Recode the key columns until every model of the policy holds; raises DisclosureError where none can."""
    keys = [name for name, column in policy.columns().items() if column.is_key]
    columns = tuple(
        key_column(name, coded.vocabulary[i], hierarchies.of(policy.columns()[name], coded.vocabulary[i][1:]))
        for i, name in enumerate(keys)
    )
    rows = CodedRows(columns, coded.values[:, : len(keys)], coded.person)
    promises = policy.disclosure.l_diversity
    sensitive = {m.column: (coded.values[:, len(keys) + i], m.l) for i, m in enumerate(promises)}
    recipe = recode(rows, policy.disclosure.k, sensitive)
    table = frequency_table(rows, recipe.levels, recipe.kept, {name: codes for name, (codes, _) in sensitive.items()})
    return Recoded(rows, recipe, judge(policy, table))


def judge(policy: Policy, table: FrequencyTable) -> tuple[Verdict, ...]:
    """Every model of the policy, judged on the persons per signature of what leaves."""
    found = []
    for model in policy.disclosure.models:
        if model.k_anonymity:
            found.append(PRIVACY_MODELS["k_anonymity"](table, k=model.k_anonymity))
        if model.l_diversity:
            found.append(PRIVACY_MODELS["l_diversity"](table, column=model.l_diversity.column, l=model.l_diversity.l))
    return tuple(found)


def kept_cells(rows: CodedRows, recipe: Recipe) -> tuple[int, int]:
    """How many cells of key columns leave with a value, and how many had one."""
    had = (rows.values > 0).sum()
    return int(_with_value(rows, recipe).sum()), int(had)


def _with_value(rows: CodedRows, recipe: Recipe) -> np.ndarray:
    """One bool a cell: the row is kept, the value known, and its level below the root."""
    roots: Sequence[int] = [len(column.labels) - 1 for column in rows.columns]
    below: np.ndarray = (recipe.levels < roots) & (rows.values > 0) & recipe.kept[:, None]
    return below
