"""Numbers spelled out digit by digit, in the languages of the notes: "zero seven two one" is a phone that hides."""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["spoken_digits"]

WORDS = (
    ("zero", "cero", "zéro", "null", "oh", "nula"),
    ("one", "uno", "un", "unu", "eins"),
    ("two", "dos", "deux", "doi", "zwei", "due", "dois"),
    ("three", "tres", "trois", "trei", "drei", "tre"),
    ("four", "cuatro", "quatre", "patru", "vier", "quattro", "quatro"),
    ("five", "cinco", "cinq", "cinci", "fünf", "cinque"),
    ("six", "seis", "șase", "şase", "sechs", "sei"),
    ("seven", "siete", "sept", "șapte", "şapte", "sieben", "sette", "sete"),
    ("eight", "ocho", "huit", "opt", "acht", "otto", "oito"),
    ("nine", "nueve", "neuf", "nouă", "neun", "nove"),
)
DIGIT = {word: str(value) for value, words in enumerate(WORDS) for word in words}
TIMES = {"double": 2, "doble": 2, "doppel": 2, "triple": 3}
LEAST = 5
"""Fewer digits in a row are counting, not a number: "one, two, three"."""

_ONE = "(?:" + "|".join(sorted([*DIGIT, *TIMES, "[0-9]"], key=len, reverse=True)) + ")"
RUN = re.compile(rf"\b{_ONE}(?:[ ,.-]{{1,2}}{_ONE}){{{LEAST - 1},40}}\b", re.IGNORECASE)
TOKEN = re.compile(r"[^\W_]+")


def spoken_digits(read: str) -> Iterator[tuple[int, int, str]]:
    """Where digits are spelled out, and the digits: ``(start, end, "0721…")``."""
    if sum(word in DIGIT for word in TOKEN.findall(read.lower())) < LEAST:
        return
    for found in RUN.finditer(read):
        words = [word.lower() for word in TOKEN.findall(found.group())]
        if sum(word in DIGIT for word in words) >= LEAST:
            yield found.start(), found.end(), _digits(words)


def _digits(words: list[str]) -> str:
    out, times = "", 1
    for word in words:
        if word in TIMES:
            times = TIMES[word]
            continue
        out += DIGIT.get(word, word) * times
        times = 1
    return out
