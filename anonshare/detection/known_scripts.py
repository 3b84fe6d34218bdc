"""Known names across Hangul, the scripts of India and Latin letters: by their sound, for no two offices spell them alike."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from anonshare.detection.known_sought import parts_of, sought_of
from anonshare.detection.known_words import ordinary
from anonshare.identifiers.name_forms import loose_form
from anonshare.identifiers.syllables import HANGUL, INDIC, families, romanized, sound_bones
from anonshare.shapes import Span

__all__ = ["find_romanized"]

SURE, BONES = 4, 3
"""Letters of a name that is told by its sound, consonants of one that is told by them."""

GIVEN = 3
"""Syllables of a given name at the most."""

BENGALI = re.compile(r"[\u0980-\u09ff]")
ENDINGS = ("er", "ke", "r", "te", "k")
"""Case endings of Bengali, romanized."""

PARTICLES = frozenset(
    ["", *"은 는 이 가 를 을 의 와 과 도 씨 님 양 군 에 에게 한테 께 랑 이랑 야 아 로 으로 만 이가 이는 이를 이의 이에게 씨는 씨가 씨를 씨의 씨에게 님이 님은".split()]
)  # fmt: skip
"""What Korean glues behind a name."""


@dataclass(frozen=True, slots=True)
class _Keys:
    """How names sound: whole, by their consonants, and by those of Korean, where a family name stands apart."""

    loose: frozenset[str] = field(repr=False)
    bones: frozenset[str] = field(repr=False)
    korean: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)

    def alone(self, word: str) -> bool:
        """Whether one word is enough: it sounds the same, or has three consonants in common and nobody uses it."""
        if len(word) >= SURE and loose_form(word) in self.loose:
            return True
        told = (sound_bones(word), self.bones), (sound_bones(word, voiced=False), self.korean)
        return any(len(key) >= BONES and key in keys for key, keys in told) and not ordinary(word)

    def part(self, word: str) -> bool:
        """Whether a word may be a part of the name beside another."""
        korean = sound_bones(word, voiced=False)
        return word in self.family or sound_bones(word) in self.bones or korean in self.korean


def find_romanized(text: str, found: Sequence[re.Match[str]], persons: tuple[tuple[str, ...], ...]) -> Iterator[Span]:
    """Where names of ``persons`` stand in the other script; ``found`` are the words of the text. Score 1, by sound .9."""
    foreign, every = _keys(persons)
    if foreign is not None:
        yield from _latin(text, found, foreign)
    if not text.isascii():
        for run in HANGUL.finditer(text):
            stop = _korean(run.group(), every)
            if stop:
                yield Span(run.start(), run.start() + stop, "PERSON", 0.9, "known")
        for run in INDIC.finditer(text):
            if any(every.alone(word) for word in _indic_forms(run.group())):
                yield Span(run.start(), run.end(), "PERSON", 0.9, "known")


def _latin(text: str, found: Sequence[re.Match[str]], keys: _Keys) -> Iterator[Span]:
    """Capitalized words in Latin letters that sound like a name of another script, alone or two side by side."""
    capitals = [(one, parts_of(one.group())) for one in found if one.group()[0].isupper() and one.group()[0] < "\u0250"]
    for one, parts in capitals:
        if any(map(keys.alone, parts)):
            yield Span(*one.span(), "PERSON", 0.9, "known")
    for (one, left), (other, right) in pairwise(capitals):
        if text[one.end() : other.start()] not in {" ", ", ", "-"}:
            continue
        two = any(map(keys.part, left)) and any(map(keys.part, right)) and left != right
        as_one = any(loose_form(a + b) in keys.loose for a in left for b in right)
        if as_one or (two and not all(ordinary(word) for word in left | right)):
            yield Span(one.start(), other.end(), "PERSON", 0.9, "known")


def _korean(run: str, keys: _Keys) -> int:
    """The syllables of the name with which a run of Hangul begins; 0 where none does."""
    for size in range(min(len(run), GIVEN + 1), 1, -1):
        if run[size:] not in PARTICLES:
            continue
        given = romanized(run[1:size])
        family = any(one in keys.family for one in families(run[0]))
        if family and (loose_form(given) in keys.loose or sound_bones(given, voiced=False) in keys.korean):
            return len(run)
        alone = romanized(run[:size])
        if len(alone) >= SURE and loose_form(alone) in keys.loose:
            return len(run)
    return 0


def _indic_forms(run: str) -> Iterator[str]:
    word = romanized(run)
    yield word
    yield word + "a"
    if BENGALI.match(run):
        yield from (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))


@lru_cache(maxsize=8)
def _keys(persons: tuple[tuple[str, ...], ...]) -> tuple[_Keys | None, _Keys]:
    """What is looked for in Latin letters (None: no cell is in another script), and what in the other scripts."""
    cells = [cell for person in persons for cell in person]
    hangul = [run for cell in cells for run in HANGUL.findall(cell)]
    indic = {form for cell in cells for run in INDIC.findall(cell) for form in (romanized(run), romanized(run) + "a")}
    family = {name for run in hangul for name in families(run[0])}
    given = {romanized(run[1:] if len(run) > 2 or len(hangul) == 1 else run) for run in hangul if len(run) > 1}
    foreign = _made(indic, given, family) if hangul or indic else None
    sought = sought_of(persons)
    words = sought.words | sought.short
    latin_words = {word for word in words | sought.glued if word.isascii()}
    return foreign, _made(indic | latin_words, given | latin_words, family | {w for w in words if w.isascii()})


def _made(words: set[str], korean: set[str], family: set[str]) -> _Keys:
    return _Keys(
        loose=frozenset(loose_form(word) for word in words | korean),
        bones=frozenset(key for key in map(sound_bones, words) if key),
        korean=frozenset(key for word in korean if (key := sound_bones(word, voiced=False))),
        family=frozenset(family),
    )
