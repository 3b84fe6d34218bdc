"""Detection: offline, checked, deterministic, silent."""

from __future__ import annotations

import builtins
import json
import logging
import os
import shutil
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection import language, model, model_check
from anonshare.detection.engine import Detector
from anonshare.detection.language import languages_of
from anonshare.detection.model_check import MODEL, check_installed, digest_of, require_known, weights_folder
from anonshare.detection.offline import OfflineNlp
from anonshare.errors import DetectionError, MissingExtra
from anonshare.samples.cases import cases

SHARED = Path(__file__).parents[2].parent / "shared" / "data" / "detection"


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO", "GB"))


def test_it_finds_what_it_should(detector):
    """Names, places, phones, e-mails, handles and documents are found in one sentence."""
    text = "John Smith of London took her passport (AB1234567), wrote as @luna_77 and called +40 721 234 567 or a@example.org."
    (spans,) = detector.detect([text])
    found = {(s.entity, text[s.start : s.end]) for s in spans}
    assert {
        ("PERSON", "John Smith"),
        ("LOCATION", "London"),
        ("PASSPORT", "AB1234567"),
        ("HANDLE", "@luna_77"),
    } <= found
    assert {e for e, _ in found} >= {"PHONE_NUMBER", "EMAIL_ADDRESS"}


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_offsets(texts):
    """Spans lie inside their text, are sorted, and equal texts have equal spans."""
    detector = Detector(countries=("GB", "RO"))
    for text, spans in zip(texts, detector.detect(texts), strict=True):
        assert list(spans) == sorted(set(spans))
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert detector.detect(texts + texts) == detector.detect(texts) * 2


def test_batches_do_not_matter(detector):
    """The same text has the same spans alone and among many."""
    notes = list(cases(40, seed=2).cells["notes"])[:40]
    together = detector.detect(notes)
    assert [detector.detect([note])[0] for note in notes[:6]] == together[:6]


def test_no_socket_and_no_log(detector, monkeypatch, caplog):
    """Nothing is looked up, not even for an e-mail, and no log record carries text."""

    def refuse(*args, **kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    with caplog.at_level(0):
        Detector(countries=("GB", "RO")).detect(
            ["Zq7Canary wrote to zq7canary@example.org on 3 May 2024 about ORG Ltd"]
        )
    assert "anary" not in "".join(record.getMessage() for record in caplog.records)
    assert not logging.getLogger("presidio-analyzer").propagate


def test_the_model_is_the_checked_one():
    """The installed weights are on our list; one flipped byte and they are refused unless the policy names them."""
    assert "weights as checked" in check_installed()
    assert digest_of(weights_folder()) in model_check.known()


def test_a_touched_model_is_refused(tmp_path):
    """A model with one changed byte is refused, and can be allowed by its digest."""
    copy = tmp_path / "model"
    shutil.copytree(weights_folder(), copy)
    weights = copy / "ner" / "model"
    data = bytearray(weights.read_bytes())
    data[1000] ^= 1
    weights.write_bytes(data)
    with pytest.raises(DetectionError) as error:
        require_known(copy)
    assert error.value.reason == "unknown-model"
    assert digest_of(copy) in error.value.hint
    assert require_known(copy, frozenset({digest_of(copy)})) == digest_of(copy)


def test_a_missing_model_is_told():
    """A model that is not installed is an error that says where it comes from; nothing is downloaded."""
    with pytest.raises(DetectionError, match="not installed"):
        weights_folder("no_such_model_here")
    with pytest.raises(DetectionError, match="never downloaded"):
        OfflineNlp._download_spacy_model_if_needed(MODEL)


def test_missing_parts_are_told(monkeypatch):
    """Without Presidio or the language identifier the part that brings them is named."""
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name in {"presidio_analyzer", "py3langid.langid"}:
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(MissingExtra):
        model._engine.__wrapped__(weights_folder(), "en", frozenset())
    with pytest.raises(MissingExtra):
        language._identifier.__wrapped__(("en",))


def test_languages():
    """Notes of the samples are told apart among the policy's languages; an unknown code is refused."""
    made = cases(120, seed=8)
    told = languages_of(made.cells["notes"], ("en", "es", "fr", "ro"))
    assert sum(a == b for a, b in zip(told, made.cells["language"], strict=True)) > 0.97 * made.rows
    assert languages_of(["Dies ist ein deutscher Satz über das Wetter."], ()) == ["de"]
    with pytest.raises(DetectionError):
        languages_of(["x"], ("xx",))


def test_names_in_generated_sentences(detector):
    """Of the persons in Presidio's own generated sentences more than seven tenths are touched."""
    path = SHARED / "presidio_research_generated_large.json"
    if not path.is_file():
        assert not os.environ.get("CI")
        pytest.skip("the public data sets are not beside this checkout")
    rows = json.loads(path.read_text("utf-8"))[:200]
    gold = touched = 0
    for row, spans in zip(rows, detector.detect([r["full_text"] for r in rows]), strict=True):
        for span in row["spans"]:
            if span["entity_type"] == "PERSON":
                gold += 1
                touched += any(s.start < span["end_position"] and s.end > span["start_position"] for s in spans)
    assert gold > 50
    assert touched > 0.7 * gold
