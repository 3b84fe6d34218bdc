"""One span where several recognizers saw something: the higher authority gives the type, words are never cut."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from anonshare.shapes import Span

__all__ = ["AUTHORITY", "merged", "widened"]

AUTHORITY = {
    "known": 5,
    "label": 4,
    "rule": 4,
    "shape": 4,
    "alias": 4,
    "title": 4,
    "presidio": 4,
    "ner": 3,
    "names": 2,
    "places": 2,
    "repeated": 2,
    "form": 2,
    "onnx": 2,
    "masker": 1,
}
"""Source -> who is believed where spans overlap; what proved itself by a check digit has score 1 and goes first."""

WEAK = frozenset({"ORGANIZATION", "LABELLED"})
"""What the small model calls an organisation is often a name, and a label says nothing of the type."""

UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
MANY = 200
"""A heap of more spans is no text of people, and is not joined."""
LEGAL_FORM, FORM_SCORE = 3, 0.6
"""A company by its legal form is believed like a model: "Smith, Jones and Sons" is no list of names."""

WORD = re.compile(r"\w+")
REST = re.compile(r"[^\s\"'<>]{0,4000}")
"""An address of the net goes to the next space: what follows its start may name somebody."""
LONGEST = 200
"""A "word" beyond this is no word, and is not widened to: a megabyte without a space would be one span."""


def widened(text: str, span: Span) -> Span:
    """The span with the words whole that it cuts: no half of a name is left beside a mask."""
    start, end = span.start, span.end
    if span.entity == "URL":
        found = REST.match(text, end)
        end = found.end() if found is not None else end
    while start > 0 and span.start - start < LONGEST and _inside(text[start - 1]) and _inside(text[start]):
        start -= 1
    while end < len(text) and end - span.end < LONGEST and _inside(text[end]) and _inside(text[end - 1]):
        end += 1
    return replace(span, start=start, end=end)


def _inside(character: str) -> bool:
    """Whether it is part of a word; in scripts without spaces no word can be told from its neighbours."""
    return character.isalnum() and UNSPACED.match(character) is None


def _stripped(text: str, span: Span) -> Span:
    """The span without the blanks at its edges."""
    start, end = span.start, span.end
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return span if (start, end) == (span.start, span.end) else replace(span, start=start, end=end)


def merged(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that do not overlap, sorted; together they cover every character that any of ``spans`` covers.

    Of those that overlap the one of the highest authority (then score, then length) keeps its type; the others keep
    what of them stands outside of it, where a letter or digit does.
    """
    wide = sorted({widened(text, bare) for s in spans if (bare := _stripped(text, s)).start < bare.end})
    out: list[Span] = []
    for heap in _heaps(wide):
        out += heap if len(heap) == 1 else _without_overlap(text, heap)
    return tuple(sorted(out))


def _heaps(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Sorted spans in heaps that do not touch each other: a long text costs the sum of small squares."""
    heap: list[Span] = []
    end = -1
    for span in spans:
        if heap and span.start >= end:
            yield heap
            heap = []
        heap.append(span)
        end = max(end, span.end)
    if heap:
        yield heap


def _without_overlap(text: str, heap: Sequence[Span]) -> list[Span]:
    """Taken spans stay sorted and apart, so that only neighbours are looked at: "aka aka aka …" makes one heap of a note."""
    starts: list[int] = []
    taken: list[Span] = []
    for span in sorted(heap, key=lambda s: (-_rank(s), -s.score, s.start - s.end, s)):
        for a, b in _gaps(taken, starts, span):
            piece = _stripped(text, replace(span, start=a, end=b))
            if piece.start < piece.end and WORD.search(text, piece.start, piece.end):
                at = bisect_left(starts, piece.start)
                starts.insert(at, piece.start)
                taken.insert(at, piece)
    return _joined(taken, heap)


def _gaps(taken: Sequence[Span], starts: Sequence[int], span: Span) -> list[tuple[int, int]]:
    """The stretches of a span that none of ``taken`` covers."""
    gaps, at = [], span.start
    first = bisect_left(starts, span.start)
    for other in taken[max(0, first - 1) : bisect_left(starts, span.end)]:
        if other.start > at:
            gaps.append((at, other.start))
        at = max(at, other.end)
    if at < span.end:
        gaps.append((at, span.end))
    return [(a, b) for a, b in gaps if a < b]


def _joined(pieces: Sequence[Span], heap: Sequence[Span]) -> list[Span]:
    """Neighbours of one entity type that somebody saw as one: "Yuliana Restrepo", each word of which stands elsewhere too."""
    wide: dict[str, list[Span]] = {}
    for span in heap if len(heap) <= MANY else ():
        wide.setdefault(span.entity, []).append(span)
    out: list[Span] = []
    for piece in pieces:
        last = out[-1] if out else None
        if (
            last is not None
            and last.entity == piece.entity
            and piece.start - last.end <= 1
            and any(s.start <= last.start and piece.end <= s.end for s in wide.get(piece.entity, ()))
        ):
            best = max(last, piece, key=lambda s: (_rank(s), s.score))
            out[-1] = replace(best, start=last.start, end=piece.end)
        else:
            out.append(piece)
    return out


def _rank(span: Span) -> int:
    if span.entity in WEAK:
        return LEGAL_FORM if span.source == "words" and span.score >= FORM_SCORE else 0
    return 6 if span.source == "check" else AUTHORITY.get(span.source.partition(":")[0], 1)
