"""The detector's laws: a text's spans depend on the text, its language, its known values and its group, on nothing else."""

from __future__ import annotations

import random
import traceback
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import detection
from anonshare.detection import engine
from anonshare.detection.checked import checked
from anonshare.detection.engine import Detector
from anonshare.detection.entities import DIRECT, ENTITIES, QUASI
from anonshare.detection.known import KnownValue
from anonshare.detection.model import SpacyModel
from anonshare.detection.windows import WINDOW
from anonshare.errors import DetectionError, InputError
from anonshare.samples.cases import cases
from benchmarks.identifiers import sentences

NOTES = [note or "" for note in cases(14, seed=31).cells["notes"]]
TEXTS = [
    *NOTES,
    "MARIA POPESCU MET JOHN SMITH IN LONDON",
    "Nombre: Rosa Díaz\nEdad: 30\nDomicilio: Calle Mayor 3, 2º B",
    "call zero seven two one two three four five six seven, or a@example.org",
    "Pan Kowalski mieszka w Krakowie.",
    "",
    " ",
    "\u200bMrs Halloway\u200b went",
    "Доля Петренко жила у Києві",
]


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO", "GB"))


@pytest.fixture(scope="module")
def alone(detector):
    """The spans of each text, each looked at alone."""
    return [detector.find([text])[0] for text in TEXTS]


def test_spans_are_in_order_inside_and_never_overlap(alone):
    """Spans are sorted, inside of their text, apart, not empty, of known types, and hold a letter, a digit or a mark."""
    for text, spans in zip(TEXTS, alone, strict=True):
        assert list(spans) == sorted(spans)
        assert all(0 <= s.start < s.end <= len(text) and s.entity in ENTITIES and s.source for s in spans)
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(0 < s.score <= 1 for s in spans)


@pytest.mark.parametrize("size", [1, 3, 64])
def test_a_text_has_the_same_spans_in_any_company(detector, alone, monkeypatch, size):
    """Alone, among others, in any order, twice, and in batches of any size, a text has the same spans."""
    monkeypatch.setattr(engine, "BATCH", size)
    order = [*range(len(TEXTS)), 0, 3]
    random.Random(size).shuffle(order)
    assert detector.find([TEXTS[i] for i in order]) == [alone[i] for i in order]


def test_other_groups_do_not_matter(detector, alone):
    """A text in a group of its own has the spans of one without a group; a group those that it has alone."""
    assert detector.find(TEXTS, groups=[str(i) for i in range(len(TEXTS))]) == alone
    mine = NOTES[:3]
    together = detector.find(mine, groups=["a"] * 3)
    found = detector.find([*TEXTS, *mine], groups=[*["b"] * len(TEXTS), *["a"] * 3])
    assert found[-3:] == together
    assert detector.find([*mine, *TEXTS], groups=[*["a"] * 3, *["b"] * len(TEXTS)])[:3] == together


def test_other_known_values_do_not_matter(detector, alone):
    """What is known of the person of one text changes nothing in another."""
    known = [(KnownValue("Halloway"), KnownValue("0721234567", "PHONE_NUMBER"))] + [()] * (len(TEXTS) - 1)
    assert detector.find(TEXTS, known=known)[1:] == alone[1:]
    assert detector.find(TEXTS, known=[()] * len(TEXTS)) == alone


def test_the_language_of_all_is_that_of_each(detector):
    """One language for all texts is the same as a list with it for each; None in a list is identified as None alone."""
    assert detector.find(TEXTS, "ro") == detector.find(TEXTS, ["ro"] * len(TEXTS))
    assert detector.find(TEXTS, [None] * len(TEXTS)) == detector.find(TEXTS) == detector.detect(TEXTS)
    mixed = detector.find(TEXTS, ["ro", *[None] * (len(TEXTS) - 1)])
    assert mixed[0] == detector.find(TEXTS[:1], "ro")[0]
    assert mixed[1:] == detector.find(TEXTS)[1:]


def test_equal_texts_are_read_once(detector, monkeypatch):
    """A model meets each distinct text once a language, however often it stands in the list."""
    met = Counter()
    real = SpacyModel.find

    def counted(self, readings):
        met.update(r.text for r in readings)
        return real(self, readings)

    monkeypatch.setattr(SpacyModel, "find", counted)
    text = "John Smith of London came here on Monday with his friend."
    found = detector.find([text, "He left the house then.", text, text], "en")
    assert met == Counter({text: 1, "He left the house then.": 1})
    assert found[0] == found[2] == found[3]
    detector.find([text, text], ["en", "fr"])
    assert met[text] <= 3


def test_a_name_found_once_is_found_in_its_group(without_model):
    """A name that any text of a group tells is found in all its texts, in capitals too, and in no other group."""
    texts = [
        "Mrs Zorbaxin arrived.",
        "the file of Zorbaxin is open",
        "ZORBAXIN left",
        "it says zorbaxin's, and so Zorbaxin",
    ]
    found = without_model.find(texts * 2, "en", groups=["a"] * 4 + ["b", "c", "d", "e"])
    for text, spans in zip(texts, found, strict=False):
        assert any("zorbaxin" in text[s.start : s.end].lower() and s.entity == "PERSON" for s in spans), text
    assert not any(s.source == "repeated" for spans in found[5:] for s in spans)
    assert found[4:] == without_model.find(texts, "en")
    assert found[:4] == without_model.find(texts, "en", groups=["z"] * 4)


@pytest.fixture
def without_model(monkeypatch):
    """A detector of rules, lists and known values alone: quick on long texts."""
    monkeypatch.setattr(engine, "model_for", lambda *_: None)
    return Detector(countries=("RO", "GB"))


def test_a_note_over_a_border_has_the_same_identifiers(without_model):
    """Wherever a window ends in a note, its identifiers are those of the note alone."""
    note = (
        NOTES[1]
        + " IBAN RO49 AAAA 1B31 0075 9384 0000, call +40 721 234 567 or zq7@example.org; Mrs Halloway, 4 Elm Road. "
    )
    (spans,) = without_model.find([note], "en")
    mine = [(s.start, s.end, s.entity) for s in spans if s.entity in DIRECT]
    assert len(mine) > 6
    for before in range(WINDOW - len(note) - 20, WINDOW + 10, 23):
        filler = ("lorem " * (before // 6 + 1))[: before - 1] + " "
        (found,) = without_model.find([filler + note + "lorem " * 200], "en")
        shifted = [
            (s.start - before, s.end - before, s.entity) for s in found if s.start >= before - 1 and s.entity in DIRECT
        ]
        assert shifted == mine


@settings(max_examples=12)
@given(st.lists(st.sampled_from(TEXTS), max_size=4), st.randoms(use_true_random=False))
def test_any_order_any_groups(texts, rng):
    """Turning texts round turns their spans round, with groups as without."""
    one = Detector(countries=("RO", "GB"))
    groups = [rng.choice("ab") for _ in texts]
    order = list(range(len(texts)))
    rng.shuffle(order)
    plain, grouped = one.find(texts, "en"), one.find(texts, "en", groups=groups)
    assert one.find([texts[i] for i in order], "en") == [plain[i] for i in order]
    masks = [[(s.start, s.end, s.entity) for s in spans] for spans in grouped]
    again = one.find([texts[i] for i in order], "en", groups=[groups[i] for i in order])
    assert [[(s.start, s.end, s.entity) for s in spans] for spans in again] == [masks[i] for i in order]


def test_every_type_is_one_of_ours(detector):
    """Whatever is found in notes and in sentences with the identifiers of this field has a type of the room's list."""
    texts = [s[0][0] for s in sentences(200)]
    spans = [s for found in (detector.find(texts, "en"), detector.find(TEXTS)) for each in found for s in each]
    assert {s.entity for s in spans} <= set(ENTITIES)
    assert len({s.entity for s in spans}) > 20
    assert not DIRECT.keys() & QUASI.keys()


SECRET = "yranaC7qZ"[::-1]
"""Turned round here, so that no line of a traceback shows it as source."""


class _Broken:
    """A model that raises with the text in its words."""

    def memory_zone(self):
        raise ValueError(SECRET)


def test_a_model_that_fails_tells_nothing(monkeypatch):
    """A model that raises in the middle is a DetectionError without the text, its cause or its context."""
    monkeypatch.setattr(engine, "model_for", lambda *_: SpacyModel(_Broken(), own=True))
    with pytest.raises(DetectionError) as error:
        Detector().find([f"{SECRET} came"], "en")
    assert SECRET not in "".join(traceback.format_exception(error.value))


BAD = [
    (None, "NoneType"), ("Zq7Canary", "one str"), (b"Zq7Canary", "one bytes"), (7, "one int"), ({"Zq7Canary": 1}, "one dict"),
    (["fine", None], "Note 1"), (["fine", b"Zq7Canary"], "Note 1"), ([7.5], "Note 0"), (["a", "b", ["Zq7Canary"]], "Note 2"),
    ([float("nan")], "Note 0"), ([KnownValue("Zq7Canary")], "another type"), ([("Zq7Canary",)], "Note 0"),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "told"), BAD)
@pytest.mark.parametrize("call", [checked, detection.find])
def test_what_is_no_list_of_notes_is_refused(call, texts, told):
    """What is no list of strings is refused with the number of the row and its type, and without the value."""
    with pytest.raises((DetectionError, InputError), match=told) as error:
        call(texts)
    assert "Canary" not in "".join(traceback.format_exception(error.value))
    assert error.value.hint


def test_any_iterable_of_strings_is_a_list_of_notes():
    """Lists, tuples and generators of strings are read in their order, an empty one too."""
    assert checked([]) == checked(()) == []
    assert checked(iter(["a", "b"])) == checked(("a", "b")) == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    ["\ud800 Maria Popescu", "Maria\x00 Popescu came", "\x00", "\udfff", "Maria Popescu \ud83d", "\ufeffMaria Popescu"],
)
def test_what_is_no_character(detector, text):
    """Lone surrogates, NUL and marks of byte order do not hide a name and stop nothing."""
    (spans,) = detector.find([text], "en")
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert ("Maria" not in text) or any("Maria" in text[s.start : s.end] for s in spans)
    assert detection.find([text], "en") == [list(Detector().find([text], "en")[0])]
