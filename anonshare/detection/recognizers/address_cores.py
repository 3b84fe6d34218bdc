"""Where a street is: by the word before it, the word behind it, its ending, its two numbers, or the part of a house.

A core is the first and the last word of a street with its numbers, as indices. Forms of streets: Universal Postal Union,
addressing systems by country (S42 templates).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from anonshare.detection.reading import words_of
from anonshare.detection.recognizers.address_numbers import MARKS, counted, number_behind
from anonshare.detection.recognizers.address_walk import Walk
from anonshare.detection.recognizers.address_weak import posted, sandwich, second
from anonshare.detection.recognizers.address_words import (
    AFTER,
    AFTER_SURE,
    BEFORE,
    BEFORE_SURE,
    CONNECTORS,
    STOPS,
    STRONG_UNITS,
    SUFFIXES,
    SUFFIXES_SURE,
)

__all__ = ["cores"]

Core = tuple[int, int]
STARTS = BEFORE | AFTER | STRONG_UNITS | {"c", "s", "sn"}
ENDS = frozenset(ending[-2:] for ending in SUFFIXES)
PLAIN = frozenset({"street", "road", "lane", "avenue"})
"""What is a street in small letters too, between a number and this word."""

ROMAN = re.compile(r"[ivx]{1,5}")
YEAR = re.compile(r"(?:19|20)[0-9]{2}")
OPEN = frozenset({" ", ". ", ".", "/", "/ ", "./", ".:", ": "})


def cores(walk: Walk) -> Iterator[Core]:
    """The streets of a text, in order; they may overlap."""
    for i, word in enumerate(walk.reading.words):
        fold = word.fold
        if fold in STARTS or fold[0] in "0123456789" or (fold[-2:] in ENDS and len(fold) > 5):
            core = _core(walk, i, fold)
            if core is not None:
                yield core


def _core(walk: Walk, i: int, fold: str) -> Core | None:
    found: Core | None = None
    if fold in BEFORE:
        found = _before(walk, i, fold)
    elif fold == "c" and walk.gap(i).startswith("/"):
        found = _before(walk, i, "c/")
    if found is None and fold in AFTER:
        found = _after(walk, i, fold)
    if found is None and fold.endswith(SUFFIXES) and len(fold) > 5:
        found = _ending(walk, i, fold)
    if found is None and fold[0].isdigit() and walk.number(i):
        found = sandwich(walk, i) or posted(walk, i) or second(walk, i)
    if found is None and fold in STRONG_UNITS:
        found = _unit(walk, i)
    if found is None and fold in {"s", "sn"}:
        found = _numberless(walk, i)
    return found


def _before(walk: Walk, i: int, fold: str) -> Core | None:
    """``Calle Mayor, 14``, ``12 rue des Lilas``, ``C/ Real 5``, ``Calle prados 45``."""
    gap = walk.gap(i)
    if fold == "bd" and ROMAN.fullmatch(walk.fold(i + 1)):
        return None
    if walk.gap(i - 1) == "-" or (gap == ". " and len(fold) > 4) or (fold in ABBREVIATIONS and "." not in gap):
        return None
    if gap not in OPEN | {"/. "} or (gap == ": " and fold not in {"calle", "rue"}):
        return None
    last = walk.names_after(i, free=True)
    if last == i:
        last = _lowercase(walk, i)
    end = number_behind(walk, last)
    first = walk.numbers_before(i)
    numbered = end > last or first < i
    if last == i and not (end > last and walk.capital(i) and (fold in BEFORE_SURE or fold == "c/")):
        return None
    plain = fold in {"largo", "corso", "str", "via"}
    sure = (fold in BEFORE_SURE or fold == "c/") and (not plain or walk.capital(i)) and not walk.lower
    return (first, end) if numbered or sure or (walk.capital(i) and not walk.lower and fold in SPANISH) else None


ABBREVIATIONS = frozenset({"r", "al", "os", "pl", "str"})
SPANISH = frozenset(words_of("avda av avenida plaza paseo ronda camino carretera polígono urbanización boulevard bd"))


def _lowercase(walk: Walk, i: int) -> int:
    """The last word of a name without capitals, where a house number follows it."""
    if walk.fold(i) not in BEFORE_SURE | {"c"} and not (walk.capital(i) and walk.fold(i) in SPANISH):
        return i
    if walk.fold(i) == "av" and walk.gap(i) == " " and not walk.lower:
        return i
    for last in range(i + 1, i + 7):
        if (
            walk.fold(last) in STOPS - CONNECTORS
            or not walk.fold(last).isalpha()
            or (last > i + 1 and walk.gap(last - 1) not in {" ", ". "})
        ):
            return i
        if number_behind(walk, last) > last:
            return last
    return i


def _after(walk: Walk, i: int, fold: str) -> Core | None:
    """``12 Willow Lane``, ``Erzsébet tér 92``, ``Marka Street``."""
    if fold in {"u", "t"} and not (walk.gap(i) == ". " and walk.number(i + 1)):
        return None
    if not walk.capital(i) and fold in PLAIN and not walk.lower and not walk.name(i - 1):
        start = _to_number(walk, i)
        return (start, i) if start < i - 1 else None
    first = walk.names_before(i)
    if first == i or (
        not walk.lower and not walk.capital(i) and fold in {"place", "way", "close", "park", "point", "run", "view"}
    ):
        return None
    start = walk.numbers_before(first)
    behind = (
        walk.gap(i) in {" ", ". "} and walk.number(i + 1) and not counted(walk, i + 1) and len(walk.fold(i + 1)) < 5
    )
    if start < first and YEAR.fullmatch(walk.fold(start)) and fold not in AFTER_SURE:
        return None
    if fold in {"court", "park", "point", "bridge", "bay", "run", "view", "estate", "hill", "green"} and start == first:
        return None
    if walk.fold(i + 1) in MARKS and number_behind(walk, i) > i:
        return start, number_behind(walk, i)
    if start < first or (behind and not YEAR.fullmatch(walk.fold(i + 1))):
        return start, i + 1 if behind else i
    return (start, i) if fold in AFTER_SURE and walk.capital(i) and not walk.lower else None


def _ending(walk: Walk, i: int, fold: str) -> Core | None:
    """``Lindenstraße 14a``, ``Jan de Grootlaan 149``, ``98 Holmevej 34``."""
    if not walk.name(i) or walk.gap(i - 1) == "/":
        return None
    behind = number_behind(walk, i) if walk.gap(i) in {" ", ". ", ", "} else i
    if behind > i and (YEAR.fullmatch(walk.fold(i + 1)) and not fold.endswith(SUFFIXES_SURE)):
        behind = i
    first = walk.names_before(i, 3)
    start = walk.numbers_before(first)
    if behind > i and (start < first or fold.endswith(STREETS)):
        return start, behind
    return (start, i) if fold.endswith(SUFFIXES_SURE) and not walk.lower and len(fold) > 7 else None


STREETS = (
    *SUFFIXES_SURE, "str", "weg", "platz", "laan", "vej", "veien", "vegen", "gata", "gaten", "tie", "kuja", "polku", "plein", "singel", "kade",
    "gracht", "damm", "torget", "plads", "bakken", "haugen", "vegur", "braut", "stien", "stigen", "utca", "steig", "zeile",
)  # fmt: skip
"""Endings that a number behind makes a street."""


def _unit(walk: Walk, i: int) -> Core | None:
    """``Apt. 573`` with the street before it, whatever its form."""
    if not (
        walk.gap(i) in {" ", ". ", ".", " #", ". #"}
        and (walk.number(i + 1) or (len(walk.fold(i + 1)) == 1 and walk.capital(i + 1)))
    ):
        return None
    first = i
    if walk.gap(i - 1) in {" ", ", "} or walk.line(i - 1):
        at = i - 1 if walk.number(i - 1) else i
        names = walk.names_before(at) if at < i else walk.names_up_to(i)
        start = walk.numbers_before(names)
        if names == at < i:
            names = start = _to_number(walk, at)
        if names < at and (at < i or start < names):
            first = start
        elif at < i and walk.fold(at).isdigit():
            first = i
    return first, i + 1


def _to_number(walk: Walk, at: int) -> int:
    """The house number before any words before a house number (``21 Jose matia 66 Apt. 617``); ``at`` where none is."""
    for i in range(at - 1, max(-1, at - 7), -1):
        if walk.gap(i) != " " or walk.fold(i) in STOPS - CONNECTORS:
            return at
        if walk.number(i):
            return i
    return at


def _numberless(walk: Walk, i: int) -> Core | None:
    """``Hermanos Vidal, s/n``."""
    end = i + 1 if walk.fold(i) == "s" and walk.fold(i + 1) == "n" and "/" in walk.gap(i) else i
    if end == i and walk.fold(i) != "sn":
        return None
    if walk.gap(i - 1) not in {" ", ", "}:
        return None
    first = walk.names_up_to(i)
    return (first, end) if first < i else None
