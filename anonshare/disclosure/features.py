"""A block of persons as records of fixed width, and its columns as trees that a search descends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.blocks import Block
from anonshare.disclosure.linked import home_of, table_of
from anonshare.disclosure.signatures import fold, outward_ids
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["Feature", "Tree", "canonical_block", "features", "tree"]


@dataclass(frozen=True, slots=True)
class Tree:
    """A hierarchy over ranks of values; nodes of a level are numbered in order, children of a node are neighbours.

    ``rank[value]``; ``node[level][rank]``; ``first[level][node]`` the first child on the level below, and one entry more
    to end the last; ``loss[level][node]``; ``stays[level][node]``: it is null outwardly, so it is not told from the root;
    ``text[level][node]`` is what leaves.
    """

    rank: np.ndarray = field(repr=False)
    node: tuple[np.ndarray, ...] = field(repr=False)
    first: tuple[np.ndarray, ...] = field(repr=False)
    loss: tuple[np.ndarray, ...] = field(repr=False)
    stays: tuple[np.ndarray, ...] = field(repr=False)
    text: tuple[tuple[str | None, ...], ...] = field(repr=False)

    @property
    def root(self) -> int:
        """The highest level."""
        return len(self.node) - 1


@dataclass(frozen=True, slots=True)
class Feature:
    """One value a person: ``ranks[person]`` in ``tree``; it stands for ``weight`` cells at ``positions`` of ``column``."""

    tree: Tree
    ranks: np.ndarray = field(repr=False)
    column: int
    positions: slice
    weight: int
    constant: bool = True
    """Whether every person has one value of the column in all of his rows."""


def tree(column: KeyColumn) -> Tree:
    """Ranks follow the labels from the root downwards, so they do not depend on the order in which values arrived."""
    labels = outward_ids(column)[:, ::-1]
    height = labels.shape[1]
    rank = fold(labels)
    sample = np.unique(rank, return_index=True)[1]
    node = [fold(labels[sample][:, : height - level]) for level in range(height)]
    heads = [np.unique(numbers, return_index=True)[1] for numbers in node]
    first = [np.empty(0, dtype=np.int64)]
    first += [np.append(node[level - 1][heads[level]], node[level - 1].max() + 1) for level in range(1, height)]
    values = [sample[head] for head in heads]
    return Tree(
        rank=rank,
        node=tuple(node),
        first=tuple(first),
        loss=tuple(column.loss[level][column.paths[value, level]] for level, value in enumerate(values)),
        stays=tuple(labels[value, height - 1 - level] == 0 for level, value in enumerate(values)),
        text=tuple(
            tuple(column.labels[level][label] for label in column.paths[value, level].tolist())
            for level, value in enumerate(values)
        ),
    )


def features(rows: CodedRows, trees: Sequence[Tree], block: Block) -> tuple[Block, tuple[Feature, ...]]:
    """The block with rows of a person and persons in canonical order, and its features in the order of the columns.

    A column that is constant within every person is one feature, any other is one for each row position; positions are
    those of the column's own table.
    """
    ranks = [tree.rank[rows.values[:, c]] for c, tree in enumerate(trees)]
    block = _ordered(block, [table_of(rows), *ranks])
    found: list[Feature] = []
    for c, tree in enumerate(trees):
        own = block.segment(home_of(rows, c))
        values = ranks[c][block.rows[:, own]]
        m = values.shape[1]
        if not m:
            continue
        if (values == values[:, :1]).all():
            found.append(Feature(tree, values[:, 0].copy(), c, own, m))
        else:
            found += [
                Feature(tree, values[:, p].copy(), c, slice(own.start + p, own.start + p + 1), 1, constant=False)
                for p in range(m)
            ]
    return block, tuple(found)


def canonical_block(block: Block, trees: Sequence[Tree], rows: CodedRows) -> Block:
    """The block with rows of a person and persons in the order in which a search looks at them."""
    return _ordered(block, [table_of(rows), *(tree.rank[rows.values[:, c]] for c, tree in enumerate(trees))])


def _ordered(block: Block, ranks: Sequence[np.ndarray]) -> Block:
    """Rows of a person by their values, then persons by their rows: positions become comparable, results repeatable."""
    flat = block.rows.ravel()
    number = fold(np.array([rank[flat] for rank in ranks]).T if ranks else np.empty((len(flat), 0), dtype=np.int64))
    number = number.reshape(block.rows.shape)
    within = np.argsort(number, axis=1, kind="stable")
    number = np.take_along_axis(number, within, axis=1)
    rows = np.take_along_axis(block.rows, within, axis=1)
    return Block(rows[np.argsort(fold(number), kind="stable")], block.shape)
