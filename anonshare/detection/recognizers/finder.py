"""Every identifier of a text: labels and shapes make claims, the better proof is believed, what is left is weak."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate

from anonshare.detection.entities import QUASI
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.claims import anywhere, at_place
from anonshare.detection.recognizers.guards import dated
from anonshare.detection.recognizers.hit import COUNTRY, FORM, GROUPING, LUHN, PROOF, Hit
from anonshare.detection.recognizers.labelled import Cue, context, cues_of, labelled, unanswered
from anonshare.detection.recognizers.weak import weak_hit
from anonshare.shapes import Span

__all__ = ["find_identifiers"]

_LITERALS = ("@", "://", "www.", ".onion", "///", "#")
_DIGIT = re.compile(r"[0-9]")
_FRONT = re.compile(r"(?<![A-Za-z0-9/.@-])[A-Z][A-Za-z0-9]{0,11}(?:[-/_.][A-Z0-9]{1,12}){0,3}[-/_]\Z")
_LAST = re.compile(r"[ .-](?:[0-9]{1,2}|[A-Z])(?![A-Za-z0-9]|[./-][0-9])(?! (?:[a-z]{3,}|%))")
"""A check digit that stands apart from its number."""
PERSONAL = frozenset({"NATIONAL_ID", "MEMBER_NUMBER", "PASSPORT", "RESIDENCE_PERMIT", "DRIVER_LICENSE"})
_TAIL = re.compile(r"(?:[-/.][A-Za-z0-9]{0,12}[0-9][A-Za-z0-9]{0,12}){1,6}(?![A-Za-z0-9])")


def find_identifiers(reading: Reading, countries: frozenset[str]) -> Iterator[Span]:
    """The spans of a view's identifiers in order; none overlaps another.

    ``countries`` (ISO alpha-2) are those of the policy: their national numbers, phones and plates are believed without
    a label.
    """
    if _DIGIT.search(reading.text) is None:
        yield from _letters(reading, countries)
        return
    cues = cues_of(reading)
    told = list(labelled(reading, cues))
    hits = [*told, *anywhere(reading.text, countries)]
    hits.extend(_at_places(reading, countries, [hit for hit in hits if hit.rank == PROOF or hit.score == 1.0]))
    taken = [
        hit for hit in _weighed(_in_context(reading, unanswered(cues, told), hits)) if not _part_of_weak(reading, hit)
    ]
    found = sorted([*taken, *_rest(reading, cues, taken)], key=lambda hit: hit.start)
    done = 0
    for i, hit in enumerate(found):
        wide = _widened(reading.text, hit, done, found[i + 1].start if i + 1 < len(found) else len(reading.text))
        yield wide.span()
        done = wide.end


def _at_places(reading: Reading, countries: frozenset[str], proven: list[Hit]) -> Iterator[Hit]:
    """What begins at the places of numbers; inside of what is proven nothing else begins."""
    past, covered = 0, _Reach(proven)
    for place in reading.numbers:
        if place < past or covered.behind(place) > place:
            continue
        for hit in at_place(reading.text, place, countries):
            if hit.source == "check" and hit.rank <= LUHN:
                past = max(past, hit.end)
            yield hit


def _letters(reading: Reading, countries: frozenset[str]) -> Iterator[Span]:
    """In a text without a digit a bank's code behind its label is the only number; addresses of the net have literals."""
    folded = reading.text.casefold()
    hits = list(anywhere(reading.text, countries)) if any(c in folded for c in _LITERALS) else []
    if "bic" in folded or "swift" in folded:
        hits.extend(labelled(reading, cues_of(reading)))
    yield from (hit.span() for hit in _weighed(hits))


def _in_context(reading: Reading, cues: list[Cue], hits: Iterable[Hit]) -> Iterator[Hit]:
    """A loose form of a registry or a phone may be a number of another class whose label stands in the sentence."""
    for hit in hits:
        loose = hit.rank in {FORM, GROUPING} and hit.score <= 0.6
        yield context(reading, cues, hit) if loose else hit


def _weighed(hits: Iterable[Hit]) -> list[Hit]:
    """The claims that stand: stronger evidence first, then the longer one; a proof of a label's class seals it."""
    claims = list(hits)
    proven = [hit for hit in claims if hit.source == "check" and hit.rank <= COUNTRY]
    if proven:
        reach = _Reach(proven)
        claims = [hit for hit in claims if hit.source == "check" or not reach.holds(hit)]
    taken: list[tuple[int, int, Hit]] = []
    for order, hit in enumerate(sorted(claims, key=lambda h: (h.rank, h.start - h.end, h.start, -h.score, h.entity))):
        at = bisect_left(taken, hit.start, key=lambda one: one[2].end - 1)
        past = bisect_left(taken, hit.end, key=lambda one: one[0])
        if at >= past:
            taken.insert(at, (hit.start, order, hit))
            continue
        place = min(range(at, past), key=lambda i: taken[i][1])
        start, first, over = taken[place]
        if hit.source == "check" and over.source == "label" and over.entity == hit.entity:
            taken[place] = (start, first, over._replace(score=1.0, source="check"))
    return [hit for _, _, hit in taken]


class _Reach:
    """How far claims reach, asked by where they begin: a long export has hundreds, and each is asked for each."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        ordered = sorted(hits, key=lambda hit: hit.start)
        self._starts = [hit.start for hit in ordered]
        self._ends = list(accumulate((hit.end for hit in ordered), max))

    def behind(self, place: int) -> int:
        """The farthest end of those that begin at ``place`` or before it; 0 where none does."""
        at = bisect_right(self._starts, place)
        return self._ends[at - 1] if at else 0

    def holds(self, hit: Hit) -> bool:
        """Whether a claim is a part of a larger one."""
        return self.behind(hit.start) > hit.end or self.behind(hit.start - 1) >= hit.end


def _part_of_weak(reading: Reading, hit: Hit) -> bool:
    """Whether a post code is only the beginning of a longer number."""
    if hit.entity != "POSTCODE":
        return False
    weak = weak_hit(reading, hit.start)
    return weak is not None and weak.end > hit.end


def _widened(text: str, hit: Hit, floor: int, ceiling: int) -> Hit:
    """A claim with what a mark glues to it: ``NRMREF-`` before ``2024-0087``, the rest of a longer code behind it."""
    if hit.rank == PROOF or hit.entity in QUASI:
        return hit
    front = _FRONT.search(text, max(floor, hit.start - 40), hit.start)
    tail = _TAIL.match(text, hit.end)
    end = hit.end if tail is None or dated(text, hit.end + 1) else tail.end()
    if hit.source == "label" and hit.entity in PERSONAL:
        last = _LAST.match(text, end)
        end = end if last is None else last.end()
    return hit._replace(start=hit.start if front is None else front.start(), end=min(end, ceiling))


def _rest(reading: Reading, cues: list[Cue], taken: list[Hit]) -> Iterator[Hit]:
    """Weak claims where nothing else was claimed."""
    starts = [hit.start for hit in taken]
    done = 0
    for place in reading.numbers:
        at = bisect_left(starts, place + 1)
        if place < done or (at and taken[at - 1].end > place):
            continue
        hit = weak_hit(reading, place)
        if hit is None:
            continue
        if at < len(taken) and taken[at].start < hit.end:
            # the rest of a number identifies as the number does
            hit = hit._replace(end=len(reading.text[: taken[at].start].rstrip(" -/.(")))
            if _DIGIT.search(reading.text, place, hit.end) is None:
                continue
        done = hit.end
        yield context(reading, cues, hit)
