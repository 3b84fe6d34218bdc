"""Releases that repeat: by brute force over all releases, nobody is ever singled out by laying them beside each other."""

from __future__ import annotations

import json
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.coded_table import Roles
from anonshare.disclosure.models import DistinctLDiversity, JointLDiversity, KAnonymity, KMAnonymity
from anonshare.disclosure.series import Series
from anonshare.errors import DisclosureError

LETTERS = hierarchy_of_rows("letters", [[a + b, a, "*"] for a in "xyz" for b in "xyz"])


def roles(sensitive=()):
    return Roles(keys={"a": LETTERS}, flat=(), sensitive=sensitive, insensitive=("note",), unit=("who",))


def frame(people):
    rows = [{"who": who, "a": cell, "note": "n"} for who, cells in people.items() for cell in cells]
    return pd.DataFrame(rows, columns=["who", "a", "note"], dtype=object)


@st.composite
def histories(draw):
    """What is at hand at each of several releases: people come, go, get rows and have rows corrected."""
    cell = st.sampled_from(["xx", "xy", "yx", "zz"])
    people: dict[str, list[str]] = {}
    told, number = [], 0
    for _ in range(draw(st.integers(1, 5))):
        for _ in range(draw(st.integers(0, 8))):
            number += 1
            people[f"p{number}"] = draw(st.lists(cell, min_size=1, max_size=2))
        for who in draw(st.lists(st.sampled_from(sorted(people)), max_size=3)) if people else []:
            people.pop(who, None)
        for who in draw(st.lists(st.sampled_from(sorted(people)), max_size=4)) if people else []:
            people[who] = draw(st.lists(cell, min_size=1, max_size=2))
        told.append({who: list(cells) for who, cells in people.items()})
    return told


@given(histories(), st.integers(2, 4))
@settings(max_examples=150, deadline=None)
def test_who_is_alike_once_stays_alike_or_parts_in_groups_of_k(history, k):
    """For every release, and for every set of releases, each person has the same classes as k - 1 others at least."""
    series = Series(roles(), [KAnonymity(k)])
    seen: list[dict[str, int]] = []
    for people in history:
        table = frame(people)
        if table.empty:
            continue
        made = series.release(table, order_key=b"k" * 16)
        seen.append(dict(made.classes))
        assert {json.loads(who)[0] for who in made.classes} <= set(people)
        labels = Counter(made.table.column("a").to_pylist())
        assert made.table.num_rows == sum(labels.values())
        assert all(count >= k for count in Counter(made.classes.values()).values())
        assert made.persons + sum(made.held.values()) <= len(people)
    for first in range(len(seen)):
        for last in range(first, len(seen)):
            paths = Counter(tuple(release.get(who) for release in seen[first : last + 1]) for who in everybody(seen))
            for path, count in paths.items():
                if any(step is not None for step in path):
                    assert count >= k, path


def everybody(seen):
    return sorted({who for release in seen for who in release})


@given(histories(), st.integers(2, 3))
@settings(max_examples=60, deadline=None)
def test_it_goes_on_from_what_it_remembers(history, k):
    """A series that was put away and taken up again gives the same releases."""
    one, other = Series(roles(), [KAnonymity(k)]), Series(roles(), [KAnonymity(k)])
    for people in history:
        table = frame(people)
        if table.empty:
            continue
        again = Series(roles(), [KAnonymity(k)])
        again.resume(other.to_json())
        other = again
        assert one.release(table, order_key=b"k" * 16).table.equals(other.release(table, order_key=b"k" * 16).table)


def test_newcomers_wait_until_they_are_k():
    """Two newcomers wait, are told with their age, and leave when a third comes."""
    series = Series(roles(), [KAnonymity(3)])
    people = {f"p{n}": ["xx"] for n in range(6)}
    assert series.release(frame(people)).persons == 6
    people |= {"q1": ["xx"], "q2": ["xx"]}
    held = series.release(frame(people))
    assert (held.persons, dict(held.held)) == (6, {0: 2})
    assert dict(series.release(frame(people)).held) == {1: 2}
    people["q3"] = ["zz"]
    made = series.release(frame(people))
    assert (made.persons, dict(made.held), made.held_share) == (9, {}, 0.0)


def test_who_withdraws_is_not_seen_to_leave():
    """He is out at once; of his class as many leave with him, for good, as k asks for."""
    series = Series(roles(), [KAnonymity(3)])
    people = {f"p{n}": ["xx"] for n in range(9)}
    series.release(frame(people))
    del people["p0"]
    made = series.release(frame(people))
    assert (made.persons, made.withdrawn_with) == (6, 2)
    assert series.release(frame(people)).persons == 6


def test_a_correction_waits_and_the_record_leaves_as_it_was():
    """One corrected record leaves as before; when k of the class are corrected they leave anew, by themselves."""
    series = Series(roles(), [KAnonymity(2)])
    people = {f"p{n}": ["xx"] for n in range(6)}
    series.release(frame(people))
    people["p0"] = ["zz"]
    made = series.release(frame(people))
    assert (made.corrections, Counter(made.table.column("a").to_pylist())) == (1, Counter({"xx": 6}))
    people["p1"] = ["zz"]
    made = series.release(frame(people))
    assert (made.corrections, Counter(made.table.column("a").to_pylist())) == (0, Counter({"xx": 4, "zz": 2}))


def test_other_models_hold_in_every_release():
    """Newcomers who would bring one value of a sensitive column alone wait as well."""
    own = Roles(keys={"a": LETTERS}, flat=(), sensitive=("note",), insensitive=(), unit=("who",))
    series = Series(own, [KAnonymity(2), DistinctLDiversity("note", 2)])
    first = pd.DataFrame({"who": list("abcd"), "a": "xx", "note": ["1", "2", "1", "2"]})
    assert all(series.release(first).verdicts)
    more = pd.concat([first, pd.DataFrame({"who": list("ef"), "a": "xx", "note": "1"})])
    assert dict(series.release(more).held) == {0: 2}


@pytest.mark.parametrize("data", [b"", b"{}", b'{"series": "series/2"}', b"[]", b"\xff"])
def test_what_is_no_memory_is_refused(data):
    """Anything else than what a series wrote is refused, and it goes on as before."""
    with pytest.raises(DisclosureError, match="remembers"):
        Series(roles(), [KAnonymity(2)]).resume(data)


def test_a_series_needs_to_know_who_is_who():
    """Without a unit there is no series."""
    with pytest.raises(DisclosureError, match="unit"):
        Series(Roles(keys={"a": LETTERS}, flat=(), sensitive=(), insensitive=()), [KAnonymity(2)])


@pytest.mark.parametrize("model", [KMAnonymity("note", 2, 1), JointLDiversity(("note", "a"), 2)])
def test_models_that_a_series_does_not_keep_are_refused(model):
    """Nothing is promised that later releases would not hold."""
    with pytest.raises(DisclosureError, match="does not keep"):
        Series(roles(), [KAnonymity(2), model])
