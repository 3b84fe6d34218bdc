"""The measures of the Text Anonymization Benchmark, uniform weights, defined as its ``evaluation.py`` defines them.

Source: Pilán et al. 2022, Computational Linguistics 48(4); github.com/NorskRegnesentral/text-anonymization-benchmark.

- A mention is masked when every character of it is, but for punctuation, spaces and a fixed list of small words.
- An entity is the mentions of one ``entity_id``; its first mention says whether it is direct. It has to be masked where
  any of its mentions is not NO_MASK, and it is masked when all of those are: its NO_MASK mentions are not asked for.
- Token recall counts the words of *all* mentions of such entities, NO_MASK ones too.
- Token precision takes the words of every masked span, a word under two spans twice. A word is right only wholly
  inside one mention that is not NO_MASK: masked words of NO_MASK mentions cost precision.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from benchmarks.detection_measures import Share, Stretch, covered, share_of

__all__ = ["CourtCase", "Entity", "TabFigures", "tab"]

WORD = re.compile(r"\w+")
SMALL = (
    "mr|mrs|ms|and|or|from|until|to|about|after|as|at|before|between|by|during|for|in|into|of|on|over|since|with|"
    "the|a|an|no|nr"
)
UNASKED = re.compile(rf"\b(?:{SMALL}|[’']s)\b|[,.\-;:/&()\[\]–'\" ’“”]", re.IGNORECASE)


@dataclass(slots=True)
class Entity:
    """Mentions of one thing: (start, end, whether this mention has to be masked)."""

    kind: str
    direct: bool
    mentions: list[tuple[int, int, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class CourtCase:
    """A judgment and the mentions that one annotator marked in it."""

    text: str
    mentions: Sequence[Mapping[str, str | int]]

    @cached_property
    def entities(self) -> list[Entity]:
        """The entities that have to be masked."""
        by_id: dict[str | int, Entity] = {}
        for m in self.mentions:
            what = m["identifier_type"]
            entity = by_id.setdefault(m["entity_id"], Entity(str(m["entity_type"]), what == "DIRECT"))
            entity.mentions.append((int(m["start_offset"]), int(m["end_offset"]), what != "NO_MASK"))
        return [e for e in by_id.values() if any(asked for _, _, asked in e.mentions)]

    def words(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The words of a stretch; one that begins before it is cut, as in the source."""
        for m in WORD.finditer(self.text[start:end]):
            yield start + m.start(), start + m.end()

    def is_masked(self, start: int, end: int, masked: set[int]) -> bool:
        """Whether every character that is asked for is masked."""
        bare = set(range(start, end)) - masked
        if bare:
            for m in UNASKED.finditer(self.text[start:end]):
                bare.difference_update(range(start + m.start(), start + m.end()))
        return not bare


@dataclass(frozen=True, slots=True)
class TabFigures:
    """ERdi, ERqi, token recall, token precision; token and mention recall by entity type."""

    direct: Share
    quasi: Share
    token_recall: Share
    token_precision: Share
    by_type: Mapping[str, Share]
    mentions_by_type: Mapping[str, Share]


def tab(cases: Sequence[CourtCase], found: Sequence[Sequence[Stretch]]) -> TabFigures:
    """The figures of ``found`` on ``cases``. Raises ValueError where they differ in length."""
    whole: Counter[bool] = Counter()
    entities: Counter[bool] = Counter()
    hit: dict[str, Counter[str]] = {"token": Counter(), "mention": Counter()}
    every: dict[str, Counter[str]] = {"token": Counter(), "mention": Counter()}
    right = given = 0
    for case, spans in zip(cases, found, strict=True):
        masked = covered(spans)
        for entity in case.entities:
            entities[entity.direct] += 1
            whole[entity.direct] += all(case.is_masked(a, b, masked) for a, b, asked in entity.mentions if asked)
            for level, a, b in _elements(case, entity):
                every[level][entity.kind] += 1
                hit[level][entity.kind] += case.is_masked(a, b, masked)
        good, all_words = _precision(case, spans)
        right, given = right + good, given + all_words
    return TabFigures(
        Share(whole[True], entities[True]),
        Share(whole[False], entities[False]),
        Share(hit["token"].total(), every["token"].total()),
        Share(right, given),
        share_of(hit["token"], every["token"]),
        share_of(hit["mention"], every["mention"]),
    )


def _elements(case: CourtCase, entity: Entity) -> Iterator[tuple[str, int, int]]:
    for start, end, _ in entity.mentions:
        yield "mention", start, end
        for a, b in case.words(start, end):
            yield "token", a, b


def _precision(case: CourtCase, spans: Sequence[Stretch]) -> tuple[int, int]:
    asked = sorted((a, b) for e in case.entities for a, b, wanted in e.mentions if wanted)
    # for each character the furthest end of a mention that began there or before and has not ended: O(n), no tree
    reach = [0] * (len(case.text) + 1)
    for a, b in asked:
        for i in range(a, b):
            reach[i] = max(reach[i], b)
    right = given = 0
    for start, end, _ in spans:
        for a, b in case.words(start, end):
            given += 1
            right += reach[a] >= b
    return right, given
