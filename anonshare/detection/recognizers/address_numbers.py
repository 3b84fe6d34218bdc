"""House numbers: alone, with a letter, a range, behind a mark (``nº``), or none at all (``s/n``)."""

from __future__ import annotations

from anonshare.detection.reading import words_of
from anonshare.detection.recognizers.address_walk import NOT_STREETS, Walk

__all__ = ["MARKS", "counted", "house_range", "number_behind"]

MARKS = frozenset(words_of("n nr no nº n° num núm número numéro numero nro km š č буд будинок д дом bina кв"))


def number_behind(walk: Walk, last: int) -> int:
    """The house number behind a name (``14``, ``, nº 14``, ``s/n``, ``4-6``, ``12/B``); ``last`` where none is."""
    at = last + 1
    gap = walk.gap(last)
    if walk.fold(at) == "n" and walk.fold(at + 1) in {"o", "º"} and walk.gap(at) == "." and walk.number(at + 2):
        return house_range(walk, at + 2)
    if walk.fold(at) in MARKS and gap in {" ", ", ", ",", ". "}:
        at += 1
        if walk.number(at) and len(walk.gap(at - 1)) <= 2:
            return house_range(walk, at)
        return last
    if walk.fold(at) == "s" and walk.fold(at + 1) == "n" and "/" in walk.gap(at) and gap in {" ", ", ", ",", "  "}:
        return at + 1
    if walk.fold(at) == "sn" and gap in {" ", ", "}:
        return at
    good = walk.number(at) and gap in {" ", ", ", ",", " #", ", #", ". ", " - ", " , "}
    if not good or (gap == ". " and len(walk.fold(at)) > 3):
        return last
    return house_range(walk, at) if not counted(walk, at) else last


def house_range(walk: Walk, at: int) -> int:
    """A house number with what hangs on it: ``4-6``, ``12/B``, ``5 bis``, ``14 a``."""
    while walk.gap(at) in {"-", "/", "–", " - ", " / ", " #", " # "} and (
        walk.number(at + 1) or len(walk.fold(at + 1)) == 1
    ):
        at += 1
    if walk.gap(at) == " " == walk.gap(at + 1) and walk.fold(at + 1) == "y" and walk.number(at + 2):
        at += 2
    if walk.gap(at) == " " and walk.fold(at + 1) in {"bis", "ter", "quater"}:
        at += 1
    return at


def counted(walk: Walk, at: int) -> bool:
    """Whether a number counts what follows it (``in Oak Street 3 women``, ``, 14:30``)."""
    gap = walk.gap(at)
    if walk.fold(at) == "0":
        return True
    return (
        (gap == " " and walk.fold(at + 1) in NOT_STREETS)
        or gap in {":", "%", " %"}
        or (gap == "." and walk.number(at + 1))
    )
