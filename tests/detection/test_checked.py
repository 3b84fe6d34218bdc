"""What a caller gives is looked at first: one clear error for each kind of nonsense, never with a value."""

from __future__ import annotations

import pytest

from anonshare.detection import Detector, KnownValue, mask_notes, rewrite
from anonshare.detection.reading import Reading
from anonshare.detection.view import View, view_of
from anonshare.errors import DetectionError
from anonshare.shapes import Span

CANARY = "Zq7Canary"


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=["RO"])


@pytest.mark.parametrize("countries", ["RO", ["UK"], ["ro"], ["Romania"], [None], [7]])
def test_countries_are_codes(countries):
    """A country that is none is refused: UK is no code, and a text is no list."""
    with pytest.raises(DetectionError, match="country"):
        Detector(countries=countries)


@pytest.mark.parametrize("language", ["EN", "en-US", "english", [5], ["e"]])
def test_languages_are_codes(detector, language):
    """A language that is no code is refused, for without its model names would be missed in silence."""
    with pytest.raises(DetectionError, match="language"):
        detector.find([CANARY], language)


@pytest.mark.parametrize("known", [[["Maria"]], [None], ["Maria"], [[None]]])
def test_known_values_are_known_values(detector, known):
    """Something else in place of a known value is told by its row."""
    with pytest.raises(DetectionError, match="note 0") as error:
        detector.find([CANARY], known=known)
    assert "Maria" not in str(error.value)


@pytest.mark.parametrize("value", [None, 7, b"x", float("nan")])
def test_a_known_value_is_text(value):
    """A cell that is no text is refused where it is made."""
    with pytest.raises(DetectionError):
        KnownValue(value)


@pytest.mark.parametrize("groups", ["a", [["x"]], [7]])
def test_groups_are_texts(detector, groups):
    """The name of a group is a text; None is a text of its own."""
    with pytest.raises(DetectionError):
        detector.find([CANARY], groups=groups)


def test_no_group_is_shared(detector):
    """Texts without a group share nothing, and texts of one share its names."""
    texts = ["Mrs Halloway arrived.", "the file of Halloway is open"]
    apart = detector.find(texts, "en", groups=[None, None])
    assert not any(span.source == "repeated" for span in apart[1])


def test_what_is_read_is_not_shown():
    """The representation of what is read, which a traceback prints, does not hold it."""
    assert CANARY not in repr(Reading(CANARY)) + repr(Reading(CANARY).words) + repr(View(CANARY)) + repr(
        view_of(CANARY)
    )


def test_a_replacement_that_fails_tells_nothing():
    """The words of a caller's error may hold the cell: none of them is kept, not even as context."""

    def fails(span, was):
        raise ValueError(was)

    with pytest.raises(DetectionError) as error:
        rewrite(CANARY, (Span(0, 9, "PERSON"),), fails)
    assert error.value.__context__ is None
    with pytest.raises(DetectionError):
        rewrite(CANARY, (Span(0, 9, "PERSON"),), lambda *_: None)


def test_a_replacement_that_changes_nothing_withholds(detector):
    """A note is withheld where a replacement gives back what stood there."""
    assert mask_notes(detector, ["Mrs Halloway arrived."], lambda _, was: was, "en") == [None]


@pytest.mark.parametrize("cell", ["unknown", "None", "Víctima", "N/A"])
def test_a_placeholder_is_no_name(detector, cell):
    """What stands in a cell for no name masks nothing."""
    (spans,) = detector.find([f"{cell} came by car."], "en", known=[[KnownValue(cell)]])
    assert not any(span.source == "known" for span in spans)
