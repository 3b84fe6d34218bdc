"""What finds personal data in the notes of a language, and how far names are covered there."""

from __future__ import annotations

from functools import cache

from anonshare.detection.language_codes import SCRIPTS, UNSURE
from anonshare.detection.model import MASKERS, OWN
from anonshare.detection.model_check import digest_of, own_model, weights_folder
from anonshare.shapes import NamesBy

__all__ = ["digest_for", "names_by", "sources_of"]

LISTED = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Scripts of which the lists hold thousands of first names and of surnames; of others they hold a few at most."""


def names_by(language: str, *, model: bool) -> NamesBy:
    """How names are found in a language: by a model that learned it (``model``), by lists, or not at all."""
    if model:
        return "model"
    return "lists" if SCRIPTS.get(language, "LATIN") in LISTED else "none"


def sources_of(language: str, *, model: bool, masker: bool) -> tuple[str, ...]:
    """What takes part, the same for every note of a language."""
    lists = ("lists",) if names_by(language, model=False) == "lists" else ()
    return ("rules", "known values", *lists, *(("model",) if model else ("masker",) if masker else ()))


@cache
def digest_for(language: str, allowed: frozenset[str] = frozenset()) -> str:
    """The digest of the weights that read a language, a neighbour's too; empty where none does.

    Raises DetectionError where an installed model is not the one that was checked.
    """
    read = OWN.get("" if language == UNSURE else language)
    if read == "en":
        return digest_of(weights_folder())
    neighbour = read or (MASKERS[language][0] if language in MASKERS else None)
    folder = own_model(neighbour, allowed) if neighbour else None
    return digest_of(folder) if folder is not None else ""
