"""What stands in the columns of a recoded table: labels of hierarchies, or the few values that a class holds."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.signatures import fold, released_ids
from anonshare.engine.recoded import TextColumn
from anonshare.shapes import KeyColumn

__all__ = ["MOST_VALUES", "outward_columns"]

MOST_VALUES = 8
"""Sets of more values leave as their label."""
MARK = "|"


def outward_columns(
    coded: CodedTable, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray, *, sets: bool
) -> tuple[list[TextColumn], dict[str, np.ndarray]]:
    """The columns that leave, in the order of the table, with the rows that are kept.

    With ``sets`` also, by column, how many values stand beside each other in each of these rows, 0 where a label does.
    """
    rows = coded.rows
    place = {column.name: c for c, column in enumerate(rows.columns)}
    group = _alike(coded, levels, kept, signature) if sets else None
    found, sizes = [], {}
    for name in coded.names:
        codes = coded.codes[name][kept]
        if name not in place:
            found.append(TextColumn(name, codes, coded.vocabulary[name]))
            continue
        column, own = rows.columns[place[name]], levels[kept, place[name]]
        made = _labels(column, codes, own)
        if group is not None:
            made, sizes[name] = _sets(coded.vocabulary[name], codes, own, group, made)
        found.append(made)
    return found, sizes


def _labels(column: KeyColumn, codes: np.ndarray, levels: np.ndarray) -> TextColumn:
    sizes = [len(labels) for labels in column.labels]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    texts = [text for labels in column.labels for text in labels]
    return TextColumn(column.name, first[levels] + column.paths[codes, levels], texts)


def _alike(coded: CodedTable, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray) -> np.ndarray:
    """Int64 per kept row: rows of one class of persons that have the same labels."""
    whose = signature[coded.rows.person[kept]]
    return fold(np.column_stack([whose, released_ids(coded.rows, levels)[kept]]))


def _sets(
    vocabulary: Sequence[str | None], codes: np.ndarray, levels: np.ndarray, group: np.ndarray, made: TextColumn
) -> tuple[TextColumn, np.ndarray]:
    """The values of a class beside each other where they are few and none is missing; else the label.

    All rows of a class that are alike get the same set, so that nobody is told from the others by it.
    """
    pairs = np.unique(np.column_stack([group, codes]), axis=0)
    groups, start, count = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    wide = np.zeros(len(groups), dtype=np.bool_)
    wide[group[levels > 0]] = True
    texts, new = list(made.texts), made.codes.copy()
    number: dict[str, int] = {}
    of_group = np.full(len(groups), -1, dtype=np.int64)
    for i in np.flatnonzero(wide & (count <= MOST_VALUES)).tolist():
        held = [vocabulary[code] for code in pairs[start[i] : start[i] + count[i], 1].tolist()]
        if any(text is None or MARK in text for text in held):
            continue
        text = MARK.join(sorted(str(one) for one in held))
        if text not in number:
            number[text] = len(texts)
            texts.append(text)
        of_group[i] = number[text]
    chosen = of_group[group]
    new[chosen >= 0] = chosen[chosen >= 0]
    return TextColumn(made.name, new, texts), np.where(chosen >= 0, count[group], 0)
