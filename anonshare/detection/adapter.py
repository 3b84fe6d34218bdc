"""Presidio's users take what is ours: recognizers for an AnalyzerEngine, in every language that they ask for.

The way back is beside it: a user's own recognizers take part in ours (``adapter_in``), and our operators run in a
presidio-anonymizer pipeline (``adapter_anonymizer``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult

from anonshare.detection.adapter_anonymizer import anonymize_with_presidio, presidio_inputs
from anonshare.detection.adapter_in import with_recognizers
from anonshare.detection.engine import Detector
from anonshare.detection.entities import ENTITIES
from anonshare.detection.merge import merged
from anonshare.detection.reading import Reading
from anonshare.detection.rules import find_rules
from anonshare.detection.view import view_of
from anonshare.detection.windows import windows
from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = [
    "NotesRecognizer",
    "RulesRecognizer",
    "anonymize_with_presidio",
    "as_recognizers",
    "presidio_inputs",
    "with_recognizers",
]


class _Ours(EntityRecognizer):
    """What both have in common: no context words, no explanation, so that no trace of Presidio's carries text."""

    def __init__(self, name: str, language: str, countries: Sequence[str]) -> None:
        self.countries = frozenset(countries)
        super().__init__(sorted(ENTITIES), name=name, supported_language=language)

    def load(self) -> None:
        """Nothing: what is needed is loaded where the recognizer is made, so that a missing part is told there."""

    def analyze(
        self, text: str, entities: Sequence[str] | None = None, nlp_artifacts: Any = None
    ) -> list[RecognizerResult]:
        """Our spans as Presidio's results, of the entity types asked for; its artifacts are not looked at."""
        del nlp_artifacts
        wanted = frozenset(entities) if entities else ENTITIES.keys()
        return [
            RecognizerResult(span.entity, span.start, span.end, span.score)
            for span in self.spans(text)
            if span.entity in wanted
        ]

    def spans(self, text: str) -> Iterable[Span]:
        """The spans of a text, in its own characters."""
        raise NotImplementedError


class RulesRecognizer(_Ours):
    """All our rules and lists, without a model: they read any language."""

    def __init__(self, language: str, countries: Sequence[str] = ()) -> None:
        super().__init__("AnonshareRules", language, countries)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The spans of a text, in its own characters."""
        return merged(text, self._found(text))

    def _found(self, text: str) -> Iterator[Span]:
        view = view_of(text)
        for offset, piece in windows(view.text):
            for span in find_rules(Reading(piece), self.countries, self.supported_language):
                start, end = view.original(span.start + offset, span.end + offset)
                yield replace(span, start=start, end=end)


class NotesRecognizer(_Ours):
    """The whole pipeline of a note: view, rules, the model of the language, names found once found everywhere."""

    def __init__(self, language: str, countries: Sequence[str] = (), detector: Detector | None = None) -> None:
        self._detector = Detector(countries=countries) if detector is None else detector
        super().__init__("AnonshareNotes", language, countries)

    def spans(self, text: str) -> tuple[Span, ...]:
        """The spans of a text, in its own characters."""
        return self._detector.find([text], self.supported_language)[0]


def as_recognizers(
    *, countries: Sequence[str] = (), languages: Sequence[str] = ("en",), rules_only: bool = False
) -> list[EntityRecognizer]:
    """Our recognizers for ``registry.add_recognizer``: one for each language, all sharing one detector.

    ``countries`` are the regions (ISO alpha-2) whose phones and weak numbers are looked for; ``rules_only`` gives the
    rules without a model, for those who keep their own. Raises DetectionError where no language is named, MissingExtra
    or DetectionError where the model cannot be used.
    """
    if not languages:
        raise DetectionError("Presidio's recognizers belong to a language each, and none is named.")
    once = list(dict.fromkeys(languages))
    if rules_only:
        return [RulesRecognizer(language, countries) for language in once]
    detector = Detector(countries=countries)
    return [NotesRecognizer(language, countries, detector) for language in once]
