"""Presidio's two parts that would reach for the network, replaced: the e-mail recognizer and the model loader."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import spacy
import tldextract
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine
from presidio_analyzer.predefined_recognizers import EmailRecognizer

from anonshare.errors import DetectionError

__all__ = ["OfflineEmail", "OfflineNlp", "offline_nlp"]

SUFFIXES = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
KEPT_PIPES = ("tok2vec", "ner")
IGNORED = [
    "CARDINAL",
    "EVENT",
    "LANGUAGE",
    "LAW",
    "MONEY",
    "ORDINAL",
    "PERCENT",
    "PRODUCT",
    "QUANTITY",
    "TIME",
    "WORK_OF_ART",
]
MAPPING = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "NORP": "NRP",
    "ORG": "ORGANIZATION",
    "DATE": "DATE_TIME",
}


class OfflineEmail(EmailRecognizer):
    """E-mail addresses by the public suffix list that ships with tldextract; nothing is looked up."""

    def validate_result(self, pattern_text: str) -> bool:
        """Whether the domain ends in a public suffix."""
        return bool(SUFFIXES(pattern_text.rpartition("@")[2]).suffix)


class OfflineNlp(SpacyNlpEngine):
    """spaCy from a folder that was checked, with the pipes that names need."""

    def __init__(self, folder: Path) -> None:
        configuration = NerModelConfiguration(
            model_to_presidio_entity_mapping=MAPPING, labels_to_ignore=IGNORED, low_score_entity_names=[]
        )
        super().__init__([{"lang_code": "en", "model_name": str(folder)}], configuration)
        self._folder = folder

    def load(self) -> None:
        """Load the checked weights, and nothing else."""
        pipeline = spacy.load(self._folder, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
        if tuple(pipeline.pipe_names) != KEPT_PIPES:
            raise DetectionError("The language model has other parts than were checked.")
        self._pipeline = pipeline
        self.nlp = {"en": pipeline}  # type: ignore[assignment]  # presidio declares None and assigns this

    @staticmethod
    def _download_spacy_model_if_needed(model_name: str) -> None:  # noqa: ARG004  presidio's signature
        raise DetectionError("A language model is never downloaded.", hint="Install requirements/share.txt.")

    def artifacts(self, texts: Sequence[str]) -> Iterator[tuple[str, Any]]:
        """Each text with what the model found in it."""
        for doc in self._pipeline.pipe(texts, batch_size=len(texts) or 1):
            yield doc.text, self._doc_to_nlp_artifact(doc, "en")

    def memory_zone(self) -> AbstractContextManager[Any]:
        """The vocabulary of spaCy forgets the words of a batch: without it, it grows until memory ends (presidio#2033)."""
        zone: AbstractContextManager[Any] = self._pipeline.memory_zone()
        return zone


def offline_nlp(folder: Path) -> OfflineNlp:
    """The engine, loaded."""
    engine = OfflineNlp(folder)
    engine.load()
    return engine
