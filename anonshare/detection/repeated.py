"""A name that was found once is a name wherever it stands in its group of texts: second mentions are what models miss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people_words import NOT_NAMES
from anonshare.identifiers.names import HONORIFICS
from anonshare.shapes import Span

__all__ = ["find_repeated", "names_in"]

LEAST = 3
SURE = 0.5
"""What is less sure than this is masked where it stands and looked for nowhere else."""

WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
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


def names_in(text: str, spans: Sequence[Span]) -> set[str]:
    """The words of the names that ``spans`` found: capitalized, no titles, no common words, never small in ``text``."""
    found = {
        word
        for span in spans
        if span.entity == "PERSON" and span.source != "repeated" and span.score >= SURE
        for word in WORD.findall(text[span.start : span.end])
        if len(word) >= LEAST and word[0].isupper() and word.casefold() not in COMMON | HONORIFICS | NOT_NAMES
    }
    small = {word for word in WORD.findall(text) if word[0].islower()} if found else set()
    return {word for word in found if word.lower() not in small and not _word(word.lower())}


def _word(small: str) -> bool:
    """Whether it is a word that people use and no listed name: "Cautionary" of "Walker's Cautionary Tales"."""
    listed = any(small in gazetteer(name).strong for name in ("first_names", "surnames"))
    listed = listed or small in gazetteer("surnames").weak
    return small in gazetteer("words_en").strong and not listed


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
