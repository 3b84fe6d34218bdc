"""Find a recoding: prepare what a method needs, run it, and keep how it was done."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable, Roles
from anonshare.disclosure.local_recoding import Found, recode_under
from anonshare.disclosure.merged import merged
from anonshare.disclosure.models import KAnonymity, bound_models
from anonshare.disclosure.privacy_model import ClassCounts, PrivacyModel
from anonshare.disclosure.promise import Promised, persons_per_code
from anonshare.disclosure.recipes import Rules
from anonshare.disclosure.wildcard import with_likely_values
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows, Progress, Recipe

__all__ = ["FoundRules", "find_rules", "promised_of"]


@dataclass(frozen=True, slots=True)
class FoundRules:
    """The rules, and what they make of the table: ``levels`` int8 (rows, columns), ``kept`` bool per row.

    ``before`` is the same without the merge pass, where that could lose less by the measure of what leaves.
    """

    rules: Rules = field(repr=False)
    levels: np.ndarray = field(repr=False)
    kept: np.ndarray = field(repr=False)
    gap: float | None
    before: FoundRules | None = field(default=None, repr=False)


def promised_of(models: Sequence[PrivacyModel], coded: CodedTable) -> list[Promised]:
    """The models with the codes of their columns, as a search takes them."""
    return [
        Promised(m, None if m.column is None else coded.codes[m.column]) for m in bound_models(models, coded.vocabulary)
    ]


def find_rules(
    coded: CodedTable,
    roles: Roles,
    models: Sequence[PrivacyModel],
    *,
    method: Literal["local", "global"],
    limit: float,
    time_limit: float | None,
    sets: bool,
    merge: bool,
    progress: Progress,
) -> FoundRules:
    """The rules under which the table holds the models; raises DisclosureError where there are none."""
    rows = with_likely_values(coded.rows) if roles.missing == "wildcard" else coded.rows
    if method == "global":
        return _globally(coded, rows, roles, models, limit, time_limit, progress)
    promised = promised_of(models, coded)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    taken, recipe = _locally(rows, promised, deadline, progress)
    rules = Rules(method, roles, tuple(models), None, taken.assigned, taken.descents, sets)
    plain = FoundRules(rules, recipe.levels, recipe.kept, None)
    made = merged(rows, taken, promised, deadline) if merge else None
    if made is None or not _together(made[1], promised):
        return plain
    # the pass counts labels of values that are there: sets, and values that are not, may lose otherwise
    doubtful = sets or roles.missing == "wildcard"
    rules = replace(rules, descents=made[0].descents)
    return FoundRules(rules, made[1].levels, made[1].kept, None, plain if doubtful else None)


def _globally(
    coded: CodedTable,
    rows: CodedRows,
    roles: Roles,
    models: Sequence[PrivacyModel],
    limit: float,
    time_limit: float | None,
    progress: Progress,
) -> FoundRules:
    from anonshare.disclosure.global_recoding import recode_globally

    sensitive: Mapping[str, np.ndarray] = {m.column: coded.codes[m.column] for m in models if m.column is not None}
    found = recode_globally(
        rows,
        bound_models(models, coded.vocabulary),
        sensitive,
        suppression_limit=limit,
        time_limit=time_limit,
        progress=progress,
    )
    rules = Rules("global", roles, tuple(models), found.levels)
    levels = np.tile(np.array(found.levels, dtype=np.int8), (rows.rows, 1))
    # more may be suppressed than what fails by itself, and likely values cost what missing ones do not: no proof covers that
    proven = roles.missing != "wildcard" and (limit == 0 or not any(model.joint for model in models))
    return FoundRules(rules, levels, found.kept, found.gap if proven else None)


def _locally(
    rows: CodedRows, promised: Sequence[Promised], deadline: float | None, progress: Progress
) -> tuple[Found, Recipe]:
    """The finest recoding that holds every model.

    A model that judges classes together (an average risk) holds in classes that are large enough: the least size that
    will do is found by halving.
    """
    _refuse_infeasible(rows, promised)
    k = max((one.model.k for one in promised if isinstance(one.model, KAnonymity)), default=1)
    each = [one for one in promised if not isinstance(one.model, KAnonymity)]

    def attempt(size: int) -> tuple[Found, Recipe]:
        taken = Found()
        return taken, recode_under(rows, size, each, progress, taken=taken, deadline=deadline)

    best = attempt(k)
    if _together(best[1], each):
        return best
    low, high = k, max(rows.persons, k)
    best = attempt(high)
    while high - low > 1 and _together(best[1], each):
        middle = min((low + high) // 2, max(low + 1, math.isqrt(low * high)))
        tried = attempt(middle)
        if _together(tried[1], each):
            best, high = tried, middle
        else:
            low = middle
    return best


def _refuse_infeasible(rows: CodedRows, promised: Sequence[Promised]) -> None:
    """All persons in one class are what no recoding undercuts: a monotone model that fails there fails everywhere."""
    everybody = np.array([rows.persons])
    for one in promised:
        values = None if one.codes is None else persons_per_code(rows.person, one.codes)[1:]
        counts = ClassCounts(everybody, None if values is None else values[None, :], values, rows.persons)
        if isinstance(one.model, KAnonymity):
            continue  # the search says so itself, with the numbers
        if one.model.monotone and not (one.model.hold(counts).all() and one.model.together(everybody)):
            over = "" if one.model.column is None else f" over column {one.model.column!r}"
            raise DisclosureError(
                f"Not even all {rows.persons} persons together hold {one.model.name}{over}: no recoding can.",
                hint="Lower the promise, treat the column otherwise, or wait for more records.",
                reason="infeasible",
            )


def _together(recipe: Recipe, promised: Sequence[Promised]) -> bool:
    persons = np.bincount(recipe.signature[recipe.signature >= 0])
    return all(one.model.together(persons) for one in promised)
