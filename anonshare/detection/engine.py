"""Presidio and spaCy behind our own Detector: offline, in batches, deterministic, silent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.merge import merged
from anonshare.detection.model_check import require_known, weights_folder
from anonshare.detection.nobody import nobody
from anonshare.detection.patterns import find_patterns
from anonshare.detection.repeated import find_repeated, find_titled, names_in
from anonshare.detection.view import View, view_of
from anonshare.detection.windows import windows
from anonshare.errors import DetectionError, MissingExtra
from anonshare.shapes import Span

__all__ = ["BATCH", "PresidioDetector"]

BATCH = 64
MODEL_LANGUAGES = frozenset({"en"})
NAMES = {
    "PERSON": "PERSON",
    "LOCATION": "LOCATION",
    "NRP": "NATIONALITY",
    "DATE_TIME": "DATE",
    "ORGANIZATION": "ORGANIZATION",
}
OTHERS = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "CARD",
    "IP_ADDRESS": "IP",
    "URL": "URL",
    "CRYPTO": "WALLET",
}
THRESHOLD = {
    "PERSON": 0.4,
    "LOCATION": 0.4,
    "NRP": 0.4,
    "ORGANIZATION": 0.4,
    "DATE_TIME": 0.4,
    "PHONE_NUMBER": 0.4,
    "URL": 0.5,
}
"""The least score per entity; one threshold for all lets junk through or loses phones (reference: detection 4)."""


class PresidioDetector:
    """Rules and the English model. Other languages get the rules and the model as a weak masker; ``covers`` says so.

    ``countries`` are the regions (ISO alpha-2) whose phone numbers are looked for; ``allowed`` digests of models beyond
    the list that ships with us. Raises MissingExtra or DetectionError.
    """

    def __init__(self, *, countries: Sequence[str] = (), allowed: frozenset[str] = frozenset()) -> None:
        self._analyzer, self._nlp = _engine(tuple(sorted(set(countries))), allowed)

    def covers(self, language: str) -> bool:
        """Whether a model for names in this language takes part."""
        return language in MODEL_LANGUAGES

    def detect(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of every text, each distinct text looked at once; sorted and without overlap."""
        return self.find(texts)

    def find(
        self,
        texts: Sequence[str],
        *,
        known: Sequence[Sequence[KnownValue]] | None = None,
        groups: Sequence[str] | None = None,
    ) -> list[tuple[Span, ...]]:
        """The spans of every text. ``known[i]`` are identifying cells of the person whom ``texts[i]`` is about.

        Texts with the same entry in ``groups`` share their names: one found in any is found in all. Without groups a
        text is its own, so that a result never depends on what else is looked at. Raises DetectionError where the
        lengths differ.
        """
        if any(given is not None and len(given) != len(texts) for given in (known, groups)):
            raise DetectionError("Known values and groups are given for each text, or not at all.")
        views = {text: view_of(text) for text in dict.fromkeys(texts)}
        reads = list(dict.fromkeys(view.text for view in views.values()))
        seen = dict(zip(reads, self._seen(reads), strict=True))
        names = _names_of_groups([views[text].text for text in texts], seen, groups)
        return [
            _finished(text, views[text], seen[views[text].text], known[i] if known else (), names[i])
            for i, text in enumerate(texts)
        ]

    def _seen(self, reads: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        """What rules and the model see in each text, as it is read; a long text is read in windows."""
        pieces = [(number, offset, piece) for number, read in enumerate(reads) for offset, piece in windows(read)]
        found: list[set[Span]] = [set() for _ in reads]
        for start in range(0, len(pieces), BATCH):
            batch = pieces[start : start + BATCH]
            with self._nlp.memory_zone():
                artifacts = self._nlp.artifacts([piece for _, _, piece in batch])
                for (number, offset, piece), (_, artifact) in zip(batch, artifacts, strict=True):
                    found[number].update(_moved(span, offset) for span in self._spans(piece, artifact))
        return map(tuple, map(sorted, found))

    def _spans(self, text: str, artifacts: Any) -> tuple[Span, ...]:
        results = self._analyzer.analyze(text, language="en", nlp_artifacts=artifacts)
        own = [
            Span(r.start, r.end, (NAMES | OTHERS)[r.entity_type], round(float(r.score), 2), "presidio")
            for r in results
            if r.entity_type in NAMES | OTHERS
            and not (r.entity_type == "ORGANIZATION" and nobody(text[r.start : r.end]))
            and r.score >= THRESHOLD.get(r.entity_type, 0.5)
        ]
        return tuple(sorted({*own, *find_patterns(text), *find_titled(text)}))


def _names_of_groups(
    reads: Sequence[str], seen: Mapping[str, tuple[Span, ...]], groups: Sequence[str] | None
) -> list[frozenset[str]]:
    """The words of names that count in each text: its own, or those of all texts of its group."""
    if groups is None:
        own = {read: frozenset(names_in(read, seen[read])) for read in set(reads)}
        return [own[read] for read in reads]
    together: dict[str, set[str]] = {}
    for read, group in zip(reads, groups, strict=True):
        together.setdefault(group, set()).update(names_in(read, seen[read]))
    frozen = {group: frozenset(names) for group, names in together.items()}
    return [frozen[group] for group in groups]


def _finished(
    text: str, view: View, seen: Sequence[Span], known: Sequence[KnownValue], names: frozenset[str]
) -> tuple[Span, ...]:
    spans = [*seen, *find_repeated(view.text, names), *find_known(view.text, known)]
    return merged(text, (_in_original(view, span) for span in spans))


def _moved(span: Span, offset: int) -> Span:
    return replace(span, start=span.start + offset, end=span.end + offset)


def _in_original(view: View, span: Span) -> Span:
    start, end = view.original(span.start, span.end)
    return replace(span, start=start, end=end)


@cache
def _engine(countries: tuple[str, ...], allowed: frozenset[str]) -> tuple[Any, Any]:
    """The analyzer and its NLP engine, once per process and set of countries."""
    try:
        import presidio_analyzer
    except ImportError:
        raise MissingExtra("Reading notes", "share") from None
    _silence(presidio_analyzer)
    folder = weights_folder()
    require_known(folder, allowed)
    from anonshare.detection.offline import OfflineEmail, offline_nlp

    nlp = offline_nlp(folder)
    registry = presidio_analyzer.RecognizerRegistry(supported_languages=["en"])
    registry.recognizers = _recognizers(countries, OfflineEmail)
    analyzer = presidio_analyzer.AnalyzerEngine(
        registry=registry, nlp_engine=nlp, supported_languages=["en"], log_decision_process=False
    )
    return analyzer, nlp


def _recognizers(countries: tuple[str, ...], email: Any) -> list[Any]:
    from presidio_analyzer import predefined_recognizers as stock

    phones = stock.PhoneRecognizer(supported_regions=countries or ("GB",))
    simple = (
        stock.IbanRecognizer,
        stock.CreditCardRecognizer,
        stock.IpRecognizer,
        stock.UrlRecognizer,
        stock.CryptoRecognizer,
    )
    return [stock.SpacyRecognizer(), phones, email(), stock.DateRecognizer(), *(one() for one in simple)]


def _silence(package: Any) -> None:
    """Presidio installs a handler at INFO, and its decision trace writes text: no log of it leaves."""
    for name in (package.__name__, "presidio-analyzer"):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
    if not hasattr(package, "AnalyzerEngine"):
        raise DetectionError("Presidio is installed in a version that is not known here.")
