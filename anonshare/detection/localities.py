"""Places by lists: countries in many languages, towns of the world, each where it is written as a name."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people_words import NOT_NAMES
from anonshare.detection.reading import Reading, Word
from anonshare.shapes import Span

__all__ = ["find_localities"]

SHORT = 4
"""So few letters in capitals are an abbreviation: "OD", "PIO", "ITU" are towns too."""

BEFORE = frozenset(
    [
        "in", "from", "to", "at", "near", "of", "via", "en", "a", "de", "desde", "hacia", "à", "au", "aux", "du", "vers",
        "depuis", "la", "din", "spre", "lângă", "nach", "aus", "bei", "da", "per", "em", "para", "naar", "uit", "te",
        "w", "z", "do", "в", "из", "у", "до", "біля",
    ]
)  # fmt: skip
"""Words before a place: they witness for a name that is a word too ("Nice", "Reading")."""


LOCATIVE = {
    "es": frozenset({"en", "desde", "hacia", "hasta"}),
    "ro": frozenset({"din", "la", "în", "spre", "lângă"}),
    "fr": frozenset({"à", "vers"}),
    "it": frozenset({"a", "ad", "da"}),
    "pt": frozenset({"em", "para"}),
    "en": frozenset({"in", "from", "to", "at", "near"}),
    "pl": frozenset({"w", "we", "do", "z", "ze"}),
    "uk": frozenset({"у", "в", "до", "з", "із"}),
    "ru": frozenset({"в", "во", "из", "до", "под"}),
}
"""Behind these a capital begins a place, in languages that write nouns small."""

DEPARTMENTS = frozenset(
    "unidad servicio atención medicina consulta urgencias hospital centro planta sala sección departamento anatomía "
    "unitate secția serviciul spitalul centrul service unité hôpital centre unit ward department i el la los".split()
)
"""Capitalized behind a preposition and no place of anybody."""

ALL_LOCATIVE = frozenset().union(*LOCATIVE.values(), {"de", "aus", "nach"})
BETWEEN = frozenset(
    {"de", "del", "la", "las", "los", "le", "les", "sur", "upon", "on", "am", "an", "der", "el", "di", "do", "da"}
)

ARRIVED = frozenset(
    "arrived lives live lived living born stays staying resides residing resident moved came went travelled traveled "
    "police llegó vino viajó vive vivía nació reside natural arrivé arrivée né née habite habitait vit ajuns ajunsă venit venită "
    "născut născută locuiește locuia stă mutat mutată wohnt wohnhaft lebt geboren nato nata vive abita arrivato arrivata nascido "
    "nascida mora vive chegou urodzony urodzona mieszka народився народилася живе родился родилась живет".split()
)
"""Words before such a preposition that make a place of whatever name follows."""


def find_localities(reading: Reading, language: str) -> Iterator[Span]:
    """Countries in any case, towns with a capital, what stands behind a preposition of place; score .55, .45."""
    yield from _behind_prepositions(reading, language)
    for name in ("countries", "cities"):
        for first, end, strong in gazetteer(name).find(reading):
            if _written_as_name(reading, first, strong, country=name == "countries"):
                yield Span(reading.words[first].start, reading.words[end - 1].end, "LOCATION", 0.55, "places")


def _behind_prepositions(reading: Reading, language: str) -> Iterator[Span]:
    words, text = reading.words, reading.text
    mine = LOCATIVE.get(language, frozenset())
    for i, word in enumerate(words[:-1]):
        told = i > 0 and words[i - 1].fold in ARRIVED and word.fold in ALL_LOCATIVE
        if not (told or (word.fold in mine and language != "en")) or text[word.start].isupper():
            continue
        if words[i + 1].fold in DEPARTMENTS:
            continue
        end = _run(reading, i + 1)
        if end > i + 1 and text[word.end : words[i + 1].start] == " ":
            yield Span(words[i + 1].start, words[end - 1].end, "LOCATION", 0.6 if told else 0.45, "places")


def _run(reading: Reading, first: int) -> int:
    """The word behind a run of capitalized words, with small particles between."""
    words, text = reading.words, reading.text
    end = first
    for i in range(first, min(first + 4, len(words))):
        if i > first and text[words[i - 1].end : words[i].start] not in {" ", "-"}:
            break
        if text[words[i].start].isupper() and reading.plain[i].isalpha() and not _abbreviation(text, words[i]):
            end = i + 1
        elif i == first or words[i].fold not in BETWEEN:
            break
    return end


def _abbreviation(text: str, word: Word) -> bool:
    return word.end - word.start <= SHORT and text[word.start : word.end].isupper()


def _written_as_name(reading: Reading, first: int, strong: bool, *, country: bool) -> bool:
    word = reading.words[first]
    capital = not reading.text[word.start].islower()
    if _abbreviation(reading.text, word):
        return False
    witness = _witness(reading, first)
    if strong:
        return reading.caseless and (country or witness) if not capital or reading.caseless else True
    return capital and witness and not reading.caseless and reading.plain[first] not in NOT_NAMES


def _witness(reading: Reading, first: int) -> bool:
    """A preposition, a bracket or a post code right before."""
    start = reading.words[first].start
    if reading.text[start - 1 : start] == "(":
        return True
    if first == 0 or reading.text[start - 1] not in {" ", "-"}:
        return False
    before = reading.words[first - 1].fold
    return before in BEFORE or (before.isdigit() and 4 <= len(before) <= 6)
