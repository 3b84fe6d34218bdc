"""Numbers behind their labels: one lexicon of all cue phrases, and the form of a label tried where a number begins."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from anonshare.detection.reading import Lexicon, Reading
from anonshare.detection.recognizers.guards import dated, measured
from anonshare.detection.recognizers.hit import FORM, LABEL, VAGUE, Hit
from anonshare.detection.recognizers.label import Label
from anonshare.detection.recognizers.national import labelled_national
from anonshare.detection.recognizers.table import LABELS

__all__ = ["LEXICON", "Cue", "context", "cues_of", "labelled", "unanswered"]

Cue = tuple[int, int, Label]
"""Where a cue phrase begins and ends, and its label."""

_BREAK = re.compile(r"[.!?]['\")\]»]?\s{1,4}[A-ZÀ-ÞĂÂÎȘȚА-ЯІЇЄ][a-zà-ÿăâîșțа-яіїє]|\n\s{0,4}\n")
_AND = re.compile(r" ?(?:,|;|/|&|and|or|y|e|et|ou|und|oder|și|sau|i|та|і|и|или|en|ve|và|,? ?(?:nr|no|n)\.?) ?(?=\S)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
MOST = 20
"""So many numbers may share one label."""


def _lexicon() -> Lexicon[Label]:
    cues: dict[str, Label] = {}
    for label in LABELS:
        for cue in label.cues:
            cues.setdefault(cue, label)
    return Lexicon(cues)


LEXICON = _lexicon()


def cues_of(reading: Reading) -> list[Cue]:
    """The cue phrases of a text in order."""
    return list(LEXICON.find(reading))


def _fits(label: Label, text: str, place: int) -> int:
    """Where the label's form ends, 0 where it does not stand at ``place``."""
    found = label.pattern.match(text, place)
    if found is None:
        return 0
    written = found.group()
    if sum(c.isdigit() for c in written) < label.digits or _YEAR.match(written):
        return 0
    return found.end() if label.check is None or label.check(written) else 0


def _at(label: Label, text: str, place: int) -> Hit | None:
    if label.entity == "NATIONAL_ID":
        proven = labelled_national(text, place)
        if proven is not None:
            return proven
    end = _fits(label, text, place)
    if not end or measured(text, place, end):
        return None
    if label.entity == "ID_NUMBER":
        return Hit(FORM, place, end, label.entity, 0.5, "label")
    return Hit(VAGUE if label.vague else LABEL, place, end, label.entity, 0.75 if label.vague else 0.85, "label")


def _behind(reading: Reading, cue: Cue, limit: int) -> Iterator[Hit]:
    """The first number within the label's gap, and those that a comma or an "and" joins to it."""
    text, (_, end, label) = reading.text, cue
    places = reading.numbers if label.digits else tuple(word.start for word in reading.words)
    reach, skip, found = min(end + label.gap, limit), end, 0
    for place in places[bisect_left(places, end) :]:
        if place < skip:
            continue
        if place > reach or place >= limit or found >= MOST or _BREAK.search(text, end, place + 1):
            return
        past = dated(text, place) if label.entity != "SORT_CODE" else 0
        if past:
            skip = past
            continue
        hit = _at(label, text, place)
        if hit is None:
            if found:
                return
            continue
        yield hit
        found, skip, end = found + 1, hit.end, hit.end
        joined = _AND.match(text, hit.end)
        if joined is None or joined.end() > limit:
            return
        reach = joined.end() + 3


def labelled(reading: Reading, cues: list[Cue]) -> Iterator[Hit]:
    """What stands behind the cues, each up to the next cue of another class."""
    for number, cue in enumerate(cues):
        limit = len(reading.text)
        for start, _, label in cues[number + 1 :]:
            if label.entity not in {cue[2].entity, "ID_NUMBER"}:
                limit = start
                break
        yield from _behind(reading, cue, limit)


def unanswered(cues: list[Cue], hits: list[Hit]) -> list[Cue]:
    """The cues behind which no number was found."""
    starts = [hit.start for hit in hits]
    return [cue for cue in cues if not any(0 <= start - cue[1] <= cue[2].gap for start in starts)]


def context(reading: Reading, cues: list[Cue], hit: Hit) -> Hit:
    """A weak claim with the class of the nearest label in its sentence whose form it has, else as it was."""
    text = reading.text
    near: list[tuple[int, Label]] = []
    first = bisect_right(cues, hit.start - 100, key=lambda cue: cue[0])
    for start, end, label in cues[first:]:
        if start > hit.end + 50:
            break
        before = end <= hit.start
        between = (end, hit.start + 1) if before else (hit.end, start)
        if label.entity != "ID_NUMBER" and not _BREAK.search(text, *between):
            near.append((hit.start - end if before else 2 * (start - hit.end) + 5, label))
    for _, label in sorted(near, key=lambda one: one[0]):
        if _fits(label, text, hit.start) == hit.end:
            return hit._replace(entity=label.entity, score=0.6, source="label")
    return hit
