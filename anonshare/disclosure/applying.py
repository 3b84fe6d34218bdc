"""The rules of a recoding on other records: next month's rows in the same classes, and what fits none of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.descent import NOWHERE
from anonshare.disclosure.finding import promised_of
from anonshare.disclosure.judging import holding
from anonshare.disclosure.loss import exact_levels
from anonshare.disclosure.promise import Promised, all_hold, overall_of
from anonshare.disclosure.recipes import Rules
from anonshare.disclosure.rolling_up import roll_up
from anonshare.disclosure.signatures import person_signatures
from anonshare.disclosure.walking import Part, laid, promises_of_part, walked_parts
from anonshare.disclosure.wildcard import with_likely_values
from anonshare.shapes import CodedRows

__all__ = ["Fitted", "fit_to"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """``levels`` int8 (rows, columns) and ``kept`` bool per row; ``unfit`` counts the persons who stay, by reason."""

    levels: np.ndarray = field(repr=False)
    kept: np.ndarray = field(repr=False)
    unfit: dict[str, int] = field(default_factory=dict)


NO_WAY = "no class of the recipe takes them"
NO_SHAPE = "no person of the recipe has as many rows"
SMALL = "their class does not hold the models"


def fit_to(rules: Rules, coded: CodedTable) -> Fitted:
    """Levels for the rows of another table. Whoever's class does not hold every model there goes up to a coarser one.

    Whom no class of the recipe takes with whom it holds stays.
    """
    rows = with_likely_values(coded.rows) if rules.roles.missing == "wildcard" else coded.rows
    promised = promised_of(rules.models, coded)
    if rules.levels is not None:
        levels = np.tile(np.array(rules.levels, dtype=np.int8), (rows.rows, 1))
        levels, kept = _held(rows, levels, np.ones(rows.rows, dtype=np.bool_), promised)
        return Fitted(levels, kept, _counted({SMALL: _persons(rows, ~kept)}))
    parts = walked_parts(rules.assigned, rules.descents, rows)
    levels, kept = _held(
        rows, *laid(rows, parts, [(p.walked.levels, p.walked.way != NOWHERE) for p in parts]), promised
    )
    if any((part.able & ~kept[part.block.rows[:, 0]]).any() for part in parts):
        rolled, more = _held(rows, *laid(rows, parts, _rolled(rows, parts, kept, promised)), promised)
        # a model that holds of two classes and not of both together must not cost anybody his place
        if not (kept & ~more).any():
            levels, kept = rolled, more
    return Fitted(levels, kept, _why(rows, parts, kept))


def _held(
    rows: CodedRows, levels: np.ndarray, kept: np.ndarray, promised: list[Promised]
) -> tuple[np.ndarray, np.ndarray]:
    """The same without the classes that do not hold every model."""
    levels, kept = exact_levels(rows, levels), kept.copy()
    while kept.any():
        # a model may look at the whole table, which changes with every class that stays
        good = holding(rows, levels, kept, promised)
        out = kept & ~good[rows.person]
        if not out.any():
            out = _smallest(rows, levels, kept, promised)
        if not out.any():
            break
        kept &= ~out
    return levels, kept


def _rolled(
    rows: CodedRows, parts: Sequence[Part], kept: np.ndarray, promised: list[Promised]
) -> list[tuple[np.ndarray, np.ndarray]]:
    overall, made = overall_of(rows, promised), []
    for part in parts:
        told = promises_of_part(part, promised, overall, rows.persons)
        fits = kept[part.block.rows[:, 0]]
        made.append(roll_up(part.descent, part.found, part.walked, fits, part.able, partial(all_hold, told)))
    return made


def _why(rows: CodedRows, parts: Sequence[Part], kept: np.ndarray) -> dict[str, int]:
    """How many persons stay, by reason."""
    lost = [(part, ~kept[part.block.rows[:, 0]]) for part in parts]
    nowhere = sum(int((out & ((part.walked.way == NOWHERE) | ~part.able)).sum()) for part, out in lost)
    return _counted(
        {
            NO_WAY: nowhere,
            NO_SHAPE: rows.persons - sum(len(part.able) for part in parts),
            SMALL: sum(int(out.sum()) for _, out in lost) - nowhere,
        }
    )


def _counted(unfit: dict[str, int]) -> dict[str, int]:
    return {why: count for why, count in unfit.items() if count}


def _persons(rows: CodedRows, out: np.ndarray) -> int:
    return len(np.unique(rows.person[out]))


def _smallest(rows: CodedRows, levels: np.ndarray, kept: np.ndarray, promised: list[Promised]) -> np.ndarray:
    """Bool per row: the smallest classes, where all together do not hold a model that judges them so; else none."""
    signature = person_signatures(rows, levels, kept)
    persons = np.bincount(signature[signature >= 0])
    if all(one.model.together(persons) for one in promised):
        return np.zeros(rows.rows, dtype=np.bool_)
    small = np.append(persons == persons.min(), False)
    return np.asarray(kept & small[signature[rows.person]])
