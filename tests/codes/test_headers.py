"""The lexicon of headers: every name is understood, however it is typed; every standard has its source."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.headers import _named, headers_of, meaning_of, word_list
from anonshare.codes.lists import code_list
from anonshare.detection.entities import ENTITIES
from anonshare.policy.records import Column
from anonshare.transforms.tokens import TOKEN_TYPES
from tests.growth import seconds

DATA = files("anonshare.codes") / "data"
NAMED = sorted(set(_named()))
CTDC = (
    "yearOfRegistration", "gender", "ageBroad", "citizenship", "CountryOfExploitation", "traffickMonths",
    "meansDebtBondageEarnings", "meansWithholdDocs", "isForcedLabour", "isSexualExploit", "typeOfLabourConstruction",
    "typeOfSexProstitution", "recruiterRelationIntimatePartner",
)  # fmt: skip
PHRASES = [
    "first name",
    "date of birth",
    "phone number",
    "passport number",
    "claim number",
    "sum insured",
    "bank account",
]


def test_every_meaning_is_in_the_words_of_the_house():
    """Types are those of detection, roles those of policies, tokens those of the transforms."""
    roles = Column.model_fields["role"].annotation.__args__
    for name, means in json.loads((DATA / "headers.json").read_text("utf-8"))["meanings"].items():
        assert means.get("type", "PERSON") in ENTITIES, name
        assert means["role"] in roles, name
        assert means.get("token", "per") in TOKEN_TYPES, name


def test_every_header_means_what_its_file_says():
    """A name of the lexicon is read as each meaning that a file gives it, before any part of it is."""
    lost = [(header, name) for header, name, _ in NAMED if name not in {h.meaning.entity for h in headers_of(header)}]
    assert lost == []


def test_the_lexicon_speaks_the_languages_of_the_field():
    """Names, phones, dates of birth and notes are known in each language that is covered."""
    languages = ["en", "es", "fr", "de", "ro", "it", "pt", "nl", "pl", "uk", "ru", "tr", "ar", "el", "bg", "hu"]
    for meaning in ("given_name", "surname", "phone", "birth_date", "notes", "address", "national_id", "policy_number"):
        known = {language for _, name, language in NAMED if name == meaning}
        assert [one for one in languages if one not in known] == [], meaning


@pytest.mark.parametrize("field", [*code_list("htcds:fields").codes, *CTDC])
def test_every_field_of_a_standard_is_known(field):
    """HTCDS 2.0 and CTDC name no column that the lexicon does not know."""
    assert meaning_of(field) is not None


def test_every_standard_names_its_source():
    """A field name of a standard comes with where it stands."""
    standards = json.loads((DATA / "headers_standards.json").read_text("utf-8"))["standards"]
    assert len(standards) >= 5
    assert all(len(part["source"]) > 20 and part["headers"] for part in standards.values())


@given(st.sampled_from(PHRASES), st.sampled_from("_- ./"), st.sampled_from([str.upper, str.lower, str.title]))
def test_one_header_typed_in_many_ways(phrase, mark, case):
    """Case, marks between the words, their absence, camel case and a group before them change no meaning."""
    expected = meaning_of(phrase)
    words = phrase.split()
    camel = words[0] + "".join(word.title() for word in words[1:])
    for typed in (case(phrase).replace(" ", mark), "".join(words), camel, f"grp_a/{phrase.replace(' ', '_')}"):
        assert meaning_of(typed) == expected, typed


@pytest.mark.parametrize(
    ("header", "entity"),
    [
        ("case.victim.dob", "birth_date"), ("pp_no", "passport"), ("D.O.B.", "birth_date"), ("dl no", "driving_licence"),
        ("A/C no", "account"), ("PPNo", "passport"), ("custphone", "phone"), ("beneficiaryiban", "iban"), ("nat", "citizenship"),
        ("Nº de cliente", "member_number"), ("hotel name", "venue"), ("exploitation country", "country"), ("shelter phone", "phone"),
        ("victim_age", "age"), ("ФИО", "name"), ("doğum tarihi", "birth_date"), ("رقم الهاتف", "phone"), ("phone2", "phone"),
        ("gps/_gps_latitude", "coordinates"), ("meta/instanceID", "case_id"), ("What is your name?", "name"),
        ("means_of_control/DebtBondage", "control"), ("lastSeenWhatsappOfHer", "phone"), ("NoOfChildren", "personal_detail"), ("ümlaut", None), ("", None), ("///", None),
    ],
)  # fmt: skip
def test_what_a_header_means(header, entity):
    """Paths, abbreviations, compounds and questions are read by what the column holds, not by whose it is."""
    found = meaning_of(header)
    assert (found.entity if found else None) == entity


def test_an_attribute_of_a_thing_is_told():
    """``phone_type`` holds no phone: the reading says that only the values can tell."""
    assert headers_of("phone_type")[0].turned
    assert not headers_of("contact phone")[0].turned


@given(st.text(max_size=600))
def test_no_header_makes_it_fail(text):
    """Any text is a header."""
    assert all(header.meaning.role for header in headers_of(text))


def test_a_long_header_is_not_read_to_its_end():
    """A megabyte of words is read as far as a header is, in less time than a look at each of its characters takes."""
    text = "name of the phone " * 60_000
    headers_of(text)
    assert seconds(headers_of, text) < seconds(lambda long: [ord(c) for c in long], text)


def test_what_stands_for_no_value():
    """People write that nothing is known in their own language."""
    assert {"none", "n/a", "unknown", "unbekannt", "desconocido", "необхідно"} - word_list("nothing") == {"необхідно"}
