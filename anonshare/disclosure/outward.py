"""What stands in the columns of a recoded table: labels of hierarchies, or the few values that a class holds."""

from __future__ import annotations

from collections.abc import Collection

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import CodedTable
from anonshare.disclosure.signatures import distinct_rows, fold, released_ids
from anonshare.engine.recoded import TextColumn
from anonshare.shapes import KeyColumn

__all__ = ["MOST_VALUES", "outward_columns"]

MOST_VALUES = 8
"""Sets of more values leave as their label."""
MARK = "|"


def outward_columns(
    coded: CodedTable, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray, *, sets: Collection[str] = ()
) -> tuple[list[TextColumn], dict[str, np.ndarray]]:
    """The columns that leave, in the order of the table, with the rows that are kept.

    For the columns in ``sets`` also how many labels stand beside each other in each of these rows, 0 where one does.
    """
    rows = coded.rows
    place = {column.name: c for c, column in enumerate(rows.columns)}
    group = _alike(coded, levels, kept, signature) if sets else None
    found, sizes = [], {}
    for name in coded.names:
        codes = coded.codes[name] if kept.all() else coded.codes[name][kept]
        if name not in place:
            found.append(TextColumn(name, codes, coded.vocabulary[name]))
            continue
        column, own = rows.columns[place[name]], levels[kept, place[name]]
        made = _labels(column, codes, own)
        if group is not None and name in sets:
            made, sizes[name] = _sets(column, codes, own, group, made)
        found.append(made)
    return found, sizes


def _labels(column: KeyColumn, codes: np.ndarray, levels: np.ndarray) -> TextColumn:
    sizes = [len(labels) for labels in column.labels]
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    texts = [text for labels in column.labels for text in labels]
    return TextColumn(column.name, first[levels] + column.paths[codes, levels], texts)


def _alike(coded: CodedTable, levels: np.ndarray, kept: np.ndarray, signature: np.ndarray) -> np.ndarray:
    """Int64 per kept row: rows of one class of persons that have the same labels."""
    whose = signature[coded.rows.person[kept]]
    return fold(np.column_stack([whose, released_ids(coded.rows, levels)[kept]]))


def _sets(
    column: KeyColumn, codes: np.ndarray, levels: np.ndarray, group: np.ndarray, made: TextColumn
) -> tuple[TextColumn, np.ndarray]:
    """The finest labels of a class beside each other where they are few and none is missing; else the label.

    Labels, not values: the hierarchy says how fine a cell may leave at most, and a value that it does not know may not.
    All rows of a class that are alike get the same set, so that nobody is told from the others by it.
    """
    finest = column.labels[0]
    pairs = distinct_rows(np.column_stack([group, column.paths[codes, 0]]))
    groups, start, count = np.unique(pairs[:, 0], return_index=True, return_counts=True)
    wide = np.zeros(len(groups), dtype=np.bool_)
    wide[group[levels > 0]] = True
    texts, new = list(made.texts), made.codes.copy()
    number: dict[str, int] = {}
    of_group = np.full(len(groups), -1, dtype=np.int64)
    for i in np.flatnonzero(wide & (count <= MOST_VALUES)).tolist():
        held = [finest[label] for label in pairs[start[i] : start[i] + count[i], 1].tolist()]
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
