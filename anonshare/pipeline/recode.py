"""From codes to a recipe and its verdicts: the step between the two passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.local_recoding import recode
from anonshare.disclosure.mixing import keyed_order
from anonshare.disclosure.risk import Risk, risk_of
from anonshare.disclosure.signatures import person_signatures
from anonshare.engine.coding import Coded
from anonshare.engine.encode import person_text
from anonshare.pipeline.first_pass import key_names, sensitive_names
from anonshare.pipeline.hierarchies import Hierarchies
from anonshare.policy.model import Policy
from anonshare.registry import PRIVACY_MODELS
from anonshare.shapes import CodedRows, FrequencyTable, Progress, Recipe, Verdict, no_progress

if TYPE_CHECKING:
    import numpy as np

__all__ = ["Recoded", "judge", "recode_rows", "risks"]


@dataclass(frozen=True, slots=True)
class Recoded:
    """The coded key columns, the recipe for every row, and what the models say of the result."""

    rows: CodedRows = field(repr=False)
    recipe: Recipe = field(repr=False)
    verdicts: tuple[Verdict, ...]


def recode_rows(
    policy: Policy, coded: Coded, hierarchies: Hierarchies, ties: bytes, progress: Progress = no_progress
) -> Recoded:
    """Recode the key columns until every model of the policy holds; raises DisclosureError where none can.

    ``ties`` is the secret that decides among persons alike, so that nobody's place in the source shows.
    """
    keys = key_names(policy)
    rules = policy.columns()
    columns = tuple(
        key_column(name, coded.vocabulary[i], hierarchies.of(rules[name], coded.vocabulary[i][1:]))
        for i, name in enumerate(keys)
    )
    several = len(policy.counted) > 1
    home = tuple(_table(policy, name) for name in keys) if several else ()
    rows = CodedRows(columns, coded.values[:, : len(keys)], coded.person, coded.table if several else None, home)
    promises = zip(policy.disclosure.l_diversity, sensitive_names(policy), strict=True)
    sensitive = {name: (coded.values[:, len(keys) + i], m.l) for i, (m, name) in enumerate(promises)}
    homes = {name: _table(policy, name) for name in sensitive} if several else {}
    order, place = keyed_order(
        list(zip(coded.vocabulary, coded.values.T, strict=True)), coded.person, [*map(person_text, coded.people)], ties
    )
    moved = replace(
        rows,
        values=rows.values[order],
        person=place[rows.person[order]],
        table=None if rows.table is None else rows.table[order],
    )
    taken = {name: (codes[order], least) for name, (codes, least) in sensitive.items()}
    recipe = _put_back(recode(moved, policy.disclosure.k, taken, progress, homes), order, place)
    codes = {name: codes for name, (codes, _) in sensitive.items()}
    table = frequency_table(rows, recipe.levels, recipe.kept, codes, homes)
    return Recoded(rows, recipe, judge(policy, table))


def _put_back(recipe: Recipe, order: np.ndarray, place: np.ndarray) -> Recipe:
    """The recipe for the rows and persons as they came."""
    levels, kept = recipe.levels.copy(), recipe.kept.copy()
    levels[order], kept[order] = recipe.levels, recipe.kept
    return replace(recipe, levels=levels, kept=kept, signature=recipe.signature[place])


def _table(policy: Policy, name: str) -> int:
    """The number of the table of a column, among those that are counted."""
    found = policy.find(name)
    return policy.counted.index(found[0]) if found else 0


def judge(policy: Policy, table: FrequencyTable) -> tuple[Verdict, ...]:
    """Every model of the policy, judged on the persons per signature of what leaves."""
    ks = [model.k_anonymity for model in policy.disclosure.models if model.k_anonymity]
    diverse = zip(sensitive_names(policy), policy.disclosure.l_diversity, strict=True)
    return (
        *(PRIVACY_MODELS["k_anonymity"](table, k=k) for k in ks),
        *(PRIVACY_MODELS["l_diversity"](table, column=name, l=model.l) for name, model in diverse),
    )


def risks(rows: CodedRows, recipe: Recipe) -> tuple[Risk, Risk | None]:
    """The risk of the key columns as they came, and as they leave; None where nobody leaves."""
    before = person_signatures(rows, recipe.levels * 0, recipe.kept | True)
    there = recipe.signature[recipe.signature >= 0]
    return risk_of(_sizes(before)), risk_of(_sizes(there)) if len(there) else None


def _sizes(signature: np.ndarray) -> Counter[int]:
    return Counter(Counter(signature.tolist()).values())


def kept_cells(rows: CodedRows, recipe: Recipe) -> tuple[int, int]:
    """How many cells of key columns leave with a value, and how many had one."""
    had = (rows.values > 0).sum()
    return int(_with_value(rows, recipe).sum()), int(had)


def _with_value(rows: CodedRows, recipe: Recipe) -> np.ndarray:
    """One bool a cell: the row is kept, the value known, and its level below the root."""
    roots: Sequence[int] = [len(column.labels) - 1 for column in rows.columns]
    below: np.ndarray = (recipe.levels < roots) & (rows.values > 0) & recipe.kept[:, None]
    return below
