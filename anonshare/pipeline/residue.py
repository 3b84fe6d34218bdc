"""Look for what stays in what leaves: distinctive values of columns that stay, in the final bytes (G12).

A value is distinctive when it can hardly occur by chance: six characters or more with a digit, an ``@``, or a space in
it. Texts of the output are cut into words, and runs of words are looked up in a set, so the scan is linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from anonshare.files import read_bytes
from anonshare.pipeline.plan import Plan
from anonshare.registry import READERS

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Residue", "count_residue", "words_of"]

WORD = re.compile(r"\w+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
LONGEST = 8
"""Values of more words than this are looked up by their first words."""


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded as a reader would see them as equal."""
    return tuple(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def distinctive(value: str) -> bool:
    """Whether a value can hardly occur by chance."""
    return len(value) >= 6 and (any(c.isdigit() or c in "@ " for c in value))


def count_residue(plan: Plan, files: Path, roles: Mapping[str, str]) -> int:
    """How many distinctive values of columns that stay are found in the files of a draft."""
    rules = plan.policy.columns().values()
    # where dates leave on purpose, another person's date that stays can equal one by chance
    residue = Residue(dates=not any(c.leaves and (c.do.shift_dates or c.type == "date") for c in rules))
    for part in plan.inputs.batches():
        columns = plan.policy.tables[part.table].columns
        kept = part.table in plan.policy.released
        for name, column in columns.items():
            if not kept or not column.leaves or column.is_key or column.do.pseudonymize:
                residue.must_stay(part.rows.column(name))
    if plan.recoded is not None:
        for key in plan.recoded.rows.columns:
            residue.may_leave(label for level in key.labels for label in level if label is not None)
    return residue.count(_texts(files, roles))


def _texts(files: Path, roles: Mapping[str, str]) -> Iterator[str]:
    """Every distinct cell of every table, and the text of every other file; names of files too."""
    for path, role in roles.items():
        yield path
        data = read_bytes(files / path, "draft")
        if path.endswith(".parquet"):
            for batch in READERS["parquet"](data, name="table").batches():
                for column in batch.columns:
                    yield from column.unique().drop_null().to_pylist()
        elif role != "policy":
            yield data.decode("utf-8")


class Residue:
    """Collects what must not leave, then counts how much of it is in given texts."""

    def __init__(self, *, dates: bool = True) -> None:
        self._dates = dates
        self._secrets: set[tuple[str, ...]] = set()
        self._allowed: set[tuple[str, ...]] = set()

    def must_stay(self, column: pa.Array) -> None:
        """Add the distinct values of a column that does not leave."""
        for value in column.unique().drop_null().to_pylist():
            if distinctive(value) and (self._dates or not DATE.match(value)) and (words := words_of(value)[:LONGEST]):
                self._secrets.add(words)

    def may_leave(self, texts: Iterable[str]) -> None:
        """Texts that leave on purpose (labels of hierarchies, values of kept columns, the policy's own words)."""
        self._allowed.update(words_of(text)[:LONGEST] for text in texts)

    def count(self, texts: Iterable[str]) -> int:
        """The number of distinct secrets found in ``texts``."""
        secrets = self._secrets - self._allowed
        lengths = sorted({len(words) for words in secrets})
        return len({run for text in texts for run in _runs(words_of(text), lengths)} & secrets)


def _runs(words: tuple[str, ...], lengths: list[int]) -> Iterator[tuple[str, ...]]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield words[start : start + length]
