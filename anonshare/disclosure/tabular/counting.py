"""From records to persons in cells: before anything is counted, a person is put into one category of each dimension.

Else totals would not be sums, and what is published of parts and whole would not bind what an attacker thinks it binds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.coded_table import coded_columns
from anonshare.disclosure.tabular.layout import SEVERAL, Layout, dimension, layout
from anonshare.engine.frames import frame_batches, frame_names, own_frame
from anonshare.errors import DisclosureError

__all__ = ["Several", "Tabulated", "tabulate"]

Several = Literal["several", "first", "last"]
"""What becomes of a person with several categories: one of its own, that of the first row, or of the last."""


@dataclass(frozen=True, slots=True)
class Tabulated:
    """Persons in the cells of several tables; true, and never to leave as it is.

    ``layouts`` are by the name of the table, their rows the persons. ``people`` are the keys of the persons, ``amounts``
    int64 per person in the smallest unit of the amount (None: persons are counted), ``shift`` its decimals, and
    ``contributor`` int per person whose record it is.
    """

    layouts: Mapping[str, Layout] = field(repr=False)
    people: tuple[str, ...] = field(repr=False)
    amounts: np.ndarray | None = field(repr=False)
    shift: int
    contributor: np.ndarray | None = field(repr=False)

    @property
    def weights(self) -> np.ndarray:
        """Int64 per person: one, or the amount."""
        return np.ones(len(self.people), dtype=np.int64) if self.amounts is None else self.amounts


def tabulate(
    table: Any,
    tables: Mapping[str, Sequence[str]],
    *,
    hierarchies: Mapping[str, Sequence[Sequence[object]]] | None = None,
    unit: str | Sequence[str] | None = None,
    several: Several = "several",
    amount: str | None = None,
    contributor: str | None = None,
) -> Tabulated:
    """Count the persons of a frame (pandas, Arrow, Polars) in ``tables``: name -> its one to six dimensions.

    ``hierarchies`` maps a column to rows of labels from a value to the root; a column without one has its values and
    all together. Without ``unit`` every row is a person. ``amount`` is summed instead of persons being counted; then
    ``contributor`` may name who hands it in (a person where it does not). Raises DisclosureError for columns that are not
    there, hierarchies that do not add up, and amounts that are negative or no numbers.
    """
    own = own_frame(table)
    units = () if unit is None else (unit,) if isinstance(unit, str) else tuple(unit)
    dims = list(dict.fromkeys(name for by in tables.values() for name in by))
    more = [name for name in (amount, contributor) if name is not None]
    there = [str(name) for name in frame_names(own)]
    _check(tables, several, there, [*dims, *more, *units])
    wanted = list(dict.fromkeys([*dims, *more]))
    codes, vocabulary, person, people = coded_columns(frame_batches(own, there), wanted, units)
    names = people if people is not None else tuple(map(str, range(len(person))))
    rows = _Rows(person, len(names), several)
    placed = {}
    for name in dims:
        values, one = rows.category(vocabulary[name], codes[name])
        placed[name] = (dimension(name, values, (hierarchies or {}).get(name)), one)
    made = {
        name: layout([placed[c][0] for c in by], np.stack([placed[c][1] for c in by], axis=1))
        for name, by in tables.items()
    }
    amounts, shift = (None, 0) if amount is None else rows.sums(amount, vocabulary[amount], codes[amount])
    whose = None if contributor is None else rows.category(vocabulary[contributor], codes[contributor])[1]
    return Tabulated(made, names, amounts, shift, whose)


class _Rows:
    """Which rows are whose."""

    def __init__(self, person: np.ndarray, persons: int, several: Several) -> None:
        self._person, self._persons, self._several = person, persons, several
        self._order = np.argsort(person, kind="stable")
        self._first = np.searchsorted(person[self._order], np.arange(persons))
        self._last = np.append(self._first[1:], len(person)) - 1

    def category(
        self, vocabulary: Sequence[str | None], codes: np.ndarray
    ) -> tuple[tuple[str | None, ...], np.ndarray]:
        """The texts, and int64 per person the code of his one category."""
        own = codes[self._order].astype(np.int64)
        if not len(own):
            return tuple(vocabulary), np.zeros(0, dtype=np.int64)
        one = own[self._last if self._several == "last" else self._first]
        if self._several != "several":
            return tuple(vocabulary), one
        mixed = np.minimum.reduceat(own, self._first) != np.maximum.reduceat(own, self._first)
        if SEVERAL in vocabulary:
            raise DisclosureError(f"A column holds {SEVERAL}, which stands for several categories.", hint="Rename it.")
        return (*vocabulary, SEVERAL), np.where(mixed, len(vocabulary), one)

    def sums(self, name: str, vocabulary: Sequence[str | None], codes: np.ndarray) -> tuple[np.ndarray, int]:
        """Int64 per person: the sum of his amounts, in the smallest unit that occurs; and its decimals."""
        numbers = [_amount(name, text) for text in vocabulary]
        shift = max((-int(n.as_tuple().exponent) for n in numbers if n), default=0)
        shift = max(shift, 0)
        whole = [int(number.scaleb(shift)) for number in numbers]
        if sum(whole) * max(len(codes), 1) >= 1 << 62:
            raise DisclosureError(f"The amounts of column {name!r} are too large.", hint="Give them in a larger unit.")
        found = np.zeros(self._persons, dtype=np.int64)
        np.add.at(found, self._person, np.array(whole, dtype=np.int64)[codes])
        return found, shift


def _amount(name: str, text: str | None) -> Decimal:
    if text is None:
        return Decimal(0)
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        raise DisclosureError(
            f"Column {name!r} holds an amount that is negative, or no number.",
            hint="Amounts are numbers from 0 on; take others out or count them apart.",
            reason="amount",
        )
    return number.normalize() if number else Decimal(0)


def _check(tables: Mapping[str, Sequence[str]], several: str, there: Sequence[str], named: Sequence[str]) -> None:
    if not tables or any(
        isinstance(by, str) or not 1 <= len(by) <= 6 or len(set(by)) < len(by) for by in tables.values()
    ):
        raise DisclosureError("A table has a name and one to six different columns.", reason="parameters")
    if several not in {"several", "first", "last"}:
        raise DisclosureError(
            "A person with several categories is put into several, first or last.", reason="parameters"
        )
    for name in named:
        if there.count(name) != 1:
            raise DisclosureError(
                f"The table has no single column {name!r}.", hint="Look at its spelling.", reason="column"
            )
