"""Whose rows are, as numbers: persons, or the events that their dates belong to; and persons with several values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Whose", "persons_of_several"]


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose the rows of a batch are: a number from 0 for each row, and the text of each number, input of keys alone."""

    numbers: np.ndarray
    text: Callable[[int], str] = field(repr=False)

    def with_events(self, events: pa.Array, event_text: Callable[[str], str]) -> Whose:
        """Rows with an event are the event's; ``events`` has a text or null for each row."""
        coded = events.dictionary_encode()
        names = [event_text(name) for name in coded.dictionary.to_pylist()]
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        first = int(self.numbers.max()) + 1 if len(self.numbers) else 0
        return Whose(
            np.where(codes >= 0, first + codes, self.numbers),
            lambda number: names[number - first] if number >= first else self.text(number),
        )


def persons_of_several(person: np.ndarray, columns: Sequence[tuple[np.ndarray, np.ndarray]]) -> int:
    """How many persons have more than one distinct value in all columns together.

    ``person`` int64 is one a row; a column is its codes (0: no value) and a bool a row that says whether it counts.
    """
    found = [
        np.unique(np.stack([person[here & (codes > 0)], codes[here & (codes > 0)]], axis=1), axis=0)[:, 0]
        for codes, here in columns
    ]
    if not found:
        return 0
    _, values = np.unique(np.concatenate(found), return_counts=True)
    return int((values > 1).sum())
