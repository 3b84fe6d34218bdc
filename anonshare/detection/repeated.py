"""A name that was found once is a name wherever it stands in its group of texts: second mentions are what models miss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from anonshare.identifiers.names import HONORIFICS
from anonshare.shapes import Span

__all__ = ["find_repeated", "find_titled", "names_in"]

LEAST = 3
WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
TITLES = (
    "Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Madam|Judge|Officer|Detective|Inspector|Sister|Aunt|Uncle|Boss|Señora|Señor|Señorita|Sra|Sr|Srta|"
    "Don|Doña|Doctora?|Monsieur|Madame|Mademoiselle|Mme|Mlle|Maître|Tante|Domnul|Doamna|Domnișoara|Dl|Dna|Dra|"
    "Herr|Herrn|Frau|Signora?|Sig|Pan|Pani"
)
_NAME = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž]\.\s?){0,3}[A-ZÀ-ÖØ-ÞĀ-Ž][\w\u2019'-]{1,30}(?: (?:(?:de|del|la|van|von|der|den|di|da|al|bin|el|ten|le) ){0,2}[A-ZÀ-ÖØ-ÞĀ-Ž][\w\u2019'-]{1,30}){0,3}"
TITLED = re.compile(rf"\b(?P<it>(?:{TITLES})\.?[ \u00a0]{_NAME})")
COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "but",
        "not",
        "with",
        "from",
        "this",
        "that",
        "she",
        "her",
        "his",
        "him",
        "they",
        "who",
        "was",
        "were",
        "una",
        "uno",
        "los",
        "las",
        "del",
        "por",
        "que",
        "con",
        "les",
        "des",
        "une",
        "est",
        "pas",
        "din",
        "care",
        "nu",
        "la",
        "un",
        "in",
        "el",
        "ei",
        "ea",
        "der",
        "die",
        "das",
        "und",
        "mit",
        "von",
        "may",
        "will",
        "june",
        "april",
        "august",
        "court",
    ]
)


def find_titled(text: str) -> Iterator[Span]:
    """What stands after a title is a name; the title is part of the span, for it tells the sex."""
    for found in TITLED.finditer(text):
        yield Span(*found.span("it"), "PERSON", 0.85, "title")


def names_in(text: str, spans: Sequence[Span]) -> set[str]:
    """The words of the names that ``spans`` found: capitalized, no titles, no common words."""
    return {
        word
        for span in spans
        if span.entity == "PERSON"
        for word in WORD.findall(text[span.start : span.end])
        if len(word) >= LEAST and word[0].isupper() and word.casefold() not in COMMON | HONORIFICS
    }


def find_repeated(text: str, names: AbstractSet[str]) -> Iterator[Span]:
    """The words of ``names`` wherever they stand capitalized or in capitals."""
    if not names:
        return
    wanted = names | {name.upper() for name in names} | {name.capitalize() for name in names if name.isupper()}
    for found in WORD.finditer(text):
        word = found.group()
        bare = word[:-2] if word[-2:] in {"'s", "\u2019s"} else word
        if bare in wanted:
            yield Span(found.start(), found.start() + len(bare), "PERSON", 0.7, "repeated")
