"""Phone numbers: with a country code anywhere, national ones in the policy's regions, and the groupings of both."""

from __future__ import annotations

import re

from anonshare.detection.recognizers.guards import dated
from anonshare.detection.recognizers.hit import FORM, GROUPING, PHONE, PROOF, Hit, goes_on
from anonshare.identifiers.phones import e164

__all__ = ["phone_hit"]

_ABROAD = re.compile(r"[(]?(?:\+|00(?=[1-9]))[ (]{0,2}[0-9]{1,15}(?:[)]?[ ./-]{0,2}[(]?[0-9]{1,12}){0,8}")
_NATIONAL = re.compile(r"[(]?[0-9]{1,13}[)]?(?:[ ./-]{1,2}[(]?[0-9]{1,11}){0,6}")
_GROUPED = re.compile(
    r"(?:0[0-9]{1,4}[)]?[ ./-]{1,2}(?:[0-9]{2,4}[ ./-]?){1,4}[0-9]{2,4}|0[1-9][0-9]{7,9}"
    r"|\([0-9]{2,5}\)[ ./-]{0,2}[0-9]{2,4}(?:[ ./-][0-9]{2,4}){1,3}"
    r"|[2-9][0-9]{2}[ .-][0-9]{3}[ .-][0-9]{3,4}|[6-9][0-9]{2} [0-9]{2} [0-9]{2} [0-9]{2}|[2-9][0-9]{1,3}(?:-[0-9]{2,4}){2,4})"
    r"(?: ?(?:x|ext\.?) ?[0-9]{1,5})?(?![0-9A-Za-z]|[./-][0-9])"
)
_ENDS = re.compile(r"[0-9](?![0-9])")
TRIES = 3
"""A number is parsed at most so often a place: parsing is the dearest check of all."""


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _abroad(text: str, place: int) -> Hit | None:
    found = _ABROAD.match(text, place)
    if found is None:
        return None
    ends = [m.end() for m in _ENDS.finditer(text, place, found.end()) if 8 <= _digits(text[place : m.end()]) <= 17]
    for end in reversed(ends[-TRIES:]):
        if e164(text[place:end].lstrip("(")) is not None:
            return Hit(PROOF, place, end, "PHONE_NUMBER", 1.0, "check")
    # a wrong number that somebody wrote as one with a country code still leads to a person
    least = 8 if "+" in text[place : place + 2] else 11
    wrong = ends and _digits(text[place : ends[-1]]) >= least
    return Hit(FORM, place, ends[-1], "PHONE_NUMBER", 0.6, "shape") if wrong else None


def _national(text: str, place: int, regions: frozenset[str]) -> Hit | None:
    found = _NATIONAL.match(text, place)
    if found is None or text[found.end() : found.end() + 1].isalnum():
        return None
    written = found.group()
    if not 7 <= _digits(written) <= 15:
        return None
    for region in sorted(regions):
        if e164(written, region) is not None:
            return Hit(PHONE, place, found.end(), "PHONE_NUMBER", 0.8, "check")
    return None


def phone_hit(text: str, place: int, regions: frozenset[str]) -> Hit | None:
    """The phone number that begins at ``place``; national ones are parsed in ``regions`` (ISO alpha-2) alone."""
    behind_digits = goes_on(text, place)
    if text[place] == "+" or text[place : place + 2] == "(+" or (text[place : place + 2] == "00" and not behind_digits):
        abroad = _abroad(text, place)
        if abroad is not None:
            return abroad
    open_bracket = text[place] == "(" and ")" not in text[place : place + 8]
    if open_bracket or not (text[place].isdigit() or text[place] == "(") or dated(text, place):
        return None
    national = _national(text, place, regions) if regions else None
    if national is not None:
        return national
    grouped = _GROUPED.match(text, place)
    if grouped is None or behind_digits or (place > 1 and text[place - 1] in "-/." and text[place - 2].isalnum()):
        return None
    if not 7 <= _digits(grouped.group()) <= 13:
        return None
    return Hit(GROUPING, place, grouped.end(), "PHONE_NUMBER", 0.5, "shape")
