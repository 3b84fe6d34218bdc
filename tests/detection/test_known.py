"""Known values: every identifying cell, in the spellings that people use, and nothing else."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import phonenumbers
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from anonshare.detection.gazetteer import gazetteer
from anonshare.detection.known import KnownValue, find_known
from anonshare.detection.known_words import ORDINARY
from anonshare.detection.view import view_of
from anonshare.identifiers.scripts import latin
from anonshare.samples.cases import cases

PERSONS = ("first_name", "surname", "caseworker")
OTHERS = {
    "phone": "PHONE_NUMBER",
    "passport": "PASSPORT",
    "plate": "LICENSE_PLATE",
    "email": "EMAIL_ADDRESS",
    "handle": "HANDLE",
    "shelter": "SHELTER",
    "case_id": "CASE_NUMBER",
}
MADE = cases(160, seed=21)
NAMES = sorted({v for c in PERSONS for v in MADE.cells[c] if v})
WHOLE = sorted({(a, b) for a, b in zip(MADE.cells["first_name"], MADE.cells["surname"], strict=True) if a and b})
CELLS = sorted({(v, e) for c, e in OTHERS.items() for v in MADE.cells[c] if v})
PHONES = sorted({v for v in MADE.cells["phone"] if v})
EMAILS = sorted({v for v in MADE.cells["email"] if v})

CYRILLIC = dict(zip("abvgdezijklmnoprstuf", "абвгдезийклмнопрстуф", strict=True))
GREEK = dict(zip("avgdezijklmnxoprst", "αβγδεζιικλμνξοπρστ", strict=True)) | {"u": "ου"}


def plain(text):
    """Without accents, as a keyboard without them writes it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")


def open_places(text, written, known):
    """The letters and digits of ``written`` that stand in ``text`` and that no known value covers."""
    view = view_of(text)
    spans = [view.original(s.start, s.end) for s in find_known(view.text, known)]
    start = text.index(written)
    places = (i for i in range(start, start + len(written)) if text[i].isalnum())
    return "".join(text[i] for i in places if not any(a <= i < b for a, b in spans))


def hidden(written, *known, frame="In the report it says {}, as she told us."):
    return not open_places(frame.format(written), written, known)


def long_names(least=3):
    return [name for name in NAMES if min(len(latin(word)) for word in name.split()) >= least]


def in_latin(name):
    return name if "\u0e00" <= name[0] <= "\u0e7f" else latin(name).title()


@pytest.mark.parametrize("change", [str, str.upper, plain, lambda n: plain(n).upper(), in_latin])
def test_names_in_every_case_accent_and_alphabet(change):
    """Every name of the records is found as it is, in capitals, without accents, and in Latin letters."""
    assert [name for name in long_names() if not hidden(change(name), KnownValue(name))] == []


def test_names_in_small_letters():
    """Every long name is found in small letters, every one of four in a text without capitals; words are not."""
    common = gazetteer("words_en").strong
    words = common | ORDINARY
    for name in long_names(4):
        if not common.intersection(latin(name).split()):
            assert hidden(name.lower(), KnownValue(name), frame="so {} told us")
    for name in long_names(5):
        if not words.intersection(latin(name).split()):
            assert hidden(name.lower(), KnownValue(name))


@cache
def spelled(name, table):
    letters = dict(table)
    folded = plain(name).casefold()
    return "".join(letters[c] for c in folded).capitalize() if all(c in letters for c in folded) else None


@pytest.mark.parametrize("table", [CYRILLIC, GREEK], ids=["Cyrillic", "Greek"])
def test_names_in_another_alphabet(table):
    """A name that its letters can be written in Cyrillic or Greek with is found so, and the other way round."""
    written = {n: spelled(n, tuple(table.items())) for n in long_names() if " " not in n and n.isascii()}
    pairs = {name: other for name, other in written.items() if other}
    assert len(pairs) > 10
    for name, other in pairs.items():
        assert hidden(other, KnownValue(name)), name
        assert hidden(name, KnownValue(other)), name


@pytest.mark.parametrize(
    ("latin_form", "arabic"),
    [
        ("Muhammad", "محمد"), ("Mohammed", "محمد"), ("Fatima", "فاطمة"), ("Khalid", "خالد"), ("Hassan", "حسن"),
        ("Yusuf", "يوسف"), ("Ibrahim", "إبراهيم"), ("Maryam", "مريم"), ("Karim", "كريم"), ("Rashid", "رشيد"),
    ],
)  # fmt: skip
def test_names_by_their_consonants(latin_form, arabic):
    """An Arabic spelling, which has no short vowels, meets the Latin ones in both directions, and no other name."""
    assert hidden(latin_form, KnownValue(arabic))
    assert hidden(arabic, KnownValue(latin_form))
    assert not hidden("Gabriel", KnownValue(arabic))


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("Олена", "Olena Oleny Oleni Olenoiu Олени Олені Оленою Olenei"),
        ("Maria", "Mariei Marii Marią Mario Marias Maria's MARIEI"),
        ("Popescu", "Popescului Popescu's Popescus POPESCULUI"),
        ("Петренко", "Petrenka Petrenkovi Petrenku Петренка Петренкові Петренком Petrenko's"),
        ("Szabó", "Szabónak Szabót Szabóval Szabo"),
        ("Ayşe", "Ayşe'nin Ayşe’nin Ayse AYŞE"),
        ("Andreas", "Andrea Ανδρέας Ανδρέα Andreas'"),
        ("Юрій", "Yuriy Yurii Iurii Yuri Юрія Yuriy's"),
        ("Сергій", "Serhii Sergii Serhiy Sergiy"),
        ("Ілля", "Illia Illya Ilya"),
        ("Dostoevskii", "Dostoevskogo Dostoevskomu Достоевский"),
        ("Müller", "Mueller Muller MÜLLER Müllers"),
        ("O'Brien", "O’Brien OBrien O'BRIEN"),
        ("García-Márquez", "Garcia Marquez GARCÍA Márquez"),
        ("Łukasz", "Lukasz ŁUKASZ Łukasza"),
        ("Strauß", "Strauss STRAUSS"),
    ],
)
def test_names_with_the_endings_of_their_languages(name, forms):
    """A name is found with the endings that a sentence gives it, in each language of the notes."""
    assert [form for form in forms.split() if not hidden(form, KnownValue(name))] == []


@given(st.sampled_from(WHOLE), st.sampled_from(["{1}, {0}", "{1} {0}", "{0}-{1}", "{0} X. {1}", "{1}/{0}", "{0}.{1}"]))
def test_the_order_does_not_count(pair, frame):
    """Given name and surname are found in either order and with what people put between."""
    assume("X" not in frame or min(len(latin(word)) for word in pair) > 2)
    known = (KnownValue(pair[0], person="p"), KnownValue(pair[1], person="p"))
    written = frame.format(*pair)
    assert not set(open_places(f"of {written} it says", written, known)) - {"X"}


def test_the_initials_of_one_person():
    """The initials of a person are found with dots, spaces or neither, in either order, from one cell or two."""
    for first, last in WHOLE:
        a, b = plain(first)[0].upper(), plain(last)[0].upper()
        for known in (
            (KnownValue(f"{first} {last}"),),
            (KnownValue(first, person="p"), KnownValue(last, person="p")),
        ):
            assert all(hidden(form, *known) for form in (f"{a}.{b}.", f"{a}. {b}.", f"{a}{b}", f"{a}-{b}"))
        assert hidden(f"{b}.{a}.", KnownValue(first, person="p"), KnownValue(last, person="p"))
    assert not hidden("M.K.", KnownValue("Maria", person="a"), KnownValue("Kovacs", person="b"))
    assert hidden("Ș.I.", KnownValue("Ștefan Ilie"))
    assert not list(find_known("RST, TSX, R.T.S.U and ts", (KnownValue("Tatiana Sandu"),)))


@given(st.sampled_from(CELLS), st.sampled_from([str, str.upper, str.lower, plain]))
def test_every_other_cell_in_any_case(cell, change):
    """Every identifying cell that is no name is found as it is, in capitals, in small letters, without accents."""
    assert hidden(change(cell[0]), KnownValue(*cell))


@given(st.sampled_from([c for c in CELLS if c[1] not in {"EMAIL_ADDRESS", "SHELTER"}]), st.data())
def test_every_number_with_any_separators(cell, data):
    """Up to three marks or spaces between any two characters hide no number."""
    value = [c for c in cell[0] if c.isalnum()]
    gaps = data.draw(st.lists(st.text(" .-/()_\u2013", max_size=3), min_size=len(value) - 1, max_size=len(value) - 1))
    assert hidden("".join(a + b for a, b in zip(value, [*gaps, ""], strict=True)), KnownValue(*cell))


@settings(max_examples=60)
@given(st.sampled_from(PHONES), st.sampled_from(["+{0}{1}", "00{0}{1}", "{0}{1}", "0{1}", "{1}", "+{0} (0){1}", "+{0} {1}", "(0){1}", "(+{0}) {1}", "00{0}-{1}"]), st.sampled_from(["", " ", "-", ".", " / "]))  # fmt: skip
def test_every_phone_with_any_prefix(phone, frame, between):
    """A phone is found with +, 00, 0 or nothing before it, in groups of three with any mark between."""
    number = phonenumbers.parse(phone)
    national = between.join(re.findall(r"\d{1,3}", str(number.national_number)))
    assert hidden(frame.format(number.country_code, national), KnownValue(phone, "PHONE_NUMBER"))


@pytest.mark.parametrize("at", ["@", " at ", " [at] ", "(at)", " (arroba) "])
@pytest.mark.parametrize("change", [str, str.upper])
def test_every_email_obfuscated(at, change):
    """An e-mail address is found in capitals and with its marks in words."""
    for email in EMAILS:
        name, _, host = email.partition("@")
        dotted = host if at == "@" else host.replace(".", " dot " if at == " at " else " [dot] ")
        assert hidden(change(name) + at + change(dotted), KnownValue(email, "EMAIL_ADDRESS"))


@given(st.sampled_from(CELLS), st.sampled_from("xQ7"), st.booleans())
def test_never_inside_of_another_word(cell, letter, before):
    """A cell that is a part of a longer word or number is not found; digits before a phone may be its country's."""
    value = cell[0].strip("@+")
    assume(not (before and letter == "7" and cell[1] == "PHONE_NUMBER"))
    text = f"see {letter}{value} now" if before else f"see {value}{letter} now"
    assert not list(find_known(text, (KnownValue(*cell),)))


@given(
    st.sampled_from([n for n in long_names() if in_latin(n) != n or n.isascii()]), st.sampled_from(["zqxw", "wxyzq"])
)
def test_a_name_is_not_found_inside_of_a_word(name, more):
    """A word that begins or ends with a name is another word."""
    word = re.split("[ -]", name)[-1]
    assert not list(find_known(f"the {word}{more} and Zq{word.lower()}{more}", (KnownValue(word),)))


WORDS = (
    "an apple a day on the banana, it is joy to lan the mai of ion and li at do no up so the man will have hope for "
    "a gift of grace in the month of rose and pop music under the sun, as they said in court"
)


@pytest.mark.parametrize(
    "name",
    [
        "An",
        "Li",
        "Ana",
        "Joy",
        "Lan",
        "Mai",
        "Ion",
        "Do",
        "No",
        "Hope",
        "Rose",
        "Pop",
        "Sun",
        "Grace",
        "Will",
        "Court",
        "Vũ",
    ],
)
def test_a_short_name_masks_no_ordinary_word(name):
    """In a sentence with capitals no word in small letters is a name that people use as a word; two letters never are."""
    assert list(find_known("She said: " + WORDS, (KnownValue(name),))) == []
    assert len(latin(name)) > 2 or list(find_known("An apple. Do come. No! Li", (KnownValue(name),))) == []


@pytest.mark.parametrize("text", ["with Lan Vũ here", "with Vũ, Lan here", "with An Li here", "LI AN here"])
def test_short_names_side_by_side(text):
    """Two words of a name in a row are found, however short."""
    known = (KnownValue("Lan Vũ"),) if "Vũ" in text else (KnownValue("An Li"),)
    written = re.findall(r"[A-Z]\w+(?:,? [A-Z]\w*)+", text)[0]
    assert open_places(text, written, known) == ""


@given(st.text(max_size=60), st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["PERSON", "PHONE_NUMBER", "SHELTER"])), max_size=4))  # fmt: skip
@example("Ana", [("Ana", "PERSON")])
@example("İa", [("i\u0307a", "PERSON")])
def test_any_value_in_any_text(text, cells):
    """Whatever the value and the text, spans lie inside of the text and are never empty."""
    known = tuple(KnownValue(value, entity) for value, entity in cells)
    for span in find_known(text, known):
        assert 0 <= span.start < span.end <= len(text)
        assert any(c.isalnum() for c in text[span.start : span.end])


def test_nothing_shows_a_value():
    """Neither the representation of a known value nor that of a list of them holds it."""
    for value, entity in [*CELLS, *((name, "PERSON") for name in NAMES)]:
        shown = repr([KnownValue(value, entity, "p")])
        assert value not in shown
        assert str(len(value)) in shown


@pytest.mark.parametrize("text", ["met ana popescu again", "popescu ana", "with ana-popescu", "ana maria popescu came"])
def test_small_letters_beside_a_known_name_are_its_words(text):
    """A short given name in small letters is masked where the surname stands beside it, and alone it is a word."""
    known = (KnownValue("Ana Maria Popescu", person="1"),)
    covered = {i for s in find_known(text, known) for i in range(s.start, s.end)}
    for word in ("ana", "popescu"):
        assert set(range(text.index(word), text.index(word) + len(word))) <= covered
    assert not list(find_known("they said ana twice", known))
