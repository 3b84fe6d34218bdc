"""What a caller gives as texts, looked at before anything is read: a note is a string, and a list of them is a list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from anonshare.errors import DetectionError

__all__ = ["checked"]


def checked(texts: object) -> list[str]:
    """``texts`` as a list of strings, in their order.

    Raises DetectionError that names the number of the row, counted from 0, and its type, never what stands there: for
    one string instead of a list (its letters would be read one by one), for bytes, None and numbers among the texts.
    """
    if isinstance(texts, str | bytes | bytearray | Mapping) or not isinstance(texts, Iterable):
        raise DetectionError(
            f"The texts are not a list of notes but one {type(texts).__name__}.",
            hint="Give a list with a string a note.",
        )
    notes = list(texts)
    for row, note in enumerate(notes):
        if not isinstance(note, str):
            raise DetectionError(
                f"Note {row} is no text but {_kind(note)}.",
                hint="Leave rows without a note out, and decode bytes as UTF-8.",
            )
    return notes


def _kind(note: object) -> str:
    """The type of what is no note; that of a foreign class is a name that a stranger chose."""
    name = type(note).__name__
    return f"of type {name}" if type(note).__module__ == "builtins" else "of another type"
