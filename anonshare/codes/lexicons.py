"""Lexicons that read codes out of notes: stems of phrases in several languages, and the HTCDS code of each."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from anonshare.codes.lists import data_file
from anonshare.errors import PolicyError

__all__ = ["LEXICONS", "Lexicon", "lexicon"]

LEXICONS = ("means_of_control",)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


@dataclass(frozen=True)
class Lexicon:
    """Patterns per code; a stem matches from the start of a word on, whatever its case and accents."""

    id: str
    languages: tuple[str, ...]
    _patterns: Mapping[str, re.Pattern[str]] = field(repr=False)

    def find(self, text: str) -> tuple[str, ...]:
        """The codes of which a phrase stands in ``text``, sorted. It counts what is said, not whether it is denied."""
        folded = _folded(text)
        return tuple(code for code, pattern in self._patterns.items() if pattern.search(folded))


@cache
def lexicon(id: str) -> Lexicon:
    """A lexicon by its id; raises PolicyError with the ids that exist."""
    if id not in LEXICONS:
        raise PolicyError("There is no such lexicon.", hint=f"There is: {', '.join(LEXICONS)}.")
    raw = json.loads(data_file(f"lexicon_{id}.json"))
    patterns = {
        code: re.compile("|".join(rf"\b{re.escape(_folded(stem))}" for stems in stems_by.values() for stem in stems))
        for code, stems_by in sorted(raw["codes"].items())
    }
    return Lexicon(raw["id"], tuple(raw["languages"]), patterns)
