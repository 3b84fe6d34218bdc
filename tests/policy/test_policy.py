"""A policy is read whole or not at all, and its errors name paths, never values."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import PolicyError, ReleaseRefused
from anonshare.policy.base import Model
from anonshare.policy.lint import lint, lint_columns
from anonshare.policy.load import parse_policy, policy_digest
from anonshare.policy.model import Policy
from anonshare.policy.public import public_policy
from anonshare.policy.schema import policy_schema
from anonshare.policy.shelf import fill, shelf, template
from anonshare.wire.safe_yaml import dump, load

CHECKOUT = Path(__file__).parents[2]
CANARY = "Zq7CanaryÜber"
FILLED = {
    "what the agency may use the data for": "Finding routes",
    "id of your organisation": "ngo-lumina",
    "who answers questions, with an address": "data@ngo.example",
    "id on the agency's contact card": "agency-x",
    "country code of the agency": "RO",
    "article that your counsel names, e.g. GDPR 6(1)(f)": "GDPR 6(1)(f)",
    "article for special categories, e.g. GDPR 9(2)(g)": "GDPR 9(2)(g)",
    "reference of the agreement": "MoU-1",
    "first day": "2020-01-01",
    "last day": "9999-12-31",
}


def text() -> str:
    return fill(template("ngo-cases-to-police"), FILLED)


def raw() -> dict:
    return load(text(), "the policy")


def changed(path: str, value: object) -> str:
    document = raw()
    place = document
    *parents, last = path.split("/")
    for part in parents:
        place = place[int(part) if isinstance(place, list) else part]
    if value is None:
        del place[last]
    elif isinstance(place, list):
        place[int(last)] = value
    else:
        place[last] = value
    return dump(document)


def test_every_shelf_policy_loads_once_filled():
    """A template with its placeholders filled is a valid policy without lint; there are three."""
    assert shelf() == ["insurer-claims-links", "ngo-cases-to-police", "public-statistics"]
    for name in shelf():
        filled = template(name)
        for place in set(re.findall(r"<([^<>\n]{1,200})>", filled)):
            answer = "RO" if "country" in place else "2020-01-01" if " day" in place else "x-1"
            filled = filled.replace(f"<{place}>", answer)
        assert lint(parse_policy(filled)) == (), name
    assert lint(parse_policy(text())) == ()


def test_a_template_is_refused_with_every_placeholder():
    """G1 refuses what is left of a template, and names each place."""
    with pytest.raises(ReleaseRefused) as refused:
        parse_policy(template("ngo-cases-to-police"))
    assert refused.value.exit_code == 3
    assert len(refused.value.faults) == len(FILLED)


def test_the_committed_schema_is_current():
    """``docs/policy.schema.json`` is what the model says."""
    assert (CHECKOUT / "docs" / "policy.schema.json").read_bytes() == policy_schema()


def test_the_schema_allows_the_shelf_policy():
    """The JSON Schema accepts what the model accepts, shorthand operators included."""
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.validate(raw(), json.loads(policy_schema()))


BROKEN = [
    ("id", "Bad Id", "id", None),
    ("titel", "x", "titel", "title"),
    ("title", None, "title", None),
    ("title", 7, "title", None),
    ("purpose/code", "has space", "purpose.code", None),
    ("recipient/kind", "police", "recipient.kind", "law_enforcement"),
    ("agreement/valid_from", "soon", "agreement.valid_from", None),
    ("agreement/valid_until", "2001-01-01", "agreement", None),
    ("consent/mode", "optin", "consent.mode", "opt_in"),
    ("consent/colum", "x", "consent.colum", "column"),
    ("grading/information", 9, "grading.information", None),
    ("handling/tlp", "orange", "handling.tlp", "amber"),
    ("retention/delete_by", "2 years", "retention.delete_by", None),
    ("records/tables/cases/others", "keep", "records.tables.cases.others", "refuse"),
    ("records/tables/cases/columns/phone/rol", "x", "records.tables.cases.columns.phone.rol", "role"),
    ("records/tables/cases/columns/phone/do", "hash", "records.tables.cases.columns.phone.do.hash", None),
    ("records/tables/cases/columns/phone/do", {"pseudonymise": {}}, None, "pseudonymize"),
    ("records/tables/cases/columns/phone/do", {"drop": {}, "keep": {}}, None, None),
    ("records/tables/cases/columns/birth_date/do", {"generalize": {"level": 1}}, None, None),
    ("records/tables/cases/columns/birth_date/do", {"generalize": {"hierarchy": "x", "lvl": 1}}, None, "level"),
    ("disclosure/models/0", {"k_anonymity": 3}, "disclosure", None),
    ("disclosure/models/0", {"k_anonymity": "11"}, None, None),
    ("disclosure/models/0", {"kanonymity": 11}, None, "k_anonymity"),
    ("aggregates/0/complementary", False, None, None),
    ("aggregates/0/count", "cases", None, None),
    ("release/approvals", [], None, None),
    ("anonshare", "policy/9", "anonshare", "policy/1"),
]


@pytest.mark.parametrize(("path", "value", "where", "near"), BROKEN)
def test_a_fault_is_located_and_says_what_is_near(path, value, where, near):
    """Each fault has the path of the key, and names the nearest key or word where there is one."""
    with pytest.raises(PolicyError) as error:
        parse_policy(changed(path, value))
    faults = error.value.faults
    assert error.value.exit_code == 1
    assert where is None or any(fault.where == where for fault in faults), faults
    assert near is None or any(near in (fault.remedy or "") for fault in faults), faults


@pytest.mark.parametrize(
    "path", ["title", "purpose/code", "recipient/kind", "grading/source", "release/review", "region"]
)
@pytest.mark.parametrize("value", [CANARY, [CANARY], {CANARY: CANARY}])
def test_an_error_never_repeats_what_was_given(path, value):
    """A value in a policy can be a cell pasted in the wrong place: no error shows it."""
    try:
        parse_policy(changed(path, value))
    except PolicyError as error:
        shown = f"{error} {error.hint} {' '.join(f'{f} {f.remedy}' for f in error.faults)}"
        if not isinstance(value, dict):
            assert CANARY not in shown
        assert error.__cause__ is None


def test_all_faults_at_once():
    """Three faults are told in one go."""
    document = raw()
    document["titel"] = "x"
    document["grading"]["source"] = "Q"
    del document["retention"]
    with pytest.raises(PolicyError) as error:
        parse_policy(dump(document))
    assert len(error.value.faults) == 3


LINTS = [
    ("records/tables/cases/columns/phone/do", "keep", "direct_identifier"),
    ("records/tables/cases/columns/notes/do", "keep", "narrative"),
    ("consent/column", "said_yes", "no column"),
    ("records/units", [{"name": "person", "columns": ["nickname"]}], "columns of the unit"),
    ("aggregates/0/by", ["outcome"], "quasi-identifier"),
    ("disclosure/models", [{"k_anonymity": 11}, {"l_diversity": {"column": "gender", "l": 2}}], "l_diversity"),
    (
        "records/tables/cases/columns/interview_year",
        {"role": "insensitive", "do": {"shift_dates": {"days": 30}}, "known_to": ["public"]},
        "hides nobody",
    ),
    (
        "records/tables/cases/columns",
        {
            **raw()["records"]["tables"]["cases"]["columns"],
            "consent_date": {"role": "insensitive", "do": {"shift_dates": {"days": 30}}},
            "interview_date": {"role": "insensitive", "do": {"shift_dates": {"days": 31}}},
        },
        "different days",
    ),
]


@pytest.mark.parametrize(("path", "value", "words"), LINTS)
def test_rules_between_keys(path, value, words):
    """A policy whose keys are valid but do not fit together is told so."""
    found = lint(parse_policy(changed(path, value)))
    assert any(words in fault.problem for fault in found), found


def test_codes_read_from_notes_are_known_to_the_perpetrator():
    """Codes that leave join the columns over which k is judged, or the policy says who does not know them."""
    path = "records/tables/cases/columns/notes"
    column = {"role": "narrative", "do": {"codes": {"lexicon": "means_of_control"}}}
    assert lint(parse_policy(changed(path, column)))
    assert not lint(parse_policy(changed(path, column | {"known_to": ["perpetrator"]})))


def test_columns_are_compared_both_ways():
    """A rule without a column and a column without a rule are faults; an uncovered name is told by its number."""
    policy = parse_policy(text())
    columns = [*policy.columns()]
    columns.remove("interview_year")
    assert lint_columns(policy, {"cases": columns}) == ()
    found = lint_columns(policy, {"cases": [*columns[1:], CANARY]})
    assert {fault.where for fault in found} == {f"columns.{columns[0]}", f"column {len(columns)} of the file"}
    assert CANARY not in str(found)


def test_others_drop_covers_every_column():
    """``others: drop`` is a rule for columns without one."""
    policy = parse_policy(changed("records/tables/cases/others", "drop"))
    columns = [c for c in policy.columns() if c != "interview_year"]
    assert lint_columns(policy, {"cases": [*columns, "anything"]}) == ()


def test_the_public_projection_names_only_what_leaves():
    """Columns that stay are counted, not named."""
    policy = parse_policy(text())
    public = dump(public_policy(policy))
    for name, column in policy.columns().items():
        assert (f"{name}:" in public) == column.leaves or name in {"notes"}, name
    assert "consent_police" not in public


def test_the_digest_means_the_meaning():
    """Comments and the order of keys do not change a policy's digest; a changed word does."""
    policy = parse_policy(text())
    assert policy_digest(parse_policy("# a comment\n" + dump(dict(reversed(raw().items()))))) == policy_digest(policy)
    assert policy_digest(parse_policy(changed("title", "Another"))) != policy_digest(policy)


def test_every_model_is_closed_and_silent():
    """Each model of the room forbids unknown keys, is frozen and strict, and hides its input."""

    def below(model: type[Model]) -> set[type[Model]]:
        return {model}.union(*(below(inner) for inner in model.__subclasses__()))

    for model in below(Model):
        config = model.model_config
        assert config["extra"] == "forbid"
        assert config["frozen"]
        assert config["strict"]
        assert config["hide_input_in_errors"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_anything_else_is_refused_as_one_family(document):
    """Whatever stands in the file, it is a policy or one clear error."""
    try:
        parse_policy(json.dumps(document))
    except (PolicyError, ReleaseRefused) as error:
        assert error.message
    else:
        raise AssertionError("this is no policy")


def test_unknown_shelf_policy():
    """A wrong name lists those that exist."""
    with pytest.raises(PolicyError) as error:
        template("nothing")
    assert "ngo-cases-to-police" in (error.value.hint or "")


def test_policy_type():
    """A parsed policy is frozen."""
    policy = parse_policy(text())
    assert isinstance(policy, Policy)
    with pytest.raises(ValueError, match="frozen"):
        policy.title = "x"
