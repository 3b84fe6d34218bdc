"""Whether the values of a column whose name says nothing are names of persons, by the lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.reading import folded, words_of

__all__ = ["names_share"]

MOST = 200
FEWEST = 3
"""Values below which two that happen to be names would decide."""

LONGEST = 5
"""Words of a name."""


def names_share(texts: Sequence[str]) -> float:
    """The share of the values that are names of persons and no places; zero where there are too few to tell."""
    looked = texts[:MOST]
    return sum(map(_is_name, looked)) / len(looked) if len(looked) >= FEWEST else 0.0


def _is_name(text: str) -> bool:
    words = [folded(part) for word in words_of(text) for part in word.split("'")]
    if not 0 < len(words) <= LONGEST or _is_place(" ".join(words)):
        return False
    first, last = gazetteer("first_names"), gazetteer("surnames")
    listed = [word in first.strong or word in last.strong for word in words]
    if len(words) == 1:
        return words[0] in first.strong and words[0] not in gazetteer("words_en").strong
    given = any(word in first.strong or word in first.weak for word in words)
    return given and any(listed)


def _is_place(phrase: str) -> bool:
    lists = (gazetteer("countries"), gazetteer("cities"))
    return any(phrase in one.strong or phrase in one.weak for one in lists)
