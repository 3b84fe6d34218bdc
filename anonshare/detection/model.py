"""The models that read names, loaded once a process from weights that were checked."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from anonshare.detection.casing import as_written
from anonshare.detection.model_check import own_model, require_known, weights_folder
from anonshare.detection.nobody import nobody, without_article
from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.nationalities_words import STATE_BEHIND
from anonshare.errors import DetectionError, MissingExtra
from anonshare.shapes import Span

__all__ = ["SpacyModel", "model_for", "onnx_spans"]

SCORE = 0.85
"""What Presidio gives every entity of a spaCy model."""

POSSESSED = re.compile(r"['\u2019]s? .*\Z", re.DOTALL)
"""What a name possesses is no name: "Walker's Cautionary Tales"."""

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")

OWN = {"en": "en", "": "en", "fr": "fr"}
"""Language of a text -> the model that learned it. A text whose language is unsure is read by the English model."""

MASKERS = {"ro": ("fr", frozenset({"PERSON", "LOCATION"}))}
"""Language -> a neighbour's model that masks for it, and what of it is believed.

Measured as shares of names wholly masked: on Romanian news .40 to .50, with .50 of the letters right. On Spanish notes
86 of 100 words that a neighbour's model calls a person are none, on German law 99: there it does not take part.
"""


class SpacyModel:
    """A spaCy model behind Presidio's NLP engine. ``own`` tells a language's own model from a neighbour's."""

    def __init__(self, engine: Any, *, own: bool, entities: frozenset[str] | None = None) -> None:
        self.own = own
        self._engine = engine
        self._entities = entities

    def find(self, readings: Sequence[Reading]) -> list[tuple[Span, ...]]:
        """The spans of each reading, in its characters. Raises DetectionError where the model fails."""
        found = None
        with suppress(Exception), self._engine.memory_zone():  # whatever a model raises may hold the text
            found = self._engine.entities([as_written(reading) for reading in readings])
        if found is None:
            raise DetectionError("The language model failed in the middle of a text.")
        return [tuple(self._spans(r.text, one)) for r, one in zip(readings, found, strict=True)]

    def _spans(self, text: str, entities: Sequence[tuple[int, int, str]]) -> Iterator[Span]:
        for begin, finish, entity in entities:
            start, end = without_article(text, begin, finish)
            if self._entities is not None and entity not in self._entities:
                continue
            if not self.own:
                start, end = _capitals(text, start, end)
            if entity == "PERSON":
                end = start + len(POSSESSED.sub("", text[start:end]))
            if entity == "NRP" and _of_a_state(text, end):
                continue
            if (
                start < end
                and not nobody(text[start:end])
                and not (entity == "ORGANIZATION" and "\n" in text[start:end])
            ):
                yield Span(start, end, entity, SCORE, "ner" if self.own else "masker")


def _of_a_state(text: str, end: int) -> bool:
    """Whether a State follows: "Turkish law" names nobody."""
    behind = WORD.match(text, end + 1)
    return behind is not None and text[end : end + 1] == " " and behind.group().casefold() in STATE_BEHIND


def _capitals(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a neighbour's span from its first capital to the end of its last capitalized word; empty for none.

    A single word where a sentence begins has a capital anyway and is not believed.
    """
    words = [m for m in WORD.finditer(text, start, end) if m.group()[0].isupper()]
    if not words or (
        len(words) == 1 and not text[max(0, words[0].start() - 2) : words[0].start()].strip(" \"'(").isalnum()
    ):
        return start, start
    return words[0].start(), words[-1].end()


@cache
def model_for(language: str, allowed: frozenset[str]) -> SpacyModel | None:
    """The model that takes part in texts of a language: its own, a neighbour's as a masker, or none.

    Raises MissingExtra or DetectionError.
    """
    if language in OWN:
        folder = weights_folder() if OWN[language] == "en" else own_model(OWN[language], allowed)
        return SpacyModel(_engine(folder, OWN[language], allowed), own=True) if folder is not None else None
    if language in MASKERS:
        neighbour, entities = MASKERS[language]
        folder = own_model(neighbour, allowed)
        if folder is not None:
            return SpacyModel(_engine(folder, neighbour, allowed), own=False, entities=entities)
    return None


@cache
def _engine(folder: Path, language: str, allowed: frozenset[str]) -> Any:
    try:
        import presidio_analyzer
    except ImportError:
        raise MissingExtra("Reading notes", "share") from None
    _silence(presidio_analyzer)
    require_known(folder, allowed)
    from anonshare.detection.offline import offline_nlp

    return offline_nlp(folder, language)


@cache
def _onnx(allowed: frozenset[str]) -> Any:
    from anonshare.detection.onnx_model import OnnxSource

    return OnnxSource(allowed=allowed)


def onnx_spans(readings: Sequence[Reading], allowed: frozenset[str]) -> list[tuple[Span, ...]]:
    """What the optional model finds in each reading. Raises MissingExtra or DetectionError."""
    found: list[tuple[Span, ...]] = _onnx(allowed).find([reading.text for reading in readings])
    return found


def _silence(package: Any) -> None:
    """Presidio installs a handler at INFO, and its decision trace writes text: no log of it leaves."""
    for name in (package.__name__, "presidio-analyzer"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    if not hasattr(package, "AnalyzerEngine"):
        raise DetectionError("Presidio is installed in a version that is not known here.")
