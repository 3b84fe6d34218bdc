"""Case notes of which the truth is known: every name, number and place with its span in characters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from anonshare.samples.data_files import sample_data
from anonshare.shapes import Span

__all__ = ["LANGUAGES", "compose", "parts"]

LANGUAGES = ("en", "es", "fr", "ro")
SLOT = re.compile(r"\{([a-z]+)\}")
ENTITY = {
    "first": "PERSON",
    "last": "PERSON",
    "initials": "PERSON",
    "alias": "PERSON",
    "phone": "PHONE_NUMBER",
    "passport": "PASSPORT",
    "plate": "LICENSE_PLATE",
    "handle": "HANDLE",
    "email": "EMAIL_ADDRESS",
    "shelter": "SHELTER",
    "date": "DATE_TIME",
    "age": "AGE",
    "city": "LOCATION",
}


@cache
def parts(language: str) -> Mapping[str, tuple[str, ...]]:
    """The sentences of a language by their place in a note: open, mid, close; and its title for a woman."""
    raw = sample_data("notes")["templates"][language]
    return {place: (texts,) if isinstance(texts, str) else tuple(texts) for place, texts in raw.items()}


def compose(template: str, values: Mapping[str, str]) -> tuple[str, tuple[Span, ...]]:
    """The text of a template and the spans of what was put into it; a slot without a value becomes a dash."""
    out: list[str] = []
    spans: list[Span] = []
    length = 0
    for number, piece in enumerate(SLOT.split(template)):
        text = (values.get(piece) or "-") if number % 2 else piece
        if number % 2 and piece in ENTITY and values.get(piece):
            spans.append(Span(length, length + len(text), ENTITY[piece], 1.0, "truth"))
        out.append(text)
        length += len(text)
    return "".join(out), tuple(spans)
