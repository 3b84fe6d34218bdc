"""The rules of a recoding on other records: next month's rows in the same classes, and what fits none of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.blocks import Block, first_rows, in_order, rows_of_persons
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.descent import Descent, FeatureName, walk
from anonshare.disclosure.features import Feature, Tree, canonical_block, tree
from anonshare.disclosure.finding import promised_of
from anonshare.disclosure.judging import holding
from anonshare.disclosure.loss import exact_levels
from anonshare.disclosure.promise import Promised
from anonshare.disclosure.recipes import Rules
from anonshare.disclosure.shapes_of_persons import assign
from anonshare.disclosure.signatures import person_signatures
from anonshare.disclosure.wildcard import with_likely_values
from anonshare.shapes import CodedRows

__all__ = ["Fitted", "fit_to"]


@dataclass(frozen=True, slots=True)
class Fitted:
    """``levels`` int8 (rows, columns) and ``kept`` bool per row; ``unfit`` counts the persons who stay, by reason."""

    levels: np.ndarray
    kept: np.ndarray
    unfit: dict[str, int] = field(default_factory=dict)


NO_WAY = "no class of the recipe takes them"
NO_SHAPE = "no person of the recipe has as many rows"
SMALL = "their class does not hold the models"


def fit_to(rules: Rules, coded: CodedTable) -> Fitted:
    """Levels for the rows of another table. Whoever fits no class, or whose class does not hold every model, stays."""
    rows = with_likely_values(coded.rows) if rules.roles.missing == "wildcard" else coded.rows
    promised = promised_of(rules.models, coded)
    if rules.levels is not None:
        levels = np.tile(np.array(rules.levels, dtype=np.int8), (rows.rows, 1))
        fitted = Fitted(levels, np.ones(rows.rows, dtype=np.bool_))
    else:
        fitted = _walked(rules, rows)
    levels, kept, unfit = exact_levels(rows, fitted.levels), fitted.kept, dict(fitted.unfit)
    while kept.any():
        # a model may look at the whole table, which changes with every class that stays
        good = holding(rows, levels, kept, promised)
        out = kept & ~good[rows.person]
        if not out.any():
            out = _smallest(rows, levels, kept, promised)
        if not out.any():
            break
        unfit[SMALL] = unfit.get(SMALL, 0) + len(np.unique(rows.person[out]))
        kept &= ~out
    return Fitted(levels, kept, {why: count for why, count in unfit.items() if count})


def _smallest(rows: CodedRows, levels: np.ndarray, kept: np.ndarray, promised: list[Promised]) -> np.ndarray:
    """Bool per row: the smallest classes, where all together do not hold a model that judges them so; else none."""
    signature = person_signatures(rows, levels, kept)
    persons = np.bincount(signature[signature >= 0])
    if all(one.model.together(persons) for one in promised):
        return np.zeros(rows.rows, dtype=np.bool_)
    small = np.append(persons == persons.min(), False)
    return np.asarray(kept & small[signature[rows.person]])


def _walked(rules: Rules, rows: CodedRows) -> Fitted:
    trees = [tree(column) for column in rows.columns]
    levels = np.zeros(rows.values.shape, dtype=np.int8)
    kept = np.zeros(rows.rows, dtype=np.bool_)
    unfit = {NO_WAY: 0, NO_SHAPE: 0}
    sizes = rows_of_persons(rows)
    order = np.argsort(rows.person, kind="stable")
    start = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)
    rank = person_signatures(rows, levels, np.ones(rows.rows, dtype=np.bool_))
    there = assign(rules.assigned, sizes, in_order(rank))
    unfit[NO_SHAPE] = rows.persons - sum(map(len, there.values()))
    for shape, persons in there.items():
        descent = rules.descents[shape]
        block = canonical_block(Block(first_rows(order, start, persons, shape), shape), trees, rows)
        found, varies = _features(descent, trees, rows, block)
        walked = walk(descent, found)
        lost = (walked.place < 0) | varies
        unfit[NO_WAY] += int(lost.sum())
        kept[block.rows[~lost].ravel()] = True
        for f, feature in enumerate(found):
            levels[block.rows[:, feature.positions], feature.column] = walked.levels[:, f, None]
    return Fitted(levels, kept, unfit)


def _features(descent: Descent, trees: list[Tree], rows: CodedRows, block: Block) -> tuple[list[Feature], np.ndarray]:
    """The features that the recipe knows, and bool per person: whether one that was constant varies in his rows."""
    varies = np.zeros(len(block.rows), dtype=np.bool_)
    found = []
    for name in descent.features:
        ranks = trees[name.column].rank[rows.values[block.rows, name.column]]
        if name.position is None:
            varies |= (ranks != ranks[:, :1]).any(axis=1)
        found.append(_feature(name, trees[name.column], ranks))
    return found, varies


def _feature(name: FeatureName, of: Tree, ranks: np.ndarray) -> Feature:
    if name.position is None:
        return Feature(of, ranks[:, 0].copy(), name.column, slice(0, ranks.shape[1]), ranks.shape[1])
    here = slice(name.position, name.position + 1)
    return Feature(of, ranks[:, name.position].copy(), name.column, here, 1, constant=False)
