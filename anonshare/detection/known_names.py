"""Known names in a text: in capitals, in small letters, without accents, in another script, with an ending, as initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from anonshare.detection.gazetteer import gazetteer
from anonshare.identifiers.name_forms import consonants, loose_form, name_forms
from anonshare.identifiers.names import normal_name
from anonshare.identifiers.scripts import latin
from anonshare.shapes import Span

__all__ = ["find_names"]

LEAST = 3
"""A word of fewer letters is not searched alone: "An" and "Li" would mask half of a text."""

SMALL, CASELESS = 5, 4
"""Letters of a name that counts in small letters, and in a text that has no capitals: shorter ones are words."""

LOOSE = 4
"""Letters of a name that is compared by how it sounds."""

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
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
class _Sought:
    """What is looked for: words and their forms, short ones, how they sound, their consonants, initials."""

    words: frozenset[str]
    forms: frozenset[str]
    short: frozenset[str]
    loose: frozenset[str]
    bones: frozenset[str]
    arabic: frozenset[str]
    stretches: frozenset[str]
    letters: frozenset[str]


def find_names(text: str, persons: tuple[tuple[str, ...], ...]) -> Iterator[Span]:
    """Where names of ``persons`` stand, each given by the cells of one person in their order. Score 1, initials .9."""
    sought = _sought(persons)
    caseless = text in {text.lower(), text.upper()}
    found = list(WORD.finditer(text))
    sure = [_is_name(one.group(), sought, caseless=caseless) for one in found]
    for i, one in enumerate(found):
        if sure[i] or (sought.short and _parts(one.group()) <= sought.short and _beside(text, found, sure, sought, i)):
            yield Span(one.start(), one.end(), "PERSON", 1.0, "known")
    for stretch in sorted(sought.stretches):
        yield from (Span(*hit.span(), "PERSON", 1.0, "known") for hit in re.finditer(re.escape(stretch), text))
    for letters in sorted(sought.letters):
        dotted = r"\.?[ -]?".join(map(re.escape, letters))
        for hit in re.finditer(rf"(?<![\w.]){dotted}(?![\w])", text):
            yield Span(hit.start(), hit.end(), "PERSON", 0.9, "known")


@lru_cache(maxsize=8)
def _sought(persons: tuple[tuple[str, ...], ...]) -> _Sought:
    """Made once for all notes of a person."""
    cells = [cell for person in persons for cell in person]
    every = {word for cell in cells for word in _spellings(cell)}
    words = {word for word in every if len(word) >= LEAST and word not in FUNCTION_WORDS}
    forms = {form for word in words for form in name_forms(word)}
    return _Sought(
        words=frozenset(words),
        forms=frozenset(forms),
        short=frozenset(word for word in every if len(word) == LEAST - 1),
        loose=frozenset(key for key in map(loose_form, forms) if len(key) >= LOOSE),
        bones=frozenset(key for key in map(consonants, words) if len(key) >= LEAST),
        arabic=frozenset(consonants(latin(w)) for cell in cells for w in cell.split() if ARABIC.search(w)),
        stretches=frozenset(_stretches(cells)),
        letters=frozenset(_initials(persons)),
    )


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


@lru_cache(maxsize=16_384)
def _parts(word: str) -> frozenset[str]:
    """A word of a text in Latin letters; of one with hyphens its parts too."""
    parts = frozenset(latin(part) for part in PARTS.split(word.casefold()) if part)
    return parts if len(parts) < 2 else parts | {latin(PARTS.sub("", word))}


def _is_name(word: str, sought: _Sought, *, caseless: bool) -> bool:
    first = word[0]
    small = not first.isupper() and unicodedata.category(first) != "Lo"
    if small and len(word) < CASELESS - 1:
        return False
    parts = _parts(word)
    if small:
        return any(_small(part, sought, caseless=caseless) for part in parts)
    if not parts.isdisjoint(sought.forms):
        return True
    if ARABIC.match(first):
        return any(consonants(part) in sought.bones for part in parts)
    return any(_sounds(part, sought) for part in parts)


def _sounds(part: str, sought: _Sought) -> bool:
    if len(part) < LEAST:
        return False
    loose, bones = loose_form(part), consonants(part)
    return (len(loose) >= LOOSE and loose in sought.loose) or (len(bones) >= LEAST and bones in sought.arabic)


def _small(part: str, sought: _Sought, *, caseless: bool) -> bool:
    """A name in small letters counts where it is long and, beside capitals, no word that people use."""
    if len(part) < (CASELESS if caseless else SMALL):
        return False
    if part in gazetteer("words_en").strong and not (caseless and len(part) >= SMALL):
        return False
    return part in sought.words or (len(part) > SMALL and part in sought.forms)


def _beside(text: str, found: Sequence[re.Match[str]], sure: Sequence[bool], sought: _Sought, at: int) -> bool:
    """Whether a short name stands capitalized right beside another word of the name: "Lan Vũ", "An Li"."""
    if not found[at].group()[0].isupper():
        return False
    for other in (at - 1, at + 1):
        if 0 <= other < len(found):
            left, right = sorted((at, other))
            if text[found[left].end() : found[right].start()] in {" ", ", ", "-", "/", "."} and (
                sure[other] or (found[other].group()[0].isupper() and _parts(found[other].group()) <= sought.short)
            ):
                return True
    return False
