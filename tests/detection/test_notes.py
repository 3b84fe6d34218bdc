"""Notes: as they were meant, with known values, second mentions, and no half of a word left."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.detection import engine
from anonshare.detection.engine import Detector
from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.merge import merged
from anonshare.detection.nobody import nobody
from anonshare.detection.reading import Reading
from anonshare.detection.repeated import find_repeated, names_in
from anonshare.detection.rewrite import rewrite
from anonshare.detection.titles import find_titled
from anonshare.detection.view import view_of
from anonshare.detection.windows import WINDOW, windows
from anonshare.errors import DetectionError
from anonshare.samples.cases import cases
from anonshare.shapes import Span

IDENTIFYING = {
    "first_name": "PERSON",
    "surname": "PERSON",
    "phone": "PHONE_NUMBER",
    "passport": "PASSPORT",
    "plate": "LICENSE_PLATE",
    "email": "EMAIL_ADDRESS",
    "handle": "HANDLE",
    "shelter": "SHELTER",
}


@pytest.fixture(scope="module")
def detector():
    """One detector for all tests: it loads a model."""
    return Detector(countries=("RO", "GB"))


@given(st.text(max_size=120))
def test_the_view_leads_back(text):
    """Every character of a view stands somewhere in the original, in order, and no mark that nobody sees is left."""
    view = view_of(text)
    places = [view.original(i, i + 1) for i in range(len(view.text))]
    assert all(0 <= a < b <= len(text) for a, b in places)
    assert places == sorted(places)
    assert not any(unicodedata.category(c) == "Cf" and ord(c) > 0xFF for c in view.text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("plain text, nothing odd", "plain text, nothing odd"),
        ("call zero seven two one two three four five six seven now", "call 0721234567 now"),
        ("cero siete dos uno dos tres", "072123"),
        ("double two five five one nine", "225519"),
        ("mail a [at] b (dot) com", "mail a@b.com"),
        ("write jon at mail dot com", "write jon@mail.com"),
        ("+40\u200b72\u200e1", "+40721"),
        ("\uff10\uff17\uff12\u0661\u0967", "07211"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("one, two, three", "one, two, three"),
        ("m\u0430ria \u0440opescu", "maria popescu"),
        ("\u041e\u043b\u0435\u043da", "\u041e\u043b\u0435\u043d\u0430"),
        (
            "\u041e\u043b\u0435\u043d\u0430 \u0432\u0434\u043e\u043c\u0430",
            "\u041e\u043b\u0435\u043d\u0430 \u0432\u0434\u043e\u043c\u0430",
        ),
        ("tel 0721\u00ad234", "tel 0721234"),
        ("+40 721\r\n234\n567", "+40 721 234 567"),
        ("GB29 NWBK\n6016 1331", "GB29 NWBK 6016 1331"),
        ("on 12\n13 people", "on 12\n13 people"),
        ("0721 \u2013 234 \u2013 567", "0721-234-567"),
        ("0_7_2_1_2_3", "072123"),
        ("<b>07</b>21&nbsp;2 P&#111;p", "0721 2 Pop"),
        ("<p>Ana</p><p>Ion</p>", " Ana  Ion "),
        ("a%40b.org \\u0041", "a@b.org A"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("\u7535\u8bdd13812345678\u3002", "\u7535 13812345678\u3002"),
        ("M\u0336a\u0336x", "Max"),
        ("call O7OO 9OO 123", "call 0700 900 123"),
        ("+4O 72l 234 567", "+40 721 234 567"),
        ("IBAN IT70 O740 5914 7604", "IBAN IT70 O740 5914 7604"),
        ("passport IO12345678, 10 lots", "passport IO12345678, 10 lots"),
        ("she is at home. dot com", "she is at home. dot com"),
    ],
)
def test_what_was_meant(text, read):
    """Digits in words, emoji and other scripts, hidden marks and [at] are undone, and ordinary words are not."""
    assert view_of(text).text == read


def test_a_hidden_phone_is_found_where_it_stands(detector):
    """A phone spelled out is masked as it stands in the original, whole."""
    text = "She says: call zero seven two one two three four five six seven tonight."
    (spans,) = detector.find([text])
    assert any(text[s.start : s.end].startswith("zero") and text[s.start : s.end].endswith("seven") for s in spans)


@pytest.mark.parametrize(
    ("value", "entity", "text", "found"),
    [
        ("Ioana Dobre", "PERSON", "then IOANA left", "IOANA"),
        ("Ștefănescu", "PERSON", "Doamna Stefanescu spune", "Stefanescu"),
        ("Олена", "PERSON", "Olena says", "Olena"),
        ("Ioana Dobre", "PERSON", "I.D. wants no contact", "I.D"),
        ("Ioana Dobre", "PERSON", "with dobre's things and Dobre's bag", "Dobre's"),
        ("+40 721 234 567", "PHONE_NUMBER", "call +40721234567 or", "+40721234567"),
        ("AB1234567", "PASSPORT", "her passport ab 123 4567", "ab 123 4567"),
    ],
)
def test_known_values_in_all_spellings(value, entity, text, found):
    """A cell is found in a note in capitals, without accents, in another script, as initials, with other separators."""
    assert found in {text[s.start : s.end] for s in find_known(text, (KnownValue(value, entity),))}


def test_known_values_that_are_words():
    """A short name, a name inside a word and an empty value mask nothing."""
    known = (KnownValue("An Li"), KnownValue("Ana"), KnownValue(""), KnownValue("12", "PHONE_NUMBER"))
    assert not list(find_known("an apple on the banana li, 12", known))


def test_a_known_value_shows_nothing():
    """The representation of a known value, which a traceback prints, does not hold it."""
    assert "Canary" not in repr(KnownValue("Zq7Canary"))


def test_second_mentions_and_titles():
    """A name found once is found again, in capitals too; what follows a title is a name."""
    text = "Maria Kovacs came. Kovacs and MARIA left. Mrs Halloway stayed."
    names = names_in(text, (Span(0, 12, "PERSON"),))
    assert {text[s.start : s.end] for s in find_repeated(text, names)} == {"Maria", "Kovacs", "MARIA"}
    assert [text[s.start : s.end] for s in find_titled(Reading(text))] == ["Mrs Halloway"]


def test_groups_share_names(detector):
    """A name found in one text of a group is found in its others, and in no text of another group."""
    texts = ["Mrs Halloway arrived.", "the file of Halloway is open"]
    together = detector.find(texts, groups=["a", "a"])
    assert any(texts[1][s.start : s.end] == "Halloway" and s.source == "repeated" for s in together[1])
    apart = detector.find(texts, groups=["a", "b"])
    assert not any(s.source == "repeated" for s in apart[1])
    with pytest.raises(DetectionError):
        detector.find(texts, groups=["a"])


spans_of = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9), st.sampled_from(["PERSON", "PHONE_NUMBER"]), st.sampled_from([0.4, 1.0]),
              st.sampled_from(["presidio", "known", "pattern", "repeated"])),
    max_size=8,
)  # fmt: skip


@given(st.text("ab1 .-", min_size=40, max_size=40), spans_of)
def test_merging_covers_and_never_cuts(text, drawn):
    """Merged spans do not overlap, cover every letter that was covered, and no word is half masked."""
    given_spans = [Span(a, a + n, e, score, source) for a, n, e, score, source in drawn]
    out = merged(text, given_spans)
    assert all(a.end <= b.start for a, b in pairwise(out))
    covered = {i for s in out for i in range(s.start, s.end)}
    assert {i for s in given_spans for i in range(s.start, s.end) if text[i].isalnum()} <= covered
    for i in range(len(text) - 1):
        if text[i].isalnum() and text[i + 1].isalnum():
            assert (i in covered) == (i + 1 in covered)


def test_authority_gives_the_type():
    """Where a known value and a model overlap, the known value's type stays."""
    out = merged("AB1234567", (Span(0, 9, "PERSON", 0.85, "presidio"), Span(0, 9, "PASSPORT", 1.0, "known")))
    assert [s.entity for s in out] == ["PASSPORT"]


def test_rewrite():
    """Every span is replaced once, the rest stays; spans that overlap or lie outside are refused."""
    text = "Ana met Ion"
    spans = (Span(0, 3, "PERSON"), Span(8, 11, "PERSON"))
    assert rewrite(text, spans, lambda s, _: f"[{s.entity}]") == "[PERSON] met [PERSON]"
    for bad in ((Span(0, 3, "A"), Span(2, 5, "A")), (Span(8, 12, "A"),), (Span(3, 3, "A"),)):
        with pytest.raises(DetectionError):
            rewrite(text, bad, lambda *_: "")


def test_generated_notes_with_known_values(detector):
    """With their columns as known values, notes keep no cell, and over nine tenths of all their spans are masked."""
    made = cases(60, seed=5)
    notes = list(made.cells["notes"])
    known = [
        tuple(KnownValue(made.cells[c][i], e) for c, e in IDENTIFYING.items() if made.cells[c][i])
        for i in range(made.rows)
    ]
    gold = whole = 0
    for text, truth, spans, cells in zip(notes, made.spans, detector.find(notes, known=known), known, strict=True):
        masked = {i for s in spans for i in range(s.start, s.end)}
        gold += len(truth)
        whole += sum(all(i in masked for i in range(s.start, s.end) if text[i].isalnum()) for s in truth)
        left = rewrite(text, spans, lambda *_: "*")
        assert not any(k.value in left for k in cells if k.entity != "PERSON")
    assert whole > 0.9 * gold


@pytest.mark.parametrize("text", ["\ud800 lone", "\x00\x07", "<b>Ana</b>" * 50, "{" * 3000, "x" * 50_000, ""])
def test_bad_input(detector, text):
    """Lone surrogates, control characters, markup, braces and a word without an end are handled."""
    (spans,) = detector.find([text])
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


@given(st.text("ab \n", max_size=300), st.integers(20, 60))
def test_windows_cover(text, size):
    """Windows cover a text, each as long as it may be, and what is shorter than half an overlap is whole in one."""
    overlap = size // 2
    pieces = list(windows(text, size, overlap))
    assert all(text[offset : offset + len(piece)] == piece and len(piece) <= size for offset, piece in pieces)
    short = overlap // 2
    for start in range(max(1, len(text) - short + 1)):
        stretch = text[start : start + short]
        assert any(offset <= start and start + len(stretch) <= offset + len(piece) for offset, piece in pieces)


def test_a_long_note(monkeypatch):
    """A note longer than a window has the same identifiers as its parts, also where a window ends."""
    monkeypatch.setattr(engine, "model_for", lambda *_: None)
    detector = Detector()
    for before in range(WINDOW - 40, WINDOW + 10, 7):
        text = "word " * (before // 5) + "write to zq7.long@example.org today " + "word " * 300
        (spans,) = detector.find([text])
        assert "zq7.long@example.org" in {text[s.start : s.end] for s in spans}


@pytest.mark.parametrize(
    ("text", "generic"), [("the Court", True), ("Article 6", True), ("Lumina", False), ("Lumina Court", False)]
)
def test_words_that_name_nobody(text, generic):
    """An organisation of generic words alone is none; one more word and it is."""
    assert nobody(text) is generic
