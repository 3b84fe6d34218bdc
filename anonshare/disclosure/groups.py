"""Which published counts are bound to which: a margin and the cells beneath it, as an attacker would write it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from anonshare.disclosure.cells import MARGIN, Key
from anonshare.disclosure.solver import INFINITY, Row

__all__ = ["Group", "flat_groups", "relations"]

Terms = dict[int, int]
"""Cell number -> coefficient."""


@dataclass(frozen=True, slots=True)
class Group:
    """A parent cell and the children that make it up; ``within`` are groups that look at a part of the same persons."""

    parent: int
    children: tuple[int, ...]
    within: tuple[int, ...] = ()


def flat_groups(keys: Sequence[Key]) -> tuple[Group, ...]:
    """For every margin and every column it is summed over: the cells with the values of that column.

    A group is *within* another of the same column if it also fixes one more column: its persons are part of the other's.
    """
    number = {key: i for i, key in enumerate(keys)}
    children: dict[tuple[int, int], list[int]] = {}
    for key, cell in number.items():
        for axis, label in enumerate(key):
            parent = number.get(_with(key, axis, MARGIN))
            if parent is not None:
                found = children.setdefault((parent, axis), [])
                if label != MARGIN:
                    found.append(cell)
    place = {name: i for i, name in enumerate(children)}
    within: dict[int, list[int]] = {}
    for parent, axis in children:
        for other, label in enumerate(keys[parent]):
            wider = number.get(_with(keys[parent], other, MARGIN))
            if label != MARGIN and (wider, axis) in children:
                within.setdefault(place[wider, axis], []).append(place[parent, axis])  # type: ignore[index]  # in children
    return tuple(
        Group(parent, tuple(cells), tuple(within.get(place[parent, axis], ())))
        for (parent, axis), cells in children.items()
    )


def _with(key: Key, axis: int, label: str) -> Key:
    return (*key[:axis], label, *key[axis + 1 :])


def relations(groups: Sequence[Group], known: Mapping[int, int], place: Mapping[int, int], additive: bool) -> list[Row]:
    """What an attacker knows of the hidden cells: ``known`` cell -> count, ``place`` hidden cell -> variable.

    Additive: a parent is the sum of its children. Otherwise it is a count of a union: at least its largest child, at
    most their sum, and what a part of the persons has in common (sum less union) is at most what all have in common.
    """
    return [
        row for terms, upper in _statements(groups, additive) if (row := _row(terms, upper, known, place)) is not None
    ]


def _statements(groups: Sequence[Group], additive: bool) -> Iterator[tuple[Terms, float]]:
    """Linear terms that are at least 0, and their upper bound."""
    for group in groups:
        overlap = _overlap(group)
        yield overlap, 0.0 if additive else INFINITY
        if not additive:
            yield from (({group.parent: 1, child: -1}, INFINITY) for child in group.children)
            yield from ((_minus(overlap, _overlap(groups[part])), INFINITY) for part in group.within)


def _overlap(group: Group) -> Terms:
    return {**dict.fromkeys(group.children, 1), group.parent: -1}


def _minus(left: Terms, right: Terms) -> Terms:
    return {cell: left.get(cell, 0) - right.get(cell, 0) for cell in {**left, **right}}


def _row(terms: Terms, upper: float, known: Mapping[int, int], place: Mapping[int, int]) -> Row | None:
    """The statement over the hidden cells alone; None where it says nothing. A false one over known cells stays."""
    constant = sum(value * known[cell] for cell, value in terms.items() if cell in known)
    hidden = [(place[cell], value) for cell, value in terms.items() if cell in place and value]
    if not hidden and 0 <= constant <= upper:
        return None
    return Row([c for c, _ in hidden], [v for _, v in hidden], -constant, upper - constant)
