"""What strangers write cannot stop the notes pipeline: time grows with length, spans stay inside, nothing is told."""

from __future__ import annotations

import json
import logging
import traceback
import unicodedata
import warnings
from itertools import pairwise

import pytest

from anonshare.detection.engine import Detector
from anonshare.detection.known import KnownValue
from anonshare.detection.merge import merged
from anonshare.detection.rewrite import rewrite
from anonshare.detection.view import view_of
from anonshare.shapes import Span
from tests.growth import LINEAR, growth, seconds

SIZE = 4_000
MEGABYTE = 1_000_000
LONG = 120.0
"""Seconds of CPU that a megabyte may take: more than ten times what the worst of them takes."""
CANARY = "Zq7Canary"

PIECES = {
    "words": "the girl said that he took her to the house and left ",
    "names": "Maria Kovacs met John Smith in Paris. ",
    "capitals": "MARIA KOVACS WAS HERE ",
    "titles": "Mr. ",
    "labels": "Name: ",
    "commas": "Ana, ",
    "quoted": "\u201ea\u201d ",
    "digits": "1234567890",
    "digits apart": "1 ",
    "digits in words": "one two three ",
    "dashes": "1-",
    "slashes": "1/",
    "colons": "a:",
    "plus": "+40 721 ",
    "brackets": "(",
    "closed brackets": "[]()",
    "quotes": '"',
    "one letter": "a",
    "one capital": "A",
    "dots": "A.A.",
    "ats": "a@",
    "ats and dots": "a.b@c.",
    "handles": "@a #b ",
    "addresses": "http://a.",
    "hexadecimal": "f0",
    "markdown": "> > > **[a](b)** _x_ \n",
    "open objects": '{"a":',
    "hidden between": "a\u200b",
    "hidden alone": "\u200b",
    "bidirectional": "\u202ea\u202c",
    "combining": "\u0301",
    "combining each": "e\u0301",
    "emoji": "\U0001f600",
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "keycaps": "1\ufe0f\u20e3",
    "surrogates": "\ud800 ",
    "controls": "\x00\x07\x1b",
    "lines": "\n",
    "spaces": " ",
    "arabic": "\u0645\u0631\u062d\u0628\u0627 ",
    "chinese": "\u6211",
    "eighteen for one": "\ufdfa ",
}


def flood(name, size):
    piece = PIECES[name]
    size //= max(1, len(unicodedata.normalize("NFKC", piece)) // max(1, len(piece)))
    return piece * (size // len(piece))


def markup(size):
    return "<div><b>" * (size // 20) + "Ana Pop" + "</b></div>" * (size // 20)


def as_json(size):
    return json.dumps([{"name": "Ana Pop", "phone": "+40 721 234 567", "deep": [[[[]]]]}] * (size // 70))


def different_names(size):
    return " ".join(
        f"Mrs {chr(65 + i % 26)}a{chr(97 + i // 26 % 26)}{chr(97 + i // 676 % 26)}ov." for i in range(size // 12)
    )


BUILT = {name: (lambda size, name=name: flood(name, size)) for name in PIECES} | {
    "markup": markup,
    "json": as_json,
    "different names": different_names,
}  # fmt: skip


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests, its model loaded."""
    made = Detector(countries=("RO", "GB"))
    made.find(["Maria Kovacs called +40 721 234 567."])
    return made


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BUILT))
def test_time_grows_with_length(detector, name):
    """A text is read in time that grows with it; spans lie inside."""

    def read(text):
        (spans,) = detector.find([text])
        assert all(0 <= s.start < s.end <= len(text) for s in spans)

    assert growth(read, BUILT[name], SIZE) < LINEAR


@pytest.mark.slow
@pytest.mark.parametrize("name", list(BUILT))
def test_the_view_is_linear(name):
    """What a note is read as comes in time that grows with it, and every place leads back."""
    assert growth(view_of, BUILT[name], MEGABYTE // 32) < LINEAR
    text = BUILT[name](MEGABYTE // 32)
    view = view_of(text)
    size = len(view.text)
    for start in range(0, size, max(1, size // 50)):
        a, b = view.original(start, min(size, start + 3))
        assert 0 <= a <= b <= len(text)


def test_merging_is_linear():
    """Spans side by side are merged in time that grows with their number."""

    def spans(count):
        return "word " * count, [Span(i, i + 4, "PERSON", 0.8, "ner") for i in range(0, 5 * count - 9, 5)]

    assert growth(lambda made: merged(*made), spans, 3_000) < LINEAR
    assert all(a.end <= b.start for a, b in pairwise(merged(*spans(3_000))))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["one letter", "digits", "ats", "hidden alone", "controls", "markup"])
def test_a_megabyte(detector, name):
    """A note of a megabyte is read to its end: the name behind the flood is found, in bounded time."""
    text = BUILT[name](MEGABYTE) + " \n\nMrs Halloway called. "
    found = []
    assert seconds(lambda note: found.extend(detector.find([note])), text) < LONG
    assert any("Halloway" in text[s.start : s.end] for s in found[0])


@pytest.mark.slow
def test_many_known_values_are_bounded(detector):
    """Known values of one note, each with marks of patterns, are searched in time that grows with their number."""

    def values(count):
        return [tuple(KnownValue(f"({i}) [a+]*{i:06}\\", "ID_NUMBER") for i in range(count))]

    assert growth(lambda known: detector.find([flood("digits", SIZE)], known=known), values, 250) < LINEAR


class Broken:
    """A model that fails in the middle and says what it read, as libraries do."""

    def __call__(self, text, *_, **__):
        raise ValueError(f"cannot read {text!r}")

    def pipe(self, texts, *_, **__):
        for text in texts:
            raise ValueError(f"cannot read {text!r}")
        yield


def broken_model(detector, monkeypatch):
    from spacy.language import Language

    monkeypatch.setattr(Language, "pipe", lambda self, texts, *a, **k: Broken().pipe(texts))
    monkeypatch.setattr(Language, "__call__", Broken())
    detector.find([f"Mrs {CANARY} called +40 721 234 567."])


NOTE = f"Mrs {CANARY} called {CANARY}@mail.example from +40 721 234 567."
ERRORS = {
    "groups of another length": lambda d, m: d.find([NOTE], groups=["a", CANARY]),
    "known values of another length": lambda d, m: d.find([NOTE], known=[(KnownValue(CANARY),), (KnownValue(CANARY),)]),
    "a span outside": lambda d, m: rewrite(NOTE, (Span(0, len(NOTE) + 1, "PERSON"),), lambda *_: ""),
    "spans that overlap": lambda d, m: rewrite(NOTE, (Span(4, 9, "PERSON"), Span(5, 8, "PERSON")), lambda *_: ""),
    "a model that fails": broken_model,
}


@pytest.mark.parametrize("name", list(ERRORS))
def test_no_error_shows_a_text(detector, monkeypatch, caplog, name):
    """Errors of the room, their causes and what was logged or warned meanwhile hold nothing of the text."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned, pytest.raises(Exception) as raised:
        warnings.simplefilter("always")
        ERRORS[name](detector, monkeypatch)
    # messages and causes, not source lines: those of this file hold the canary itself
    told = [
        str(raised.value),
        repr(raised.value),
        *causes(raised.value),
        caplog.text,
        *(str(w.message) for w in warned),
    ]
    assert not [what for what in told if CANARY in what]


def causes(error):
    """The last lines of an error and of everything that a traceback would show above it."""
    shown = traceback.TracebackException(type(error), error, None)
    while shown:
        yield from shown.format_exception_only()
        shown = shown.__cause__ or (None if shown.__suppress_context__ else shown.__context__)


def test_quiet_work_shows_nothing(detector, caplog, capfd):
    """Reading notes logs, warns and prints nothing of them, on any level."""
    caplog.set_level(logging.DEBUG)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        detector.find([NOTE, f"{CANARY} " * 50, f"\ud800{CANARY}"], known=[(KnownValue(CANARY),)] * 3, groups=["a"] * 3)
    out, err = capfd.readouterr()
    assert CANARY not in caplog.text + out + err + "".join(str(w.message) for w in warned)
