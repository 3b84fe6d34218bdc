"""Personal data in texts and columns: ``find`` for notes, ``Detector`` for a configuration, ``rewrite`` for masking.

The only room that meets Presidio and spaCy; both are loaded when a text is first read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from anonshare.detection.engine import Detector
from anonshare.detection.known import KnownValue
from anonshare.detection.mask import mask_notes
from anonshare.detection.rewrite import rewrite
from anonshare.shapes import Span

__all__ = ["Detector", "KnownValue", "find", "mask_notes", "rewrite"]


@cache
def _plain() -> Detector:
    return Detector()


def find(
    texts: Sequence[str],
    language: str | Sequence[str | None] | None = None,
    *,
    known: Sequence[Sequence[KnownValue]] | None = None,
    groups: Sequence[str] | None = None,
) -> list[list[Span]]:
    """The personal data in every text: spans with start and end in characters, entity type, score, source, cluster.

    ``language`` is that of all texts or of each (ISO 639-1, None where it is not known); ``known[i]`` are identifying
    cells of the person whom text ``i`` is about; texts with the same entry in ``groups`` share the names found in any.
    Masking spans is not protection against inference. Raises DetectionError, or MissingExtra without ``[share]``.
    """
    return [list(spans) for spans in _plain().find(texts, language, known=known, groups=groups)]
