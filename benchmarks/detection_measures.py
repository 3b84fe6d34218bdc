"""How detection is measured, as pure functions of gold and found spans.

*full*: the share of gold spans of which every letter and digit is masked; the leak rate is 1 - full. *touch*: any
overlap. *span P*: the share of found spans that touch a gold one. *typed*: intersection over union of at least one
half and the same type, one found span for one gold span. *outside*: what is masked and no gold span covers, by the
type that the detector gave (over-masking).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Counts", "Share", "Stretch", "Typed", "covered", "joined", "outside", "plain", "share_of", "typed"]

WORD = re.compile(r"\w+")
LEAST_IOU = 0.5
Stretch = tuple[int, int, str]
"""Start, end, entity type."""
Spans = Sequence[Sequence[Stretch]]
"""The stretches of each text."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; ``value`` is 0 where there was nothing."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        return self.part / self.whole if self.whole else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """The plain measures of a set, all and by gold type."""

    full: Share
    touch: Share
    span_precision: Share
    full_by_type: Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Typed:
    """Right, found and true spans of one type (or of all)."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 0.0

    @property
    def f2(self) -> float:
        """Van Rijsbergen's F with beta 2: recall weighs four times as much as precision."""
        below = 4 * self.true + self.found
        return 5 * self.right / below if below else 0.0


def covered(spans: Sequence[Stretch]) -> set[int]:
    """The characters that ``spans`` cover."""
    return {i for a, b, _ in spans for i in range(a, b)}


def share_of(parts: Mapping[str, int], wholes: Mapping[str, int]) -> dict[str, Share]:
    """Shares by key, the most frequent key first."""
    return {key: Share(parts.get(key, 0), n) for key, n in sorted(wholes.items(), key=lambda item: (-item[1], item[0]))}


def plain(texts: Sequence[str], gold: Spans, found: Spans) -> Counts:
    """*full*, *touch* and *span P*. Raises ValueError where the three differ in length."""
    whole: Counter[str] = Counter()
    every: Counter[str] = Counter()
    touched = hits = total = 0
    for text, truth, spans in zip(texts, gold, found, strict=True):
        masked, true = covered(spans), covered(truth)
        total += len(spans)
        hits += sum(any(i in true for i in range(a, b)) for a, b, _ in spans)
        for a, b, kind in truth:
            every[kind] += 1
            touched += any(i in masked for i in range(a, b))
            whole[kind] += all(i in masked for i in range(a, b) if text[i].isalnum())
    count = every.total()
    return Counts(Share(whole.total(), count), Share(touched, count), Share(hits, total), share_of(whole, every))


def outside(texts: Sequence[str], gold: Spans, found: Spans) -> dict[str, tuple[Share, Share]]:
    """Over-masking by the type given: (letters and digits, words) that no gold span covers, of those masked."""
    parts: dict[str, Counter[str]] = {"characters": Counter(), "words": Counter()}
    wholes: dict[str, Counter[str]] = {"characters": Counter(), "words": Counter()}
    for text, truth, spans in zip(texts, gold, found, strict=True):
        true = covered(truth)
        for a, b, kind in spans:
            letters = [i for i in range(a, b) if text[i].isalnum()]
            wholes["characters"][kind] += len(letters)
            parts["characters"][kind] += sum(i not in true for i in letters)
            words = list(WORD.finditer(text, a, b))
            wholes["words"][kind] += len(words)
            parts["words"][kind] += sum(true.isdisjoint(range(*m.span())) for m in words)
    shares = share_of(parts["words"], wholes["words"])
    return {kind: (Share(parts["characters"][kind], wholes["characters"][kind]), s) for kind, s in shares.items()}


def joined(text: str, spans: Sequence[Stretch]) -> list[Stretch]:
    """Neighbours of one type with nothing but white space between them are one: a first name and a surname."""
    out: list[Stretch] = []
    for a, b, kind in sorted(spans):
        if out and out[-1][2] == kind and out[-1][1] <= a and not text[out[-1][1] : a].strip():
            out[-1] = (out[-1][0], b, kind)
        else:
            out.append((a, b, kind))
    return out


def typed(gold: Spans, found: Spans, ignored: frozenset[str] = frozenset()) -> tuple[Typed, dict[str, Typed]]:
    """All (micro) and by type. A found span over a gold span of an ``ignored`` type is neither right nor wrong."""
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    true: Counter[str] = Counter()
    for truth, spans in zip(gold, found, strict=True):
        wanted = [t for t in truth if t[2] not in ignored]
        pairs = dict(_pairs(wanted, spans))
        true.update(t[2] for t in wanted)
        right.update(spans[i][2] for i in pairs)
        free = covered([t for t in truth if t[2] in ignored])
        given.update(s[2] for i, s in enumerate(spans) if i in pairs or free.isdisjoint(range(s[0], s[1])))
    kinds = sorted(true | given, key=lambda k: (-true[k], k))
    by_type = {k: Typed(right[k], given[k], true[k]) for k in kinds}
    return Typed(right.total(), given.total(), true.total()), by_type


def _pairs(truth: Sequence[Stretch], spans: Sequence[Stretch]) -> Iterator[tuple[int, int]]:
    """Found and gold spans that match, each in one pair, the best overlap first."""
    near: dict[str, list[int]] = defaultdict(list)
    for j, t in enumerate(truth):
        near[t[2]].append(j)
    scored = [(_iou(s, truth[j]), i, j) for i, s in enumerate(spans) for j in near[s[2]]]
    used_found, used_true = set[int](), set[int]()
    for score, i, j in sorted(scored, key=lambda item: (-item[0], item[1], item[2])):
        if score >= LEAST_IOU and i not in used_found and j not in used_true:
            used_found.add(i)
            used_true.add(j)
            yield i, j


def _iou(one: Stretch, other: Stretch) -> float:
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (one[1] - one[0] + other[1] - other[0] - both) if both > 0 else 0.0
