"""Amounts of money in bands on a ladder of 1, 2, 5, 10, 20, 50 and so on, then powers of ten, then the sign."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from anonshare.codes.money_text import read_amount

__all__ = ["Amount"]

DIGITS = 9
DECADES = tuple(10**power for power in range(DIGITS + 1))
LADDER = (*(step * ten for ten in DECADES[:-1] for step in (1, 2, 5)), DECADES[-1])
SIGNS = ("negative", "zero", "positive")
MINUS = "minus "
"""A word: spreadsheets take a text that starts with ``-`` for a formula."""


@dataclass(frozen=True)
class Amount:
    """Band of the ladder (``1k-2k``), power of ten (``1k-10k``), sign.

    A band holds its lower end and not its upper one; an amount below zero has the band of its size, ``minus 1k-2k``.
    Everything from 1000M is one band, as is everything between 0 and 1. Currencies are not converted.
    """

    name: str = "amount"
    height: int = 3

    @property
    def domain(self) -> int:
        """The number of finest bands, nothing itself included."""
        return 2 * (len(LADDER) + 1) + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """Band, power of ten, sign; None for what is no amount or has two readings."""
        amount = read_amount(value)
        return None if amount is None else _path(amount)

    def leaves(self, level: int, label: str) -> int:
        """The number of finest bands under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        each = [Decimal("0.5"), *map(Decimal, LADDER)]
        paths = [_path(amount) for one in each for amount in (one, -one)] + [_path(Decimal(0))]
        return [Counter(path[level] for path in paths) for level in range(self.height)]


def _path(amount: Decimal) -> tuple[str, ...]:
    sign = SIGNS[(amount > 0) - (amount < 0) + 1]
    if not amount:
        return ("0", "0", sign)
    minus = MINUS if amount < 0 else ""
    return (minus + _band(LADDER, abs(amount)), minus + _band(DECADES, abs(amount)), sign)


def _band(edges: tuple[int, ...], amount: Decimal) -> str:
    above = bisect_right(edges, amount)
    if above == len(edges):
        return f"{_short(edges[-1])}+"
    return f"{_short(edges[above - 1]) if above else 0}-{_short(edges[above])}"


def _short(edge: int) -> str:
    """Short, so that no band has the digits of a card or phone."""
    return f"{edge // 10**6}M" if edge >= 10**6 else f"{edge // 1000}k" if edge >= 1000 else str(edge)
