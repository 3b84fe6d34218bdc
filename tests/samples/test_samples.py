"""Generated cases: the same for the same seed, true to what they say of themselves, skewed as in life."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.codes.countries import country
from anonshare.codes.lists import enumeration
from anonshare.samples.cases import COLUMNS, cases
from anonshare.samples.data_files import sample_data
from anonshare.samples.notes import compose
from anonshare.samples.truth import IDENTIFYING, secrets, with_canaries

MADE = cases(400, seed=7)
OWN = {
    "PHONE_NUMBER": "phone",
    "PASSPORT": "passport",
    "LICENSE_PLATE": "plate",
    "HANDLE": "handle",
    "EMAIL_ADDRESS": "email",
    "SHELTER": "shelter",
    "DATE_TIME": "interview_date",
}


@pytest.mark.parametrize("hashing", ["0", "1", "random"])
def test_same_seed_same_bytes(hashing):
    """The same seed makes the same bytes in another process, whatever Python's hash seed; another seed others."""
    code = "import hashlib; from anonshare.samples.cases import cases; print(hashlib.sha256(cases(60, seed=3).csv()).hexdigest())"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": hashing},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == hashlib.sha256(cases(60, seed=3).csv()).hexdigest()
    assert cases(60, seed=4).csv() != cases(60, seed=3).csv()


def test_every_span_is_true():
    """What stands at a span is a cell of its row, the person's name or initials, an age, a place, or a known alias."""
    lists = sample_data("notes")
    for row, spans in enumerate(MADE.spans):
        note = MADE.cells["notes"][row]
        names = (MADE.cells["first_name"][row], MADE.cells["surname"][row])
        for span in spans:
            text = note[span.start : span.end]
            if span.entity in OWN:
                assert text == MADE.cells[OWN[span.entity]][row]
            elif span.entity == "PERSON":
                assert text in {*names, f"{names[0][0]}.{names[1][0]}.", *lists["aliases"]}
            elif span.entity == "LOCATION":
                assert text in lists["cities"]
            else:
                assert span.entity == "AGE"
                assert 10 < int(text) < 65
        assert list(spans) == sorted(spans)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(["first", "last", "phone", "city"]), st.text(min_size=1, max_size=8)))
def test_spans_are_where_they_say(values):
    """Whatever is put into a template stands at its offsets."""
    text, spans = compose("{first} {last} of {city}: {phone}.", values)
    assert [text[s.start : s.end] for s in spans] == [
        values[k] for k in ("first", "last", "city", "phone") if k in values
    ]


def test_cells_are_of_the_field():
    """Codes are HTCDS codes, countries are countries, phones are valid, units are never empty."""
    assert set(MADE.columns) == set(COLUMNS)
    assert set(MADE.cells["exploitation"]) <= set(enumeration("vic_TypeOfExploitation").codes)
    known = set(enumeration("vic_MethodsOfControl").codes) | {"RestrictsMovement"}
    assert {code for cell in MADE.cells["means_of_control"] if cell for code in cell.split(";")} <= known
    assert {c for c in MADE.cells["recruiter_relation"] if c} <= set(enumeration("vic_RelationshipToTrafficker").codes)
    assert all(country(c) for c in MADE.cells["citizenship"] + MADE.cells["country_of_exploitation"])
    phones = [p for p in MADE.cells["phone"] if p]
    valid = [phonenumbers.is_valid_number(phonenumbers.parse(p)) for p in phones]
    assert sum(valid) > 0.95 * len(valid)
    for column in ("first_name", "surname", "birth_date"):
        assert all(MADE.cells[column])


def test_persons_have_several_rows():
    """Most persons have one interview, some up to six; all rows of a person have his name."""
    counts = Counter(Counter(MADE.person).values())
    assert counts[1] > 0.7 * 400
    assert max(counts) <= 6
    names = {}
    for person, first, last in zip(MADE.person, MADE.cells["first_name"], MADE.cells["surname"], strict=True):
        assert names.setdefault(person, (first, last)) == (first, last)


def test_skewed_as_in_life():
    """Five countries make up most, sexual exploitation is more than half, several scripts and languages occur."""
    citizens = Counter(MADE.cells["citizenship"])
    assert sum(n for _, n in citizens.most_common(5)) > 0.65 * MADE.rows
    assert 0.45 < Counter(MADE.cells["exploitation"])["SexualExploitation"] / MADE.rows < 0.7
    assert set(MADE.cells["language"]) == {"en", "es", "fr", "ro"}
    letters = "".join(MADE.cells["first_name"])
    for script in ("а", "ا", "a", "า"):
        assert script in letters


def test_truth_and_canaries():
    """Secrets hold every identifying cell; a canary stands in every identifying column."""
    planted, canaries = with_canaries(MADE)
    assert len(canaries) == len(IDENTIFYING)
    for column, canary in zip(IDENTIFYING, canaries, strict=True):
        assert any(canary in cell for cell in planted.cells[column] if cell)
    assert MADE.cells["passport"][0] is None or MADE.cells["passport"][0] in secrets(MADE)
    assert "Popescu" not in repr(MADE)


def test_csv_is_what_was_made(tmp_path):
    """The file has a header and a line a row at least."""
    MADE.write_csv(tmp_path / "cases.csv")
    assert (tmp_path / "cases.csv").read_bytes() == MADE.csv()
    assert MADE.csv().decode().splitlines()[0] == ",".join(COLUMNS)
