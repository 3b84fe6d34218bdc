"""From codes to a recipe and its verdicts: the step between the two passes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
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

__all__ = [
    "Recoded",
    "coded_rows",
    "codes_of_sensitive",
    "home_of",
    "homes_of",
    "judge",
    "kept_cells",
    "recode_rows",
    "recoded_as",
    "risks",
]


@dataclass(frozen=True, slots=True)
class Recoded:
    """The coded key columns, the recipe for every row, and what the models say of the result."""

    rows: CodedRows = field(repr=False)
    recipe: Recipe = field(repr=False)
    verdicts: tuple[Verdict, ...]


def coded_rows(policy: Policy, coded: Coded, hierarchies: Hierarchies) -> CodedRows:
    """The key columns of all counted tables, under their hierarchies."""
    keys = key_names(policy)
    rules = policy.columns()
    columns = tuple(
        key_column(name, coded.vocabulary[i], hierarchies.of(rules[name], coded.vocabulary[i][1:]))
        for i, name in enumerate(keys)
    )
    several = len(policy.counted) > 1
    home = tuple(home_of(policy, name) for name in keys) if several else ()
    return CodedRows(columns, coded.values[:, : len(keys)], coded.person, coded.table if several else None, home)


def homes_of(policy: Policy) -> dict[str, int]:
    """The number of the table of each column with a promise, where there are several tables."""
    return {name: home_of(policy, name) for name in sensitive_names(policy)} if len(policy.counted) > 1 else {}


def home_of(policy: Policy, name: str) -> int:
    """The number of the table of a column, among those that are counted."""
    found = policy.find(name)
    return policy.counted.index(found[0]) if found else 0


def recode_rows(
    policy: Policy, coded: Coded, hierarchies: Hierarchies, ties: bytes, progress: Progress = no_progress
) -> Recoded:
    """Recode the key columns until every model of the policy holds; raises DisclosureError where none can.

    ``ties`` is the secret that decides among persons alike, so that nobody's place in the source shows.
    """
    rows, homes = coded_rows(policy, coded, hierarchies), homes_of(policy)
    promises = zip(policy.disclosure.l_diversity, sensitive_names(policy), strict=True)
    codes = codes_of_sensitive(policy, coded)
    order, place = keyed_order(
        list(zip(coded.vocabulary, coded.values.T, strict=True)), coded.person, [*map(person_text, coded.people)], ties
    )
    moved = replace(
        rows,
        values=rows.values[order],
        person=place[rows.person[order]],
        table=None if rows.table is None else rows.table[order],
    )
    taken = {name: (codes[name][order], model.l) for model, name in promises}
    recipe = _put_back(recode(moved, policy.disclosure.k, taken, progress, homes), order, place)
    return recoded_as(policy, rows, recipe, codes)


def codes_of_sensitive(policy: Policy, coded: Coded) -> dict[str, np.ndarray]:
    """Int32 per row: the codes of each column with a promise."""
    start = len(key_names(policy))
    return {name: coded.values[:, start + i] for i, name in enumerate(sensitive_names(policy))}


def recoded_as(policy: Policy, rows: CodedRows, recipe: Recipe, codes: Mapping[str, np.ndarray]) -> Recoded:
    """The rows under a recipe, with every model judged on what leaves."""
    table = frequency_table(rows, recipe.levels, recipe.kept, codes, homes_of(policy))
    return Recoded(rows, recipe, judge(policy, table))


def _put_back(recipe: Recipe, order: np.ndarray, place: np.ndarray) -> Recipe:
    """The recipe for the rows and persons as they came."""
    levels, kept = recipe.levels.copy(), recipe.kept.copy()
    levels[order], kept[order] = recipe.levels, recipe.kept
    return replace(recipe, levels=levels, kept=kept, signature=recipe.signature[place])


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
