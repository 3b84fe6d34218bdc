"""Known names in a text: in capitals, in small letters, without accents, in another script, with an ending, as initials."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known_handles import find_handles
from anonshare.detection.known_scripts import find_romanized
from anonshare.detection.known_short import BETWEEN, find_short
from anonshare.detection.known_sought import ARABIC, LEAST, LOOSE, Sought, parts_of, sought_of
from anonshare.detection.known_words import ORDINARY
from anonshare.identifiers.name_forms import consonants, loose_form, without_prefix
from anonshare.shapes import Span

__all__ = ["find_names"]

SMALL, CASELESS = 5, 4
"""Letters of a name that counts in small letters, and in a text that has no capitals: shorter ones are words."""

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
MODAL = re.compile(r"(?:Will|May) (?:I|you|he|she|it|we|they|the|my|her|his|not|this|that)\b")
"""Names with which a question begins."""
START = re.compile(r"(?:\A|[.!?:\n])[ \n\u201c\"']{0,3}\Z")


def find_names(text: str, folded: str, persons: tuple[tuple[str, ...], ...]) -> Iterator[Span]:
    """Where names of ``persons`` stand, each given by the cells of one person in their order. Score 1, initials .9.

    ``folded`` is the text in small letters without accents, every character at its place.
    """
    sought = sought_of(persons)
    found = list(WORD.finditer(text))
    sure = _joined(text, found, _sure(text, found, sought), sought)
    yield from (_known(one) for one, is_name in zip(found, sure, strict=True) if is_name)
    if sought.short:
        yield from (_known(found[i]) for i in find_short(text, found, sure, sought))
    for stretch in sought.stretches:
        at = text.find(stretch)
        while at >= 0:
            yield Span(at, at + len(stretch), "PERSON", 1.0, "known")
            at = text.find(stretch, at + len(stretch))
    yield from find_romanized(text, found, persons)
    yield from find_handles(text, folded, sought)
    for hit in sought.initials.finditer(text) if sought.initials else ():
        yield Span(hit.start(), hit.end(), "PERSON", 0.9, "known")


def _known(one: re.Match[str]) -> Span:
    return Span(one.start(), one.end(), "PERSON", 1.0, "known")


def _sure(text: str, found: Sequence[re.Match[str]], sought: Sought) -> list[bool]:
    """Which words are names by themselves, each distinct one looked at once."""
    caseless = text in {text.lower(), text.upper()}
    words = {one.group() for one in found}
    names = {word for word in words if _is_name(word, sought, caseless=caseless)}
    modal = names & {"Will", "May"}
    return [one.group() in names and not (modal and _asks(text, one)) for one in found]


def _joined(text: str, found: Sequence[re.Match[str]], sure: Sequence[bool], sought: Sought) -> list[bool]:
    """The same, with the words of a name that stand right beside one: "ana popescu", where "ana" alone would be a word."""
    known = list(sure)
    for step in (range(len(found)), range(len(found) - 1, -1, -1)):
        for i in step:
            if not known[i] and _part_of_name(found[i].group(), sought):
                known[i] = any(
                    0 <= other < len(found) and known[other] and _gap(text, found, i, other) in BETWEEN
                    for other in (i - 1, i + 1)
                )
    return known


def _part_of_name(word: str, sought: Sought) -> bool:
    return len(word) >= LEAST and not parts_of(word).isdisjoint(sought.words)


def _gap(text: str, found: Sequence[re.Match[str]], one: int, other: int) -> str:
    left, right = sorted((one, other))
    return text[found[left].end() : found[right].start()]


def _asks(text: str, one: re.Match[str]) -> bool:
    """Whether a question begins here: "Will she come?"."""
    asks = MODAL.match(text, one.start())
    return asks is not None and START.search(text, max(0, one.start() - 4), one.start()) is not None


def _is_name(word: str, sought: Sought, *, caseless: bool) -> bool:
    first = word[0]
    small = not first.isupper() and unicodedata.category(first) != "Lo"
    if small and len(word) < CASELESS - 1:
        return False
    parts = parts_of(word)
    if small:
        return any(_small(part, sought, caseless=caseless) for part in parts)
    if not parts.isdisjoint(sought.forms):
        return True
    if any(not parts_of(bare).isdisjoint(sought.forms) for bare in without_prefix(word)):
        return True
    if ARABIC.match(first):
        bare = (consonants(part) for one in (word, *without_prefix(word)) for part in parts_of(one))
        return any(part in sought.bones for part in bare)
    return any(_sounds(part, sought) for part in parts)


def _sounds(part: str, sought: Sought) -> bool:
    if len(part) < LEAST:
        return False
    loose, bones = loose_form(part), consonants(part)
    return (len(loose) >= LOOSE and loose in sought.loose) or (len(bones) >= LEAST and bones in sought.arabic)


def _small(part: str, sought: Sought, *, caseless: bool) -> bool:
    """A name in small letters counts where it is long and, beside capitals, no word that people use."""
    if len(part) < (CASELESS if caseless else SMALL):
        return False
    if part in gazetteer("words_en").strong and not (caseless and len(part) >= SMALL):
        return False
    if part in ORDINARY and not caseless:
        return False
    return part in sought.words or (len(part) > SMALL and part in sought.forms)
