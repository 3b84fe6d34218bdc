"""The persons of a table on their way down the steps of a local recoding, those of each shape by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.blocks import (
    Block,
    first_rows,
    in_order,
    promises,
    promises_of_events,
    rows_of_persons,
)
from anonshare.disclosure.descent import Descent, FeatureName, Walked, walk
from anonshare.disclosure.features import Feature, Tree, canonical_block, tree
from anonshare.disclosure.moving import moved
from anonshare.disclosure.promise import Overall, Promise, Promised
from anonshare.disclosure.shapes_of_persons import Assignment, assign
from anonshare.disclosure.signatures import person_signatures
from anonshare.shapes import CodedRows

__all__ = ["Part", "laid", "promises_of_part", "walked_parts"]


@dataclass(frozen=True, slots=True)
class Part:
    """The persons of one shape on their way down; ``able`` bool per person, whether the recipe's features describe him."""

    block: Block
    descent: Descent
    found: list[Feature] = field(repr=False)
    walked: Walked = field(repr=False)
    able: np.ndarray = field(repr=False)


def walked_parts(assigned: Assignment, descents: Mapping[tuple[int, ...], Descent], rows: CodedRows) -> list[Part]:
    """All persons who have a shape, at the end of the steps and moves of their descent."""
    trees = [tree(column) for column in rows.columns]
    sizes = rows_of_persons(rows)
    order = np.argsort(rows.person, kind="stable")
    start = (np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape)
    everything = np.ones(rows.rows, dtype=np.bool_)
    rank = person_signatures(rows, np.zeros(rows.values.shape, dtype=np.int8), everything)
    parts = []
    for shape, persons in assign(assigned, sizes, in_order(rank)).items():
        descent = descents[shape]
        block = canonical_block(Block(first_rows(order, start, persons, shape), shape), trees, rows)
        found, varies = _features(descent, trees, rows, block)
        walked = moved(descent, found, walk(descent, found, len(varies)))
        parts.append(Part(block, descent, found, walked, ~varies))
    return parts


def laid(
    rows: CodedRows, parts: Sequence[Part], made: Sequence[tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """The levels of features as levels of cells, and which rows are kept: those of persons who are placed and able."""
    levels = np.zeros(rows.values.shape, dtype=np.int8)
    kept = np.zeros(rows.rows, dtype=np.bool_)
    for part, (chosen, placed) in zip(parts, made, strict=True):
        kept[part.block.rows[placed & part.able].ravel()] = True
        for f, feature in enumerate(part.found):
            levels[part.block.rows[:, feature.positions], feature.column] = chosen[:, f, None]
    return levels, kept


def promises_of_part(part: Part, promised: Sequence[Promised], overall: Overall, everybody: int) -> list[Promise]:
    """The promises for the persons of a part, as a whole and event by event."""
    told = promises(part.block.rows, promised, overall, everybody)
    return told + promises_of_events(part.block, promised, overall, everybody)


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
