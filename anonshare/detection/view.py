"""A text as it was meant, with the way back: every character of the view knows where it stands in the original.

Traffickers and typists write around filters: full-width or emoji digits, zero-width marks inside a number, ``name [at]
host dot tld``, a phone spelled out in words. Rules and models read the view; spans are reported in the original.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from anonshare.detection.look_alikes import look_alike_changes
from anonshare.detection.markup import markup_changes
from anonshare.detection.spoken import spoken_digits
from anonshare.detection.spoken_mail import mail_changes

__all__ = ["View", "view_of"]

Piece = tuple[str, int, int]
"""What is read, and from where to where it stands in the original."""

ODD = re.compile(r"[^\x09\x0a\x0d\x20-\x7e\xa1-\xac\xae-\u024f\u2013\u2014\u2018-\u201d]")
UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0" + "".join(map(chr, range(0x0334, 0x0339))))
"""Fillers, and strokes through letters: no letter, and seen as a blank or as a line."""
INVISIBLE = frozenset({"Cf", "Cc", "Cs"})
KEPT = frozenset("\t\n\r")
ORDINALS = frozenset("ªº")
"""Labels are written with them ("Nº Col"), and a plain text keeps them: they stay in every view."""
ENCLOSING = "\ufe0f\u20e3"
MARKS = 32
"""Characters of a letter with its marks: normalizing sorts marks pair by pair, so a longer run of them is cut."""


@dataclass(frozen=True, slots=True)
class View:
    """``text`` is read; character ``i`` of it stands at ``[starts[i], ends[i])`` of the original (None: the same)."""

    text: str = field(repr=False)
    starts: tuple[int, ...] | None = field(default=None, repr=False)
    ends: tuple[int, ...] | None = field(default=None, repr=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that ``[start, end)`` of the view was read from."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]

    def place(self, offset: int) -> int:
        """The first character of the view that ends behind ``offset`` of the original."""
        return offset if self.ends is None else bisect_left(self.ends, offset + 1)


def view_of(text: str) -> View:
    """The view of a text; a plain text is its own."""
    plain = ODD.search(text) is None
    pieces: list[Piece] | None = None if plain else list(_normal(text))
    read = text if pieces is None else "".join(p[0] for p in pieces)
    changes = sorted({*mail_changes(read), *spoken_digits(read), *look_alike_changes(read), *markup_changes(read)})
    if pieces is None and not changes:
        return View(text)
    letters = [(c, i, i + 1) for i, c in enumerate(text)] if pieces is None else _letters(pieces)
    return _joined(_changed(letters, changes))


def _letters(pieces: Iterable[Piece]) -> list[Piece]:
    return [(c, start, end) for piece, start, end in pieces for c in piece]


def _joined(letters: list[Piece]) -> View:
    return View("".join(p[0] for p in letters), tuple(p[1] for p in letters), tuple(p[2] for p in letters))


def _normal(text: str) -> Iterator[Piece]:
    """NFKC by clusters (a letter with its marks), digits of all scripts as ASCII, marks that nobody sees left out."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and end - start < MARKS and (unicodedata.combining(text[end]) or text[end] in ENCLOSING):
            end += 1
        cluster = "".join(c for c in text[start:end] if c not in ENCLOSING)
        read = "".join(
            str(unicodedata.decimal(c)) if c.isdecimal() else c
            for c in (cluster if cluster in ORDINALS else unicodedata.normalize("NFKC", cluster))
            if c in KEPT or (c not in UNSEEN and unicodedata.category(c) not in INVISIBLE)
        )
        if read:
            yield read, start, end
        start = end


def _changed(letters: list[Piece], changes: Iterable[tuple[int, int, str]]) -> list[Piece]:
    out: list[Piece] = []
    done = 0
    for start, end, new in changes:
        if start < done:
            continue
        out += letters[done:start]
        a, b = letters[start][1], letters[end - 1][2]
        out += [(c, a, b) for c in new]
        done = end
    return out + letters[done:]
