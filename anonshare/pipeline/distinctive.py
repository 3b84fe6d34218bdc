"""Distinctive values of columns that stay, and where they are found again.

A value is distinctive when it can hardly occur by chance: six characters or more with a digit, an ``@``, or a space in
it. Texts are cut into words, and runs of words are looked up in a set, so the search is linear.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from anonshare.pipeline.inputs import Inputs
from anonshare.policy.model import Policy
from anonshare.policy.records import Column

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["Residue", "values_that_stay", "words_of"]

WORD = re.compile(r"\w+")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
LETTERS = re.compile(r"(?<!\w)(?:\w[\s._-]{1,3}){4,}\w(?!\w)")
"""Letters and digits that stand apart from each other."""
SPELLED = 5
LONGEST = 8
"""Values of more words than this are looked up by their first words."""

THEMSELVES = {"keep", "generalize", "suppress", "top_bottom", "round", "rare_to_other", "shift_dates", "extension"}
"""Operators after which some values of a column may leave as they are."""

Words = tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a text, folded as a reader would see them as equal."""
    return tuple(WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def distinctive(value: str) -> bool:
    """Whether a value can hardly occur by chance."""
    return len(value) >= 6 and (any(c.isdigit() or c in "@ " for c in value))


def values_that_stay(inputs: Inputs) -> Residue:
    """The distinctive values of all columns of which none may leave as it is."""
    policy = inputs.policy
    rules = policy.columns().values()
    # where dates leave on purpose, another person's date that stays can equal one by chance
    residue = Residue(dates=not any(c.leaves and (c.do.shift_dates or c.type == "date") for c in rules))
    for part in inputs.batches():
        for name, column in policy.tables[part.table].columns.items():
            if part.table not in policy.released or _stays(column):
                residue.must_stay(part.rows.column(name), identifies=_identifies(policy, name, column))
    return residue


def _stays(column: Column) -> bool:
    # a masked note is told by its own words, most of which may leave; what it must not hold are other columns' values
    return column.is_key or (column.do.name not in THEMSELVES and not column.do.masked)


def _identifies(policy: Policy, name: str, column: Column) -> bool:
    return column.role == "direct_identifier" or column.stands_in or name in policy.unit_columns


class Residue:
    """Collects what must not leave, then tells how much of it is in given texts."""

    def __init__(self, *, dates: bool = True) -> None:
        self._dates = dates
        self._secrets: set[Words] = set()
        self._identifying: set[Words] = set()
        self._allowed: set[Words] = set()

    def must_stay(self, column: pa.Array, *, identifies: bool = False) -> None:
        """Add the distinct values of a column that does not leave; ``identifies``: each alone can name a person."""
        for value in column.unique().drop_null().to_pylist():
            if distinctive(value) and (self._dates or not DATE.match(value)) and (words := words_of(value)[:LONGEST]):
                self._secrets.add(words)
                if identifies or (" " not in value and not DATE.match(value)):
                    self._identifying.add(words)

    def may_leave(self, texts: Iterable[str]) -> None:
        """Texts that leave on purpose (labels of hierarchies, values of kept columns, the policy's own words)."""
        self._allowed.update(words_of(text)[:LONGEST] for text in texts)

    def count(self, texts: Iterable[str], notes: Iterable[str] = ()) -> int:
        """The number of distinct secrets found in ``texts``, and of those that can name a person in ``notes``.

        In a note, the words of any other column that stays ("in progress") are everybody's words.
        """
        secrets = self._secrets - self._allowed
        return len(_found(texts, secrets) | _found(notes, self._identifying - self._allowed))

    def names_in(self, notes: Iterable[str]) -> list[bool]:
        """For each note, whether a secret that can name a person is in it, in words or letter by letter."""
        secrets = self._identifying - self._allowed
        spelled = {"".join(words) for words in secrets}
        return [bool(_found([note], secrets)) or _spelled(note, spelled) for note in notes]


def _spelled(text: str, secrets: set[str]) -> bool:
    """Whether letters that stand apart spell a secret: "A n a  P o p"."""
    for run in LETTERS.findall(text):
        letters = "".join(words_of(run))
        if len(letters) >= SPELLED and any(secret in letters for secret in secrets if len(secret) >= SPELLED):
            return True
    return False


def _found(texts: Iterable[str], secrets: set[Words]) -> set[Words]:
    lengths = sorted({len(words) for words in secrets})
    return {run for text in texts for run in _runs(words_of(text), lengths)} & secrets if lengths else set()


def _runs(words: Words, lengths: list[int]) -> Iterator[Words]:
    for length in lengths:
        for start in range(len(words) - length + 1):
            yield words[start : start + length]
