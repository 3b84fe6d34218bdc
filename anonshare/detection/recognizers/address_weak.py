"""Streets without a word for it: told by two numbers, by a post code behind, or by the other street of a corner."""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.reading import words_of
from anonshare.detection.recognizers.address_numbers import counted, house_range
from anonshare.detection.recognizers.address_walk import Walk
from anonshare.detection.recognizers.address_words import STRONG_UNITS

__all__ = ["posted", "sandwich", "second", "weak_cores"]

Core = tuple[int, int]
REFERENCES = frozenset(
    words_of(
        "satz abs absatz art artikel nr stufe no nos article section rule paragraph artículo articolul alin article band chapter step level row"
    )
)
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def sandwich(walk: Walk, i: int) -> Core | None:
    """A number, a name, a number (``37 Melum 50``): a street without a word for it."""
    if (
        walk.gap(i) != " "
        or len(walk.fold(i)) > 4
        or YEAR.fullmatch(walk.fold(i))
        or walk.numbers_before(i + 1) == i + 1
    ):
        return None
    if walk.fold(i - 1) in REFERENCES or walk.gap(i - 1)[-2:] in {"§ ", "§"}:
        return None
    last = walk.names_after(i, 5)
    if last == i or not walk.number(last + 1) or walk.gap(last) not in {" ", ", "} or counted(walk, last + 1):
        return None
    if (
        walk.fold(i + 1) in {"y", "and", "e", "und", "och", "og", "a", "et"}
        or len(max((walk.fold(j) for j in range(i + 1, last + 1)), key=len)) < 3
    ):
        return None
    if walk.lower and not (walk.line(last + 1) or walk.fold(last + 2) in STRONG_UNITS):
        return None
    return walk.numbers_before(i), house_range(walk, last + 1)


def posted(walk: Walk, i: int) -> Core | None:
    """A name, a number, a post code and its city (``Santa Vela, 22 31999 Villar``)."""
    if len(walk.fold(i + 1)) != 5 or not walk.fold(i + 1).isdigit() or not walk.name(i + 2) or walk.gap(i + 1) != " ":
        return None
    if walk.gap(i) not in {" ", ". ", ", ", " - ", " E-"} or walk.gap(i - 1) not in {" ", ", ", " Nº "}:
        return None
    first = walk.names_up_to(i)
    return (first, i) if first < i else None


def second(walk: Walk, i: int) -> Core | None:
    """``at Eloise and Tylova 36``: the second of two streets that cross; ``to Bygget 91 street``."""
    street = walk.fold(i + 1) == "street"
    if not street and not walk.crosses:
        return None
    if YEAR.fullmatch(walk.fold(i)) or walk.gap(i - 1) != " " or len(walk.fold(i)) > 4 or counted(walk, i):
        return None
    first = walk.names_before(i)
    if first == i:
        return None
    crosses = walk.fold(first - 1) == "and" and walk.name(first - 2) and walk.led(first - 2)
    return (first, i) if crosses or (street and walk.led(first)) else None


def weak_cores(walk: Walk) -> Iterator[Core]:
    """A number and a name, or a name and a number, that are a street only where a post code follows on."""
    if not any(len(fold) == 5 and fold.isdigit() for fold in walk.folds):
        return
    for i, word in enumerate(walk.reading.words):
        if word.fold[0] not in "0123456789" or not walk.number(i) or len(word.fold) > 4:
            continue
        if walk.gap(i) == " ":
            last = walk.names_after(i, 5)
            if last > i and (walk.line(last) or walk.gap(last) == ", "):
                yield walk.numbers_before(i), last
        first = walk.names_before(i) if walk.gap(i - 1) == " " else i
        if first < i and (walk.line(i) or walk.gap(i) == ", "):
            yield first, i
