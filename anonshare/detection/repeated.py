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
ANNOUNCED = frozenset({"title", "alias", "form", "known"})
DOUBLE = 2
LONG = 5
"""Letters of a name that is found in small letters too."""
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
    """The words of the names that ``spans`` found: capitalized, no titles and no common words.

    What a title, a cue, a form or a column announced is a name wherever it stands; of what a model or a list saw, only
    words that ``text`` has nowhere in small letters.
    """
    sure: set[str] = set()
    likely: set[str] = set()
    for span in spans:
        named = span.entity == "PERSON" and span.source != "repeated" and span.score >= SURE
        if named or _double_name(text, span):
            (sure if span.source in ANNOUNCED else likely).update(_parts(text[span.start : span.end]))
    small = {word for word in WORD.findall(text) if word[0].islower()} if likely else set()
    return {word for word in sure | {w for w in likely if w.lower() not in small} if not _word(word.lower())}


def _parts(name: str) -> set[str]:
    return {
        word
        for word in WORD.findall(name)
        if len(word) >= LEAST and word[0].isupper() and word.casefold() not in COMMON | HONORIFICS | NOT_NAMES
    }


def _double_name(text: str, span: Span) -> bool:
    """What a model calls an organisation and is two words, one of them a listed name: "Zulay Mbengue"."""
    if span.entity != "ORGANIZATION" or span.source != "ner":
        return False
    words = WORD.findall(text[span.start : span.end])
    return len(words) == DOUBLE and any(
        word.casefold() in gazetteer(name).strong for word in words for name in ("first_names", "surnames")
    )


def _word(small: str) -> bool:
    """Whether it is a word that people use and no listed name: "Cautionary" of "Walker's Cautionary Tales"."""
    listed = any(small in gazetteer(name).strong for name in ("first_names", "surnames"))
    listed = listed or small in gazetteer("surnames").weak
    return small in gazetteer("words_en").strong and not listed


def find_repeated(text: str, names: AbstractSet[str]) -> Iterator[Span]:
    """The words of ``names`` wherever they stand capitalized or in capitals; long ones in small letters as well."""
    if not names:
        return
    wanted = names | {name.upper() for name in names} | {name.capitalize() for name in names if name.isupper()}
    wanted |= {name.lower() for name in names if len(name) >= LONG}
    for found in WORD.finditer(text):
        word = found.group()
        bare = word[:-2] if word[-2:] in {"'s", "\u2019s"} else word
        if bare in wanted:
            yield Span(found.start(), found.start() + len(bare), "PERSON", 0.7, "repeated")
