"""Notes with their spans replaced, each looked at a second time: what still shows something is withheld."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from anonshare.detection.checked import checked
from anonshare.detection.detector import Masks
from anonshare.detection.known import KnownValue
from anonshare.detection.rewrite import rewrite
from anonshare.shapes import Span

__all__ = ["mask_notes"]


def mask_notes(
    detector: Masks,
    texts: Sequence[str],
    replace: Callable[[Span, str], str],
    language: str | Sequence[str | None] | None = None,
    *,
    known: Sequence[Sequence[KnownValue]] | None = None,
    groups: Sequence[str] | None = None,
) -> list[str | None]:
    """Each text with its spans replaced by ``replace(span, what stood there)``; None where it must be withheld.

    A text is withheld where a replacement gives back what stood there, and where the second scan (rules, validators,
    known values) still finds an identifier in what is left. Arguments and errors as ``Detector.find``. Masked notes
    stay personal data.
    """
    texts = checked(texts)
    found = detector.find(texts, language, known=known, groups=groups)
    left = detector.left_over(texts, found, known=known)
    return [
        None if rest else _masked(text, spans, replace) for text, spans, rest in zip(texts, found, left, strict=True)
    ]


def _masked(text: str, spans: Sequence[Span], replace: Callable[[Span, str], str]) -> str | None:
    """The text rewritten; None where a replacement gives back what stood there."""
    same: list[Span] = []

    def told(span: Span, was: str) -> str:
        new = replace(span, was)
        if new == was:
            same.append(span)
        return new

    out = rewrite(text, spans, told)
    return None if same else out
