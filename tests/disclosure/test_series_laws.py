"""What an adversary reads who lays two releases beside each other: changes of classes, of rows, and values among them."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure.coded_table import Roles
from anonshare.disclosure.models import AverageRisk, DistinctLDiversity, KAnonymity, MarketerRisk, ProsecutorRisk
from anonshare.disclosure.series import Series
from anonshare.errors import DisclosureError

LETTERS = hierarchy_of_rows("letters", [[a + b, a, "*"] for a in "xyz" for b in "xyz"])
ROLES = Roles(keys={"a": LETTERS}, flat=(), sensitive=("s",), insensitive=("note",), unit=("who",))
KEY = b"k" * 16
CELL = st.sampled_from(["xx", "xy", "yx", "zz"])
RECORD = st.tuples(CELL, st.sampled_from(["1", "2", "3", None]), st.sampled_from(["n", "m"]))


def frame(people):
    rows = [(who, *record) for who, records in people.items() for record in records]
    return pd.DataFrame(rows, columns=["who", "a", "s", "note"], dtype=object)


@st.composite
def histories(draw):
    """People come, go, return, and have any cell of a row corrected."""
    records = st.lists(RECORD, min_size=1, max_size=2)
    people: dict[str, list[tuple[str, str | None, str]]] = {}
    told, number = [], 0
    for _ in range(draw(st.integers(2, 5))):
        for _ in range(draw(st.integers(0, 8))):
            number += 1
            people[f"p{number}"] = draw(records)
        for who in draw(st.lists(st.integers(1, max(number, 1)), max_size=4)):
            if people.pop(f"p{who}", None) is None and number:
                people[f"p{who}"] = draw(records)
        for who in draw(st.lists(st.sampled_from(sorted(people)), max_size=5)) if people else []:
            people[who] = draw(records)
        told.append({who: list(own) for who, own in people.items()})
    return told


class Out:
    """What left in a release, by person, from what the series remembers."""

    def __init__(self, series: Series) -> None:
        told = json.loads(series.to_json())
        self.of = told["of"]
        self.rows = {who: [tuple(row) for row, _, _ in own] for who, own in told["rows"]}
        self.shown = {who: sorted((str(labels) for _, _, labels in own)) for who, own in told["rows"]}
        self.gone = set(told["gone"])

    def sizes(self):
        return Counter(map(str, self.shown.values()))


def releases(history, models):
    series, found = Series(ROLES, models), []
    for people in history:
        if not frame(people).empty or found:
            series.release(frame(people), order_key=KEY)
            found.append(Out(series))
    return found


@given(histories(), st.integers(2, 4))
@settings(max_examples=70, deadline=None)
def test_no_class_as_it_is_shown_changes_by_fewer_than_k(history, k):
    """Between two releases each class of labels keeps its persons or has k more or fewer, withdrawals included."""
    for before, after in pairwise(releases(history, [KAnonymity(k)])):
        change = Counter(after.sizes())
        change.subtract(before.sizes())
        assert all(not count or abs(count) >= k for count in change.values())


@given(histories(), st.integers(2, 3))
@settings(max_examples=70, deadline=None)
def test_every_cell_is_frozen(history, k):
    """Whoever keeps his class leaves with the very same rows, sensitive and insensitive cells too, until k change."""
    for before, after in pairwise(releases(history, [KAnonymity(k)])):
        for who, number in after.of.items():
            if before.of.get(who) == number:
                assert after.rows[who] == before.rows[who]
        moved = Counter(before.of[who] for who in before.of if after.of.get(who) != before.of[who])
        assert all(count >= k for count in moved.values())


@given(histories(), st.integers(2, 3))
@settings(max_examples=70, deadline=None)
def test_whoever_left_does_not_return(history, k):
    """A history with a gap would be that of one person alone."""
    seen: set[str] = set()
    for before, after in pairwise(releases(history, [KAnonymity(k)])):
        seen |= before.of.keys() - after.of.keys()
        assert not seen & after.of.keys()


def diverse(group, least=2) -> bool:
    """Of the sensitive values of each person: enough, none with everybody; and so in every event."""
    if not group:
        return True
    values = set().union(*group)
    return len(values) >= least and not any(all(value in own for own in group) for value in values)


def held(release, persons):
    return [{row[1] for row in release.rows[who]} - {None} for who in persons]


@given(histories())
@settings(max_examples=80, deadline=None)
def test_who_changes_together_and_who_stays_are_diverse(history):
    """Of a class that parts, those who go and those who stay hold two values each; or the class goes as a whole."""
    for before, after in pairwise(releases(history, [KAnonymity(2), DistinctLDiversity("s", 2)])):
        classes: dict[int, list[str]] = {}
        for who, number in before.of.items():
            classes.setdefault(number, []).append(who)
        for number, members in classes.items():
            stay = [who for who in members if after.of.get(who) == number]
            go = [who for who in members if who not in stay]
            assert diverse(held(before, stay))
            assert not stay or diverse(held(before, go))


def test_newcomers_wait_where_as_many_leave():
    """Three leave a class and four come: it would be seen to grow by one, so the four wait."""
    series = Series(ROLES, [KAnonymity(3)])
    people = {f"p{n}": [("xx", "1", "n")] for n in range(9)}
    series.release(frame(people))
    for n in range(3):
        del people[f"p{n}"]
    people |= {f"q{n}": [("xx", "1", "n")] for n in range(4)}
    made = series.release(frame(people), order_key=KEY)
    assert (made.persons, made.withdrawn_with, dict(made.held)) == (6, 0, {0: 4})
    made = series.release(frame(people), order_key=KEY)
    assert (made.persons, dict(made.held)) == (10, {})


def test_who_returns_is_told():
    """Whoever was out and is at hand again stays at home, and is counted."""
    series = Series(ROLES, [KAnonymity(2)])
    people = {f"p{n}": [("xx", "1", "n")] for n in range(6)}
    series.release(frame(people))
    some = {who: own for who, own in people.items() if who not in {"p0", "p1"}}
    assert series.release(frame(some)).persons == 4
    made = series.release(frame(people))
    assert (made.persons, made.kept_out) == (4, 2)


def test_all_may_withdraw():
    """A release of nobody is empty, and nobody comes back."""
    series = Series(ROLES, [KAnonymity(2)])
    people = {f"p{n}": [("xx", "1", "n")] for n in range(3)}
    series.release(frame(people))
    assert series.release(frame({})).table.num_rows == 0
    assert series.release(frame(people)).kept_out == 3


@pytest.mark.parametrize(
    ("models", "words"),
    [
        ([DistinctLDiversity("s", 2)], "k of at least 2"),
        ([KAnonymity(1)], "k of at least 2"),
        ([ProsecutorRisk(1.0)], "k of at least 2"),
        ([KAnonymity(3), AverageRisk(0.1)], "average_risk"),
        ([KAnonymity(3), MarketerRisk(0.1, 100)], "marketer_risk"),
        ([], "No model"),
    ],
)
def test_models_that_say_nothing_of_a_change_are_refused(models, words):
    """A series without a k, or with a mean risk, would let one person be seen."""
    with pytest.raises(DisclosureError, match=words):
        Series(ROLES, models)


def test_a_prosecutor_risk_is_a_k():
    """A risk of at most a third asks for three in a class and in every change."""
    series = Series(ROLES, [ProsecutorRisk(1 / 3)])
    people = {f"p{n}": [("xx", "1", "n")] for n in range(3)}
    series.release(frame(people))
    people |= {f"q{n}": [("xx", "1", "n")] for n in range(2)}
    assert dict(series.release(frame(people)).held) == {0: 2}


def test_a_series_goes_on_under_what_it_was_begun_with():
    """Another k, or another hierarchy, cannot take up what left under the first."""
    series = Series(ROLES, [KAnonymity(3)])
    with pytest.raises(DisclosureError, match="begun with other"):
        Series(ROLES, [KAnonymity(2)]).resume(series.to_json())


CHANGES = {
    "a person without rows": lambda told: told["rows"][0][1].clear(),
    "a class that is none": lambda told: told["of"].update(p0=99),
    "somebody who is out and waits": lambda told: told["waiting"].append([told["rows"][0][0], 1]),
    "a level that is no number": lambda told: told["rows"][0][1][0].__setitem__(1, ["1"]),
    "a cell that is a number": lambda told: told["seen"][0][1][0].__setitem__(0, 1),
    "ages of the future": lambda told: told["waiting"].append(["q", 77]),
    "a truth value": lambda told: told.update(number=True),
    "no key": lambda told: told.update(ties="zz"),
    "somebody twice": lambda told: told["seen"].append(told["seen"][0]),
    "half of a character": lambda told: told["gone"].append("\ud800"),
    "more than it has": lambda told: told.update(more=1),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_memory_that_contradicts_itself_is_refused(what):
    """Each fault is found when it is read, not releases later."""
    series = Series(ROLES, [KAnonymity(2)])
    series.release(frame({f"p{n}": [("xx", "1", "n")] for n in range(4)}))
    told = json.loads(series.to_json())
    Series(ROLES, [KAnonymity(2)]).resume(json.dumps(told).encode())
    CHANGES[what](told)
    with pytest.raises(DisclosureError, match="remembers"):
        Series(ROLES, [KAnonymity(2)]).resume(json.dumps(told).encode())
