"""Counts of distinct persons by combinations of columns, with every margin, and the table that may leave of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import product

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import MARGIN, CountTable, Key, ProtectedCell, ProtectedTable, covering
from anonshare.disclosure.complementary import World, complement
from anonshare.disclosure.groups import Group, flat_groups
from anonshare.disclosure.signatures import fold
from anonshare.disclosure.table_audit import WIDTH, attack, audit
from anonshare.errors import DisclosureError

__all__ = ["count_cells", "count_table", "protect"]


def count_cells(by: Sequence[str], texts: Sequence[Sequence[str | None]], unit: Iterable[int]) -> CountTable:
    """``count_table`` from texts as they would leave: ``texts[column][row]``, and the person (or row) number per row."""
    labels = [[None, *sorted({text for text in column if text is not None})] for column in texts]
    codes = [[number[text] for text in column] for number, column in zip(map(_numbers, labels), texts, strict=True)]
    units = np.array(list(unit), dtype=np.int64)
    return count_table(by, labels, np.array(codes, dtype=np.int64).reshape(len(by), len(units)).T, units)


def count_table(
    by: Sequence[str], labels: Sequence[Sequence[str | None]], codes: np.ndarray, person: np.ndarray | None = None
) -> CountTable:
    """Distinct persons per combination of ``by`` and per margin over every subset of it; rows where ``person`` is None.

    ``labels[column][code]`` are the texts as they would leave, ``codes`` int (rows, columns). A margin recounts
    persons and is no sum: whoever is in several cells counts once. Raises DisclosureError where a text of the data is
    the mark of a margin.
    """
    codes = _by_text(by, labels, codes)
    texts = [[None, *_texts(column)] for column in labels]
    unit = np.arange(len(codes), dtype=np.int64) if person is None else person
    cells: dict[Key, int] = {}
    for open_columns in product((True, False), repeat=len(by)):
        cells.update(_margin(texts, codes, unit, open_columns))
    return CountTable(tuple(by), cells, _patterns(texts, codes, unit))


def protect(table: CountTable, min_count: int, complementary: bool = True, width: int = WIDTH) -> ProtectedTable:
    """The table as it may leave: counts of 1..``min_count`` - 1 suppressed, and others so that none can be derived.

    ``width`` is how far apart the possible counts of a suppressed cell are at least. The result passes the audit that
    the receiver runs as well, from the published cells alone; raises DisclosureError where none can be found.
    Without ``complementary`` the small counts alone are suppressed: in a table with margins that protects little.
    """
    keys = sorted(table.cells, key=lambda key: tuple((label is not None, label or "") for label in key))
    counts = np.array([table.cells[key] for key in keys], dtype=np.int64)
    primary = (counts > 0) & (counts < min_count)
    hidden = _closed(_world(table, keys, counts), flat_groups(keys), primary, width) if complementary else primary
    protected = ProtectedTable(
        by=table.by,
        cells=tuple(
            ProtectedCell(key, None if hide else int(count))
            for key, count, hide in zip(keys, counts, hidden, strict=True)
        ),
        primary=int(primary.sum()),
        secondary=int((hidden & ~primary).sum()),
    )
    if complementary:
        _refuse_derivable(protected, min_count, width)
    return protected


def _closed(world: World, groups: Sequence[Group], primary: np.ndarray, width: int) -> np.ndarray:
    """Cells hidden until other persons could explain what is published, and the receiver's attack derives nothing.

    The two differ where persons are in several cells but the published counts still add up: the receiver must take them
    for sums, as an attacker may, and would call a count derived that is not even the true one.
    """
    hidden = primary.copy()
    while True:
        hidden |= complement(world, hidden, width)
        counts = [None if hide else int(count) for count, hide in zip(world.counts, hidden, strict=True)]
        exposed = attack(counts, groups, None, width).exposed
        more = _neighbours(exposed, groups, counts)
        if not more:
            return hidden
        hidden[more] = True


def _neighbours(exposed: Sequence[int], groups: Sequence[Group], counts: Sequence[int | None]) -> list[int]:
    """For each exposed cell the smallest published count that is bound to it."""
    found = set()
    for cell in exposed:
        bound = [{group.parent, *group.children} for group in groups if cell in {group.parent, *group.children}]
        open_cells = [(count, other) for other in set().union(*bound) if (count := counts[other]) is not None]
        found |= {other for _, other in sorted(open_cells)[:1]}
    return sorted(found)


def _refuse_derivable(table: ProtectedTable, min_count: int, width: int) -> None:
    verdict = audit(table.cells, table.by, min_count, width=width)
    if table.cells and not verdict:
        raise DisclosureError(
            f"The table of counts does not hold: {'; '.join(verdict.missing)}.",
            hint="Use fewer columns or coarser values in this table.",
            reason="table",
        )


def _world(table: CountTable, keys: Sequence[Key], counts: np.ndarray) -> World:
    """Kinds of persons that may be more or fewer: all that occur, and one for each innermost cell that does."""
    number = {key: i for i, key in enumerate(keys)}
    alone: dict[tuple[Key, ...], int] = {(key,): 0 for pattern in table.patterns for key in pattern}
    kinds: dict[tuple[Key, ...], int] = {**alone, **table.patterns}
    hits = [sorted({number[cell] for key in pattern for cell in covering(key)}) for pattern in kinds]
    return World(counts, hits, list(kinds.values()))


def _numbers(texts: Iterable[str | None]) -> dict[str | None, int]:
    """Null is 0, texts follow in their order."""
    return {text: i for i, text in enumerate([None, *(text for text in texts if text is not None)])}


def _texts(column: Sequence[str | None]) -> list[str]:
    return sorted({text for text in column if text is not None})


def _by_text(by: Sequence[str], labels: Sequence[Sequence[str | None]], codes: np.ndarray) -> np.ndarray:
    """Codes by sorted text, null 0: equal texts are one cell whatever codes they had."""
    out = np.empty(codes.shape, dtype=np.int64)
    for c, column in enumerate(labels):
        if MARGIN in column:
            raise DisclosureError(
                f"Column {by[c]} holds a value that is the mark of a margin, {MARGIN}.",
                hint="Generalize or rename that value.",
                reason="margin-mark",
            )
        number = _numbers(_texts(column))
        out[:, c] = np.array([number[text] for text in column], dtype=np.int64)[codes[:, c]]
    return out


def _margin(
    texts: Sequence[Sequence[str | None]], codes: np.ndarray, unit: np.ndarray, open_columns: Sequence[bool]
) -> dict[Key, int]:
    """Distinct units per combination of the open columns, MARGIN in the others."""
    cell = fold(codes[:, list(open_columns)])
    _, first = np.unique(cell, return_index=True)
    distinct = np.unique(np.stack([cell, unit], axis=1), axis=0)[:, 0] if len(cell) else cell
    counts = np.bincount(distinct, minlength=len(first))
    return {_key(texts, codes[row], open_columns): int(n) for row, n in zip(first, counts, strict=True)}


def _key(texts: Sequence[Sequence[str | None]], codes: np.ndarray, open_columns: Sequence[bool]) -> Key:
    return tuple(
        text[code] if is_open else MARGIN for text, code, is_open in zip(texts, codes, open_columns, strict=True)
    )


def _patterns(texts: Sequence[Sequence[str | None]], codes: np.ndarray, unit: np.ndarray) -> dict[tuple[Key, ...], int]:
    """How many units are in exactly one set of innermost cells."""
    cell = fold(codes)
    _, first = np.unique(cell, return_index=True)
    keys = [_key(texts, codes[row], [True] * codes.shape[1]) for row in first]
    held: dict[int, set[int]] = {}
    for who, number in zip(unit.tolist(), cell.tolist(), strict=True):
        held.setdefault(who, set()).add(number)
    found = Counter(tuple(sorted(numbers)) for numbers in held.values())
    return {tuple(keys[number] for number in numbers): n for numbers, n in sorted(found.items())}
