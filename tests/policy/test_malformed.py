"""Forty policies that are wrong, one way each: every one is refused with its place and a remedy, and nothing repeated."""

from __future__ import annotations

import pytest

from anonshare.errors import AnonshareError, PolicyError, ReleaseRefused
from anonshare.pipeline.demo import FILLED
from anonshare.policy.lint import lint
from anonshare.policy.load import parse_policy
from anonshare.policy.shelf import fill, template

CANARY = "Zq7Canary"
TEXT = fill(template("ngo-cases-to-police"), {**FILLED, "what the agency may use the data for": CANARY})
COLUMN = "        gender: {role: quasi_identifier, do: keep}\n"

CHANGES = {
    "an unknown key": ("id: ngo-cases", "idd: x\nid: ngo-cases", "idd", "id"),
    "a misspelt section": ("disclosure:", "disclosures:", "disclosures", "disclosure"),
    "a misspelt key in a section": ("min_count: 11", "min_counts: 11", "min_counts", "min_count"),
    "a misspelt operator": ("do: keep}", "do: kep}", "kep", "keep"),
    "a misspelt operator with parameters": ("{generalize: {hierarchy: un_region}}", "{generalise: {hierarchy: un_region}}", "generalise", "generalize"),
    "a misspelt model": ("{k_anonymity: 11}", "{k_anonymty: 11}", "k_anonymty", "k_anonymity"),
    "an unknown role": ("gender: {role: quasi_identifier", f"gender: {{role: {CANARY}", "role", "quasi_identifier"),
    "an unknown kind of recipient": ("kind: law_enforcement", f"kind: {CANARY}", "recipient.kind", "law_enforcement"),
    "text for a number": ("k_anonymity: 11", f"k_anonymity: {CANARY}", "k_anonymity", None),
    "a number in quotes": ("k_anonymity: 11", "k_anonymity: '11'", "k_anonymity", None),
    "a negative number": ("min_count: 11", "min_count: -11", "min_count", None),
    "a yes for a number": ("min_count: 11", "min_count: true", "min_count", None),
    "a k below the default": ("k_anonymity: 11", "k_anonymity: 5", "disclosure", "exception"),
    "a missing section": ("consent: {mode: opt_in, column: consent_police, covers: disclosure_to_law_enforcement}\n", "", "consent", None),
    "a missing key": ("title: Case records of an NGO to a national anti-trafficking unit\n", "", "title", None),
    "a day that does not exist": ('valid_from: "2020-01-01"', "valid_from: 2020-02-31", "valid_from", None),
    "an end before the start": ('valid_until: "9999-12-31"', "valid_until: 2019-01-01", "agreement", None),
    "a version that is not known": ("anonshare: policy/1", "anonshare: policy/2", "anonshare", None),
    "an id with capitals": ("id: ngo-cases-to-police", "id: NGO Cases", "id", None),
    "two operators": ("do: keep}", "do: {keep: {}, drop: {}}}", "do", "exactly one"),
    "two models in one": ("{k_anonymity: 11}", "{k_anonymity: 11, l_diversity: {column: outcome, l: 2}}", "disclosure.models", "exactly one"),
    "an operator's unknown parameter": ("{hierarchy: un_region}", "{hierarchy: un_region, levels: 1}", "levels", "level"),
    "a list for a group": ("records:\n", "records: []\nother:\n", "records", None),
    "a group for a text": ("title: Case records", "title: {a: b} #", "title", None),
    "no approvals": ("[{role: data-officer}, {role: legal-officer}]", "[]", "release.approvals", None),
    "no units": ("units: [{name: person, columns: [first_name, surname, birth_date]}]", "units: []", "records.units", None),
    "an aggregate that counts no unit": ("count: person", f"count: {CANARY.lower()}", "", "unit"),
    "two tables of one name": ("name: by_citizenship_year", "name: cases", "", "same name"),
    "a duration in words": ("delete_by: P2Y", "delete_by: two years", "retention.delete_by", None),
    "a handling code that is none": ("europol: [H1, H2]", "europol: [H1, H9]", "handling.europol", None),
    "consent without a column": ("mode: opt_in, column: consent_police,", "mode: opt_in,", "consent", "column"),
    "not required without a reason": ("mode: opt_in, column: consent_police, covers: disclosure_to_law_enforcement", "mode: not_required", "consent", "reason"),
}  # fmt: skip

BETWEEN = {
    "a direct identifier that is kept": ("surname: {role: direct_identifier, do: drop}", "surname: {role: direct_identifier, do: keep}", "columns.surname.do"),
    "notes that leave": ("notes: {role: narrative, do: withhold, kind: special}", "notes: {role: narrative, do: keep, kind: special}", "columns.notes.do"),
    "a unit of columns without a rule": ("columns: [first_name, surname, birth_date]", "columns: [nickname]", "records.units"),
    "a consent column without a rule": ("column: consent_police,", "column: consent_given,", "consent.column"),
    "an l over a column that stays": ("column: outcome, l: 2", "column: shelter, l: 2", "disclosure.models"),
    "counts by a column that is no key": ("by: [citizenship, interview_year]", "by: [outcome]", "aggregates.by_citizenship_year.by"),
}  # fmt: skip

NO_POLICY = {
    "an empty file": b"",
    "a list": b"- a\n- b\n",
    "one word": CANARY.encode(),
    "a key twice": TEXT.replace("id: ngo", f"title: {CANARY}\nid: ngo", 1).encode(),
    "a tab": TEXT.replace("  units:", "\tunits:").encode(),
    "an anchor": TEXT.replace("title: Case", "title: &a Case").encode(),
    "an alias": TEXT.replace("title: Case records", f"title: *{CANARY} #").encode(),
    "a tag": TEXT.replace("title: Case records", f"title: !!python/name:{CANARY} #").encode(),
    "no UTF-8": TEXT.encode("utf-16"),
    "a NUL": TEXT.replace("Case records", f"Case\0{CANARY}").encode(),
    "brackets that do not close": TEXT.replace("[EU]", f"[EU, {CANARY}").encode(),
    "a file that is too large": TEXT.encode() + b"# " + b"x" * (2 << 20),
    "a file that is too deep": b"a: " + b"[" * 500 + b"]" * 500,
    "placeholders left": template("ngo-cases-to-police").encode(),
}


def refused(data) -> AnonshareError:
    with pytest.raises((PolicyError, ReleaseRefused)) as caught:
        parse_policy(data)
    error = caught.value
    said = f"{error.message} {error.hint} " + " ".join(f"{f} {f.remedy}" for f in error.faults)
    assert CANARY not in said
    assert CANARY.lower() not in said
    assert error.hint or error.faults
    return error


@pytest.mark.parametrize("wrong", CHANGES)
def test_a_key_or_value_that_is_wrong(wrong):
    """The fault has the path of the key, and names the nearest one or the values that there are."""
    old, new, where, near = CHANGES[wrong]
    assert old in TEXT, "the template has changed: the case proves nothing"
    faults = refused(TEXT.replace(old, new, 1)).faults
    assert any(where in fault.where for fault in faults)
    if near:
        assert any(near in f"{fault} {fault.remedy}" for fault in faults)


@pytest.mark.parametrize("wrong", BETWEEN)
def test_keys_that_do_not_fit_together(wrong):
    """Each key alone is valid; the lint names the place and, where there is one, the way out."""
    old, new, where = BETWEEN[wrong]
    assert old in TEXT, "the template has changed: the case proves nothing"
    faults = lint(parse_policy(TEXT.replace(old, new, 1)))
    assert where in [fault.where for fault in faults]


@pytest.mark.parametrize("wrong", NO_POLICY)
def test_files_that_are_no_policy(wrong):
    """Whatever the file holds, the error is ours, has a way out, and repeats nothing of it."""
    refused(NO_POLICY[wrong])


def test_there_are_forty():
    """At least forty malformed policies, as many as the project promises."""
    assert len(CHANGES) + len(BETWEEN) + len(NO_POLICY) >= 40
    assert lint(parse_policy(TEXT)) == ()
