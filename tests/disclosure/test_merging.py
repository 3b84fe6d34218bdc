"""The merge pass: whoever fits another class may move there; less is lost, every model holds, and a recipe repeats it."""

from __future__ import annotations

from collections import Counter
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure import covering, merging
from anonshare.disclosure.coded_table import code_table
from anonshare.disclosure.descent import Walked
from anonshare.disclosure.mixing import mixed
from anonshare.disclosure.moving import moved
from anonshare.disclosure.walking import walked_parts
from anonshare.errors import DisclosureError
from tests.disclosure.adult import adult

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
KEY = b"fixed" * 4
VALUES = st.sampled_from(["xx", "xy", "yx", "zz", "zy", None])
ROWS = st.lists(st.tuples(VALUES, VALUES, VALUES, st.sampled_from(["1", "2", "3"])), min_size=4, max_size=60)
MODELS = st.sampled_from(
    [
        [],
        [d.DistinctLDiversity("s", 2)],
        [d.EntropyLDiversity("s", 1.8)],
        [d.RecursiveLDiversity("s", 2, 2)],
        [d.TCloseness("s", 0.3)],
        [d.AverageRisk(0.2)],
    ]
)
ORDERS = st.randoms(use_true_random=False)


def frame_of(rows, persons=None):
    """Each row with the number of its person."""
    frame = pd.DataFrame(rows, columns=["a", "b", "c", "s"], dtype=object)
    return frame.assign(who=[str(n % persons if persons else n) for n in range(len(rows))])


def tried(frame, models, **more):
    """The recoding without the pass and with it; None where there is none at all."""
    others = () if any(model.column for model in models) else ("s",)
    named = dict.fromkeys("abc", LETTERS)
    try:
        return [
            d.recode(frame, named, models, unit="who", insensitive=others, order_key=KEY, merge=merge, **more)
            for merge in (False, True)
        ]
    except DisclosureError as refused:
        assert refused.reason in {"infeasible", "too-few-persons", "too-few-values"}
        return None


def moves(recoding):
    """All moves of a recipe."""
    return [move for one in recoding.recipe._rules.descents.values() for move in one.moves]


@given(
    ROWS,
    st.integers(1, 4),
    MODELS,
    st.sampled_from([None, 7, 20]),
    st.sampled_from(["category", "wildcard"]),
    st.sampled_from(["labels", "sets"]),
)
@settings(max_examples=50, deadline=None)
def test_no_more_is_lost_and_every_model_holds(rows, k, models, persons, missing, output):
    """The loss is never higher than without the pass, nobody is lost, and every model holds in what leaves."""
    found = tried(frame_of(rows, persons), [d.KAnonymity(k), *models], missing=missing, output=output)
    if found is None:
        return
    plain, made = found
    assert made.loss.ncp <= plain.loss.ncp + 1e-12
    assert made.met
    assert (made.suppressed_rows, made.table.num_rows) == (plain.suppressed_rows, plain.table.num_rows)
    assert bool(moves(made)) <= (made.loss.ncp < plain.loss.ncp or output == "sets" or missing == "wildcard")
    if persons is None and missing == "category":
        cells = made.table.to_pydict()
        assert min(Counter(zip(cells["a"], cells["b"], cells["c"], strict=True)).values()) >= k


@given(ROWS, st.integers(1, 4), MODELS, st.sampled_from([None, 7, 20]), ORDERS)
@settings(max_examples=30, deadline=None)
def test_a_recipe_repeats_the_moves(rows, k, models, persons, chance):
    """On its own table, also out of JSON and with the rows in another order, a recipe gives the same bytes."""
    frame = frame_of(rows, persons)
    found = tried(frame, [d.KAnonymity(k), *models])
    if found is None:
        return
    made = found[1]
    told = made.recipe.to_json()
    for recipe in (made.recipe, d.Recipe.from_json(told)):
        again = recipe.apply(frame, order_key=KEY)
        assert again.table.equals(made.table)
        assert again.loss == made.loss
        assert again.unfit == {}
    assert d.Recipe.from_json(told).to_json() == told
    order = frame.sample(frac=1, random_state=chance.randrange(2**32))
    # of one person with several rows the first are kept
    if persons is None:
        assert tried(order, [d.KAnonymity(k), *models])[1].table.equals(made.table)
        assert made.recipe.apply(order, order_key=KEY).table.equals(made.table)


@given(ROWS, ROWS, st.integers(1, 4), MODELS, st.sampled_from([None, 7]))
@settings(max_examples=40, deadline=None)
def test_moves_on_other_records_leave_only_classes_that_hold(rows, others, k, models, persons):
    """Whatever leaves of other records holds every model, and where k alone is asked fewer than k stay behind."""
    found = tried(frame_of(rows, persons), [d.KAnonymity(k), *models])
    if found is None:
        return
    later = found[1].recipe.apply(frame_of(others, persons), order_key=KEY)
    assert later.met or not later.table.num_rows
    if persons is None and not models:
        assert sum(later.unfit.values()) < k


@given(ROWS, ROWS, st.integers(1, 4), MODELS)
@settings(max_examples=30, deadline=None)
def test_whoever_moves_bears_the_labels_of_the_class_that_takes_him(rows, others, k, models):
    """On any table a move ends in a class of the descent under the levels of those who came there by the steps."""
    found = tried(frame_of(rows), [d.KAnonymity(k), *models])
    if found is None:
        return
    rules = found[1].recipe._rules
    for frame in (frame_of(rows), frame_of(others)):
        coded = mixed(code_table(frame, rules.roles), rules.ties)
        for part in walked_parts(rules.assigned, rules.descents, coded.rows):
            labels = outward(part.walked, part.found)
            for at in {*zip(part.walked.step.tolist(), part.walked.way.tolist(), strict=True)}:
                here = (part.walked.step == at[0]) & (part.walked.way == at[1])
                assert len({tuple(row) for row in labels[here].tolist()}) == 1


def outward(walked: Walked, found) -> np.ndarray:
    """The node of every person in every feature, with its level."""
    return np.array(
        [
            [
                level * 1000 + feature.tree.node[level][rank]
                for level, rank in zip(levels, feature.ranks.tolist(), strict=True)
            ]
            for levels, feature in zip(walked.levels.T.tolist(), found, strict=True)
        ]
    ).T


def test_a_coarse_class_is_dissolved_into_those_that_its_members_fit():
    """Of two girls from anywhere one fits the girls of the north, and one those of whom the sea alone is told."""
    places = [["north", "land", "*"], ["south", "land", "*"], ["sea", "sea", "*"]]
    frame = pd.DataFrame(
        [("north", "girl")] * 3 + [("south", "girl")] * 2 + [("sea", "girl")] * 2 + [("sea", "boy")],
        columns=["place", "sex"],
    )
    hierarchies = {"place": places, "sex": [["girl", "*"], ["boy", "*"]]}
    plain, made = (d.recode(frame, hierarchies, [d.KAnonymity(2)], merge=merge) for merge in (False, True))
    both = {("land", "girl"): 2, ("north", "girl"): 2, ("sea", None): 2}
    assert outwardly(plain) == both | {(None, "girl"): 2}
    assert outwardly(made) == both | {("north", "girl"): 3, ("sea", None): 3}
    again = made.recipe.apply(frame)
    assert outwardly(again) == outwardly(made)
    # one more who stood there in the first table goes the same way; alone with nobody who fits he would be lost
    later = made.recipe.apply(pd.concat([frame, frame.head(1)]))
    assert outwardly(later)["north", "girl"] == 4


def outwardly(recoding):
    """How often each combination of labels leaves."""
    cells = recoding.table.to_pydict()
    return Counter(zip(cells["place"], cells["sex"], strict=True))


def test_without_time_nobody_moves():
    """At the deadline the classes are those that there are, and the recoding is the one without the pass."""
    frame = frame_of([("xx", "xy", None, "1"), ("xx", "yx", "zz", "2"), ("zy", "xy", "zz", "3")] * 9)
    plain, made = tried(frame, [d.KAnonymity(2)], time_limit=0)
    assert made.table.equals(plain.table)
    assert moves(made) == []


def test_a_deadline_in_the_middle_leaves_classes_that_hold():
    """Wherever the pass is stopped, what was done by then holds, loses no more, and is repeated by its recipe."""
    frame, hierarchies = adult()
    part = frame.head(1500)
    losses = []
    for checks in (0, 1, 5, 40, 10**6):
        left = iter(range(checks))
        with patch.object(merging, "_late", lambda _, left=left: next(left, None) is None):
            made = d.recode(part, hierarchies, [d.KAnonymity(5)], order_key=KEY, merge=True)
        assert made.met
        assert made.recipe.apply(part, order_key=KEY).table.equals(made.table)
        losses.append(made.loss.ncp)
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] < losses[0]


def test_what_has_no_room_is_left_out_as_whole_classes():
    """With room for few pairs of persons and classes fewer move, and all else holds."""
    frame, hierarchies = adult()
    part = frame.head(1500)
    full = d.recode(part, hierarchies, [d.KAnonymity(5)], order_key=KEY, merge=True)
    for most in (0, 1200):
        with patch.object(covering, "_MOST", most):
            made = d.recode(part, hierarchies, [d.KAnonymity(5)], order_key=KEY, merge=True)
        assert made.recipe.apply(part, order_key=KEY).table.equals(made.table)
        assert len(moves(made)) < len(moves(full))


@pytest.mark.parametrize(("k", "most"), [(5, 0.0638), (11, 0.1035)])
def test_adult_loses_less(k, most):
    """On Adult the pass saves 2 % and 4 % of the loss, and every combination still stands there k times."""
    frame, hierarchies = adult()
    made = d.recode(frame, hierarchies, [d.KAnonymity(k)], order_key=KEY, merge=True)
    assert made.loss.ncp <= most
    assert made.suppressed_rows == 0
    cells = made.table.to_pydict()
    assert min(Counter(zip(*cells.values(), strict=True)).values()) >= k
    assert d.Recipe.from_json(made.recipe.to_json()).apply(frame, order_key=KEY).table.equals(made.table)


def test_diverse_classes_stay_diverse():
    """On Adult with diversity and closeness of a column the pass saves loss, and both hold by their count."""
    frame, hierarchies = adult()
    keys = {name: rows for name, rows in hierarchies.items() if name != "occupation"}
    for model in (d.DistinctLDiversity("occupation", 5), d.TCloseness("occupation", 0.5)):
        plain, made = (
            d.recode(frame, keys, [d.KAnonymity(5), model], order_key=KEY, merge=merge) for merge in (False, True)
        )
        assert made.met
        assert made.loss.ncp < 0.99 * plain.loss.ncp


def test_a_walk_without_moves_is_the_walk():
    """Where a descent has no moves nothing is looked up."""
    frame = frame_of([("xx", "xy", None, "1")] * 6)
    rules = tried(frame, [d.KAnonymity(2)])[0].recipe._rules
    for part in walked_parts(rules.assigned, rules.descents, code_table(frame, rules.roles).rows):
        assert moved(part.descent, part.found, part.walked) is part.walked
