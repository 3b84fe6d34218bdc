"""What a detector is to the rest of the house."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from anonshare.detection.known import KnownValue
from anonshare.shapes import Span

__all__ = ["FindsSpans", "Masks"]


class FindsSpans(Protocol):
    """Finds personal data in texts: ``find`` gives the spans of each, sorted, in characters of the original."""

    def find(
        self,
        texts: Sequence[str],
        language: str | Sequence[str | None] | None = None,
        *,
        known: Sequence[Sequence[KnownValue]] | None = None,
        groups: Sequence[str] | None = None,
    ) -> list[tuple[Span, ...]]:
        """The spans of every text; ``known`` are the cells of the person of each, ``groups`` the texts that go together."""
        ...

    def covers(self, language: str) -> bool:
        """Whether a model for names in this language takes part; without one there are rules and lists."""
        ...


class Masks(FindsSpans, Protocol):
    """A detector that also looks a second time at what is left."""

    def left_over(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        known: Sequence[Sequence[KnownValue]] | None = None,
    ) -> list[tuple[Span, ...]]:
        """What is still seen in each text once its spans are blanked."""
        ...
