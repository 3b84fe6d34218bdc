"""Who looks like whom in what leaves: signatures of persons, counted from the released labels alone.

The random ``unit`` column links the rows of a person, therefore the adversary compares whole persons: the signature is
the sorted multiset of a person's released rows. (What is constant in a person is the same in all of his rows; the
multiset of whole rows says the same as constants apart and the rest beside them.) Nothing here knows how a recoding was
found, which makes it the judge of every recoding.
"""

from __future__ import annotations

from anonshare.disclosure.arrays import np
from anonshare.disclosure.linked import table_of
from anonshare.shapes import CodedRows, KeyColumn

__all__ = ["distinct_rows", "fold", "outward_ids", "person_signatures", "released_ids", "row_numbers"]


def outward_ids(column: KeyColumn) -> np.ndarray:
    """Int32 (values, levels): the number of the text that leaves for a value on a level.

    Equal texts have equal numbers whatever their level, null is 0, and numbers follow the order of the texts: what
    looks alike counts as alike.
    """
    texts = {text for level in column.labels for text in level if text is not None}
    number: dict[str | None, int] = {text: i for i, text in enumerate(sorted(texts), start=1)}
    number[None] = 0
    tables = [np.array([number[text] for text in level], dtype=np.int32) for level in column.labels]
    return np.stack([table[column.paths[:, level]] for level, table in enumerate(tables)], axis=1)


def released_ids(rows: CodedRows, levels: np.ndarray) -> np.ndarray:
    """Int32 (rows, columns): the text that leaves in every cell, as numbers of ``outward_ids``."""
    # a column lies in one piece: everything that reads these numbers reads them by column
    out = np.empty(rows.values.shape, dtype=np.int32, order="F")
    for c, column in enumerate(rows.columns):
        ids = outward_ids(column)
        out[:, c] = ids.ravel()[rows.values[:, c] * ids.shape[1] + levels[:, c]]
    return out


def fold(matrix: np.ndarray) -> np.ndarray:
    """Int64 number per row of a matrix of non-negative integers: equal rows equal numbers, without gaps, in order."""
    number, width = np.zeros(len(matrix), dtype=np.int64), 1
    for column in matrix.T:
        own = int(column.max(initial=0)) + 1
        if width * own >= _MOST:
            # the product of all widths would not fit 64 bits, rows times one width do
            number, width = _dense(number, width)
        number, width = number * own + column, width * own
    return _dense(number, width)[0]


def distinct_rows(matrix: np.ndarray) -> np.ndarray:
    """The rows of a matrix of non-negative integers, each once, in order."""
    number = fold(matrix)
    place = np.empty(int(number.max(initial=-1)) + 1, dtype=np.int64)
    place[number] = np.arange(len(number))
    return matrix[place]


_MOST = 1 << 62


def _dense(number: np.ndarray, width: int) -> tuple[np.ndarray, int]:
    """The same numbers without gaps, in order, and how many there are."""
    if width <= 4 * len(number) + 1024:
        there = np.zeros(width, dtype=np.bool_)
        there[number] = True
        return (np.cumsum(there) - 1)[number], int(there.sum())
    found, dense = np.unique(number, return_inverse=True)
    return dense, len(found)


def row_numbers(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Int64 per row that is kept: equal where everything that leaves of its keys is, without gaps."""
    told = released_ids(rows, levels)
    if rows.table is not None:
        # rows of two tables never look alike, even where all that is known of both is null
        told = np.column_stack([table_of(rows), told])
    return fold(told if kept.all() else told[kept])


def person_signatures(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> np.ndarray:
    """Int64 per person: the number of his signature, -1 where none of his rows is kept. Exact; no hash is involved."""
    number = row_numbers(rows, levels, kept)
    person = rows.person[kept]
    signature = np.full(rows.persons, -1, dtype=np.int64)
    sizes = np.bincount(person, minlength=rows.persons).astype(np.int64)
    if sizes.max(initial=0) <= 1:
        signature[person] = number
        return signature
    order = np.lexsort((number, person))
    number, person = number[order], person[order]
    start = np.cumsum(sizes) - sizes
    width = int(number.max(initial=0)) + 1
    chain = np.zeros(rows.persons, dtype=np.int64)
    alive = np.flatnonzero(sizes > 0)
    position = 0
    while alive.size:
        _, dense = np.unique(chain[alive] * width + number[start[alive] + position], return_inverse=True)
        chain[alive] = dense
        position += 1
        alive = alive[sizes[alive] > position]
    present = sizes > 0
    signature[present] = fold(np.stack([sizes[present], chain[present]], axis=1))
    return signature
