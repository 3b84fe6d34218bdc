"""Presidio and spaCy behind our own Detector: offline, in batches, deterministic, silent."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from anonshare.detection.model_check import require_known, weights_folder
from anonshare.detection.patterns import find_patterns
from anonshare.errors import DetectionError, MissingExtra
from anonshare.shapes import Span

__all__ = ["BATCH", "PresidioDetector"]

BATCH = 64
MODEL_LANGUAGES = frozenset({"en"})
NAMES = {"PERSON": "PERSON", "LOCATION": "LOCATION", "NRP": "NATIONALITY", "DATE_TIME": "DATE"}
OTHERS = {
    "EMAIL_ADDRESS": "EMAIL",
    "PHONE_NUMBER": "PHONE",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "CARD",
    "IP_ADDRESS": "IP",
    "URL": "URL",
    "CRYPTO": "WALLET",
}
THRESHOLD = {"PERSON": 0.4, "LOCATION": 0.4, "NRP": 0.4, "DATE_TIME": 0.4, "PHONE_NUMBER": 0.4, "URL": 0.5}
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
        """The spans of every text, each distinct text looked at once; sorted and without doubles."""
        distinct = list(dict.fromkeys(texts))
        found = dict(zip(distinct, self._found(distinct), strict=True))
        return [found[text] for text in texts]

    def _found(self, texts: Sequence[str]) -> Iterator[tuple[Span, ...]]:
        for start in range(0, len(texts), BATCH):
            batch = list(texts[start : start + BATCH])
            with self._nlp.memory_zone():
                for text, artifacts in self._nlp.artifacts(batch):
                    yield self._spans(text, artifacts)

    def _spans(self, text: str, artifacts: Any) -> tuple[Span, ...]:
        results = self._analyzer.analyze(text, language="en", nlp_artifacts=artifacts)
        own = [
            Span(r.start, r.end, (NAMES | OTHERS)[r.entity_type], round(float(r.score), 2), "presidio")
            for r in results
            if r.entity_type in NAMES | OTHERS and r.score >= THRESHOLD.get(r.entity_type, 0.5)
        ]
        return tuple(sorted({*own, *find_patterns(text)}))


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
