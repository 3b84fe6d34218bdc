"""What a detector is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from anonshare.shapes import Span

__all__ = ["Detector"]


class Detector(Protocol):
    """Finds personal data in texts: ``detect`` gives the spans of each text, sorted, in characters of the original."""

    def detect(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of every text."""
        ...

    def covers(self, language: str) -> bool:
        """Whether a model for names in this language takes part; without one only rules look."""
        ...
