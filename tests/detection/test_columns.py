"""Columns: decided once, by name and values; what is unknown and singles out rows stays back."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.detection.column_sample import MOST, sample
from anonshare.detection.columns import decide
from anonshare.detection.entities import DIRECT, ENTITIES
from anonshare.samples.cases import cases
from anonshare.samples.claims import claims

NAMES = ["Maria Pop", "Ana Ionescu", "John Smith", "Luc Martin", "Eva Novák", "Ольга Коваль"]
PHONES = [f"+4072123{n:04}" for n in range(40)]
EMAILS = [f"anna{n}@example.org" for n in range(40)]
IBANS = ["GB82WEST12345698765432", "DE89370400440532013000", "RO49AAAA1B31007593840000"]
CNPS = ["1800101221144", "2890101400018", "5010203040506"]


def one(header, values, **options):
    """The decision about one column of these values."""
    return decide({header: Counter(values)}, **options)[header]


def altered(number):
    """A number whose check digit does not hold."""
    return number[:-1] + str((int(number[-1]) + 3) % 10)


def test_the_columns_of_the_samples():
    """What the field's own records hold is told by name and type, and nothing that is known stays back."""
    made = cases(200, seed=3)
    found = decide({name: Counter(v for v in made.cells[name] if v) for name in made.columns})
    types = {name: decision.entity for name, decision in found.items()}
    assert types | {
        "first_name": "PERSON", "email": "EMAIL_ADDRESS", "handle": "HANDLE", "shelter": "SHELTER", "phone": "PHONE_NUMBER",
        "passport": "PASSPORT", "plate": "LICENSE_PLATE", "case_id": "CASE_NUMBER", "birth_date": "DATE_TIME", "gender": "SEX",
        "citizenship": "NRP", "notes": None, "exploitation": None,
    } == types  # fmt: skip
    assert found["notes"].role == "narrative"
    assert [name for name, decision in found.items() if decision.suppress] == []


def test_the_columns_of_claims():
    """An insurer's tables: numbers of policies and claims, persons, accounts."""
    for columns, rows in claims(200).tables.values():
        found = decide(
            {name: Counter(v for v in cells if v) for name, cells in zip(columns, zip(*rows, strict=True), strict=True)}
        )
        assert not any(decision.suppress for decision in found.values())
        assert {"policy_id": "POLICY_NUMBER"}.items() <= {name: d.entity for name, d in found.items()}.items()


@pytest.mark.parametrize(
    ("values", "entity"),
    [
        (EMAILS, "EMAIL_ADDRESS"), (PHONES, "PHONE_NUMBER"), (IBANS, "IBAN_CODE"),
        (["4111111111111111", "5500000000000004", "4012888888881881"], "CREDIT_CARD"),
        (["490154203237518", "352099001761481"], "IMEI"),
        (["89310410106543789305", "89014103211118510720"], "ICCID"),
        (["1M8GDM9AXKP042788"], "VIN"), (["1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"], "CRYPTO"),
        (["L898902C36UTO7408122F1204159ZE184226B<<<<<10"], "MRZ"),
        (["10.0.0.1", "2001:db8::1"], "IP_ADDRESS"), (["00:1b:44:11:3a:b7"], "MAC_ADDRESS"),
        (["44.4268, 26.1025", "-1.2921 36.8219"], "GPS"), (["@luna_77", "@mika.9"], "HANDLE"),
        (["https://example.org/a", "www.example.org"], "URL"), (["2024-01-05", "31.12.2023", "05/03/2024"], "DATE_TIME"),
    ],
)  # fmt: skip
def test_values_prove_a_type_without_a_name(values, entity):
    """Where the name says nothing, forms and check digits do."""
    decision = one("q17", values)
    assert (decision.entity, decision.confidence) == (entity, "values")
    assert decision.role == ("direct_identifier" if entity in DIRECT else "quasi_identifier")


def test_national_numbers_are_proven_by_one_country():
    """Numbers whose check digits hold prove a column; the same numbers with another digit prove nothing."""
    numbers = ["44051401359", "02070803628", "90090515836", "92071314764", "81010200141"]
    assert one("q17", numbers, region="PL").entity == "NATIONAL_ID"
    assert one("q17", [altered(n) for n in numbers], region="PL").entity == "ID_NUMBER"


def test_phones_without_a_country_code():
    """National phones are phones under a name that says so; the region, or the way they are written, does without."""
    values = [f"0721 234 {n:03}" for n in range(30)]
    assert one("Phone", values).confidence == "confirmed"
    assert one("q17", values, region="RO").entity == "PHONE_NUMBER"


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Age", PHONES), ("Status", EMAILS), ("First name", [str(n) for n in range(900, 940)]), ("Email", NAMES * 3),
        ("IBAN", EMAILS), ("Date of birth", NAMES), ("Interview date", [f"{n}.75" for n in range(200, 230)]), ("Amount", [str(10**10 + n) for n in range(20)]), ("Gender", IBANS),
        ("Outcome", [*["closed"] * 40, EMAILS[0]]), ("Country", [*["France"] * 40, PHONES[0]]),
        ("Surname", ["she left the house at night and walked to the station alone"] * 3),
    ],
)  # fmt: skip
def test_a_name_and_values_that_disagree_stay_back(header, values):
    """Neither is believed: the column is suppressed, and the reason says both."""
    decision = one(header, values)
    assert decision.suppress
    assert decision.confidence == "disagree"


@given(st.lists(st.text(min_size=1, max_size=30), min_size=3, max_size=40, unique=True))
@settings(max_examples=60)
def test_nothing_unknown_that_singles_out_rows_leaves(values):
    """Distinct values without a name are an identifier, or told by their form, or no values; never just let through."""
    decision = one("q17", values)
    kept = sample(Counter(values))
    assert decision.suppress or decision.role is not None or not kept.texts or kept.distinct < kept.filled


@given(st.text(max_size=20), st.lists(st.text(max_size=60), max_size=20), st.sampled_from([None, "RO", "GB"]))
@settings(max_examples=60)
def test_no_column_makes_it_fail(header, values, region):
    """Any name and any values are decided, as a type that the room has."""
    decision = one(header, values, region=region)
    assert decision.entity in {None, *ENTITIES}
    assert decision.reason


@given(st.sampled_from(["", "Phone", "Notes", "Status", "Name"]), st.integers(0, 9))
def test_a_reason_carries_no_value(header, seed):
    """What is said of a column is the same whatever canary stands in it."""
    canaries = [f"canary{seed}{n}@canary.example" for n in range(5)]
    decision = one(header, canaries)
    assert "canary" not in repr(decision).lower()


@given(st.permutations(NAMES + EMAILS[:9] + PHONES[:9]), st.sampled_from(["", "contact", "Name"]))
def test_the_order_of_rows_decides_nothing(values, header):
    """The same values in another order are the same column."""
    assert one(header, values) == one(header, sorted(values))


def test_the_policy_wins():
    """A role or a type that the policy names stands, whatever name and values say."""
    decided = decide({"Age": Counter(EMAILS), "x": Counter(NAMES)}, policy={"Age": "EMAIL_ADDRESS", "x": "insensitive"})
    assert (decided["Age"].entity, decided["Age"].role, decided["Age"].suppress) == (
        "EMAIL_ADDRESS",
        "direct_identifier",
        False,
    )
    assert (decided["x"].role, decided["x"].suppress) == ("insensitive", False)


def test_placeholders_are_no_values():
    """A phone column that is nearly empty is a phone column: "None" is nobody's name."""
    assert one("phone", ["None"] * 90 + PHONES[:3]).entity == "PHONE_NUMBER"
    assert one("q17", ["None"] * 90 + PHONES[:3]).entity == "PHONE_NUMBER"
    assert one("q17", ["N/A", "unknown", "-"]).reason.endswith("no value")


def test_floats_are_the_numbers_that_they_were():
    """A program that read whole numbers as floats changed no column."""
    assert one("Age", [f"{n}.0" for n in range(20, 40)]).confidence == "confirmed"
    assert one("q17", ["490154203237518.0", "352099001761481.0"]).entity == "IMEI"


def test_days_of_a_spreadsheet_are_dates_under_a_date_s_name():
    """Serial days are numbers to everybody but their column."""
    assert one("Interview date", [str(45_000 + n) for n in range(20)]).confidence == "confirmed"
    assert one("q17", [str(45_000 + n) for n in range(20)]).suppress


def test_a_second_word_of_the_name_may_be_the_right_one():
    """``consent/phone`` with yes and no is a consent; ``phone_type`` is no phone."""
    assert one("consent/phone", ["yes"] * 20 + ["no"] * 5).holds == "consent"
    assert one("phone_type", ["mobile"] * 20 + ["landline"] * 5).role is None


def test_answers_of_several_choices_are_a_category():
    """Cells of codes joined by semicolons have many values and few codes."""
    rng = Random(4)
    codes = ["DebtBondage", "Threats", "Violence", "Isolation", "Papers", "Drugs", "Debt"]
    cells = [";".join(sorted(rng.sample(codes, rng.randint(1, 4)))) for _ in range(80)]
    assert not one("means_of_control", cells).suppress


def test_a_sample_stands_for_all_lengths_and_shapes():
    """At most a thousand values are looked at, and the rare shape is among them in any order."""
    values = [f"C-{n:06}" for n in range(5000)] + ["anna@example.org"]
    drawn = sample(Counter(values))
    assert len(drawn.texts) == MOST
    assert "anna@example.org" in drawn.texts
    assert drawn.texts == sample(Counter(reversed(values))).texts
    assert drawn.distinct == 5001


def test_all_columns_or_none():
    """Where a column cannot be read no decision exists: nothing is written on half of them."""
    with pytest.raises(AttributeError):
        decide({"Phone": Counter(PHONES), "broken": None})


def test_no_model_is_loaded():
    """Columns are decided without spaCy, Presidio or any model."""
    code = (
        "import sys; from anonshare.detection.columns import decide; decide({'Full Name': {'Maria Pop': 1, 'Ana Rus': 2}});"
        "sys.exit(bool({'spacy', 'presidio_analyzer', 'onnxruntime'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
