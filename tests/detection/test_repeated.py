"""Numbers that were found once, in the other texts of their group and in other spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection.engine import Detector
from anonshare.detection.repeated import find_repeated, names_in
from anonshare.shapes import Span


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO",))


def found(text, names):
    return [(text[s.start : s.end], s.entity) for s in find_repeated(text, names)]


PLATE = "The plate B 123 ABC was seen."


@pytest.mark.parametrize("written", ["b123abc", "B-123-ABC", "B123 ABC", "b.123.abc", "B 123 ABC"])
def test_a_plate_in_another_note_of_the_group(detector, written):
    """A plate that a label told in one note is found in another of its group, whatever its case and marks."""
    other = f"Then {written} stood there."
    _, spans = detector.find([PLATE, other], "en", groups=["a", "a"])
    assert any(s.start <= 5 and s.end >= 5 + len(written) and s.entity == "LICENSE_PLATE" for s in spans)


def test_no_plate_outside_of_the_group(detector):
    """What one group says is not looked for in another."""
    other = "Then b.123.abc stood there."
    _, spans = detector.find([PLATE, other], "en", groups=["a", "b"])
    assert not [s for s in spans if s.source == "repeated"]


@given(st.sampled_from(["b123abc", "B-123-ABC", "b 123 abc"]), st.sampled_from(["{}7", "x{}", "{}d", "0{}"]))
def test_never_inside_of_a_longer_number(written, frame):
    """A number with a letter or a digit more is another one."""
    assert found(f"see {frame.format(written)} now", {"LICENSE_PLATE\tb123abc"}) == []
    assert found(f"see {written} now", {"LICENSE_PLATE\tb123abc"}) == [(written, "LICENSE_PLATE")]


@pytest.mark.parametrize(
    ("number", "entity", "source", "score"),
    [
        ("2019", "CASE_NUMBER", "label", 0.9), ("123456", "ID_NUMBER", "label", 0.9), ("AB1", "PASSPORT", "label", 0.9),
        ("AB123456", "PASSPORT", "shape", 0.4), ("AB123456", "PASSPORT", "ner", 0.9), ("12 May 2019", "DATE_TIME", "rule", 0.9),
        ("secret", "HANDLE", "rule", 0.9),
    ],
)  # fmt: skip
def test_what_is_not_looked_for(number, entity, source, score):
    """Short figures, guesses, dates and words without digits are masked where they stand and nowhere else."""
    assert names_in(number, (Span(0, len(number), entity, score, source),)) == set()


def test_what_is_looked_for():
    """A number that was proved or announced is looked for by its letters and digits."""
    assert names_in("AB-123 456", (Span(0, 10, "PASSPORT", 0.85, "label"),)) == {"PASSPORT\tab123456"}
    assert found("Then ab123456 and ab 12345", {"PASSPORT\tab123456", "Halloway"}) == [("ab123456", "PASSPORT")]
