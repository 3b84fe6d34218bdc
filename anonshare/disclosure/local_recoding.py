"""Local recoding: every person as fine as k-anonymity and l-diversity over persons allow, none suppressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from anonshare.disclosure.arrays import np
from anonshare.disclosure.blocks import blocks, in_order, promises, promises_of_events, rows_of_persons
from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.descent import Descent, FeatureName
from anonshare.disclosure.features import Feature, features, tree
from anonshare.disclosure.loss import certainty_penalty, exact_levels
from anonshare.disclosure.models import DistinctLDiversity, KAnonymity
from anonshare.disclosure.promise import Promised, overall_of
from anonshare.disclosure.shapes_of_persons import Assignment, assignment
from anonshare.disclosure.signatures import person_signatures
from anonshare.disclosure.specialise import specialise
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows, Progress, Recipe, Verdict, no_progress

__all__ = ["Found", "Sensitive", "judge_recipe", "recipe_of", "recode", "recode_under"]

Sensitive = Mapping[str, tuple[np.ndarray, int]]
"""Column name -> (int32 code per row, 0 where missing; l)."""


@dataclass(slots=True)
class Found:
    """How a local recoding was found: who keeps how many rows, and the steps of those who keep equally many."""

    assigned: Assignment = field(default_factory=dict)
    descents: dict[tuple[int, ...], Descent] = field(default_factory=dict, repr=False)


_NOTHING_SENSITIVE: Mapping[str, tuple[np.ndarray, int]] = MappingProxyType({})
_ONE_TABLE: Mapping[str, int] = MappingProxyType({})


def recode(
    rows: CodedRows,
    k: int,
    sensitive: Sensitive = _NOTHING_SENSITIVE,
    progress: Progress = no_progress,
    homes: Mapping[str, int] = _ONE_TABLE,
) -> Recipe:
    """A level for every key cell, so that at least ``k`` persons share every signature and every class is l-diverse.

    ``sensitive`` maps a column to its codes per row (0 where missing) and its l, ``homes`` to its table where several
    linked tables are recoded together. The search knows values, not the order
    of the source; that order says only which rows a cut takes (the later ones) and, among persons alike in every key
    value, who keeps the finer label. Every result is judged again by an independent count of what leaves.
    Raises DisclosureError where no recoding can hold the models: fewer than ``k`` persons, or too few values.
    """
    _check(rows, k, sensitive)
    promised = [Promised(DistinctLDiversity(name, least), codes) for name, (codes, least) in sensitive.items()]
    recipe = recode_under(rows, k, promised, progress, homes)
    _refuse_unmet(judge_recipe(rows, recipe, k, sensitive, homes))
    return recipe


def recode_under(
    rows: CodedRows,
    k: int,
    promised: Sequence[Promised] = (),
    progress: Progress = no_progress,
    homes: Mapping[str, int] = _ONE_TABLE,
    taken: Found | None = None,
    deadline: float | None = None,
) -> Recipe:
    """``recode`` for any models that judge each class; the result is not judged here.

    ``taken`` takes down how it was found. At ``deadline`` (of ``time.monotonic``) classes stay as large as they are. Raises DisclosureError as ``recode`` does.
    """
    trees = [tree(column) for column in rows.columns]
    levels = np.zeros(rows.values.shape, dtype=np.int8)
    everything = np.ones(rows.rows, dtype=np.bool_)
    kept, overall = ~everything, overall_of(rows, promised)
    rank = person_signatures(rows, levels, everything)
    parts = blocks(rows, rank, k, promised, homes)
    if taken is not None:
        who = {block.shape: rows.person[block.rows[:, 0]] for block in parts}
        taken.assigned.update(assignment(rows_of_persons(rows), who, in_order(rank)))
    for block in parts:
        ordered, found = features(rows, trees, block)
        told = promises(ordered.rows, promised, overall, rows.persons, homes, block.shape)
        told += promises_of_events(ordered, promised, overall, rows.persons, homes)
        steps = None if taken is None else taken.descents.setdefault(block.shape, _descent(found))
        chosen = specialise(found, len(block.rows), k, told, progress, steps, deadline)
        kept[ordered.rows.ravel()] = True
        for f, feature in enumerate(found):
            levels[ordered.rows[:, feature.positions], feature.column] = chosen[:, f, None]
    return recipe_of(rows, exact_levels(rows, levels), kept)


def _descent(found: Sequence[Feature]) -> Descent:
    names = tuple(FeatureName(one.column, None if one.constant else one.positions.start) for one in found)
    return Descent(names, tuple(one.tree.root for one in found))


def recipe_of(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> Recipe:
    """What these levels make of the rows."""
    return Recipe(
        levels=levels,
        kept=kept,
        signature=person_signatures(rows, levels, kept),
        loss=certainty_penalty(rows, levels, kept),
    )


def judge_recipe(
    rows: CodedRows, recipe: Recipe, k: int, sensitive: Sensitive, homes: Mapping[str, int] = _ONE_TABLE
) -> tuple[Verdict, ...]:
    """The verdicts of all models on what a recipe releases, counted from the outward labels alone."""
    codes = {name: codes for name, (codes, _) in sensitive.items()}
    table = frequency_table(rows, recipe.levels, recipe.kept, codes, homes)
    found = [DistinctLDiversity(name, least).judge(table) for name, (_, least) in sensitive.items()]
    return (KAnonymity(k).judge(table), *found)


def _check(rows: CodedRows, k: int, sensitive: Sensitive) -> None:
    if k < 1 or any(least < 1 for _, least in sensitive.values()):
        raise DisclosureError("k and l must be at least 1.", reason="parameters")
    both = sorted(sensitive.keys() & {column.name for column in rows.columns})
    if both:
        raise DisclosureError(
            f"Column {both[0]} cannot be a key and carry l-diversity at once.",
            hint="A value that the adversary knows already cannot be hidden from him: drop one of the two promises.",
            reason="parameters",
        )


def _refuse_unmet(verdicts: tuple[Verdict, ...]) -> None:
    for verdict in verdicts:
        if not verdict:
            raise DisclosureError(
                f"The recoding does not hold {verdict.check}: {'; '.join(verdict.missing)}.",
                hint="Nothing was released. This is a fault of anonshare, not of the data: please report it.",
                reason="disclosure",
            )
