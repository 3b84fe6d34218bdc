"""Notes are counted by language with what covers them, each person's read together with what the columns know."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection.coverage import scan_notes
from anonshare.detection.known import KnownValue
from anonshare.detection.language import identified, spoken
from anonshare.detection.language_codes import language_code
from anonshare.detection.notebook import Notebook
from anonshare.detection.sources import names_by
from anonshare.errors import DetectionError
from anonshare.samples.cases import cases
from anonshare.shapes import Span

THAI = "เมื่อวานนี้ สมชาย ใจดี พบกับนางสาวมาลี ที่กรุงเทพ และเดินทางต่อไปยังสถานสงเคราะห์"
ARABIC = "التقت فاطمة حسن بأحمد علي في القاهرة ثم عادت إلى المركز في المساء"
GERMAN = "Gestern traf die Klientin ihren Bruder in Hamburg; die Beraterin begleitete sie zur Polizei und zum Arzt."
POLICY = ("en", "es", "fr", "ro")
CELLS = (KnownValue("Ana Pop", "PERSON", "unit"), KnownValue("Ion Dinu", "PERSON", "contact"))


class Writer:
    """A detector that finds every known value as it is written, and says what it was given."""

    def __init__(self):
        self.calls = []

    def covers(self, language):
        return language == "en"

    def find(self, texts, language=None, *, known=None, groups=None):
        self.calls.append((texts, language, known, groups))
        return [
            tuple(Span(t.index(k.value), t.index(k.value) + len(k.value), k.entity) for k in cells if k.value in t)
            for t, cells in zip(texts, known, strict=True)
        ]


def scanned(book, languages=POLICY):
    detector = Writer()
    return {c.language: c for c in scan_notes(book, languages, detector)}, detector.calls


def test_a_language_is_named_whether_the_policy_names_it_or_not():
    """A note in a script or a language that no policy names is not taken for one that it does."""
    assert spoken([THAI, ARABIC, GERMAN], POLICY) == ["th", "ar", "de"]
    assert spoken([THAI[:12], ARABIC[:12]], ("ro",)) == ["th", "ar"]


def test_a_note_that_tells_nothing_is_what_its_column_or_the_policy_says():
    """Fewer than twenty letters tell no language: the column, then the first of the policy, then nothing does."""
    assert spoken(["ok", "ok", "12.5"], ("ro", "en"), ["en", None, None]) == ["en", "ro", "ro"]
    assert spoken(["ok", ""]) == ["und", "und"]
    assert identified(["ok", GERMAN]) == [None, "de"]


def test_a_column_does_not_overrule_a_note():
    """The mother tongue of a person is not the language of what somebody wrote about her."""
    assert spoken([GERMAN], ("de", "en"), ["en"]) == ["de"]


def test_languages_of_generated_notes():
    """Of the generator's notes the language is told in all but two of a hundred; a code that is none is refused."""
    made = cases(150, seed=31)
    told = spoken(made.cells["notes"], POLICY)
    assert sum(a == b for a, b in zip(told, made.cells["language"], strict=True)) > 0.98 * made.rows
    with pytest.raises(DetectionError):
        spoken(["x"], ("xx",))


@pytest.mark.parametrize(
    ("cell", "code"),
    [("English", "en"), ("română", "ro"), ("en-GB", "en"), ("THA", "th"), ("fr_FR", "fr"), ("?", None), ("", None)],
)
def test_language_cells(cell, code):
    """A cell names a language by code, tag or name; what names none is not guessed at."""
    assert language_code(cell) == code


@pytest.mark.parametrize(
    ("language", "how"),
    [
        ("ro", "lists"),
        ("ru", "lists"),
        ("el", "lists"),
        *((c, "none") for c in ("ar", "zh", "th", "ja", "ko", "am", "ti", "ka", "hi", "he")),
    ],
)
def test_names_are_covered_by_script(language, how):
    """Where neither a model nor a list of a script's names exists, names are not covered, and that is said."""
    assert names_by(language, model=False) == how
    assert names_by(language, model=True) == "model"


def test_coverage_counts_rows_and_says_how():
    """Notes are counted by rows, spans too; a language without lists and model has sources, and no names."""
    book = Notebook.of({"A short English sentence about nothing much at all.": 3, THAI: 2})
    book.add("A long English sentence in which Ana Pop is named as well as Ion Dinu.", CELLS, person=1)
    found, _ = scanned(book)
    assert {code: (c.notes, c.spans, c.names_by) for code, c in found.items()} == {
        "en": (4, 2, "model"),
        "th": (2, 0, "none"),
    }
    assert found["th"].sources == ("rules", "known values")
    assert found["th"].model == ""
    assert len(found["en"].model) == 64
    assert scan_notes(Notebook(), (), Writer()) == ()


def test_notes_of_a_person_are_read_together_and_those_of_others_apart():
    """One call holds all notes of a person under one group; persons whose notes are alike are read once."""
    book = Notebook()
    for person in range(5):
        book.add("first of two", person=person)
        book.add("second of two", person=person)
    book.add("alone", person=9)
    found, calls = scanned(book)
    assert found["en"].notes == 11
    (texts, _, _, groups), *more = calls
    assert not more
    assert sorted(texts) == ["alone", "first of two", "second of two"]
    together = {g for t, g in zip(texts, groups, strict=True) if t != "alone"}
    assert len(together) == 1
    assert groups[texts.index("alone")] not in together


def test_equal_texts_of_two_persons_count_with_their_own_cells():
    """What is known of one person is not looked for in the same words about another, and not kept where it is absent."""
    book = Notebook()
    book.add("Met Ana Pop today", CELLS[:1], person=1)
    book.add("Met Ana Pop today", CELLS[1:], person=2)
    book.add("Met Ana Pop today", CELLS, person=3)
    book.add("ok", CELLS, person=4)
    book.add("ok", (), person=5)
    found, calls = scanned(book)
    assert (found["en"].notes, found["en"].spans) == (5, 2)
    assert len(calls[0][0]) == 3
    assert "Ana" not in repr(book) + repr(book.sets())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), st.none() | st.integers(0, 3)), max_size=40))
def test_no_note_is_lost_or_counted_twice(rows):
    """Whosever the notes are, their rows add up, text by text."""
    book = Notebook()
    for text, person in rows:
        book.add(text, person=person)
    count = dict.fromkeys("abc", 0)
    for notes in book.sets():
        assert len({note for note, _ in notes}) == len(notes)
        for note, number in notes:
            count[note.text] += number
    assert count == {t: sum(text == t for text, _ in rows) for t in "abc"}
    assert len(book) == len(rows)


def test_a_group_is_never_divided():
    """However many notes a person has, one call reads them all; progress tells texts done of all."""
    book = Notebook()
    for number in range(300):
        book.add(f"note number {number}", person=number // 150)
    steps, detector = [], Writer()
    scan_notes(book, ("en",), detector, lambda *step: steps.append(step))
    seen = [set(groups) for *_, groups in detector.calls]
    assert len(seen) == 2
    assert not seen[0] & seen[1]
    assert steps == [("scanning notes", 150, 300), ("scanning notes", 300, 300)]
