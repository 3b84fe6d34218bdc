"""What a recognizer claims before claims are weighed against each other, and the order of belief."""

from __future__ import annotations

import re
from typing import NamedTuple

from anonshare.shapes import Span

__all__ = [
    "COUNTRY",
    "FORM",
    "GROUPING",
    "LABEL",
    "LUHN",
    "PHONE",
    "PROOF",
    "RUN",
    "VAGUE",
    "WEAK",
    "Hit",
    "goes_on",
    "groups_of",
]

PROOF, LABEL, LUHN, VAGUE, COUNTRY, PHONE, FORM, GROUPING, WEAK = range(9)
"""A proof, a label, a lone check digit, a label of daily life, a number of the policy's country, a valid phone, a form."""

_GROUP = r"(?:[0-9][A-Za-z0-9]{0,24}|[A-Za-z]{1,6}[0-9][A-Za-z0-9]{0,24}|[A-Z]{1,6}(?![A-Za-z]))"
RUN = re.compile(rf"[(]?{_GROUP}(?:(?:[ ./+\u2013-]|\) ?| \(| - ){_GROUP}){{0,9}}(?:\([0-9A]\))?")
"""Groups with one mark between two of them; a group of letters alone is in capitals."""

_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,8} \Z")
_WORD = re.compile(r"[A-Za-z0-9]{1,32}")


class Hit(NamedTuple):
    """A claim: the rank of its evidence (less is stronger) and what a span of it would be."""

    rank: int
    start: int
    end: int
    entity: str
    score: float
    source: str

    def span(self) -> Span:
        """The span of the claim."""
        return Span(self.start, self.end, self.entity, self.score, self.source)


def goes_on(text: str, place: int) -> bool:
    """Whether a short group of digits and a space stand before: then what begins here is a part of that number."""
    return _BEFORE.search(text, max(0, place - 10), place) is not None


def groups_of(text: str, place: int) -> tuple[int, list[int]]:
    """Where the run of groups at ``place`` ends, and the ends of its groups, longest first; ends in a word are none."""
    found = RUN.match(text, place)
    if found is None:
        return place, []
    whole = found.end()
    ends = [m.end() for m in _WORD.finditer(text, place, whole)]
    if ends and text[whole - 1] == ")":
        ends.append(whole)
    return whole, [end for end in reversed(ends) if not text[end : end + 1].isalnum()]
