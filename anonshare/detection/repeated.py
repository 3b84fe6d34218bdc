"""What was found once is looked for in all texts of its group: second mentions of names and numbers are what models miss."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known_numbers import Compact, compacted
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

NUMBERS = frozenset(
    [
        "LICENSE_PLATE", "VIN", "PASSPORT", "NATIONAL_ID", "RESIDENCE_PERMIT", "VISA_NUMBER", "DRIVER_LICENSE", "MEMBER_NUMBER",
        "CASE_NUMBER", "POLICY_NUMBER", "CLAIM_NUMBER", "ID_NUMBER", "PHONE_NUMBER", "HANDLE", "IMEI", "IMSI", "ICCID", "DEVICE_ID",
        "IBAN_CODE", "BANK_ACCOUNT", "CREDIT_CARD", "TRANSFER_NUMBER", "CRYPTO", "TICKET_NUMBER",
    ]
)  # fmt: skip
PROVEN = frozenset({"check", "label", "rule", "shape"})
PROVEN_SCORE = 0.7
NUMBER, FIGURES, DIGITS = 5, 7, 2
"""Characters of a number with letters, of one without, which is no year and no sum, and how many are figures."""

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
    words that ``text`` has nowhere in small letters. A number is its entity type, a tab, its letters and digits.
    """
    sure: set[str] = set()
    likely: set[str] = set()
    for span in spans:
        named = span.entity == "PERSON" and span.source != "repeated" and span.score >= SURE
        if named or _double_name(text, span):
            (sure if span.source in ANNOUNCED else likely).update(_parts(text[span.start : span.end]))
    small = {word for word in WORD.findall(text) if word[0].islower()} if likely else set()
    names = {word for word in sure | {w for w in likely if w.lower() not in small} if not _word(word.lower())}
    return names | set(_numbers(text, spans))


def _numbers(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """The numbers that somebody can be told by and that something proved or announced."""
    for span in spans:
        if span.entity in NUMBERS and span.source in PROVEN and span.score >= PROVEN_SCORE:
            number = compacted(text[span.start : span.end])
            digits = sum(map(str.isdigit, number))
            if len(number) >= (NUMBER if digits < len(number) else FIGURES) and digits >= DIGITS:
                yield f"{span.entity}\t{number}"


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
    """The words of ``names`` wherever they stand capitalized or in capitals; long ones in small letters as well.

    Its numbers are found in any case and with any marks between their characters.
    """
    if not names:
        return
    numbers = {name for name in names if "\t" in name}
    yield from _repeated_numbers(text, numbers)
    yield from _repeated_names(text, names - numbers)


def _repeated_numbers(text: str, numbers: AbstractSet[str]) -> Iterator[Span]:
    compact = Compact(text)
    for one in sorted(numbers):
        entity, _, number = one.partition("\t")
        for start, end in compact.find(number):
            yield Span(start, end, entity, 0.7, "repeated")


def _repeated_names(text: str, names: AbstractSet[str]) -> Iterator[Span]:
    wanted = names | {name.upper() for name in names} | {name.capitalize() for name in names if name.isupper()}
    wanted |= {name.lower() for name in names if len(name) >= LONG}
    for found in WORD.finditer(text):
        word = found.group()
        bare = word[:-2] if word[-2:] in {"'s", "\u2019s"} else word
        if bare in wanted:
            yield Span(found.start(), found.start() + len(bare), "PERSON", 0.7, "repeated")
