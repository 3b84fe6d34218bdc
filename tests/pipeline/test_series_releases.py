"""A stream whose releases follow each other: what `plan`, `draft` and `seal` make of the rule that people may rely on."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pandas as pd
import pytest

import anonshare as an
from anonshare import errors
from anonshare.pipeline.durations import after
from anonshare.pipeline.pages import plan_json, plan_words
from anonshare.pipeline.series_store import series_path
from tests.pipeline.series_story import POLICY, START, TURNING_18, Files, name, planned, released


def day(days: int) -> date:
    return (START + timedelta(days=days)).date()


def shown(frames) -> Counter[tuple[str, ...]]:
    """How many persons leave under each set of labels: what the agency can lay beside another release."""
    both = pd.concat([frames["clients"][["unit", "born", "city"]], frames["visits"][["unit", "kind"]]]).fillna("-")
    own: dict[str, list[tuple[str, ...]]] = {}
    for unit, *labels in both[["unit", "born", "city", "kind"]].to_numpy().tolist():
        own.setdefault(unit, []).append(tuple(labels))
    return Counter(tuple(sorted(rows)) for rows in own.values())


def change(before, after) -> list[int]:
    keys = before.keys() | after.keys()
    return [after[key] - before[key] for key in keys if after[key] != before[key]]


@pytest.fixture
def begun(world):
    """A series with twenty-four clients in its first release."""
    files = Files()
    files.add(24)
    return files, released(world, planned(world, files, 0))


def test_newcomers_wait_until_they_are_enough(world, begun):
    """One newcomer waits, the plan says since when, and he leaves when others came; no class changes by fewer than k."""
    files, first = begun
    files.add(1)
    plan = planned(world, files, 30)
    assert plan.met
    assert plan.series.waiting == {day(30): 1}
    second = released(world, plan)
    assert change(shown(first), shown(second)) == []
    files.add(1)
    plan = planned(world, files, 60)
    assert plan.series.waiting == {day(30): 1, day(60): 1}
    released(world, plan)
    files.add(7)
    plan = planned(world, files, 90)
    assert plan.met
    assert plan.series.waiting == {}
    assert plan.series.came == 9
    assert all(abs(count) >= 3 for count in change(shown(second), shown(released(world, plan))))


def test_the_plan_shows_the_series(world, begun):
    """The words and the object say who waits, when the next is due by the policy, and which interval is enough."""
    files, _ = begun
    files.add(2)
    plan = planned(world, files, 20)
    words, told = plan_words(plan), plan_json(plan)["series"]
    assert f"persons who wait since {day(20)}" in words
    assert f"the next is due on {after(day(0), 'P1M')}" in words
    assert "So far 3.0 new persons a month came: three months (P3M) is enough" in words
    assert told["waiting"] == [{"since": day(20).isoformat(), "persons": 2}]
    assert (told["number"], told["every"], told["recommended"]) == (2, "P1M", "P3M")


def test_a_correction_waits_with_all_rows_of_before(world, begun):
    """One corrected client leaves as he left, his visits too; three corrected ones of a class leave corrected."""
    files, first = begun
    files.clients[0]["city"] = "Iasi"
    files.visits[0].append(("second", "home"))
    plan = planned(world, files, 30)
    assert plan.met
    assert plan.series.corrections == 1
    second = released(world, plan)
    assert shown(second) == shown(first)
    assert sorted(second["visits"].outcome) == sorted(first["visits"].outcome)
    for client in files.clients.values():
        if client["born"] == files.clients[0]["born"]:
            client["city"] = "Iasi"
    files.visits[0].pop()
    plan = planned(world, files, 60)
    assert plan.series.corrections == 0
    assert all(abs(count) >= 3 for count in change(shown(second), shown(released(world, plan))))


def test_whoever_withdraws_is_gone_at_once(world, begun):
    """Consent that is taken back counts in the next release, others leave with him, and nobody of them comes again."""
    files, first = begun
    files.clients[5]["consent"] = "no"
    plan = planned(world, files, 30)
    assert plan.met
    assert plan.series.withdrawn == 1
    assert plan.series.withdrawn_with >= 2
    second = released(world, plan)
    assert all(count <= -3 for count in change(shown(first), shown(second)))
    files.clients[5]["consent"] = "yes"
    plan = planned(world, files, 60)
    assert plan.series.kept_out == 1 + plan.series.withdrawn_with + (24 - 1 - len(second["clients"]))
    assert shown(released(world, plan)) == shown(second)


def test_a_row_that_is_gone_is_not_brought_back(world, begun):
    """Who has a visit fewer and cannot be corrected among k leaves for good: what was erased does not leave again."""
    files, first = begun
    files.visits[3] = []
    plan = planned(world, files, 30)
    assert plan.met
    assert (plan.series.given_up, plan.series.corrections) == (1, 0)
    assert all(count <= -3 for count in change(shown(first), shown(released(world, plan))))


def test_a_birthday_changes_no_label(world, begun):
    """Whoever left in a band of ages stays in it, whatever the day of a later release makes of the birth date."""
    files, first = begun
    plan = planned(world, files, 30)
    assert plan.met
    assert shown(released(world, plan)) == shown(first)


def test_newcomers_are_of_their_own_day(world, begun):
    """Who comes later has the age of that day."""
    files, first = begun
    for n in files.add(12):
        files.clients[n]["born"] = TURNING_18
    second = released(world, planned(world, files, 30))
    assert set(second["clients"].born) - set(first["clients"].born) == {"18"}


def test_the_same_plan_twice_is_one_draft(world, begun):
    """With corrections that wait, a draft made again from the same records is the same draft, byte for byte."""
    files, _ = begun
    files.clients[0]["city"] = "Iasi"
    one, other = (an.draft(planned(world, files, 30)) for _ in range(2))
    assert one.payload == other.payload


def test_what_is_remembered_names_nobody_to_others(world, begun):
    """The file beside the ledger is encrypted: no name, place or word of a record stands in it."""
    files, _ = begun
    kept = series_path(world.office.folder("ledger"), "ngo-lumina/visits/agency-x").read_bytes()
    assert not any(word.encode() in kept for word in ("Client", "Cluj", "shelter", "1980"))
    assert kept[:2] != b"x\x01"


@pytest.mark.parametrize("what", ["missing", "older", "damaged", "of another stream"])
def test_a_memory_that_is_wrong_stops_the_series(world, begun, what):
    """Where what left is not known to the byte, nothing more leaves: the gate or the reader says so."""
    files, _ = begun
    path = series_path(world.office.folder("ledger"), "ngo-lumina/visits/agency-x")
    before = path.read_bytes()
    released(world, planned(world, files, 30))
    if what == "missing":
        path.unlink()
    elif what == "older":
        path.write_bytes(before)
    elif what == "damaged":
        path.write_bytes(path.read_bytes()[:-1] + bytes([path.read_bytes()[-1] ^ 1]))
    else:
        other = world.office.folder("ledger") / "series-0000000000000000.sealed"
        path.rename(other)
        other.rename(path)
        path.write_bytes(b"x" * 40)
    if what in {"missing", "older"}:
        plan = planned(world, files, 60)
        assert {o.gate.code for o in plan.outcomes if not o.open} == {"G11"}
        with pytest.raises(errors.ReleaseRefused):
            an.draft(plan)
    else:
        with pytest.raises(errors.KeyFileError, match="memory of a series"):
            planned(world, files, 60)


def test_other_key_columns_are_another_series(world, begun):
    """A policy whose key columns changed cannot go on with the series, and the gate says why."""
    files, _ = begun
    changed = POLICY.replace(
        "        city: {role: quasi_identifier, do: keep}\n", "        city: {role: internal, do: drop}\n"
    )
    plan = an.plan(files.tables(), world.write_policy(changed, "visits"), world.office, now=START + timedelta(30))
    faults = [str(f) for o in plan.outcomes if not o.open for f in o.faults]
    assert len(faults) == 1
    assert "begun with other key" in faults[0]


def test_names_are_in_no_word_of_the_plan(world, begun):
    """The plan counts who waits, and names nobody."""
    files, _ = begun
    new = list(files.add(2))
    words = plan_words(planned(world, files, 30))
    assert not any(name(n) in words for n in new)
