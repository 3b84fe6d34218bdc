"""The words of a column's name: camel case, digits, marks and paths taken apart, letters without their marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

__all__ = ["bare", "key_words", "segments", "split_compound"]

LONGEST = 400
"""Characters of a name that are read: a question of a survey may be its column's name."""

MOST_WORDS = 40
SHORTEST_PIECE = 3
CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
BRACKETS = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
PATH = re.compile(r"::|[/.:>|\\]")
WORD = re.compile(r"[^\W\d_]+|\d+")
NUMBERS = frozenset({"no", "nr", "num", "number", "numero", "numer", "nummer", "numar", "numarul"})
LINKS = frozenset({"of", "the", "de", "del", "della", "dello", "di", "du", "des", "der", "do", "da", "la", "le", "el"})
"""Words that join others in a header, and that one writes or leaves out."""

PLAIN = str.maketrans("ıłđøħŁĐØĦ", "ildohLDOH") | {ord("æ"): "ae", ord("œ"): "oe", ord("ـ"): None}


def bare(text: str) -> list[str]:
    """The words of a text in folded case, without marks on their letters; digits are words of their own."""
    spaced = CAMEL.sub(" ", unicodedata.normalize("NFC", text[:LONGEST].replace("°", "o")))
    letters = (c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    return WORD.findall("".join(letters).casefold().translate(PLAIN))[:MOST_WORDS]


def key_words(text: str) -> list[str]:
    """The words by which a header is looked up: one word for *number* in every spelling, joining words left out."""
    words = ["no" if word in NUMBERS else word for word in bare(text)]
    return [word for word in words if word not in LINKS] or words


def segments(name: str) -> list[str]:
    """The parts of a path (``case.victim.dob``), without what stands in brackets unless that is all there is."""
    plain = BRACKETS.sub(" ", name[:LONGEST])
    return PATH.split(plain if plain.strip() else name)


def split_compound(word: str, persons: Collection[str], known: Collection[str]) -> tuple[str, ...]:
    """``custphone`` as ``cust`` and ``phone``: a word nobody knows, made of one of ``persons`` and one that is known."""
    if word in known or len(word) < 2 * SHORTEST_PIECE:
        return (word,)
    for cut in range(SHORTEST_PIECE, len(word) - SHORTEST_PIECE + 1):
        if (word[:cut] in persons and word[cut:] in known) or (word[:cut] in known and word[cut:] in persons):
            return word[:cut], word[cut:]
    return (word,)
