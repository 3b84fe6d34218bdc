"""Words that tell who somebody is, all in one pass over a text's words: nations, occupations, organisations, kin, letters."""

from __future__ import annotations

from collections.abc import Iterator

from anonshare.detection.reading import Reading
from anonshare.detection.recognizers.kin import find_kin, find_stand_ins
from anonshare.detection.recognizers.nationalities import find_nationalities
from anonshare.detection.recognizers.nationalities_phrases import Line
from anonshare.detection.recognizers.nationalities_states import find_states
from anonshare.detection.recognizers.occupations import find_occupations
from anonshare.detection.recognizers.organisations import find_organisations
from anonshare.shapes import Span

__all__ = ["find_lexical"]


def find_lexical(reading: Reading, language: str | None = None) -> Iterator[Span]:
    """``NRP``, ``LOCATION``, ``OCCUPATION``, ``ORGANIZATION`` and ``PERSON``, each as its own finder says."""
    line = Line(reading)
    yield from find_nationalities(line)
    yield from find_states(line, language)
    yield from find_occupations(line, language)
    yield from find_organisations(line, language)
    yield from find_kin(line)
    yield from find_stand_ins(line, language)
