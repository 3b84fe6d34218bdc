"""Long texts in windows that overlap, so that memory and time stay linear and nothing is lost on a border."""

from __future__ import annotations

from collections.abc import Iterator

__all__ = ["OVERLAP", "WINDOW", "windows"]

WINDOW = 10_000
OVERLAP = 400
"""More than the longest identifier, address or name: whatever stands on a border stands whole in one of two windows."""


def windows(text: str, size: int = WINDOW, overlap: int = OVERLAP) -> Iterator[tuple[int, str]]:
    """``(offset, piece)`` of a text; a text of at most ``size`` characters is its own and only window."""
    start = 0
    while True:
        end = min(start + size, len(text))
        yield start, text[start:end]
        if end == len(text):
            return
        border = max(text.rfind(c, end - overlap, end) for c in "\n ")
        start = max(border, end - overlap) - overlap // 2 if border > 0 else end - overlap
