"""Scan notes and count: per language how many, how much was found, and whether names were covered at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from anonshare.detection.detector import Detector
from anonshare.detection.language import languages_of
from anonshare.shapes import Coverage, Progress, no_progress

__all__ = ["scan_notes"]

BATCH = 512


def scan_notes(
    notes: Mapping[str, int], languages: Sequence[str], detector: Detector, progress: Progress = no_progress
) -> tuple[Coverage, ...]:
    """Counts per language over distinct notes (text -> number of rows that hold it); nothing of a text is kept."""
    count: Counter[str] = Counter()
    entities: dict[str, Counter[str]] = {}
    texts = list(notes)
    for start in range(0, len(texts), BATCH):
        batch = texts[start : start + BATCH]
        spoken = languages_of(batch, languages)
        for text, language, spans in zip(batch, spoken, detector.detect(batch), strict=True):
            count[language] += notes[text]
            entities.setdefault(language, Counter()).update({s.entity: notes[text] for s in spans})
        progress("scanning notes", min(start + BATCH, len(texts)), len(texts))
    return tuple(
        Coverage(
            language, count[language], entities[language].total(), detector.covers(language), dict(entities[language])
        )
        for language in sorted(count)
    )
