"""Masked notes: rewritten where the second scan finds nothing, withheld where it does."""

from __future__ import annotations

import traceback

import pytest

from anonshare.detection import mask_notes
from anonshare.detection.engine import BLANK, Detector
from anonshare.detection.entities import DIRECT
from anonshare.detection.known import KnownValue
from anonshare.detection.rewrite import rewrite
from anonshare.errors import DetectionError
from anonshare.samples.cases import cases
from anonshare.shapes import Span

CELLS = {
    "first_name": "PERSON", "surname": "PERSON", "caseworker": "PERSON", "phone": "PHONE_NUMBER", "passport": "PASSPORT",
    "plate": "LICENSE_PLATE", "email": "EMAIL_ADDRESS", "handle": "HANDLE", "shelter": "SHELTER",
}  # fmt: skip
MADE = cases(24, seed=13)
NOTES = [note or "" for note in MADE.cells["notes"]]
KNOWN = [
    tuple(
        KnownValue(MADE.cells[c][i], e, "worker" if c == "caseworker" else "unit")
        for c, e in CELLS.items()
        if MADE.cells[c][i]
    )
    for i in range(MADE.rows)
]


def mark(span, was):
    return f"<{span.entity}>"


class Blind(Detector):
    """A detector whose first scan sees nothing of one entity type."""

    def __init__(self, entity):
        super().__init__(countries=("RO", "GB"))
        self.entity = entity

    def find(self, *args, **kwargs):
        return [tuple(s for s in spans if s.entity != self.entity) for spans in super().find(*args, **kwargs)]


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO", "GB"))


def test_masked_notes_are_the_texts_without_their_spans(detector):
    """What passes the second scan is the text rewritten; each span is replaced once, and no cell of the row is left."""
    found = detector.find(NOTES, known=KNOWN)
    masked = mask_notes(detector, NOTES, mark, known=KNOWN)
    assert masked == [rewrite(text, spans, mark) for text, spans in zip(NOTES, found, strict=True)]
    for text, cells in zip(masked, KNOWN, strict=True):
        assert not any(k.value in text for k in cells if len(k.value) > 3)


def test_nothing_is_left_over_in_generated_notes(detector):
    """The second scan of generated notes finds nothing, with the columns known and without."""
    for known in (None, KNOWN):
        assert not any(detector.left_over(NOTES, detector.find(NOTES, known=known), known=known))


@pytest.mark.parametrize(
    ("entity", "text", "known"),
    [
        ("PHONE_NUMBER", "She can be reached at +40 721 234 567 now.", ()),
        ("EMAIL_ADDRESS", "He wrote from zq7@example.org again.", ()),
        ("IBAN_CODE", "Paid to RO49 AAAA 1B31 0075 9384 0000 in May.", ()),
        ("PASSPORT", "her passport no. AB1234567 was taken", ()),
        ("PERSON", "They found that Mrs Halloway had left.", ()),
        ("PERSON", "They saw KOVACSNAK there.", (KnownValue("Kovacs"),)),
        ("SHELTER", "now at adapost crinul", (KnownValue("Adăpost Crinul", "SHELTER"),)),
    ],
)
def test_what_the_second_scan_finds_withholds_the_note(entity, text, known):
    """A note whose first scan missed an identifier is withheld, the other notes of the call are not."""
    other = "The weather was good."
    masked = mask_notes(Blind(entity), [other, text, other], mark, "en", known=[(), known, ()])
    assert masked == [other, None, other]
    assert mask_notes(Detector(countries=("RO", "GB")), [text], mark, "en", known=[known])[0] is not None


def test_the_second_scan_names_places_of_the_text(detector):
    """What is left over stands where it says in the original, also behind hidden marks, and is a direct identifier."""
    text = "\u200bcall zero seven two one two three four five six seven or write zq7 [at] example [dot] org now"
    (left,) = detector.left_over([text], [()])
    assert {text[s.start : s.end] for s in left} == {
        "zero seven two one two three four five six seven", "zq7 [at] example [dot] org",
    }  # fmt: skip
    assert all(s.entity in DIRECT for s in left)
    assert detector.left_over([text], [left]) == [()]
    quasi = "Postcode: 28046; in May 2020 she was 23 years old and lived in Paris"
    assert detector.left_over([quasi], [()]) == [()]


def test_a_blank_is_no_letter_and_stays():
    """What stands in for a span has no letter and no digit, so that nothing grows together around it."""
    assert not BLANK.isalnum()
    assert len(BLANK) == 1


def test_wrong_spans_and_lengths_are_refused(detector):
    """Spans that overlap or lie outside, and lists of other lengths, raise without a word of the text."""
    text = "Zq7Canary met Ion"
    bad = [(Span(0, 5, "PERSON"), Span(3, 9, "PERSON")), (Span(10, 99, "PERSON"),), (Span(-3, 2, "PERSON"),)]
    for spans in bad:
        with pytest.raises(DetectionError) as error:
            detector.left_over([text], [spans])
        assert "Canary" not in "".join(traceback.format_exception(error.value))
    for call in (
        lambda: detector.left_over([text], []),
        lambda: detector.left_over([text], [()], known=[]),
        lambda: mask_notes(detector, [text], mark, known=[]),
        lambda: mask_notes(detector, [text], mark, groups=[]),
        lambda: mask_notes(detector, [text], mark, ["en", "en"]),
    ):
        with pytest.raises(DetectionError) as error:
            call()
        assert "Canary" not in str(error.value)


def test_no_notes_give_none(detector):
    """An empty list gives an empty list; an empty note stays one."""
    assert mask_notes(detector, [], mark) == []
    assert mask_notes(detector, ["", " \n"], mark) == ["", " \n"]
