"""What a foreign recognizer gets of a text beside it: its words, in Presidio's form, and nothing that logs them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar

from anonshare.errors import AnonshareError, DetectionError

__all__ = ["LOGGERS", "raised", "silent", "words_of"]

LOGGERS = ("presidio_analyzer", "presidio-analyzer", "presidio_anonymizer", "presidio-anonymizer", "decision_process")
"""Presidio's own: the first installs a handler at INFO, others write context words and decisions with text."""

T = TypeVar("T")


class _Engine:
    """Stands for Presidio's NLP engine where it asks which words count as context: all but marks."""

    def is_stopword(self, word: str, language: str) -> bool:
        """Whether a word is no context: none is, since a label may be one ("no", "id")."""
        del word, language
        return False

    def is_punct(self, word: str, language: str) -> bool:
        """Whether a word is a mark."""
        del language
        return not any(c.isalnum() for c in word)


@cache
def _tokenizer() -> Any:
    import spacy

    return spacy.blank("xx")


@contextmanager
def words_of(text: str) -> Iterator[Any]:
    """NlpArtifacts of a text: its tokens, each its own lemma in lower case, and no entities of a model.

    Presidio takes context from lemmas, and a pipeline without a lemmatizer gives none (reference: detection 6.5). They
    are valid inside of the ``with``: afterwards the vocabulary forgets the words, or it would grow with every note.
    """
    from presidio_analyzer.nlp_engine import NlpArtifacts

    silent()
    pipeline = _tokenizer()
    with pipeline.memory_zone():
        doc = pipeline.make_doc(text)
        places, lemmas = [token.idx for token in doc], [token.lower_ for token in doc]
        yield NlpArtifacts([], doc, places, lemmas, _Engine(), "xx")


def silent() -> None:
    """No logger of Presidio's reaches a handler of ours: their debug lines hold words of the text."""
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [logging.NullHandler()]
        logger.propagate = False


def raised(doing: Callable[[], T], failed: str) -> T:
    """What ``doing`` gives; whatever it raises becomes a DetectionError with the kind of the error, not its words.

    It is raised outside of the handler, so that the foreign error is not even its context.
    """
    kind = ""
    try:
        return doing()
    except AnonshareError:
        raise
    except Exception as error:  # noqa: BLE001  a stranger's code raises what it likes, and its words may hold the text
        kind = type(error).__name__
    raise DetectionError(f"{failed} ({kind[:40]}).", hint="Take it out, or mend it: no note is read without it.")
