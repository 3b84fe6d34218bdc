"""Scan notes and count: per language how many, how much was found, and how far names were covered at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from anonshare.detection.detector import FindsSpans
from anonshare.detection.language import spoken
from anonshare.detection.language_codes import UNSURE
from anonshare.detection.notebook import Note, Notebook
from anonshare.detection.sources import digest_for, names_by, sources_of
from anonshare.errors import AnonshareError, DetectionError
from anonshare.shapes import Coverage, Progress, Span, no_progress

__all__ = ["scan_notes"]

BATCH = 128
"""Texts that are read at a time, at least; the notes of a person are never divided."""

Part = list[tuple[int, Note, int]]
"""The number of a set of notes, a note of it, and the rows that hold it."""


def scan_notes(
    notes: Notebook,
    languages: Sequence[str],
    detector: FindsSpans,
    progress: Progress = no_progress,
    *,
    allowed: frozenset[str] = frozenset(),
) -> tuple[Coverage, ...]:
    """Counts per language over all notes, each person's read together with what the columns know of him.

    ``languages`` are the policy's, ``allowed`` the digests of models that it names. Nothing of a text is kept. Raises
    DetectionError where a language is unknown or the detector fails.
    """
    count: Counter[str] = Counter()
    entities: dict[str, Counter[str]] = {}
    sets = notes.sets()
    done, total = 0, sum(map(len, sets))
    for part in _parts(sets):
        told = spoken([note.text for _, note, _ in part], languages, [note.told for _, note, _ in part])
        found = _found(part, told, detector)
        for (_, _, rows), language, spans in zip(part, told, found, strict=True):
            count[language] += rows
            mine = entities.setdefault(language, Counter())
            for span in spans:
                mine[span.entity] += rows
        done += len(part)
        progress("scanning notes", done, total)
    return tuple(_covered(one, count[one], entities[one], detector, allowed) for one in sorted(count))


def _found(part: Part, told: Sequence[str], detector: FindsSpans) -> list[tuple[Span, ...]]:
    """The spans of each note; raises DetectionError for whatever a detector raises, whose words may hold a note."""
    try:
        return detector.find(
            [note.text for _, note, _ in part],
            [None if language == UNSURE else language for language in told],
            known=[note.known for _, note, _ in part],
            groups=[str(number) for number, _, _ in part],
        )
    except AnonshareError:
        raise
    except Exception as error:  # noqa: BLE001  a detector may be anybody's
        kind = type(error).__name__
    raise DetectionError(f"The detector failed on a note ({kind}); nothing was planned.")


def _parts(sets: Sequence[Sequence[tuple[Note, int]]]) -> Iterator[Part]:
    part: Part = []
    for number, notes in enumerate(sets):
        part += [(number, note, rows) for note, rows in notes]
        if len(part) >= BATCH:
            yield part
            part = []
    if part:
        yield part


def _covered(
    language: str, notes: int, entities: Counter[str], detector: FindsSpans, allowed: frozenset[str]
) -> Coverage:
    own = detector.covers(language)
    digest = digest_for(language, allowed)
    sources = sources_of(language, model=own, masker=bool(digest))
    return Coverage(
        language,
        notes,
        entities.total(),
        own,
        dict(sorted(entities.items())),
        names_by(language, model=own),
        sources,
        digest,
    )
