"""Known names of two letters: what stands around them tells whether "An" is a woman or an article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from anonshare.detection.aliases import CUES
from anonshare.detection.forms import LABELS
from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known_sought import Sought, parts_of
from anonshare.detection.known_words import TWO_LETTERS
from anonshare.detection.reading import words_of
from anonshare.detection.titles import TITLES

__all__ = ["BETWEEN", "find_short"]

BETWEEN = frozenset({" ", ", ", "-", "/", "."})
AFTER_CUE = frozenset({" ", ". ", ".", ": ", ":", ' "', " \u201c", " \u201e", " \u00ab"})
KIN = (
    "friend cousin sister brother daughter son mother father husband wife boyfriend girlfriend girl boy woman man "
    "amiga amigo prima primo hermana hermano hija hijo esposa esposo marido novia novio amie ami soeur sœur frère fille fils "
    "cousine femme mari prietena prietenul prietenă sora fratele fiica fiul soția soțul verișoara freundin freund schwester bruder "
    "tochter sohn ehemann ehefrau amica amico sorella fratello figlia figlio moglie marito vriendin vriend zus broer "
    "irmã irmão filha filho"
).split()
VAGUE = frozenset("dit dite nick pseudo is as ca als de por".split())
"""Cues that are other words too, before which two letters would be anything."""

LONGEST_CUE = 3
"""Words of a cue."""

ANSWERS = frozenset({"No", "Si", "S\u00ed", "Ja", "Da", "Ok", "Id", "Nu"})
"""What is written with a capital inside of a sentence and is none: "she said No to him"."""

EDGES = frozenset("|\t;\n\r")
MID_SENTENCE = re.compile(r"[^\W\d_]['\u2019]?,? \Z")


@cache
def _cues() -> frozenset[tuple[str, ...]]:
    phrases = [*CUES, *TITLES.split("|"), *KIN, *LABELS["PERSON"].split("|")]
    told = (words_of(phrase) for phrase in phrases)
    return frozenset(words for words in told if 0 < len(words) <= LONGEST_CUE and words[-1] not in VAGUE) | {
        ("name", "is"),
        ("nombre", "es"),
    }


def find_short(text: str, found: Sequence[re.Match[str]], sure: Sequence[bool], sought: Sought) -> Iterator[int]:
    """Which of the words ``found`` in a text are short names; ``sure`` tells which words are names anyhow."""
    open_ones = [i for i, one in enumerate(found) if _is_short(one.group(), sought)]
    told = {
        i for i in open_ones if _beside(text, found, sure, sought, i) or _cued(text, found, i) or _cell(text, found[i])
    }
    free = [i for i in open_ones if i not in told and found[i].group().istitle() and _no_word(found[i].group(), sought)]
    if any(_inside(text, found[i]) for i in free) or (free and told):
        told.update(free)
    told.update(i for i in open_ones if _enclosed(text, found[i], sought))
    yield from sorted(told)


def _is_short(word: str, sought: Sought) -> bool:
    return word[0].isupper() and parts_of(word) <= sought.short


def _no_word(word: str, sought: Sought) -> bool:
    """Whether a cell says nothing but this, and no language has it as a word."""
    parts = parts_of(word)
    return parts <= sought.single and parts.isdisjoint(TWO_LETTERS) and parts.isdisjoint(gazetteer("words_en").strong)


def _inside(text: str, one: re.Match[str]) -> bool:
    """Whether a capital means something here: it stands within a sentence, in a text that has small letters."""
    return MID_SENTENCE.search(text, max(0, one.start() - 4), one.start()) is not None


def _enclosed(text: str, one: re.Match[str], sought: Sought) -> bool:
    """Whether a word has a capital between two words in small letters, where no sentence and no heading gives it one."""
    word, before, behind = one.group(), text[max(0, one.start() - 2) : one.start()], text[one.end() : one.end() + 2]
    alone = word.istitle() and parts_of(word) <= sought.single and word not in ANSWERS
    return alone and before[:1].islower() and before[1:] == " " and behind[:1] == " " and behind[1:].islower()


def _beside(text: str, found: Sequence[re.Match[str]], sure: Sequence[bool], sought: Sought, at: int) -> bool:
    """Whether a short name stands right beside another word of the name: "Lan Vũ", "An Li"."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(found):
            left, right = sorted((at, other))
            if text[found[left].end() : found[right].start()] in BETWEEN and (
                sure[other] or _is_short(found[other].group(), sought)
            ):
                return True
    return False


def _cued(text: str, found: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a title, a cue, a label or a word of kin stands right before: "Mr Li", "numită An", "Name: Li"."""
    if at == 0 or text[found[at - 1].end() : found[at].start()] not in AFTER_CUE:
        return False
    before = tuple(one.group().casefold() for one in found[max(0, at - LONGEST_CUE) : at])
    return any(before[-count:] in _cues() for count in range(1, len(before) + 1))


def _cell(text: str, one: re.Match[str]) -> bool:
    """Whether nothing else stands in the cell of a table, or in the line."""
    start, end = one.span()
    while start > 0 and text[start - 1] == " ":
        start -= 1
    while end < len(text) and text[end] == " ":
        end += 1
    return (start == 0 or text[start - 1] in EDGES) and (end == len(text) or text[end] in EDGES)
