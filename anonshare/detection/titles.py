"""What stands behind a title or a word of kin is a name: "Mrs Halloway", "tía Rosa", "Dr. K. Brandt", "domnul Pop"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people import name_end, name_like
from anonshare.detection.people_words import PARTICLES
from anonshare.detection.reading import Lexicon, Reading
from anonshare.shapes import Span

__all__ = ["find_titled"]

TITLES = (
    "mr|mrs|ms|miss|mx|messrs|dr|prof|professor|sir|madam|lady|lord|judge|justice|officer|constable|detective|inspector|sergeant|"
    "sister|brother|father|aunt|auntie|uncle|boss|madame|captain|major|colonel|general|rev|reverend|pastor|imam|sheikh|"
    "señor|señora|señorita|sr|sra|srta|don|doña|doctor|doctora|dra|lic|ing|tía|tío|hermana|hermano|sor|fray|padre|abuela|abuelo|"
    "monsieur|madame|mademoiselle|mme|mlle|maître|docteur|tante|oncle|tonton|tata|sœur|frère|mgr|"
    "domnul|domnului|doamna|doamnei|domnișoara|dl|dna|d-na|d-l|dl.|mătușa|unchiul|nenea|tanti|nea|sora|fratele|părintele|"
    "herr|herrn|frau|fräulein|onkel|schwester|bruder|signora|signor|signorina|sig|sig.ra|dott|dottor|dottoressa|zia|zio|suor|"
    "senhor|senhora|dona|seu|tia|tio|irmã|irmão|mevrouw|meneer|mevr|dhr|pan|pani|pana|panu|ciocia|wujek|"
    "пан|пані|пана|господин|госпожа|тётя|тетя|дядя|тітка|дядько|bay|bayan|abla|abi|teyze|amca|anh|chị|cô|chú|bác|ông|bà|"
    "family|familia|familiei|famille|famiglia|família|familie|frații|fraților|surorile|hermanos|hermanas|frères|sœurs|fratelli|"
    "sfântul|sfântului|sfânta|saint|sant|san|santa"
)  # fmt: skip

SMALL = frozenset(
    [
        "don", "pan", "boss", "general", "major", "captain", "general", "justice", "brother", "sister", "father", "mother",
        "abi", "bay", "bà", "ông", "anh", "cô", "chú", "bác", "chị", "seu", "nea", "sora", "sor", "zia", "zio", "tata",
        "tia", "tio", "doctor", "ing", "lic", "ms", "sir", "lord", "lady", "judge", "officer", "padre", "abla", "miss",
        "san", "santa", "saint", "sant", "family", "familia", "familie", "hermanos", "hermanas", "fratelli",
        "hermana", "hermano", "tante", "pastor", "imam", "pani", "pana", "panu", "sig", "sr",
    ]
)  # fmt: skip
"""Words too: they are titles only before a capital, never in a text without one."""

_LEXICON: Lexicon[str] = Lexicon((title, title) for title in TITLES.split("|"))


def find_titled(reading: Reading) -> Iterator[Span]:
    """A title and the name behind it, as one span: the title tells the sex. Score .85."""
    starts = {word.start: i for i, word in enumerate(reading.words)}
    ends = {word.end: i for i, word in enumerate(reading.words)}
    done = 0
    for start, end, title in _LEXICON.find(reading):
        at = ends[end] + 1
        if start < done or at >= len(reading.words) or not _joined(reading, end, at):
            continue
        if reading.caseless and (title in SMALL or reading.plain[at] in gazetteer("words_en").strong - _named()):
            continue
        if starts[start] > 0 and reading.text[start].isupper() and reading.text[start:end].isupper() and title in SMALL:
            continue
        stop = _name(reading, at)
        if stop is not None:
            done = stop
            yield Span(start, stop, "PERSON", 0.85, "title")


def _named() -> frozenset[str]:
    return gazetteer("first_names").strong


@cache
def _surnames() -> frozenset[str]:
    """Behind a title even a word is a name: "Mr King"."""
    return gazetteer("surnames").strong | gazetteer("surnames").weak


def _joined(reading: Reading, end: int, at: int) -> bool:
    return reading.text[end : reading.words[at].start] in {" ", ". ", ".", "\u00a0", ".\u00a0"}


def _name(reading: Reading, at: int) -> int | None:
    """Where the name ends whose first word, an initial perhaps, is ``at``; None where none begins."""
    at = _behind_ranks(reading, _over(reading, at, TITLE_WORDS))
    first = at
    while at + 1 < len(reading.words) and at - first < INITIALS and _initial(reading, at):
        at += 1
    at = _over(reading, at, TITLE_WORDS)
    at = _over(reading, at, OF)
    surname = reading.plain[at] in _surnames() and reading.text[reading.words[at].start].isupper()
    if reading.words[at].end - reading.words[at].start < 2 or not (name_like(reading, at) or surname):
        return reading.words[at - 1].end + 1 if at > first else None
    last = name_end(reading, at) - 1
    word = reading.words[last]
    possessive = reading.text[word.end - 2 : word.end] in {"'s", "\u2019s"}
    return word.end - 2 if possessive else word.end


def _over(reading: Reading, at: int, words: frozenset[str]) -> int:
    """The first word from ``at`` on that is none of ``words``, at most three further on and in the same phrase."""
    end = min(at + 3, len(reading.words) - 1)
    while at < end and reading.words[at].fold in words and _joined(reading, reading.words[at].end, at + 1):
        at += 1
    return at


def _behind_ranks(reading: Reading, at: int) -> int:
    """The word behind up to three small ones that are ranks: "dl prof. univ. dr. Popa", "domnul director Radu Manea"."""
    words, text = reading.words, reading.text
    end = at
    while (
        end + 1 < len(words)
        and end - at < RANKS
        and text[words[end].start].islower()
        and _joined(reading, words[end].end, end + 1)
    ):
        end += 1
    if end == at or reading.caseless or not name_like(reading, end):
        return at
    dotted = all(text[word.end : word.end + 1] == "." for word in words[at:end])
    two = end + 1 < len(words) and name_like(reading, end + 1)
    return end if dotted or (end - at == 1 and two and len(words[at].fold) > INITIALS) else at


RANKS = 3
INITIALS = 3
OF = PARTICLES | {"la", "las", "los", "le", "l", "d"}
TITLE_WORDS = frozenset({"dr", "prof", "med", "doctor", "professor"})
"""Titles that follow another: "Frau Dr. Weber"."""


def _initial(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return (
        word.end - word.start == 1
        and reading.text[word.start].isupper()
        and reading.text[word.end : word.end + 1] == "."
    )
