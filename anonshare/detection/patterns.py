"""Patterns of this field that no stock recognizer has: handles, documents and plates after a cue word, case numbers.

A pattern has no nested repetition, so that it is linear on a stranger's text. The part in ``(?P<it>…)`` is the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.cue import Cue
from anonshare.detection.phrases import PHRASES
from anonshare.shapes import Span

__all__ = ["PATTERNS", "find_patterns"]


def _after(cues: str, shape: str) -> re.Pattern[str]:
    """``shape`` within 25 characters after one of the cue words."""
    return re.compile(rf"\b(?:{cues})\b[^\n]{{0,25}}?\b(?P<it>{shape})\b", re.IGNORECASE)


PATTERNS: tuple[Cue, ...] = (
    *PHRASES,
    Cue(
        "HANDLE",
        re.compile(r"(?<![\w.@])(?P<it>@[A-Za-z0-9_.]{2,30})\b"),
        0.9,
        "names on messengers and social networks",
        ("wrote as @luna_77 at night",),
        ("mail a@example.org",),
    ),
    Cue(
        "PASSPORT",
        _after(
            "passport|pasaporte|passeport|pașaport|pașaportul|Reisepass|documentos?|actele", r"[A-Z]{1,2}[0-9]{6,8}"
        ),
        0.8,
        "ICAO 9303: up to nine characters after a cue word",
        ("took her passport (AB1234567)", "le quitó el pasaporte AB123456", "i-a luat pașaportul (XX1234567)"),
        ("passport photo", "flight AB12"),
    ),
    Cue(
        "PLATE",
        _after(
            "plate|plates|matrícula|placa|plaque|Kennzeichen|numărul|număr",
            r"[A-Z]{1,3}[ -]?[0-9]{2,6}(?:[ -]?[A-Z]{1,3})?",
        ),
        0.7,
        "number plates after a cue word",
        ("a car with the plate KV61466", "coche con matrícula AB 12345"),
        ("a plate of food",),
    ),
    Cue(
        "CASE_NUMBER",
        _after("case|file|dossier|expediente|dosar|Aktenzeichen|claim|policy", r"[A-Z]{0,3}-?[0-9]{2,6}/[0-9]{2,4}"),
        0.7,
        "file numbers with a year after a cue word",
        ("case no. 36110/97", "dosar 123/2021"),
        ("in case of 3/4 of them",),
    ),
)


def find_patterns(text: str) -> Iterator[Span]:
    """The spans of every pattern in a text."""
    for cue in PATTERNS:
        for found in cue.pattern.finditer(text):
            yield Span(*found.span("it"), cue.entity, cue.score, "pattern")
