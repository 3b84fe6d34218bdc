"""Claims of the shapes of the table: at the places where a number begins, and anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from anonshare.detection.recognizers.guards import dated, law, measured
from anonshare.detection.recognizers.hit import FORM, LUHN, PROOF, Hit
from anonshare.detection.recognizers.national import national_hit, part_of_longer
from anonshare.detection.recognizers.phones import phone_hit
from anonshare.detection.recognizers.shape import Shape
from anonshare.detection.recognizers.table import SHAPES

__all__ = ["anywhere", "at_place"]

LONE = frozenset({"CREDIT_CARD", "IMEI", "ICCID"})
"""One check digit of one in ten: a label of another class is believed before it."""

SURE, VERY_SURE = 0.85, 0.9
"""Forms of these scores are believed like a lone check digit, and like a proof."""

TRIES = 9
"""A shape with a check digit that fails is tried without its last group, at most so often."""

SHORTEST = 13
"""No number of a shape with a proof is shorter."""

LONG = frozenset({"MRZ", "VIN", "CRYPTO"})
"""Zones, vehicles and wallets are longer than words are, and are tried at long words alone."""
_LONG = re.compile(r"(?<![A-Za-z0-9<])[A-Za-z0-9<]{15,200}")
_RUN = re.compile(r"(?:[A-Za-z0-9][ ./\u2013-]?){12}[A-Za-z0-9]")
_SOME = re.compile(r"[+(]{0,2}(?:[A-Za-z0-9\u0410-\u042f][ ()./+-]{0,3}){5}[A-Za-z0-9]")
_MARK = re.compile(r"[ ./\u2013-]")
_LAYOUT = re.compile(
    r"(?:[0-9]+|(?:[0-9]{4}[ .-]){2,4}[0-9]{1,4}|[0-9]{4}[ .-][0-9]{6}[ .-][0-9]{4,5}|[0-9]{2}[ /-][0-9]{6}[ /-][0-9]{6}[ /-][0-9]"
    r"|[0-9]{6}[ /-][0-9]{2}[ /-][0-9]{6}[ /-][0-9]|[0-9]{8}[ /-][0-9]{6}[ /-][0-9])\Z"
)


@cache
def _usable(
    countries: frozenset[str],
) -> tuple[tuple[Shape, ...], tuple[Shape, ...], tuple[Shape, ...], re.Pattern[str]]:
    """The shapes with a proof, the forms and the shapes anywhere that a policy admits; and all forms as one pattern.

    The one pattern says in a single call that no form stands at a place, which is the answer at most places.
    """
    rows = [shape for shape in SHAPES if not shape.countries or not countries.isdisjoint(shape.countries)]
    forms = tuple(shape for shape in rows if shape.at == "number" and not shape.proof)
    gate = "|".join(f"(?i:{_unnamed(s)})" if s.pattern.flags & re.IGNORECASE else f"(?:{_unnamed(s)})" for s in forms)
    proofs = tuple(shape for shape in rows if shape.at == "number" and shape.proof)
    return proofs, forms, tuple(shape for shape in rows if shape.at == "anywhere"), re.compile(gate)


def _unnamed(shape: Shape) -> str:
    return shape.pattern.pattern.replace("(?P<it>", "(?:")


def _span(shape: Shape, found: re.Match[str]) -> tuple[int, int]:
    return found.span("it") if "it" in shape.pattern.groupindex else found.span()


def anywhere(text: str, countries: frozenset[str]) -> Iterator[Hit]:
    """What is searched in the whole text, where its literals stand in it."""
    folded = text.casefold()
    long = [found.start() for found in _LONG.finditer(text)]
    for shape in _usable(countries)[2]:
        if shape.needs and not any(need in folded for need in shape.needs):
            continue
        places = (
            (shape.pattern.match(text, start) for start in long)
            if shape.entity in LONG
            else shape.pattern.finditer(text)
        )
        for found in filter(None, places):
            start, end = _span(shape, found)
            if shape.check is None or shape.check(text[start:end]):
                yield _claim(shape, text, start, end)


def at_place(text: str, place: int, countries: frozenset[str]) -> Iterator[Hit]:
    """What begins at one place."""
    proofs, forms, _, gate = _usable(countries)
    if gate.match(text, place):
        for shape in forms:
            hit = _form(shape, text, place)
            if hit is not None:
                yield hit
    if _SOME.match(text, place) is None:
        return
    national = national_hit(text, place, countries)
    if national is not None:
        yield national
    if _RUN.match(text, place):
        yield from (hit for shape in proofs if (hit := _proof(shape, text, place)) is not None)
    phone = None if national is not None and national.rank == LUHN else phone_hit(text, place, countries)
    if phone is not None and not measured(text, place, phone.end):
        yield phone


def _claim(shape: Shape, text: str, start: int, end: int) -> Hit:
    if not shape.proof:
        rank = PROOF if shape.score >= VERY_SURE else LUHN if shape.score >= SURE else FORM
        return Hit(rank, start, end, shape.entity, shape.score, "shape")
    if shape.entity not in LONE:
        return Hit(PROOF, start, end, shape.entity, 1.0, "check")
    if part_of_longer(text, start, end) or not (shape.entity == "ICCID" or _LAYOUT.match(text[start:end])):
        return Hit(FORM, start, end, shape.entity, 0.6, "check")
    return Hit(LUHN, start, end, shape.entity, 1.0, "check")


def _form(shape: Shape, text: str, place: int) -> Hit | None:
    found = shape.pattern.match(text, place)
    if found is None:
        return None
    start, end = _span(shape, found)
    if shape.check is not None and not shape.check(text[start:end]):
        return None
    if (
        shape.score < SURE
        and shape.entity != "DATE_TIME"
        and (dated(text, place) >= end or measured(text, place, end) or law(text, place))
    ):
        return None
    return _claim(shape, text, start, end)


def _proof(shape: Shape, text: str, place: int) -> Hit | None:
    """The longest beginning of the match, cut at its marks, that the check proves."""
    found = shape.pattern.match(text, place)
    if found is None or shape.check is None:
        return None
    ends = [mark.start() for mark in _MARK.finditer(text, place + SHORTEST, found.end())]
    for end in (found.end(), *reversed(ends[1 - TRIES :])):
        if end >= place + SHORTEST and not text[end : end + 1].isalnum() and shape.check(text[place:end]):
            return _claim(shape, text, place, end)
    return None
