"""The small parts of the stories: durations, residue, hierarchies of a policy's own, the doctor."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import anonshare as an
from anonshare.errors import PolicyError
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.pipeline.distinctive import Residue
from anonshare.pipeline.doctor import examine
from anonshare.pipeline.durations import after
from anonshare.pipeline.hierarchies import From, Hierarchies
from anonshare.policy.records import HierarchySource


@pytest.mark.parametrize(
    ("day", "duration", "then"),
    [
        ("2026-01-31", "P1M", "2026-02-28"),
        ("2024-02-29", "P1Y", "2025-02-28"),
        ("2026-11-24", "P90D", "2027-02-22"),
        ("2026-12-01", "P1M", "2027-01-01"),
    ],
)
def test_durations(day, duration, then):
    """A day that a month does not have becomes its last."""
    assert after(date.fromisoformat(day), duration).isoformat() == then


@given(
    st.lists(
        st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=6, max_size=12).map(lambda t: t + " 1"),
        min_size=1,
        max_size=5,
    )
)
def test_residue_finds_what_is_there(secrets):
    """A distinctive value is found wherever it stands in a text, in any case, and not in a text without it."""
    residue = Residue()
    residue.must_stay(pa.array(secrets, pa.string()))
    assert residue.count([f"before, {secrets[0].upper()}; after"]) >= 1
    assert residue.count(["nothing of it here"]) == 0
    residue.may_leave(secrets)
    assert residue.count(secrets) == 0


def test_common_words_are_no_residue():
    """Short or ordinary words, and dates where dates leave, do not refuse a release by chance."""
    residue = Residue(dates=False)
    residue.must_stay(pa.array(["Paris", "shelter", "2024-01-01", None]))
    assert residue.count(["Paris shelter 2024-01-01"]) == 0


def test_hierarchies_of_the_policy(tmp_path):
    """A policy's own file and bands are found by name; a level starts higher; a level too high is refused."""
    (tmp_path / "own.csv").write_text("a;x;*\nb;x;*\n")
    policy = an.parse_policy(an.fill(an.template(POLICY), FILLED)).model_copy(
        update={"hierarchies": {"own": HierarchySource(file="own.csv"), "cut": HierarchySource(bands=(1, 5))}}
    )
    found = Hierarchies(policy, tmp_path, date(2026, 1, 1))
    assert found.named("own").path("a") == ("a", "x")
    assert found.named("cut").path("7")[0] == "5+"
    higher = From(found.named("own"), 1)
    assert (higher.height, higher.domain, higher.path("b"), higher.leaves(0, "x"), higher.path("z"), higher.name) == (
        1,
        2,
        ("x",),
        2,
        None,
        "own",
    )
    column = policy.columns()["birth_date"]
    high = column.model_copy(
        update={"do": column.do.model_copy(update={"generalize": column.do.generalize.model_copy(update={"level": 9})})}
    )
    with pytest.raises(PolicyError, match="level 9"):
        found.of(high, [])


def test_tokens_need_to_know_what_they_stand_for(shared):
    """A token column whose name says nothing must name its entity."""
    text = (
        an.fill(an.template(POLICY), FILLED)
        .replace("scope: relationship, entity: ph", "scope: relationship")
        .replace("        phone:", "        quux:")
    )
    records = shared.root / "quux.csv"
    records.write_text(shared.records.read_text().replace(",phone,", ",quux,", 1))
    with pytest.raises(PolicyError, match="stand for"):
        an.plan(records, shared.write_policy(text, "quux"), shared.office)


def test_the_doctor(shared, tmp_path):
    """The doctor says what works, and what to do where something does not."""
    assert all(finding.ok for finding in examine(shared.office.root) if finding.required)
    (bad,) = [finding for finding in examine(tmp_path) if finding.check == "workspace"]
    assert not bad.ok
    assert "setup" in bad.words
