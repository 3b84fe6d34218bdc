"""Fingerprints that people can read to each other over the phone: one of 256 words for each byte of a digest."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

__all__ = ["COUNT", "fingerprint_words", "same_words", "word_number"]

COUNT = 12
"""Twelve words are 96 bits: who wants a second card with the same words needs 2**96 tries."""


@cache
def _words() -> tuple[str, ...]:
    return tuple((files("anonshare.trust") / "words.txt").read_text("ascii").split())


def fingerprint_words(digest: bytes, count: int = COUNT) -> tuple[str, ...]:
    """The first ``count`` bytes of a digest as words."""
    return tuple(_words()[byte] for byte in digest[:count])


def word_number(word: str) -> int | None:
    """The byte that a word stands for; None where it is none of the 256."""
    return _words().index(word) if word in _words() else None


def same_words(given: str, digest: bytes) -> bool:
    """Whether the words that were heard are those of ``digest``; case, commas, dashes and spaces do not matter."""
    heard = tuple(re.findall(r"[a-z]+", given.casefold()))
    return heard == fingerprint_words(digest)
