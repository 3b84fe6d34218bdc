"""One row of the table of labels: the words that announce a number, and the form of the number behind them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

__all__ = ["CODE", "GROUPS", "Label"]

_PART = r"[A-Z]{0,4}[0-9][A-Za-z0-9]{0,24}"
_APART = r"(?:[A-Z]{0,4}[0-9]{2}[A-Z0-9]{0,22}|[A-Z]{1,4}[0-9][A-Z0-9]{0,22})"
GROUPS = rf"(?:[A-Za-z]{{1,5}}[ ./-]{{0,2}})?{_PART}(?:[./-]{{1,2}}{_PART}| {_APART}){{0,6}}(?:[ ./-][A-Z]{{1,3}}(?![A-Za-z]))?"
"""Groups of letters and digits, each with a digit in it, as people write numbers: ``AB 12 34 56 C``, ``28 46-57/2``."""

CODE = (
    r"[0-9]:[0-9]{2}-[a-z]{2}-[0-9]{3,6}|"
    r"(?:[A-Z]{1,8}[ ./:_-]{1,2}){0,3}[A-Z]{0,8}[0-9][A-Za-z0-9]{0,20}"
    r"(?: ?[./:_-] ?[A-Za-z]{0,6}[0-9][A-Za-z0-9]{0,20}|[./:_-][A-Z]{1,6}(?![a-z])| [A-Z][A-Za-z]{0,3}[ -]?[0-9]{1,7}){0,6}(?:-[a-zа-яіїє])?"
)
"""Codes of registries: ``CR-2024-000123``, ``12AB/3456/24``, ``2 BvR 1234/19``, ``36110/97``."""


@dataclass(frozen=True)
class Label:
    """A class of numbers that only its label tells apart.

    ``cues`` are whole words or phrases in any language, lower case; between cue and number stand at most ``gap``
    characters. ``shape`` is the form of the number (linear), ``digits`` the least number of digits in it, ``check``
    what else must hold. ``vague`` labels are words of daily life: a check digit of another class is believed before
    them. ``examples`` hold the number between « and », ``counterexamples`` hold none.
    """

    entity: str
    cues: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str
    shape: str = GROUPS
    digits: int = 4
    gap: int = 25
    check: Callable[[str], bool] | None = None
    flags: re.RegexFlag = re.NOFLAG
    vague: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The shape, compiled, with the end of a word behind it."""
        return re.compile(rf"(?:{self.shape})(?![A-Za-z0-9])", self.flags)
