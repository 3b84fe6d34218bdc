"""One person, one number, one date: however it was typed; and nothing that is none becomes one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.identifiers.columns import kinds_of
from anonshare.identifiers.dates import PartialDate, ambiguous, column_order, read_date
from anonshare.identifiers.names import in_order, name_keys
from anonshare.identifiers.national_ids import COUNTRIES, national_id, proven
from anonshare.identifiers.near import near_pairs, one_slip
from anonshare.identifiers.normalise import ENTITIES, normalise
from anonshare.identifiers.phones import e164
from anonshare.identifiers.scripts import latin, look_alikes

DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))
TEXT = st.text(max_size=40)


@given(st.sampled_from(sorted(ENTITIES)), TEXT)
def test_normalising_twice_changes_nothing(entity, text):
    """The one form of a value is its own one form, and no text makes it fail."""
    once = normalise(entity, text, region="RO")
    assert once is None or normalise(entity, once, region="RO") == once


@pytest.mark.parametrize(
    "typed",
    [
        "0721 234 567",
        "0040721234567",
        "+40 (721) 234-567",
        "40721234567.0",
        "٠٧٢١٢٣٤٥٦٧",
        "０７２１２３４５６７",
        "07\u200b21234567",
    ],
)
def test_one_phone_typed_in_many_ways(typed):
    """Spaces, 00, a spreadsheet's .0, digits of other scripts and invisible characters do not tell phones apart."""
    assert e164(typed, "RO") == "+40721234567"


@pytest.mark.parametrize("typed", ["4.07E+10", "4,07e10", "12", "", "0721", "x" * 200])
def test_what_is_no_phone(typed):
    """A rounded number has lost digits: it gets no token at all, not one of another phone."""
    assert e164(typed, "RO") is None


@pytest.mark.parametrize(
    ("value", "country", "compact"),
    [
        ("1800101 221144", "ro", "1800101221144"),
        ("54362315-K", "ES", "54362315K"),
        ("RCCMNL 83S18 D969H", "IT", "RCCMNL83S18D969H"),
        ("44051401359", "PL", "44051401359"),
    ],
)
def test_national_numbers(value, country, compact):
    """A number in its country's form is compact; one wrong digit makes it none."""
    assert national_id(value, country) == compact
    assert proven(value, country)
    place = next(i for i, c in enumerate(compact) if c.isdigit())
    wrong = compact[:place] + str((int(compact[place]) + 1) % 10) + compact[place + 1 :]
    assert national_id(wrong, country) is None


@given(st.sampled_from(sorted(COUNTRIES)), TEXT)
def test_no_text_makes_it_fail(country, text):
    """Whatever stands in a cell, the answer is a number or none; an unknown country knows no number."""
    found = national_id(text, country)
    assert found is None or national_id(found, country) == found
    assert national_id(text, "XX") is None


@given(
    DAYS,
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0:%Y/%m/%d}",
            "{0:%d.%m.%Y}",
            "{0:%Y%m%d}",
            "{0:%d/%m/%Y} 10:26:20",
            "{0.day} {0:%B} {0.year}",
        ]
    ),
)
def test_a_date_is_read_as_it_was_written(day, form):
    """With the day first every usual form gives the same date; other digits change nothing."""
    text = form.format(day)
    assert read_date(text, "dmy") == PartialDate(day.year, day.month, day.day)
    arabic = "".join(chr(0x660 + int(c)) if c.isascii() and c.isdigit() else c for c in text)
    assert read_date(arabic, "dmy") == read_date(text, "dmy")


@given(DAYS)
def test_two_readings_are_no_reading(day):
    """Without an order a date of two readings is none; which one it is, the order tells."""
    text = f"{day.day:02}/{day.month:02}/{day.year}"
    two = day.day <= 12 and day.day != day.month
    assert ambiguous(text) == two
    assert (read_date(text) is None) == two
    assert read_date(text, "dmy") == PartialDate(day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2024", "2024"), ("03/2024", "2024-03"), ("2024-03", "2024-03"), ("5 mars 2024", "2024-03-05"), ("Травень 2024", "2024-05"),
     ("March 5, 2024", "2024-03-05"), ("5. März 2024", "2024-03-05"), ("5 de marzo de 2024", "2024-03-05"), ("5 май 2024", "2024-05-05")],
)  # fmt: skip
def test_partial_dates_and_names_of_months(text, iso):
    """A year and a month stay what they are: no day is made up."""
    found = read_date(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize("text", ["31/02/2024", "5.3.24", "45356", "13/13/2024", "tomorrow", "", "0000-01-01"])
def test_what_is_no_date(text):
    """Days that do not exist, years of two digits and a spreadsheet's day numbers are not guessed at."""
    assert read_date(text, "dmy") is None


def test_a_column_decides():
    """One clear cell decides for all, contradicting cells for none."""
    assert column_order(["05/03/2024", "25/03/2024"]).order == "dmy"
    assert column_order(["05/03/2024", "03/25/2024"]).order == "mdy"
    assert column_order(["25/03/2024", "03/25/2024", "01/02/2024"]).order is None
    told = column_order(["05/03/2024", "x", "2024-01-01"])
    assert (told.read, told.unread, told.ambiguous, told.order) == (1, 1, 1, None)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Ольга Иванова", "IVANOVA, Olga"),
        ("Γιώργος Παπαδόπουλος", "Giorgos Papadopoulos"),
        ("Nguyễn Thị Lan", "Lan Nguyen Thi"),
        ("Dr. Ștefan Țurcanu, PhD", "Stefan Turcanu"),
    ],
)
def test_a_name_in_two_scripts_meets_itself(one, two):
    """Script, order, honorifics, titles and marks do not tell names apart."""
    assert name_keys(one) == name_keys(two)


def test_spellings_share_a_skeleton():
    """Transliterations that differ in vowels share the third key; other names share none."""
    assert name_keys("Mohammed Hassan")[2] == name_keys("Muhamad Hasan")[2]
    assert not set(name_keys("Ana Pop")) & set(name_keys("Ion Rusu"))


@given(TEXT)
def test_no_name_fails(text):
    """Any text has three keys, and putting a name in order twice changes nothing."""
    assert len(name_keys(text)) == 3
    assert in_order(in_order(text)) == in_order(text)


@given(st.text(alphabet="ABEKMHOPCTYX0123456789", min_size=4, max_size=10))
def test_look_alikes_are_one_document(text):
    """A plate typed with Cyrillic letters is the same plate."""
    cyrillic = text.translate(str.maketrans("ABEKMHOPCTYX", "АВЕКМНОРСТУХ"))
    assert normalise("plt", cyrillic) == normalise("plt", text)
    assert look_alikes(cyrillic) == text


@given(TEXT)
def test_latin_has_no_marks(text):
    """What is told in Latin letters is a fixed point: it is told the same again."""
    assert latin(latin(text)) == latin(text)


def test_kinds_of_a_column():
    """Counts of kinds, with and without a country."""
    values = ["0721234567", "1800101221144", "2024-01-05", "05/03/2024", "a@example.org"]
    assert kinds_of(values, "RO") == {
        "phone number": 1, "national number": 1, "date": 1, "date, day or month first": 1, "e-mail address": 1,
    }  # fmt: skip
    assert "national number" not in kinds_of(values)


@given(st.text(alphabet="abcd", min_size=3, max_size=8), st.data())
def test_a_slip_is_seen_both_ways(text, data):
    """A letter more, less, other, or two that changed places: one slip, in both directions; equal texts are none."""
    place = data.draw(st.integers(0, len(text) - 2))
    slips = [
        text[:place] + text[place + 1 :],
        text[:place] + "x" + text[place:],
        text[:place] + "x" + text[place + 1 :],
        text[:place] + text[place + 1] + text[place] + text[place + 2 :],
    ]
    for slip in slips:
        assert one_slip(text, slip) == one_slip(slip, text) == (slip != text)
    assert not one_slip(text, text)
    assert not one_slip(text, f"{text}xy")


def test_near_pairs():
    """Keys that agree in all parts but one; a part that is missing; a key of one part has no neighbours."""
    keys = [
        ("ana", "pop", "1990"),
        ("aan", "pop", "1990"),
        ("ana", "pop", None),
        ("ion", "pop", "1990"),
        ("ana", "rus", "1990"),
    ]
    assert near_pairs(keys) == ((0, 1), (0, 2))
    assert near_pairs([("ana",), ("aan",)]) == ()
    assert near_pairs([]) == ()
