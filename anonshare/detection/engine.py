"""The detector: rules, lists and models read each distinct text once, offline, in batches, and silently."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from anonshare.detection.checked import checked, checked_countries, checked_groups, checked_known, checked_languages
from anonshare.detection.clusters import clustered
from anonshare.detection.entities import DIRECT
from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.language import identified
from anonshare.detection.merge import merged
from anonshare.detection.model import model_for, onnx_spans
from anonshare.detection.reading import Reading
from anonshare.detection.repeated import find_repeated, names_in
from anonshare.detection.rewrite import rewrite
from anonshare.detection.rules import find_rules
from anonshare.detection.view import View, view_of
from anonshare.detection.windows import windows
from anonshare.errors import DetectionError
from anonshare.shapes import Span

__all__ = ["BATCH", "BLANK", "Detector"]

BATCH = 512
"""Pieces between two times that spaCy forgets the words it met: fewer, and it learns the same words again and again."""

BLANK = "\u2588"
"""Stands where a span stood: no letter, no digit, and not removed by a view."""

SURE = 0.7
"""The least score of a label or a form that withholds a note: a weak one was weighed against its neighbours before."""

Read = tuple[str, str]
"""A text as it is read, and its language."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A window of a text: the text's number, where the window begins, and what stands in it."""

    number: int
    offset: int
    reading: Reading


class Detector:
    """How notes are looked at.

    ``countries`` are the regions (ISO alpha-2) whose phones and weak numbers are looked for; ``allowed`` digests of
    models beyond the list that ships with us; ``onnx`` adds the optional model of ``[onnx]``. Raises MissingExtra or
    DetectionError.
    """

    def __init__(
        self, *, countries: Sequence[str] = (), allowed: frozenset[str] = frozenset(), onnx: bool = False
    ) -> None:
        self._countries = checked_countries(countries)
        self._allowed = allowed
        self._onnx = onnx
        model_for("en", allowed)

    def covers(self, language: str) -> bool:
        """Whether a model that learned the names of this language takes part; without one there are rules and lists."""
        model = model_for(language, self._allowed)
        return model is not None and model.own

    def detect(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of every text, in the language that it seems to be in."""
        return self.find(texts)

    def find(
        self,
        texts: Sequence[str],
        language: str | Sequence[str | None] | None = None,
        *,
        known: Sequence[Sequence[KnownValue]] | None = None,
        groups: Sequence[str | None] | None = None,
    ) -> list[tuple[Span, ...]]:
        """The spans of every text. ``language`` is that of all texts, or of each (ISO 639-1; None: it is identified).

        ``known[i]`` are identifying cells of the person whom ``texts[i]`` is about. Texts with the same entry in
        ``groups`` share their names: one found in any is found in all. Without a group a text is its own, so that a
        result never depends on what else is looked at. Raises DetectionError where the lengths differ.
        """
        texts = checked(texts)
        checked_known(known)
        checked_groups(groups)
        spoken = [language] * len(texts) if language is None or isinstance(language, str) else list(language)
        if any(given is not None and len(given) != len(texts) for given in (spoken, known, groups)):
            raise DetectionError("Languages, known values and groups are given for each text, or not at all.")
        checked_languages(spoken)
        views = {text: view_of(text) for text in dict.fromkeys(texts)}
        reads = [(views[text].text, one) for text, one in zip(texts, _languages(texts, spoken), strict=True)]
        distinct = list(dict.fromkeys(reads))
        seen = dict(zip(distinct, self._seen(distinct), strict=True))
        names = _names_of_groups(reads, seen, groups)
        found = [
            _finished(text, views[text], seen[reads[i]], known[i] if known else (), names[i])
            for i, text in enumerate(texts)
        ]
        return clustered(texts, found, groups, known)

    def left_over(
        self,
        texts: Sequence[str],
        spans: Sequence[Sequence[Span]],
        *,
        known: Sequence[Sequence[KnownValue]] | None = None,
    ) -> list[tuple[Span, ...]]:
        """The second scan: what rules, validators and known values still see once ``spans`` are blanked.

        No model reads a text twice. The places are those of the texts. Raises DetectionError as ``rewrite`` does.
        """
        if len(spans) != len(texts) or (known is not None and len(known) != len(texts)):
            raise DetectionError("Spans and known values are given for each text.")
        return [
            self._left_in(rewrite(text, spans[i], lambda _, was: BLANK * len(was)), known[i] if known else ())
            for i, text in enumerate(texts)
        ]

    def _left_in(self, blank: str, known: Sequence[KnownValue]) -> tuple[Span, ...]:
        view = view_of(blank)
        cells = find_known(view.text, known)
        # blanks can leave a text without capitals, and then a word in small letters would be a name
        found = [s for s in cells if s.entity != "PERSON" or not view.text[s.start : s.end].islower()]
        for offset, piece in windows(view.text):
            found += [_moved(s, offset) for s in find_rules(Reading(piece), self._countries, "") if _sure(s)]
        return merged(blank, (_in_original(view, span) for span in found))

    def _seen(self, reads: Sequence[Read]) -> list[tuple[Span, ...]]:
        """What rules and models see in each text; memory is that of a batch of pieces and of the spans."""
        found: list[set[Span]] = [set() for _ in reads]
        for language in sorted({language for _, language in reads}):
            for batch in _batches(_pieces(reads, language)):
                for piece, spans in zip(batch, self._batch(batch, language), strict=True):
                    found[piece.number].update(_moved(span, piece.offset) for span in spans)
        return [tuple(sorted(spans)) for spans in found]

    def _batch(self, batch: Sequence[_Piece], language: str) -> Iterator[list[Span]]:
        readings = [piece.reading for piece in batch]
        model = model_for(language, self._allowed)
        by_model = model.find(readings) if model is not None else [()] * len(batch)
        more = onnx_spans(readings, self._allowed) if self._onnx else [()] * len(batch)
        for reading, spans, others in zip(readings, by_model, more, strict=True):
            yield [*find_rules(reading, self._countries, language), *spans, *others]


def _languages(texts: Sequence[str], given: Sequence[str | None]) -> Iterator[str]:
    """The language of each text, that of those without one identified; empty where that is unsure."""
    open_ones = list(dict.fromkeys(text for text, one in zip(texts, given, strict=True) if one is None))
    told = dict(zip(open_ones, identified(open_ones), strict=True)) if open_ones else {}
    for text, one in zip(texts, given, strict=True):
        yield one or told.get(text) or ""


def _pieces(reads: Sequence[Read], language: str) -> Iterator[_Piece]:
    """The windows of all texts of a language, long ones together, so that a batch is not padded by one of them."""
    for number, (read, spoken) in enumerate(reads):
        if spoken == language:
            yield from (_Piece(number, offset, Reading(piece)) for offset, piece in windows(read))


def _batches(pieces: Iterator[_Piece]) -> Iterator[list[_Piece]]:
    batch: list[_Piece] = []
    for piece in pieces:
        batch.append(piece)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _names_of_groups(
    reads: Sequence[Read], seen: Mapping[Read, tuple[Span, ...]], groups: Sequence[str | None] | None
) -> list[frozenset[str]]:
    """The words of names that count in each text: its own, or those of all texts of its group."""
    own = {read: frozenset(names_in(read[0], seen[read])) for read in set(reads)}
    if groups is None:
        return [own[read] for read in reads]
    together: dict[str, set[str]] = {}
    for read, group in zip(reads, groups, strict=True):
        if group is not None:
            together.setdefault(group, set()).update(own[read])
    frozen = {group: frozenset(names) for group, names in together.items()}
    return [own[read] if group is None else frozen[group] for read, group in zip(reads, groups, strict=True)]


def _finished(
    text: str, view: View, seen: Sequence[Span], known: Sequence[KnownValue], names: frozenset[str]
) -> tuple[Span, ...]:
    spans = [*seen, *find_repeated(view.text, names), *find_known(view.text, known)]
    return merged(text, (_in_original(view, span) for span in spans))


def _sure(span: Span) -> bool:
    """Whether what a second scan finds is a leak: an identifier that proves itself or has a label, or a titled name."""
    proven = span.source in {"check", "title"} or (span.source in {"label", "shape"} and span.score >= SURE)
    return span.entity in DIRECT and proven


def _moved(span: Span, offset: int) -> Span:
    return replace(span, start=span.start + offset, end=span.end + offset) if offset else span


def _in_original(view: View, span: Span) -> Span:
    if view.starts is None:
        return span
    start, end = view.original(span.start, span.end)
    return replace(span, start=start, end=end)
