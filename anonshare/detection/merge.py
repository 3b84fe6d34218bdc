"""One span where several recognizers saw something: the higher authority gives the type, words are never cut."""

from __future__ import annotations

import re
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

LEGAL_FORM, FORM_SCORE = 3, 0.6
"""A company by its legal form is believed like a model: "Smith, Jones and Sons" is no list of names."""

WORD = re.compile(r"\w+")
LONGEST = 200
"""A "word" beyond this is no word, and is not widened to: a megabyte without a space would be one span."""


def widened(text: str, span: Span) -> Span:
    """The span with the words whole that it cuts: no half of a name is left beside a mask."""
    start, end = span.start, span.end
    while start > 0 and span.start - start < LONGEST and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and end - span.end < LONGEST and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return replace(span, start=start, end=end)


def merged(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that do not overlap, sorted; together they cover every character that any of ``spans`` covers.

    Of those that overlap the one of the highest authority (then score, then length) keeps its type; the others keep
    what of them stands outside of it, where a letter or digit does.
    """
    wide = sorted({widened(text, s) for s in spans if s.start < s.end})
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
    taken: list[Span] = []
    for span in sorted(heap, key=lambda s: (-_rank(s), -s.score, s.start - s.end, s)):
        rest = [(span.start, span.end)]
        for other in taken:
            if other.start < span.end and span.start < other.end:
                rest = [cut for part in rest for cut in _without(part, (other.start, other.end))]
        taken += [replace(span, start=a, end=b) for a, b in rest if WORD.search(text, a, b)]
    return taken


def _rank(span: Span) -> int:
    if span.entity in WEAK:
        return LEGAL_FORM if span.source == "words" and span.score >= FORM_SCORE else 0
    return 6 if span.source == "check" else AUTHORITY.get(span.source.partition(":")[0], 1)


def _without(part: tuple[int, int], other: tuple[int, int]) -> list[tuple[int, int]]:
    (a, b), (c, d) = part, other
    if d <= a or b <= c:
        return [part]
    return [cut for cut in ((a, c), (d, b)) if cut[0] < cut[1]]
