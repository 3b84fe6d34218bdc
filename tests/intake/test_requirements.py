"""What an agency demands: every demand is judged, none is met by silence, and a bundle below it stays outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from anonshare.errors import PolicyError
from anonshare.intake.audit import AuditReport
from anonshare.intake.requirements import judge
from anonshare.policy.requirements import parse_requirements, read_requirements, requirements_schema
from anonshare.policy.shelf import requirements_template
from anonshare.shapes import Verdict

CHECKOUT = Path(__file__).parents[2]
DEMANDS = parse_requirements(requirements_template().encode())
NOW = datetime(2026, 6, 1, tzinfo=UTC)
TABLE = {"name": "cases", "models": [{"model": "k_anonymity", "k": 11}]}
COUNTS = {"name": "by_year", "min_count": 11}
REPORT = AuditReport(
    (
        Verdict("cases: k_anonymity", True, "recomputed"),
        Verdict("by_year: cells", True, "recomputed"),
        Verdict("no identifier left in a cell", True, "recomputed"),
    )
)


def bundle(*, facts=None, people=("a", "b"), delete="2027-01-01T00:00:00Z", handling=("H1",), made=NOW):
    stated = SimpleNamespace(delete_at=delete, created=made.strftime("%Y-%m-%dT%H:%M:%SZ"))
    told = {
        "disclosure": facts or {"tables": [TABLE], "linked": None, "aggregates": [COUNTS]},
        "release": {"handling": {"europol": list(handling)}},
    }
    signed = tuple(SimpleNamespace(person=p) for p in people)
    return SimpleNamespace(statement=stated, signed_by=signed, facts=told.__getitem__)


def unmet(verified, report=REPORT, demands=DEMANDS, now=NOW) -> set[str]:
    return {v.check for v in judge(demands, verified, report, now) if not v.met}


def test_the_default_is_met():
    """A bundle with k = 11, cells of 11, two signatures and a day of deletion."""
    assert unmet(bundle()) == set()


@pytest.mark.parametrize(
    ("verified", "check"),
    [
        (bundle(facts={"tables": [{**TABLE, "models": [{"model": "k_anonymity", "k": 5}]}], "aggregates": []}), "required: k of cases"),
        (bundle(facts={"tables": [{**TABLE, "models": []}], "aggregates": []}), "required: k of cases"),
        (bundle(facts={"tables": [TABLE, TABLE], "linked": {"models": []}, "aggregates": []}), "required: k of all tables together"),
        (bundle(facts={"tables": [], "aggregates": [{**COUNTS, "min_count": 5}]}), "required: cells of by_year"),
        (bundle(people=("a", "a")), "required: persons who signed"),
        (bundle(delete=None), "required: a day of deletion"),
        (bundle(handling=("H1", "H9")), "required: restrictions that can be kept"),
        (bundle(made=NOW - timedelta(days=91)), "required: age of the bundle"),
    ],
)  # fmt: skip
def test_each_demand_is_judged(verified, check):
    """One thing below what is demanded is one verdict that is not met."""
    assert check in unmet(verified)


def test_attested_is_not_recomputed():
    """A promise that somebody only signed does not meet a demand of recomputing."""
    attested = AuditReport(tuple(Verdict(v.check, True, "attested") for v in REPORT.verdicts))
    assert len(unmet(bundle(), attested)) == 3
    assert len(unmet(bundle(), AuditReport(()))) == 3


def test_files_of_requirements(tmp_path):
    """A workspace without one uses the default; unknown keys and values are refused with their path."""
    assert read_requirements(tmp_path) == DEMANDS
    (tmp_path / "requirements.yaml").write_text(requirements_template().replace("k_anonymity: 11 ", "k_anonymity: 20 "))
    assert read_requirements(tmp_path).least.k_anonymity == 20
    for old, new, where in (
        ("least:", "leest:", "leest"),
        ("min_count: 11", "min_count: 1", "min_count"),
        ("[H0,", "[H7,", "handling"),
    ):
        with pytest.raises(PolicyError) as caught:
            parse_requirements(requirements_template().replace(old, new).encode())
        assert any(where in fault.where for fault in caught.value.faults)


def test_the_committed_schema_is_current():
    """docs/requirements.schema.json is what the model says."""
    assert (CHECKOUT / "docs" / "requirements.schema.json").read_bytes() == requirements_schema()
