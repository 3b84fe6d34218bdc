"""The leak gate's scan over all distinct values that leave: of columns as their operators make them, of keys as recoded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from anonshare.engine.assemble import label_column
from anonshare.gates.facts import ColumnFacts
from anonshare.identifiers.checks import residual
from anonshare.pipeline.made_columns import Whose, made
from anonshare.shapes import CodedRows, Operator, Recipe
from anonshare.transforms.reversible_tokens import check_reversible
from anonshare.transforms.tokens import check_token

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["ValueScan", "labels_scanned", "notes_scanned"]


class ValueScan:
    """Counts over every distinct value that leaves of one column, as its operator makes it.

    ``places`` are the private list's, ``region`` the country whose phones and national numbers are known.
    """

    def __init__(self, operator: Operator, places: frozenset[str], region: str | None) -> None:
        self._operator = operator
        self._places = places
        self._region = region
        self._made: set[str] = set()
        self._filled = 0

    def add(self, array: pa.Array, whose: Whose | None) -> None:
        """Look at a batch; ``whose`` names the person of each row, for operators that make other values for each."""
        values = made(self._operator, array, whose, str)
        self._filled += len(values) - values.null_count
        self._made.update(values.unique().drop_null().to_pylist())

    def facts(self) -> ColumnFacts:
        """The counts over all batches; values that differ by person are not counted as the column's own."""
        kinds, named = _found(self._made, self._places, self._region)
        if self._operator.per_person or getattr(self._operator, "per_cell", False):
            return ColumnFacts(0, 0, kinds, named)
        tokens = bool(self._made) and all(check_token(value) or check_reversible(value) for value in self._made)
        return ColumnFacts(len(self._made), self._filled, kinds, named, tokens)


def labels_scanned(
    rows: CodedRows, recipe: Recipe, places: frozenset[str], region: str | None
) -> dict[str, ColumnFacts]:
    """What the scan finds in the labels of key columns that leave; how many there are, the privacy models judge."""
    found = {}
    for i, column in enumerate(rows.columns):
        labels = label_column(column, rows.values[recipe.kept, i], recipe.levels[recipe.kept, i])
        kinds, named = _found(labels.unique().drop_null().to_pylist(), places, region)
        found[column.name] = ColumnFacts(0, 0, kinds, named)
    return found


def notes_scanned(
    texts: Mapping[str, Sequence[str | None]], places: frozenset[str], region: str | None
) -> dict[str, ColumnFacts]:
    """What the scan finds in masked notes; each is another text, which says nothing of a column of notes."""
    found = {}
    for name, column in texts.items():
        kinds, named = _found({text for text in column if text is not None}, places, region)
        found[name] = ColumnFacts(0, 0, kinds, named)
    return found


def _found(values: Iterable[str], places: frozenset[str], region: str | None) -> tuple[dict[str, int], int]:
    kinds: Counter[str] = Counter()
    named = 0
    for value in values:
        kinds.update(residual(value, region))
        folded = value.casefold() if places else ""
        named += any(place in folded for place in places)
    return dict(kinds), named
