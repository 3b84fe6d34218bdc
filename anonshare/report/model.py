"""What a page says: a verdict, facts, sections. Only texts and counts that may leave come in here."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

__all__ = ["Bar", "Page", "Section", "Table", "clean"]

Tone = Literal["good", "warn", "bad"]
HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn"}


def clean(text: str) -> str:
    """The text without control, direction and other invisible characters: what an officer reads is what is there."""
    spaced = text.replace("\n", " ").replace("\t", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in HIDDEN and c not in "\u2028\u2029")


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts: a header and rows of the same width."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its label, a share between 0 and 1, and the share in words."""

    label: str
    share: float
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a heading, words, a table, bars."""

    heading: str
    words: tuple[str, ...] = ()
    table: Table | None = None
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page: the verdict first, then the facts, then the sections."""

    title: str
    verdict: str
    tone: Tone
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
