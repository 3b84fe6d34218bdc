"""Known values: what the columns of the same person say is looked for in his notes, in the spellings that people use.

No model is needed and no language: the surest source, and the only one for names in a language without a model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from anonshare.identifiers.names import normal_name
from anonshare.identifiers.scripts import latin
from anonshare.shapes import Span

__all__ = ["KnownValue", "find_known"]

LEAST = 3
"""A single word of fewer letters is not searched alone: "An" and "Li" would mask half of a text."""

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
CHARACTERS = re.compile(r"[^\W_]")
NAMES = frozenset({"PERSON"})
NUMBER = 5
"""Letters and digits that a number must have to be searched without its separators."""


@dataclass(frozen=True, slots=True)
class KnownValue:
    """An identifying cell and its entity type. ``repr`` never shows the value."""

    value: str
    entity: str = "PERSON"

    def __repr__(self) -> str:
        return f"KnownValue(<{len(self.value)} characters>, {self.entity!r})"


def find_known(text: str, known: Sequence[KnownValue]) -> Iterator[Span]:
    """Where the known values stand in ``text``, whatever their case, accents, script, order or separators."""
    names = {word for k in known if k.entity in NAMES for word in _name_words(k.value)}
    letters = {_initials(k.value) for k in known if k.entity in NAMES} - {""}
    if names or letters:
        yield from _names(text, names, letters)
    others = {_compact(k.value): k.entity for k in known if k.entity not in NAMES}
    for compact, entity in others.items():
        yield from _numbers(text, compact, entity)


def _name_words(value: str) -> Iterable[str]:
    return {word for word in _forms(normal_name(value)) if len(word) >= LEAST}


def _forms(text: str) -> Iterator[str]:
    for part in re.split(r"[\s'\u2019-]+", text):
        if part:
            yield latin(part)


def _initials(value: str) -> str:
    words = normal_name(value).split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _names(text: str, names: set[str], letters: set[str]) -> Iterator[Span]:
    for found in WORD.finditer(text):
        if (
            not found.group()[0].isupper()
            and unicodedata.category(found.group()[0]) != "Lo"
            and not _alone(found, names)
        ):
            continue
        if any(form in names or _genitive(form) in names for form in _forms(found.group().casefold())):
            yield Span(found.start(), found.end(), "PERSON", 1.0, "known")
    for one in letters:
        dotted = r"\.?[ -]?".join(map(re.escape, one.upper()))
        for hit in re.finditer(rf"(?<![\w.]){dotted}(?![\w])", text):
            yield Span(hit.start(), hit.end(), "PERSON", 0.9, "known")


def _alone(found: re.Match[str], names: set[str]) -> bool:
    """A name in lower case counts where it is long: short ones are words of some language."""
    form = latin(found.group())
    return form in names and len(form) > LEAST + 1


def _genitive(form: str) -> str:
    return form.removesuffix("s")


def _compact(value: str) -> str:
    return "".join(CHARACTERS.findall(value)).casefold()


def _numbers(text: str, compact: str, entity: str) -> Iterator[Span]:
    """The value with any separators between its characters; at most two at a place, so that the search is linear."""
    if len(compact) < NUMBER:
        return
    pattern = r"[\s.\-/()]{0,2}".join(map(re.escape, compact[:80]))
    for found in re.finditer(rf"(?<![^\W_])\+?{pattern}(?![^\W_])", text, re.IGNORECASE):
        yield Span(found.start(), found.end(), entity, 1.0, "known")
