"""What is looked for of known names: words and their forms, sounds, skeletons, initials, what handles are made of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, permutations

from anonshare.identifiers.name_forms import consonants, loose_form, name_forms
from anonshare.identifiers.names import normal_name
from anonshare.identifiers.scripts import latin

__all__ = ["ARABIC", "LEAST", "LONG", "LOOSE", "PARTS", "Sought", "parts_of", "sought_of"]

LEAST = 3
"""A word of fewer letters is not searched alone: "An" and "Li" would mask half of a text."""

LOOSE = 4
"""Letters of a name that is compared by how it sounds."""

LONG = 5
"""Letters of a name that is looked for inside of a handle."""

MANY = 6
"""Words of a person of whom every two are looked for as one: of more, those alone that stand side by side."""

GLUE = ("", "_", ".")
"""What stands between two names that are written as one."""

PARTS = re.compile(r"[\s'\u2019-]+")
ARABIC = re.compile(r"[\u0620-\u06ff]")
UNSPACED = re.compile(r"[\u0900-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
"""Scripts of India and of the East: their vowels are marks, or no space parts their words, so no word can be cut out."""
FUNCTION_WORDS = frozenset(
    "the and for not but you she her his him who was are has had that this with from they una los las del por que con les "
    "des une est pas din der die das und mit von".split()
)
"""Names that fold to them ("Thế") would mask every sentence's first word."""
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for. ``glued`` are two words of one person as one, ``signed`` an initial and a word as one."""

    words: frozenset[str] = field(repr=False)
    forms: frozenset[str] = field(repr=False)
    short: frozenset[str] = field(repr=False)
    single: frozenset[str] = field(repr=False)
    """Short names that are all that a cell says."""
    loose: frozenset[str] = field(repr=False)
    bones: frozenset[str] = field(repr=False)
    arabic: frozenset[str] = field(repr=False)
    stretches: tuple[str, ...] = field(repr=False)
    glued: frozenset[str] = field(repr=False)
    signed: frozenset[str] = field(repr=False)
    needles: tuple[str, ...] = field(repr=False)
    """What handles are searched for: both of these, and long words."""
    initials: re.Pattern[str] | None = field(repr=False)


@lru_cache(maxsize=8)
def sought_of(persons: tuple[tuple[str, ...], ...]) -> Sought:
    """Made once for all notes of a person."""
    cells = [cell for person in persons for cell in person]
    every = {word for cell in cells for word in _spellings(cell)}
    words = {word for word in every if len(word) >= LEAST and word not in FUNCTION_WORDS}
    forms = {form for word in words for form in name_forms(word)}
    pairs = [pair for person in persons for pair in _pairs(person)]
    glued = {a + mark + b for a, b in pairs for mark in GLUE if min(len(a), len(b)) > 1 and len(a + b) >= LONG}
    signed = {a[:1] + b for a, b in pairs if len(b) >= LONG} | {a + b[:1] for a, b in pairs if len(a) >= LONG}
    return Sought(
        words=frozenset(words),
        forms=frozenset(forms),
        short=frozenset(word for word in every if len(word) == LEAST - 1),
        single=frozenset(word for cell in cells for word in [latin(cell.strip())] if len(word) == LEAST - 1),
        loose=frozenset(key for key in map(loose_form, forms) if len(key) >= LOOSE),
        bones=frozenset(key for key in map(consonants, words) if len(key) >= LEAST),
        arabic=frozenset(consonants(latin(w)) for cell in cells for w in cell.split() if ARABIC.search(w)),
        stretches=tuple(sorted(set(_stretches(cells)))),
        glued=frozenset(glued),
        signed=frozenset(signed),
        needles=tuple(sorted(glued | signed | {word for word in words if len(word) >= LONG})),
        initials=_any_of(set(_initials(persons))),
    )


def _pairs(person: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Two words of one person, in both orders."""
    words = list(dict.fromkeys(word for cell in person for word in _spellings(cell)))
    if len(words) <= MANY:
        yield from permutations(words, 2)
    else:
        yield from pairwise(words)
        yield from pairwise(reversed(words))


def _any_of(initials: set[str]) -> re.Pattern[str] | None:
    """Any of several initials, with dots, spaces or neither; the longest first, so that none is cut."""
    ordered = sorted(initials, key=lambda letters: (-len(letters), letters))
    dotted = [r"\.?[ -]?".join(map(re.escape, letters)) for letters in ordered]
    return re.compile(rf"(?<![\w.])(?:{'|'.join(dotted)})(?!\w)") if dotted else None


def _spellings(cell: str) -> Iterator[str]:
    """The words of a cell, each in Latin letters; ü as u and ue, O'Brien and Dela-Cruz also in one."""
    name = normal_name(cell)
    yield from filter(None, map(latin, PARTS.split(name)))
    yield from (latin(PARTS.sub("", word)) for word in name.split())
    german = unicodedata.normalize("NFC", cell).casefold()
    if any(letter in german for letter, _ in UMLAUTS):
        for letter, two in UMLAUTS:
            german = german.replace(letter, two)
        yield from filter(None, map(latin, PARTS.split(normal_name(german))))


def _stretches(cells: Sequence[str]) -> Iterator[str]:
    """Words to be looked for letter by letter, as a view has them."""
    for cell in cells:
        for word in unicodedata.normalize("NFKC", cell).split():
            if UNSPACED.search(word) and len(word) > 1:
                yield word


def _initials(persons: Sequence[Sequence[str]]) -> Iterator[str]:
    """Those of each cell of several words, and of the cells of one person together, in both orders."""
    for cells in persons:
        each = [[word[0].upper() for word in normal_name(cell).split()] for cell in cells]
        yield from ("".join(letters) for letters in each if len(letters) > 1)
        written = [[word[0].upper() for word in cell.split()] for cell in cells]
        yield from ("".join(a) for a, plain in zip(written, each, strict=True) if len(a) == len(plain) > 1)
        if len(each) == 2 and all(map(len, each)):  # a given name and a surname
            yield "".join(each[0] + each[1])
            yield "".join(each[1] + each[0])


def parts_of(word: str) -> frozenset[str]:
    """A word of a text in Latin letters; of one with hyphens its parts too."""
    parts = frozenset(latin(part) for part in PARTS.split(word.casefold()) if part)
    return parts if len(parts) < 2 else parts | {latin(PARTS.sub("", word))}
