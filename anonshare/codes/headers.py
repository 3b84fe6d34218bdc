"""What the name of a column says: a lexicon of headers in several languages, as data."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from anonshare.codes.lists import data_file

__all__ = ["HeaderMeaning", "meaning_of"]


@dataclass(frozen=True, slots=True)
class HeaderMeaning:
    """The meaning of a header: what it holds, the role it has, what its tokens stand for, the hierarchy that fits."""

    entity: str
    role: str
    token: str | None = None
    hierarchy: str | None = None


def _words(text: str) -> tuple[str, ...]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    return tuple(re.findall(r"[^\W_]+", plain.casefold()))


@cache
def _lexicon() -> dict[tuple[str, ...], HeaderMeaning]:
    raw = json.loads(data_file("headers.json"))
    return {
        _words(header): HeaderMeaning(**meaning["means"])
        for meaning in raw["meanings"]
        for header in meaning["headers"]
    }


def meaning_of(column: str) -> HeaderMeaning | None:
    """The meaning of a column's name, the longest run of its words that the lexicon knows; None where it knows none."""
    words = _words(column)
    runs = [words[a:b] for a in range(len(words)) for b in range(a + 1, len(words) + 1)]
    known = [run for run in runs if run in _lexicon()]
    return _lexicon()[max(known, key=lambda run: (len(run), len(" ".join(run))))] if known else None
