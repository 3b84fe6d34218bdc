"""Parameters of operators are checked when the policy is read; operators that must not exist are refused with the reason."""

from __future__ import annotations

import json

import pytest

from anonshare.errors import AnonshareError, PolicyError
from anonshare.policy.load import parse_policy
from anonshare.policy.operators import BARE, Do
from anonshare.policy.records import Column
from anonshare.policy.refused import refusal
from anonshare.policy.shorthand import expand
from anonshare.registry import OPERATORS
from tests.policy.test_policy import CANARY, changed

PHONE = "records/tables/cases/columns/phone/do"
TOKENS = ("pseudonymize", "pseudonymize_reversible", "tokenize_vault")

GOOD = [
    {"pseudonymize": {"scope": scope, "entity": "ph"}}
    for scope in ("person", "relationship", "document", "transaction")
] + [
    {"pseudonymize": {"entity": "per", "who": "unit"}},
    {"pseudonymize_reversible": {"scope": "person", "entity": "ph"}},
    {"tokenize_vault": {"entity": "ph"}},
    {"surrogate": {"kind": "phone", "marked": False}},
    {"redact": {"entity": "ph"}},
    {"mask": {"keep_first": 4, "keep_last": 4, "character": "•", "length": 1}},
    {"suppress": {"values": ["x"]}},
    {"top_bottom": {"bottom": -5}},
    {"top_bottom": {"top": "2.5"}},
    {"top_bottom": {"bottom": "0.5", "top": 1}},
    {"round": {"to": 10}},
    {"round": {"to": "0.5"}},
    {"rare_to_other": {"below": 2, "label": "anything else"}},
    {"shift_dates": {"days": 30, "resolution": "quarter", "event": "case_no"}},
    *BARE,
]

BAD = [
    ({"pseudonymize": {"scope": CANARY}}, "scope"),
    ({"pseudonymize": {"who": CANARY}}, "who"),
    ({"pseudonymize": {"entity": "phone"}}, "entity"),
    ({"pseudonymize_reversible": {"scope": "document"}}, "scope"),
    ({"pseudonymize_reversible": {"scope": "transaction"}}, "scope"),
    ({"tokenize_vault": {"scope": "person"}}, "scope"),
    ({"surrogate": {}}, "kind"),
    ({"surrogate": {"kind": CANARY}}, "kind"),
    ({"surrogate": {"kind": "phone", "marked": "no"}}, "marked"),
    ({"redact": {"mark": CANARY}}, "mark"),
    ({"mask": {"keep_first": 5}}, "keep_first"),
    ({"mask": {"keep_last": -1}}, "keep_last"),
    ({"mask": {"character": "0"}}, "character"),
    ({"mask": {"length": 0}}, "length"),
    ({"mask": {"length": 33}}, "length"),
    ({"suppress": {"values": []}}, "values"),
    ({"suppress": {"values": [CANARY, 5]}}, "values"),
    ({"suppress": {"values": [""]}}, "values"),
    ({"suppress": {"pattern": CANARY}}, "pattern"),
    ({"top_bottom": {}}, "top_bottom"),
    ({"top_bottom": {"bottom": 5, "top": 5}}, "top_bottom"),
    ({"top_bottom": {"bottom": "1.5", "top": 1}}, "top_bottom"),
    ({"top_bottom": {"top": 1.5}}, "top"),
    ({"top_bottom": {"top": "1,5"}}, "top"),
    ({"top_bottom": {"top": "1e5"}}, "top"),
    ({"round": {}}, "to"),
    ({"round": {"to": 0}}, "to"),
    ({"round": {"to": -10}}, "to"),
    ({"round": {"to": "0.0"}}, "round"),
    ({"round": {"to": "-0.5"}}, "round"),
    ({"round": {"to": 0.5}}, "to"),
    ({"round": {"to": "inf"}}, "to"),
    ({"round": {"to": CANARY}}, "to"),
    ({"rare_to_other": {"below": 1}}, "below"),
    ({"rare_to_other": {"below": 5, "label": ""}}, "label"),
    ({"rare_to_other": {"below": 5, "label": " "}}, "label"),
    ({"rare_to_other": {"label": "other"}}, "below"),
    ({"shift_dates": {"days": 6}}, "days"),
    ({"shift_dates": {"days": 30, "resolution": "week"}}, "resolution"),
    ({"shift_dates": {"days": 30, "event": ""}}, "event"),
]

HASHES = ["hash", "md5", "sha1", "sha256", "SHA-256", "sha_512", "sha3-256", "blake2b", "bcrypt", "Hash"]
OTHERS = [
    ("fpe", "pseudonymize"),
    ("ff1", "pseudonymize"),
    ("FF3-1", "pseudonymize"),
    ("encrypt", "pseudonymize_reversible"),
    ("truncate", "mask"),
    ("replace", "redact"),
    ("hmac", "pseudonymize"),
    ("faker", "surrogate"),
]


def operator(do: object) -> Do:
    """What a policy that says ``do`` of a column is read as."""
    table = {"columns": {"phone": {"role": "internal", "do": do}}}
    written = expand({"records": {"tables": {"cases": table}}})["records"]["tables"]["cases"]["columns"]["phone"]["do"]
    return Do.model_validate_json(json.dumps(written))


def refused(do: object) -> AnonshareError:
    with pytest.raises(PolicyError) as caught:
        parse_policy(changed(PHONE, do))
    error = caught.value
    assert CANARY not in f"{error} {error.hint} {' '.join(f'{f} {f.remedy}' for f in error.faults)}"
    return error


def test_a_policy_can_name_every_operator():
    """The keys below ``do`` are the registered operators, and two that are none of values; words alone are of them."""
    assert set(Do.model_fields) - {"extension", "masked"} == set(OPERATORS.builtin())
    assert set(BARE) <= set(Do.model_fields) - {"extension"}


@pytest.mark.parametrize("do", GOOD, ids=str)
def test_parameters_that_make_sense_are_read(do):
    """Each operator is read with its parameters, and the negative twins below differ from these by one of them."""
    read = operator(do)
    assert read.name == (do if isinstance(do, str) else next(iter(do)))


@pytest.mark.parametrize(("do", "where"), BAD, ids=str)
def test_parameters_that_make_none_are_refused_by_their_path(do, where):
    """A wrong parameter is a fault at its own place, and no value of a policy is repeated."""
    assert any(where in fault.where.split(".") for fault in refused(do).faults)


@pytest.mark.parametrize("name", HASHES)
@pytest.mark.parametrize("params", [None, {}, {"salt": CANARY}])
def test_a_hash_without_a_key_does_not_exist(name, params):
    """However a keyless hash is spelt, the fault tells how soon it is broken and what to use instead."""
    fault = refused(name if params is None else {name: params}).faults[0]
    assert fault.where.endswith(f"phone.do.{name}")
    assert "10^8 mobile numbers of a country are hashed in 24 s on one core" in fault.problem
    assert "pseudonymize" in (fault.remedy or "")


@pytest.mark.parametrize(("name", "instead"), OTHERS)
def test_operators_of_other_tools_lead_to_their_like(name, instead):
    """What a user of another tool looks for is refused with the operator that does it here."""
    fault = refused({name: {}}).faults[0]
    assert instead in (fault.remedy or "")


def test_no_package_brings_a_hash_back(monkeypatch):
    """An installed extension of a refused name is refused too, in both ways of writing it."""
    monkeypatch.setitem(OPERATORS._loaded, "sha256", object())
    monkeypatch.setitem(OPERATORS._loaded, "reverse_words", object())
    assert "24 s" in refused("sha256").faults[0].problem
    assert "does not exist" in refused({"extension": {"name": "sha256"}}).faults[0].problem
    assert parse_policy(changed(PHONE, "reverse_words")).columns()["phone"].do.name == "reverse_words"


def test_no_operator_of_ours_is_refused():
    """The names that are refused and those that exist share none, and a key elsewhere may have any name."""
    assert not [name for name in Do.model_fields if refusal(name)]
    with pytest.raises(PolicyError) as caught:
        parse_policy(changed("title", {"hash": "x"}))
    assert "24 s" not in str(caught.value.faults)


@pytest.mark.parametrize("role", ["direct_identifier", "quasi_identifier", "sensitive", "insensitive"])
@pytest.mark.parametrize("known", [(), ("nobody",), ("public",), ("perpetrator",)])
@pytest.mark.parametrize("do", GOOD, ids=str)
def test_k_is_judged_over_what_may_be_known(role, known, do):
    """A shifted date always counts, a token or an invented value never, all else where its role or a knower says so."""
    read = operator(do)
    column = Column(role=role, do=read, known_to=known)
    judged = role == "quasi_identifier" or bool({"public", "perpetrator"} & set(known))
    if read.name in {*TOKENS, "surrogate", "drop", "withhold"}:
        judged = False
    elif read.name == "shift_dates":
        judged = True
    assert column.is_key == judged
    assert column.stands_in == (read.name in {*TOKENS, "surrogate"})
