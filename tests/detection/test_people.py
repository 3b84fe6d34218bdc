"""Names of persons by lists and by how they are written: in any case, with any company, and words that are none."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from anonshare.detection.casing import NOISE, as_written
from anonshare.detection.engine import Detector
from anonshare.detection.entities import ENTITIES
from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.people import find_people
from anonshare.detection.people_words import ENDINGS, NOT_NAMES
from anonshare.detection.reading import Reading
from anonshare.detection.repeated import find_repeated, names_in
from anonshare.shapes import Span


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector()


def names(text):
    return {text[s.start : s.end] for s in find_people(Reading(text))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("then Maria Popescu came", "Maria Popescu"),
        ("con Juan de la Cruz ayer", "Juan de la Cruz"),
        ("mit Ludwig van Beethoven dort", "Ludwig van Beethoven"),
        ("avec Jean-Pierre Dupont hier", "Jean-Pierre Dupont"),
        ("cu Popescu Ana ieri", "Popescu Ana"),
        ("file of POPESCU, Ana, closed", "POPESCU, Ana"),
        ("and M.K. Popescu signed", "M.K. Popescu"),
        ("and Maria's bag", "Maria"),
        ("then Olena Petrenko came", "Olena Petrenko"),
        ("там Мария Иванова была", "Мария Иванова"),
        ("gặp Nguyễn Thị Lan hôm qua", "Nguyễn Thị Lan"),
        ("he met Will Smith there", "Will Smith"),
        ("the talk with Zhvaniashvili ended", "Zhvaniashvili"),
    ],
)
def test_a_name_is_found_whole(text, name):
    """A listed first name takes its surname, particles, initials and a surname before it along; an ending tells one."""
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "la enfermedad de Crohn", "el signo de Blumberg fue negativo", "a test of Spearman was made", "boala Parkinson",
        "the Hodgkin disease", "die Basedow krankheit", "the Hague convention",
    ],
)  # fmt: skip
def test_what_is_called_after_somebody_names_nobody(text):
    """A disease, a sign, a test or a law that bears a name is no name of a person in a note."""
    assert names(text) == set()


def test_no_weak_name_alone_is_a_name():
    """A first name that is a word too is none without a surname, in the middle of a sentence or at its beginning."""
    surnames = gazetteer("surnames")
    weak = [
        n
        for n in sorted(gazetteer("first_names").weak)
        if n.isalpha() and n not in surnames.strong and not n.endswith(ENDINGS)
    ]
    assert len(weak) > 1000
    assert [n for n in weak[::5] if names(f"so it said: {n.capitalize()}.")] == []
    assert [n for n in weak[::5] if names(f"{n.capitalize()} was there.")] == []


def test_words_that_stand_behind_names_are_none():
    """No word of the list of what is no name is part of one, whatever stands before it."""
    for word in {word for word in NOT_NAMES if word.isascii()} - gazetteer("first_names").strong:
        text = f"then Maria {word.capitalize()} was there"
        assert names(text) <= {"Maria"}, word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MARIA POPESCU MET JOHN SMITH IN LONDON", {"MARIA", "POPESCU", "JOHN", "SMITH", "LONDON"}),
        ("maria popescu met john smith in london", {"maria", "popescu", "john", "smith", "london"}),
        ("VICTIM ELENA IONESCU WAS TAKEN TO BARCELONA", {"ELENA", "IONESCU", "BARCELONA"}),
        ("yesterday fatima haddad called us from marseille", {"fatima", "haddad", "marseille"}),
        ("Then MARIA KOVACS said that ANDREI was there.", {"MARIA", "KOVACS", "ANDREI"}),
    ],
)
def test_names_where_case_says_nothing(detector, text, found):
    """Names in capitals, and in small letters, are found whole; a model alone misses both (presidio#1354, #1107)."""
    (spans,) = detector.find([text], "en")
    masked = {i for s in spans for i in range(s.start, s.end)}
    words = [word for word in ("TAKEN", "VICTIM", "yesterday", "came") if word in text]
    assert not masked & {text.index(word) for word in words}
    assert {w for w in found if not masked.issuperset(range(text.index(w), text.index(w) + len(w)))} == set()


@given(st.text(max_size=80) | st.text("Mm aA.'\u0130\u0131ßǆ!?\n", max_size=60))
@example("MARIA \u0130STANBUL STRASSE")
@example("ŉ" * 8)
@example("maria\u0301 ﬀﬀﬀﬀ")
@example("!" * 30 + "MARIA")
def test_the_copy_for_a_model_keeps_every_place(text):
    """The copy has the length of the text, and differs in case alone, or where a run of marks was blanked."""
    copy = as_written(Reading(text))
    assert len(copy) == len(text)
    noise = {i for m in NOISE.finditer(text) for i in range(*m.span())}
    for i, (a, b) in enumerate(zip(text, copy, strict=True)):
        assert a == b or (i in noise and b == " ") or b in {a.upper(), a.lower(), a.title()}


def test_a_text_with_case_is_left_as_it_is():
    """Where case means something, abbreviations and words stay as they stand."""
    text = "The EU and NATO met in Rome. She said no."
    assert as_written(Reading(text)) == text.replace("NATO", "Nato")
    assert as_written(Reading("MARIA WAS IN THE EU")) == "Maria WAS IN THE EU"
    assert as_written(Reading("VICTIM ELENA IONESCU WAS TAKEN")) == "victim Elena Ionescu WAS taken"
    assert (
        as_written(Reading("then maria popescu met ana and john smith")) == "then Maria Popescu met Ana and John Smith"
    )


@given(st.text(max_size=100))
def test_any_text(text):
    """Spans of any text lie inside of it, are names, and their score is one of three."""
    for span in find_people(Reading(text)):
        assert 0 <= span.start < span.end <= len(text)
        assert (span.entity, span.source) == ("PERSON", "names")
        assert span.entity in ENTITIES
        assert span.score in {0.45, 0.5, 0.6}


def test_second_mentions_are_of_names_alone():
    """Words of names count, not their titles, common words, or what stands in small letters elsewhere; weak ones never."""
    text = "Mrs Hope Halloway said: we hope that Halloway and Rosa come. Rosa"
    spans = (Span(0, 17, "PERSON", 0.85), Span(text.index("Rosa"), text.index("Rosa") + 4, "PERSON", 0.4))
    assert names_in(text, spans) == {"Halloway"}
    assert [text[s.start : s.end] for s in find_repeated(text, {"Halloway"})] == ["Halloway", "Halloway"]
    assert [s.start for s in find_repeated("HALLOWAY's Halloways", {"Halloway"})] == [0]
    assert list(find_repeated(text, set())) == []
