"""The copy of a text that a model reads: names in capitals or without any as a writer would have put them.

A model knows "Maria Popescu" and neither "MARIA POPESCU" nor "maria popescu" (presidio#1354, #1107). The copy has the
length of the text, so places hold, and the model reads it instead of the text, not a second time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people_words import NOT_NAMES
from anonshare.detection.reading import Reading

__all__ = ["as_written"]

NOISE = re.compile(r"[^\w\s]{20,}")
"""spaCy takes such a run apart one mark at a time, each time looking at the rest: 1 ms a character."""

LEAST = 4
"""Shorter words in capitals are abbreviations more often than names."""


def as_written(reading: Reading) -> str:
    """``reading.text`` with runs in capitals in title case, and listed names capitalized where case says nothing."""
    text = NOISE.sub(lambda m: " " * len(m.group()), reading.text)
    if text.isascii() and not reading.caseless and not any(_shouted(text, w.start, w.end) for w in reading.words):
        return text
    out = list(text)
    for at, word in enumerate(reading.words):
        if _shouted(text, word.start, word.end) or (reading.caseless and _listed(reading.plain, at)):
            new = text[word.start : word.end].capitalize()
            new = new.lower() if reading.caseless and _ordinary(reading.plain[at]) else new
            if len(new) == word.end - word.start:
                out[word.start : word.end] = new
    return "".join(out)


def _shouted(text: str, start: int, end: int) -> bool:
    return end - start >= LEAST and text[start:end].isupper()


def _ordinary(plain: str) -> bool:
    """Whether a word is used and names nobody: with a capital a model takes "Victim Elena Was Taken" for one name."""
    lists = (gazetteer("first_names"), gazetteer("surnames"), gazetteer("cities"), gazetteer("countries"))
    return plain in gazetteer("words_en").strong and not any(plain in one.strong or plain in one.weak for one in lists)


def _listed(plain: Sequence[str], at: int) -> bool:
    """Whether a word is a name by a list, by what stands before it, or by being no word that people use."""
    word, firsts, surnames = plain[at], gazetteer("first_names").strong, gazetteer("surnames")
    if not word.isalpha():
        return False
    if word in firsts or (len(word) >= LEAST and word not in gazetteer("words_en").strong):
        return True
    return at > 0 and plain[at - 1] in firsts and word in surnames.weak | surnames.strong and word not in NOT_NAMES
