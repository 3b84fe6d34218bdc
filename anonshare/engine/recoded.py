"""Columns as codes become an Arrow table, in an order that tells nothing of the one in which the rows came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

__all__ = ["TextColumn", "text_table"]


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column: ``codes`` (one a row) are places in ``texts``; a text of None is no value."""

    name: str
    codes: np.ndarray = field(repr=False)
    texts: Sequence[str | None] = field(repr=False)


def text_table(columns: Sequence[TextColumn], key: bytes) -> pa.Table:
    """All columns as plain ``string``, rows ordered by a secret function of what stands in them.

    Equal rows stand together; without ``key`` nobody can tell the order, and the same rows under the same key have the
    same one whatever order they came in.
    """
    numbered = [_ranked(column) for column in columns]
    row, width = np.zeros(len(columns[0].codes) if columns else 0, np.int64), 1
    for codes, texts in numbered:
        if width * len(texts) >= 1 << 62:
            # the product of all widths would pass 2^63
            found, row = np.unique(row, return_inverse=True)
            width = len(found)
        row, width = row * len(texts) + codes, width * len(texts)
    row = np.unique(row, return_inverse=True)[1]
    shuffled = np.random.default_rng(np.frombuffer(key, np.uint8)).permutation(int(row.max(initial=-1)) + 1)
    order = np.argsort(shuffled[row], kind="stable")
    arrays = [texts.take(pa.array(codes[order])) for codes, texts in numbered]
    return pa.table(arrays, names=[column.name for column in columns])


def _ranked(column: TextColumn) -> tuple[np.ndarray, pa.Array]:
    """Codes that follow the order of the texts: equal texts have one code, and no code tells which value came first."""
    order = sorted({text for text in column.texts if text is not None})
    place = {text: number for number, text in enumerate(order)}
    table = np.array([place[text] if text is not None else len(order) for text in column.texts], np.int32)
    return table[column.codes], pa.array([*order, None], pa.string())
