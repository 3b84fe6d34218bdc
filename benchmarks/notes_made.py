"""Notes made from templates: text, what is true of it, and the columns that the same person's record would have."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from benchmarks.notes_templates import TEMPLATES
from benchmarks.notes_values import ENTITY, KNOWN, draw

__all__ = ["MadeNote", "made_notes", "streamed"]

PART = re.compile(r"\{(\w+)\}|<([A-Z_]+):([^>]+)>")


@dataclass(frozen=True, slots=True)
class MadeNote:
    """A note; ``spans``: start, end, entity type; ``known``: (value, entity type) of the person's columns."""

    language: str
    text: str
    spans: tuple[tuple[int, int, str], ...]
    known: tuple[tuple[str, str], ...]


def made_notes(each: int, seed: int = 11) -> list[MadeNote]:
    """``each`` notes of every template; the same for the same arguments."""
    rng = random.Random(seed)
    faker = _fakers(seed)
    return [
        _filled(language, template, rng, faker)
        for language, templates in TEMPLATES.items()
        for template in templates
        for _ in range(each)
    ]


def streamed(count: int, seed: int = 12) -> Iterator[MadeNote]:
    """``count`` notes, one after the other, nearly all distinct."""
    rng = random.Random(seed)
    faker = _fakers(seed)
    every = [(language, t) for language, templates in TEMPLATES.items() for t in templates]
    for _ in range(count):
        yield _filled(*rng.choice(every), rng, faker)


def _fakers(seed: int) -> Callable[[str], Any]:
    from faker import Faker

    @cache
    def of(locale: str) -> Any:
        made = Faker(locale)
        made.seed_instance(seed)
        return made

    return of


def _filled(language: str, template: str, rng: random.Random, faker: Callable[[str], Any]) -> MadeNote:
    values = draw(language, rng, faker)
    out: list[str] = []
    spans: list[tuple[int, int, str]] = []
    at = done = 0
    for m in PART.finditer(template):
        words = values[m[1]] if m[1] else m[3]
        out += [template[done : m.start()], words]
        at += m.start() - done
        spans.append((at, at + len(words), ENTITY[m[1]] if m[1] else m[2]))
        at, done = at + len(words), m.end()
    used = set(re.findall(r"\{(\w+)\}", template))
    known = tuple((values[k], ENTITY[k]) for k in KNOWN if k in {"first", "last"} or k in used or f"{k}_said" in used)
    return MadeNote(language, "".join([*out, template[done:]]), tuple(spans), known)
