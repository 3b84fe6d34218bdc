"""Periods: a number and a unit of time, but for those that a law sets for everybody."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.detection.reading import Word
from anonshare.detection.recognizers.dates_numbers import count_start, gap_is

__all__ = ["period"]

LIMITS = frozenset({"within", "every", "least", "most", "exceeding", "maximum", "minimum", "cada", "chaque", "alle"})
TERMS = frozenset(
    {"sentence", "term", "imprisonment", "prison", "suspended", "relationship", "marriage", "stay", "contract", "visa"}
)
CLOCKS = frozenset({"ora", "orele", "saat", "godz", "kl", "klo"})
HALF = frozenset({"half", "medio", "media", "demi", "demie", "jumătate", "halb", "mezzo"})


def period(text: str, words: Sequence[Word], i: int) -> tuple[int, int] | None:
    """A number and a unit of time: ``two years``, ``18 months``, ``two and a half years``."""
    if words[i].fold in CLOCKS and i + 1 < len(words) and gap_is(text, words[i], words[i + 1], " "):
        hour = words[i + 1].fold
        return (i, i + 1) if hour.isdigit() and int(hour) <= 24 else None
    at = i - 1
    if at > 1 and words[at].fold in HALF:
        at = next((j for j in range(at - 1, max(-1, at - 4), -1) if words[j].fold in {"and", "y", "et", "și"}), 0) - 1
    elif at > 0 and words[at].fold == "de":
        at -= 1
    if at < 0 or not gap_is(text, words[i - 1], words[i], " -\u00a0\n", 1):
        return None
    first = count_start(text, words, at)
    return None if first > at or _limit(text, words, first, i) else (first, i)


def _limit(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """Whether a period is one that a law sets (``within ten days``, ``the ten-day time-limit``): it tells of nobody."""
    if text[words[last].start - 1] == "-":
        return last + 1 >= len(words) or words[last + 1].fold not in TERMS
    return first > 0 and (words[first - 1].fold in LIMITS or (first > 1 and words[first - 2].fold in LIMITS))
