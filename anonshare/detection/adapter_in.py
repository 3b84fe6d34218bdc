"""A user's own Presidio recognizers take part in our detection, and cannot make it leak, hang on or cut a word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from anonshare.detection.adapter_words import raised, words_of
from anonshare.detection.engine import Detector
from anonshare.detection.merge import merged
from anonshare.detection.view import view_of
from anonshare.detection.windows import windows
from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = ["WithRecognizers", "foreign_spans", "with_recognizers"]

THRESHOLD = 0.4
ENTITY = re.compile(r"[A-Z][A-Z0-9_]{1,39}")
NAME = re.compile(r"[^A-Za-z0-9_.-]+")


def with_recognizers(
    detector: Detector, recognizers: Sequence[Any], *, threshold: float | Mapping[str, float] = THRESHOLD
) -> WithRecognizers:
    """A detector that finds what ``detector`` does and what each of the Presidio recognizers does.

    ``threshold`` is the least score that counts, for all entity types or for each (others: 0.4). Raises DetectionError
    where something is not a recognizer of Presidio's.
    """
    return WithRecognizers(detector, recognizers, threshold)


class WithRecognizers:
    """Our detector and foreign recognizers; their spans have the source ``presidio:NAME``.

    Context words of a recognizer are looked for among the five words before a span, as whole words. Foreign
    recognizers read what ours read (digits as ASCII, hidden marks gone), in windows of 10,000 characters; they get no
    entities of a language model. A recognizer that raises, or gives what is no span of the text, is a DetectionError
    that names it and never the text.
    """

    def __init__(self, detector: Detector, recognizers: Sequence[Any], threshold: float | Mapping[str, float]) -> None:
        from presidio_analyzer import EntityRecognizer

        if not all(isinstance(one, EntityRecognizer) for one in recognizers):
            raise DetectionError("Only recognizers of Presidio's can take part in detection.")
        self._detector = detector
        self._recognizers = tuple(recognizers)
        self._threshold = threshold

    def covers(self, language: str) -> bool:
        """Whether a model for names in this language takes part."""
        return self._detector.covers(language)

    def detect(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of every text."""
        return self.find(texts)

    def find(self, texts: Sequence[str], *given: Any, **named: Any) -> list[tuple[Span, ...]]:
        """The spans of every text, sorted and without overlap; arguments and errors are those of the detector's ``find``."""
        ours = self._detector.find(texts, *given, **named)
        theirs = {text: tuple(self._foreign(text)) for text in dict.fromkeys(texts)}
        return [
            merged(text, [*spans, *theirs[text]]) if theirs[text] else spans
            for text, spans in zip(texts, ours, strict=True)
        ]

    def left_over(self, texts: Sequence[str], *given: Any, **named: Any) -> list[tuple[Span, ...]]:
        """The second scan of the detector, as it is called: foreign recognizers read no text twice."""
        return self._detector.left_over(texts, *given, **named)

    def _foreign(self, text: str) -> Iterator[Span]:
        view = view_of(text)
        for offset, piece in windows(view.text):
            for span in foreign_spans(self._recognizers, piece, self._threshold):
                start, end = view.original(span.start + offset, span.end + offset)
                yield replace(span, start=start, end=end)


def foreign_spans(
    recognizers: Sequence[Any], text: str, threshold: float | Mapping[str, float] = THRESHOLD
) -> list[Span]:
    """What recognizers of Presidio's find in a text as it is read, from their threshold on; sorted.

    Raises DetectionError, with the recognizer's name alone, where one raises or gives what is no span of the text.
    """
    found: set[Span] = set()
    with words_of(text) as artifacts:
        for one in recognizers:
            name = NAME.sub("_", str(one.name))[:40]
            results = raised(partial(_results, one, text, artifacts), f"The recognizer {name} failed")
            found.update(_span(result, name, text) for result in results)
    return sorted(span for span in found if span.score >= _least(threshold, span.entity))


def _results(recognizer: Any, text: str, artifacts: Any) -> list[Any]:
    from presidio_analyzer import RecognizerResult
    from presidio_analyzer.context_aware_enhancers import LemmaContextAwareEnhancer

    results = recognizer.analyze(text=text, entities=list(recognizer.supported_entities), nlp_artifacts=artifacts)
    results = list(results or ())
    if not results or not recognizer.context:
        return results
    for result in results:
        more = dict(result.recognition_metadata or {})
        result.recognition_metadata = {**more, RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id}
    enhancer = LemmaContextAwareEnhancer(context_matching_mode="whole_word")
    return list(enhancer.enhance_using_context(text, results, artifacts, [recognizer]))


def _span(result: Any, name: str, text: str) -> Span:
    start, end, score, entity = (getattr(result, key, None) for key in ("start", "end", "score", "entity_type"))
    whole = type(start) is int and type(end) is int and 0 <= start < end <= len(text)
    scored = isinstance(score, (int, float)) and 0 <= score <= 1
    named = isinstance(entity, str) and ENTITY.fullmatch(entity) is not None
    if not (whole and scored and named):
        raise DetectionError(
            f"The recognizer {name} gave what is no span of the text.",
            hint="A result has 0 <= start < end <= length, a score from 0 to 1, and an entity type in capitals.",
        )
    return Span(int(start or 0), int(end or 0), str(entity), round(float(score or 0), 2), f"presidio:{name}")


def _least(threshold: float | Mapping[str, float], entity: str) -> float:
    return threshold.get(entity, THRESHOLD) if isinstance(threshold, Mapping) else threshold
