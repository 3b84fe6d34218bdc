"""Addresses: a street by its form (``address_cores``) with everything behind it (``address_tail``), post boxes, corners."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from anonshare.detection.reading import Reading, words_of
from anonshare.detection.recognizers.address_cores import cores
from anonshare.detection.recognizers.address_tail import POST, tail_end
from anonshare.detection.recognizers.address_walk import Walk
from anonshare.detection.recognizers.address_weak import weak_cores
from anonshare.detection.recognizers.address_words import LABELS
from anonshare.shapes import Span

__all__ = ["find_addresses"]

BOX = re.compile(
    r"(?:P\.? ?O\.? ?Box|Post ?Office Box|Apartado(?: de Correos| Postal)?|Ap\. ?de Correos|Casilla(?: de Correo| Postal)?|"
    r"Caixa Postal|Bo[iî]te Postale|B\.?P\.?|Casella Postale|Căsuța Poștală|C\.P\. ?nr\.?|Postfach|Postbus|Postboks|Box|"
    r"skr(?:ytka)?\.? ?poczt(?:owa|\.)|а/с|PSC|Unit)[ .:#]{1,2}(?:n[º°o.]{1,2} ?)?[0-9]{1,7}(?:,? Box [0-9]{1,6})?(?!\w)",
    re.IGNORECASE,
)
MILITARY = re.compile(r"[AFD]PO[ ,]{1,2}A[AEP][ ,]{1,2}[0-9]{5}(?:-[0-9]{4})?(?!\w)", re.IGNORECASE)
POSTS = frozenset({"apo", "fpo", "dpo"})
SHIPS = frozenset({"uss", "usns", "usnv", "uscgc", "hms"})
BOXES = POSTS | frozenset(
    words_of(
        "p po pobox post apartado ap casilla caixa boîte boite b bp casella căsuța c postfach postbus postboks box skr skrytka а psc unit"
    )
)
CORNER = re.compile(r"(?:the )?(?:corner|intersection|junction|esquina|crossing) of ", re.IGNORECASE)
OTHER = re.compile(r" and [^\n.,;]{2,40}? (?:street|road|avenue|lane|drive)\b", re.IGNORECASE)
LABELLED = re.compile(
    r" ?(?:postal|completa|complète|actual|line 1)?[ \t]{0,8}:[ \t]{0,8}(?P<it>[^\n;:]{3,120}?)(?=[.,;]?\s*(?:\n|$)|\. [A-Z])"
)


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Whole addresses as ``ADDRESS``: none overlaps another, and two that touch are one."""
    walk = Walk(reading)
    places = [*_streets(walk), *_boxes(walk), *_labelled(walk)]
    if not places:
        return
    places += _corners(reading.text, sorted(places))
    for start, end in _merged(reading.text, sorted(places)):
        yield Span(start, end, "ADDRESS", 0.8, "rule")


def _streets(walk: Walk) -> Iterator[tuple[int, int]]:
    words = walk.reading.words
    for first, last in cores(walk):
        end = tail_end(walk, last)
        yield words[_corner(walk, _led(walk, first))].start, words[end].end
    for first, last in weak_cores(walk) if walk.reading.digits else ():
        end = tail_end(walk, last)
        if end > last and len(walk.fold(end)) == 5 and POST.fullmatch(walk.fold(end)):
            yield words[_corner(walk, first)].start, words[end].end


def _led(walk: Walk, first: int) -> int:
    """``to Edeby 55 Moller Street``: the name of a house before its number, behind a preposition or at a line's start."""
    if not walk.number(first) or walk.gap(first - 1) != " ":
        return first
    at = walk.names_before(first, 4)
    return at if at < first and walk.led(at) else first


def _corner(walk: Walk, first: int) -> int:
    """``the corner of X and Y Street``, ``at Vine and 12 Carter Avenue``: where the first of two streets begins."""
    if walk.fold(first - 1) != "and" or walk.gap(first - 1) != " " or walk.gap(first - 2) != " ":
        return first
    at = walk.names_before(first - 1, 4)
    return at if at < first - 1 and walk.led(at) else first


def _corners(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """``the corner of A 5 and B Street`` from its first word to the end of the last street."""
    if " of " not in text.lower():
        return []
    out = []
    starts = [a for a, _ in places]
    for found in CORNER.finditer(text):
        near = places[bisect_left(starts, found.start()) : bisect_right(starts, found.end() + 60)]
        ends = [b for a, b in near if "\n" not in text[found.end() : a]]
        if ends:
            other = OTHER.match(text, max(ends))
            out.append((found.start(), other.end() if other else max(ends)))
    return out


def _boxes(walk: Walk) -> Iterator[tuple[int, int]]:
    """Post boxes and military posts, with a house number before and the rest of the address behind."""
    words = walk.reading.words
    for i, word in enumerate(words) if walk.reading.digits else ():
        if word.fold not in BOXES:
            continue
        found = (MILITARY if word.fold in POSTS else BOX).match(walk.reading.text, word.start)
        if found is None:
            continue
        last = i
        while last + 1 < len(words) and words[last + 1].end <= found.end():
            last += 1
        yield (
            words[walk.numbers_before(_ship(walk, i) if word.fold in POSTS else i)].start,
            words[tail_end(walk, last)].end,
        )


def _ship(walk: Walk, i: int) -> int:
    """``USNV Marlow`` before its post: where a ship's name begins."""
    return next((j for j in range(i - 1, max(-1, i - 4), -1) if walk.fold(j) in SHIPS), i)


def _labelled(walk: Walk) -> Iterator[tuple[int, int]]:
    for word in walk.reading.words:
        if word.fold in LABELS:
            found = LABELLED.match(walk.reading.text, word.end)
            if found is not None and any(c.isdigit() for c in found["it"]):
                yield found.span("it")


def _merged(text: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start, end = -1, -1
    for a, b in places:
        if start >= 0 and (a <= end or (not text[end:a].strip(" ,\n\t>?|-") and a - end <= 8)):
            end = max(end, b)
            continue
        if start >= 0:
            yield start, end
        start, end = a, b
    if start >= 0:
        yield start, end
