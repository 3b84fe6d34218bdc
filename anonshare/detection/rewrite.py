"""A text without its spans: each is replaced by what a callable gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = ["rewrite"]


def rewrite(text: str, spans: Sequence[Span], replace: Callable[[Span, str], str]) -> str:
    """``text`` with every span replaced by ``replace(span, what stood there)``.

    Raises DetectionError where spans overlap or lie outside of the text (it would be half masked), and where ``replace``
    raises: what that says may hold the cell.
    """
    out: list[str] = []
    done = 0
    for span in sorted(spans):
        if span.start < done or span.end > len(text) or span.start >= span.end:
            raise DetectionError("The spans of a text overlap or lie outside of it.")
        out += [text[done : span.start], _replaced(replace, span, text[span.start : span.end])]
        done = span.end
    return "".join([*out, text[done:]])


def _replaced(replace: Callable[[Span, str], str], span: Span, was: str) -> str:
    new = None
    with suppress(Exception):  # a caller's error may hold what stood there, and would stay in __context__
        new = replace(span, was)
    if not isinstance(new, str):
        raise DetectionError("The replacement of a span failed.", hint="Give a callable that gives a text.")
    return new
