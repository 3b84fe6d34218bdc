"""In which language a note is, offline, among the languages that the policy names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from anonshare.errors import DetectionError, MissingExtra

__all__ = ["languages_of"]


@cache
def _identifier(languages: tuple[str, ...]) -> Any:
    try:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier
    except ImportError:
        raise MissingExtra("Telling languages apart", "share") from None
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    if languages:
        try:
            identifier.set_languages(list(languages))
        except ValueError:
            raise DetectionError(
                "The policy names a language that cannot be told apart here.", hint="Use two-letter codes, such as ro."
            ) from None
    return identifier


def languages_of(texts: Sequence[str], languages: Sequence[str]) -> list[str]:
    """The language of each text (ISO 639-1); among ``languages`` where some are given."""
    identifier = _identifier(tuple(sorted(set(languages))))
    return [str(identifier.classify(text)[0]) for text in texts]
