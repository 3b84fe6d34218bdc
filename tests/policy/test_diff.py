"""Two versions of a policy: nothing changes unseen, and what gives more is called so."""

from __future__ import annotations

import pytest

from anonshare.pipeline.demo import FILLED
from anonshare.policy.diff import differences
from anonshare.policy.load import parse_policy
from anonshare.policy.shelf import fill, template

TEXT = fill(template("ngo-cases-to-police"), FILLED)
OLD = parse_policy(TEXT)

CHANGES = [
    ("k_anonymity: 11", "k_anonymity: 20", "disclosure.models", "less"),
    ("l: 2", "l: 3", "disclosure.models", "less"),
    ("min_count: 11", "min_count: 20", "aggregates.by_citizenship_year", "less"),
    ("{role: data-officer}, {role: legal-officer}", "{role: data-officer}", "release.approvals", "more"),
    ("delete_by: P2Y", "delete_by: P3Y", "retention.delete_by", "more"),
    ("europol: [H1, H2]", "europol: [H1]", "handling.europol", "more"),
    ("europol: [H1, H2]", "europol: [H1, H2, H3]", "handling.europol", "less"),
    (
        "email: {role: direct_identifier, do: drop}",
        "email: {role: direct_identifier, do: {pseudonymize: {entity: em}}}",
        "columns.email",
        "more",
    ),
    (
        "gender: {role: quasi_identifier, do: keep}",
        "gender: {role: quasi_identifier, do: drop}",
        "columns.gender",
        "less",
    ),
    ("hierarchy: ctdc_age, level: 1", "hierarchy: ctdc_age, level: 2", "columns.birth_date", "less"),
    ("gender: {role: quasi_identifier, do: keep}", "gender: {role: insensitive, do: keep}", "columns.gender", "more"),
    ('card: "agency-x"', "card: agency-y", "recipient", "more"),
    ("purpose: {code: CrimeInvestigation", "purpose: {code: PublicBenefit", "purpose", "other"),
    ("languages: [en, es, fr, ro]", "languages: [en]", "languages", "other"),
    ("release:\n", "release:\n", None, None),
]


@pytest.mark.parametrize(("old", "new", "where", "direction"), CHANGES)
def test_a_change_is_told_with_its_direction(old, new, where, direction):
    """One change is told at its place; seen the other way round it has the other direction."""
    changed = parse_policy(TEXT.replace(old, new, 1))
    found = {(d.where, d.direction) for d in differences(OLD, changed)}
    if where is None:
        assert found == set()
        return
    assert (where, direction) in found
    back = {(d.where, d.direction) for d in differences(changed, OLD)}
    turned = {"more": "less", "less": "more", "other": "other"}[direction]
    assert (where, turned) in back or where == "recipient"
