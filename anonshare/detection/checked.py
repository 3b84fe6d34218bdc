"""What a caller gives, looked at before anything is read: a note is a string, and a list of them is a list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from anonshare.codes.countries import country
from anonshare.detection.known import KnownValue
from anonshare.errors import DetectionError

__all__ = ["checked", "checked_countries", "checked_groups", "checked_known", "checked_languages"]

LANGUAGE = re.compile(r"[a-z]{2,3}")


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


def checked_countries(countries: Iterable[str]) -> frozenset[str]:
    """Countries as their two capital letters (ISO 3166-1 alpha-2). Raises DetectionError for another word."""
    if isinstance(countries, str) or not all(isinstance(one, str) and _alpha2(one) for one in countries):
        raise DetectionError(
            "A country of the detector is none.", hint="Give codes of two capital letters (ISO 3166-1): GB, RO, ES."
        )
    return frozenset(countries)


@cache
def _alpha2(code: str) -> bool:
    found = country(code)
    return len(code) == 2 and code.isupper() and found is not None and found.alpha2 == code


def checked_languages(languages: Iterable[str | None]) -> None:
    """Raises DetectionError for what is no code of a language (ISO 639)."""
    if not all(one is None or (isinstance(one, str) and LANGUAGE.fullmatch(one)) for one in languages):
        raise DetectionError("A language is no code.", hint="Use two small letters (ISO 639-1): es, ro, uk.")


def checked_known(known: Sequence[Sequence[KnownValue]] | None) -> None:
    """Raises DetectionError, with the number of the row, where a known value is none."""
    for row, values in enumerate(known or ()):
        if (
            not isinstance(values, Sequence)
            or isinstance(values, str)
            or not all(hasattr(one, "entity") for one in values)
        ):
            raise DetectionError(
                f"A known value of note {row} is none.",
                hint='Give KnownValue("...", "PERSON") for each cell of the person.',
            )


def checked_groups(groups: Sequence[str | None] | None) -> None:
    """Raises DetectionError where the name of a group is no text; None is a text of its own."""
    if isinstance(groups, str) or not all(one is None or isinstance(one, str) for one in groups or ()):
        raise DetectionError("A group of texts has no name.", hint="Give a text for each group, None for none.")
