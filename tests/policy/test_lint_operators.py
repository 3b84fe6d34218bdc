"""What the lint refuses of operators and tokens; each refusal has a twin beside it that passes."""

from __future__ import annotations

import re

import pytest

from anonshare.policy.lint import lint
from anonshare.policy.lint_operators import ALLOWED
from anonshare.policy.load import parse_policy
from anonshare.policy.operators import Do
from anonshare.policy.shelf import template
from anonshare.wire.safe_yaml import dump, load
from tests.policy.test_policy import raw

SHIFT = {"shift_dates": {"days": 30}}
MONTH = {"shift_dates": {"days": 30, "resolution": "month"}}
DOCUMENT = {"pseudonymize": {"scope": "document", "entity": "ph"}}


def problems(columns: dict, *, kind: str = "law_enforcement") -> str:
    """The faults of the shelf's policy for cases with these columns added."""
    document = raw()
    document["records"]["tables"]["cases"]["columns"] |= columns
    document["recipient"]["kind"] = kind
    return _told(document)


def linked(changes: dict) -> str:
    """The faults of the shelf's policy of two linked tables; ``table/column`` -> its rule, or a table's ``derive``."""
    filled = template("insurer-claims-links")
    for place in set(re.findall(r"<([^<>\n]{1,200})>", filled)):
        answer = "RO" if "country" in place else "2020-01-01" if " day" in place else "x-1"
        filled = filled.replace(f"<{place}>", answer)
    document = load(filled, "the policy")
    for path, rule in changes.items():
        table, _, column = path.partition("/")
        rules = document["records"]["tables"][table]
        if column == "derive":
            rules["derive"] |= rule
        else:
            rules["columns"][column] = rule
    return _told(document)


def _told(document: dict) -> str:
    return "\n".join(f"{fault} ({fault.remedy})" for fault in lint(parse_policy(dump(document))))


def direct(do: object) -> dict:
    return {"role": "direct_identifier", "do": do}


def plain(do: object, **more: object) -> dict:
    return {"role": "insensitive", "do": do, **more}


def test_every_operator_has_a_role_that_allows_it():
    """No operator of a policy is refused for all roles, and none is allowed for one that does not exist."""
    assert set().union(*ALLOWED.values()) == set(Do.model_fields) - {"extension"}


REFUSED_AND_PASSED = {
    "a direct identifier that is rounded": (direct({"round": {"to": 10}}), direct("redact"), "not enough"),
    "a sensitive value as a token": (
        {"role": "sensitive", "do": {"pseudonymize": {"entity": "ph"}}},
        {"role": "sensitive", "do": {"rare_to_other": {"below": 5}}},
        "not enough",
    ),
    "notes that are masked like cells": (
        {"role": "narrative", "do": "mask"},
        {"role": "narrative", "do": "withhold"},
        "not enough",
    ),
    "the ends of an identifier": (direct({"mask": {"keep_last": 2}}), direct("mask"), "ten thousand"),
    "ends that nobody judges": (
        plain({"mask": {"keep_last": 2}}),
        {"role": "quasi_identifier", "do": {"mask": {"keep_last": 2}}},
        "k is judged",
    ),
    "identifiers that a list forgets": (direct({"suppress": {"values": ["x"]}}), direct("suppress"), "not in the list"),
    "unmarked invented values for the police": (
        direct({"surrogate": {"kind": "phone", "marked": False}}),
        direct({"surrogate": {"kind": "phone"}}),
        "marked: true",
    ),
    "a shifted date that the perpetrator knows": (
        plain(SHIFT, known_to=["perpetrator"]),
        plain(SHIFT, known_to=["nobody"]),
        "hides nobody",
    ),
    "a cut date as a date": (plain(MONTH, type="date"), plain(SHIFT, type="string"), "type: string"),
    "a coded number as a number": (
        plain({"top_bottom": {"top": 5}}, type="integer"),
        plain({"round": {"to": 5}}, type="integer"),
        "type: string",
    ),
    "an event of another table": (
        plain({"shift_dates": {"days": 30, "event": "nowhere"}}),
        plain({"shift_dates": {"days": 30, "event": "phone"}}),
        "event names no column",
    ),
    "whose names are not said": (
        direct({"pseudonymize": {"entity": "per"}}),
        direct({"pseudonymize": {"entity": "per", "who": "other"}}),
        "not clear whose",
    ),
    "a name that can be turned back": (
        direct({"pseudonymize_reversible": {"entity": "per"}}),
        direct({"pseudonymize_reversible": {"entity": "acc"}}),
        "how often",
    ),
    "a name in a vault": (
        direct({"tokenize_vault": {"entity": "per"}}),
        direct({"tokenize_vault": {"entity": "acc"}}),
        "how often",
    ),
    "who of a phone": (
        direct({"pseudonymize": {"entity": "ph", "who": "unit"}}),
        direct({"pseudonymize": {"entity": "ph"}}),
        "leave it out",
    ),
}


@pytest.mark.parametrize("wrong", REFUSED_AND_PASSED)
def test_an_operator_that_is_too_weak_is_refused(wrong):
    """The one rule is told with its remedy, and the rule beside it passes without a word."""
    refused, passed, words = REFUSED_AND_PASSED[wrong]
    assert words in problems({"x_1": refused})
    assert problems({"x_1": passed}) == ""


def test_invented_values_need_no_mark_elsewhere():
    """Only investigators take an invented value for a person to look for."""
    assert problems({"x_1": direct({"surrogate": {"kind": "phone", "marked": False}})}, kind="partner_ngo") == ""


FEW = "sex gender nationality country age marital_status language city status education religion consent phone_type bic"
FEW = [*FEW.split(), "case status", "Geschlecht", "birth_date_2", "sector"]
REPEATING = [
    {"pseudonymize": {"scope": "person", "entity": "doc"}},
    {"pseudonymize": {"entity": "doc"}},
    {"pseudonymize_reversible": {"entity": "doc"}},
    {"tokenize_vault": {"entity": "doc"}},
    {"surrogate": {"kind": "document"}},
]


@pytest.mark.parametrize("do", REPEATING, ids=str)
def test_few_values_have_no_tokens_that_repeat(do):
    """By its name a column has few values: their ranks are known, so a token that repeats tells its value."""
    told = problems({f"{name} 2": direct(do) for name in FEW}).splitlines()
    ranked = [line for line in told if "rank matching" in line]
    assert [name for name in FEW if not any(line.startswith(f"columns.{name} 2.do") for line in ranked)] == []


@pytest.mark.parametrize("do", REPEATING, ids=str)
def test_many_values_may_have_them(do):
    """Identifiers, and names of columns that say nothing, pass."""
    names = ["passport_2", "telefon mobil", "e-mail", "x_1", "number"]
    assert problems({name: direct(do) for name in names}) == ""


@pytest.mark.parametrize("name", ["phone_type", "preferred phone", "contact in country of origin"])
def test_the_policy_says_which_reading_of_a_name_is_right(name):
    """A name of two readings is taken for few values until the policy says which identifier the column holds."""
    assert "rank matching" in problems({name: direct("pseudonymize")})
    assert "rank matching" in problems({name: direct({"pseudonymize": {"entity": "doc"}})})
    assert problems({name: direct({"pseudonymize": {"entity": "ph"}})}) == ""


@pytest.mark.parametrize("scope", ["document", "transaction"])
def test_tokens_that_do_not_repeat_cannot_be_ranked(scope):
    """Within one person or nowhere, equal values of two persons have no equal tokens."""
    assert problems({"religion": direct({"pseudonymize": {"scope": scope, "entity": "doc"}})}) == ""


def test_intervals_of_days_are_refused_in_the_whole_policy():
    """Two columns at the resolution of days leave the distance between two dates of a person; one, or months, do not."""
    assert "fingerprint" in problems({"x_1": plain(SHIFT), "x_2": plain(SHIFT)})
    assert "fingerprint" in linked({"policies/issue_date": plain(SHIFT), "claims/reported_date": plain(SHIFT)})
    assert problems({"x_1": plain(SHIFT), "x_2": plain(MONTH)}) == ""
    assert linked({"policies/issue_date": plain(SHIFT), "claims/reported_date": plain(MONTH)}) == ""
    other = {"shift_dates": {"days": 31, "resolution": "month"}}
    assert "different days" in problems({"x_1": plain(SHIFT), "x_2": plain(other)})


NEEDS_A_PERSON = [
    plain(MONTH),
    direct(DOCUMENT),
    direct({"pseudonymize": {"entity": "per", "who": "unit"}}),
    direct({"pseudonymize": {"entity": "per", "who": "other"}}),
    direct({"surrogate": {"kind": "surname"}}),
]
NEEDS_NONE = [
    direct({"pseudonymize": {"scope": "transaction", "entity": "per"}}),
    direct({"pseudonymize": {"entity": "ph"}}),
    direct({"surrogate": {"kind": "phone"}}),
    plain({"round": {"to": 5}}),
]


@pytest.mark.parametrize("column", [*NEEDS_A_PERSON, *NEEDS_NONE], ids=str)
def test_what_depends_on_a_person_needs_a_unit(column):
    """In a table that names no unit, and hangs on none that does, such an operator is refused and no other is."""
    document = raw()
    document["records"]["tables"]["cases"]["columns"]["x_1"] = column
    document["records"]["units"] = [{"name": "person", "columns": ["nowhere"]}]
    assert ("must know whose" in _told(document)) == (column in NEEDS_A_PERSON)
    assert problems({"x_1": column}) == ""


@pytest.mark.parametrize(
    "do",
    [
        {"pseudonymize": {"scope": "person", "entity": "ph"}},
        {"pseudonymize": {"scope": "document"}},
        {"pseudonymize_reversible": {"entity": "ph"}},
        {"tokenize_vault": {}},
    ],
)
def test_one_kind_of_identifier_has_one_kind_of_token(do):
    """Phones of two tables must be made in one way, or nobody could join them; another kind may be made otherwise."""
    assert "cannot be joined" in linked({"claims/contact_phone": direct(do)})
    assert linked({"policies/phone": direct(do), "claims/contact_phone": direct(do)}) == ""
    assert linked({"policies/phone": direct("drop"), "claims/contact_phone": direct(do)}) == ""


def test_names_of_two_kinds_of_persons_need_not_join():
    """The customer and a beneficiary are two persons, whose tokens are made in two ways on purpose."""
    assert linked({"claims/beneficiary_name": direct({"pseudonymize": {"entity": "per", "who": "other"}})}) == ""


def test_a_column_has_no_second_token_through_a_derived_one():
    """A value that was taken over from the parent row has the parent's token, or none."""
    derived = {"claims/derive": {"holder": {"parent": "phone"}}}
    for other in ({"entity": "ph", "scope": "transaction"}, {"entity": "acc"}):
        told = linked({**derived, "claims/holder": direct({"pseudonymize": other})})
        assert "in the column that they come from" in told
    assert linked({**derived, "claims/holder": direct({"pseudonymize": {"entity": "ph"}})}) == ""
    assert linked({**derived, "claims/holder": direct("drop")}) == ""
