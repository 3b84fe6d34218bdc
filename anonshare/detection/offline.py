"""Presidio's NLP engine from a folder that was checked: its own loader would download and install code."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

from anonshare.errors import DetectionError

__all__ = ["OfflineNlp", "offline_nlp"]

KEPT_PIPES = ("tok2vec", "ner")
BATCH = 64
"""Texts that the model computes at a time; more is no faster (measured)."""
OTHER_PIPES = ["tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer", "senter"]
IGNORED = [
    "CARDINAL",
    "DATE",
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
    "PER": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "NORP": "NRP",
    "ORG": "ORGANIZATION",
}


class OfflineNlp(SpacyNlpEngine):
    """spaCy from a folder that was checked, with the pipes that names need."""

    def __init__(self, folder: Path, language: str) -> None:
        configuration = NerModelConfiguration(
            model_to_presidio_entity_mapping=MAPPING, labels_to_ignore=IGNORED, low_score_entity_names=[]
        )
        super().__init__([{"lang_code": language, "model_name": str(folder)}], configuration)
        self._folder = folder
        self._language = language

    def load(self) -> None:
        """Load the checked weights, and nothing else."""
        pipeline = spacy.load(self._folder, exclude=OTHER_PIPES)
        if tuple(pipeline.pipe_names) != KEPT_PIPES:
            raise DetectionError("The language model has other parts than were checked.")
        self._pipeline = pipeline
        self.nlp = {self._language: pipeline}  # type: ignore[assignment]  # presidio declares None and assigns this

    @staticmethod
    def _download_spacy_model_if_needed(model_name: str) -> None:  # noqa: ARG004  presidio's signature
        raise DetectionError("A language model is never downloaded.", hint="Install requirements/share.txt.")

    def entities(self, texts: Sequence[str]) -> list[tuple[tuple[int, int, str], ...]]:
        """``(start, end, Presidio's entity type)`` of what the model names in each text."""
        return [
            tuple((e.start_char, e.end_char, MAPPING[e.label_]) for e in doc.ents if e.label_ in MAPPING)
            for doc in self._pipeline.pipe(texts, batch_size=BATCH)
        ]

    def memory_zone(self) -> AbstractContextManager[Any]:
        """The vocabulary of spaCy forgets the words of a batch: without it, it grows until memory ends (presidio#2033)."""
        zone: AbstractContextManager[Any] = self._pipeline.memory_zone()
        return zone


def offline_nlp(folder: Path, language: str) -> OfflineNlp:
    """The engine for the model of a language, loaded."""
    engine = OfflineNlp(folder, language)
    engine.load()
    return engine
