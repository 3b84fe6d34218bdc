"""A recipe on other records: small classes go up to coarser ones, and what held before is not touched by it."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure import applying
from anonshare.errors import DisclosureError

LETTERS = [[a + b, a, "*"] for a in "xyz" for b in "xyz"]
HALVES = [["north", "land", "*"], ["south", "land", "*"], ["sea", "sea", "*"]]
KEY = b"fixed" * 4
VALUES = st.sampled_from(["xx", "xy", "yx", "zz", "zy", None])
ROWS = st.lists(st.tuples(VALUES, VALUES, st.sampled_from(["1", "2", "3"])), min_size=3, max_size=30)
MODELS = st.sampled_from(
    [
        [],
        [d.DistinctLDiversity("s", 2)],
        [d.EntropyLDiversity("s", 2)],
        [d.TCloseness("s", 0.3)],
        [d.AverageRisk(0.2)],
    ]
)


def numbered(rows, persons=None):
    """Each row with a number of its own, by which it is known again in what leaves."""
    frame = pd.DataFrame(rows, columns=["a", "b", "s"], dtype=object)
    own = [str(n) for n in range(len(rows))]
    return frame.assign(n=own, who=[str(n % persons) for n in range(len(rows))] if persons else own)


def recipe_of(frame, models):
    """None where no recoding holds the models."""
    hierarchies = {"a": LETTERS, "b": LETTERS}
    others = ("n",) if any(model.column for model in models) else ("n", "s")
    try:
        return d.recode(frame, hierarchies, models, unit="who", insensitive=others, order_key=KEY).recipe
    except DisclosureError as refused:
        assert refused.reason in {"infeasible", "too-few-persons", "too-few-values"}
        return None


def labels(made):
    """Number of a row -> its labels."""
    out = made.table.to_pydict()
    return dict(zip(out["n"], zip(out["a"], out["b"], strict=True), strict=True))


def both(recipe, frame):
    """With going up, and without."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(applying, "roll_up", lambda descent, found, walked, fits, able, holds: (walked.levels, fits))
        plain = recipe.apply(frame, order_key=KEY)
    return recipe.apply(frame, order_key=KEY), plain


@given(ROWS, ROWS, st.integers(1, 5), MODELS, st.sampled_from([None, 4, 9]))
@settings(max_examples=150, deadline=None)
def test_nobody_is_lost_by_going_up_and_every_model_holds(rows, others, k, models, persons):
    """Whoever left without it leaves with it, under the same labels; whatever leaves is counted anew and holds."""
    recipe = recipe_of(numbered(rows, persons), [d.KAnonymity(k), *models])
    if recipe is None:
        return
    made, plain = both(recipe, numbered(others, persons))
    assert labels(plain).items() <= labels(made).items()
    assert sum(made.unfit.values()) <= sum(plain.unfit.values())
    assert made.met or not made.table.num_rows
    if persons is None and made.table.num_rows:
        assert min(Counter(labels(made).values()).values()) >= k


@given(ROWS, ROWS, st.integers(1, 5), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_other_records_is_not_seen(rows, others, k, chance):
    """Other records in another order come out with the same labels."""
    recipe = recipe_of(numbered(rows), [d.KAnonymity(k)])
    if recipe is None:
        return
    frame = numbered(others)
    moved = frame.sample(frac=1, random_state=chance.randrange(2**32))
    once, again = recipe.apply(frame, order_key=KEY), recipe.apply(moved, order_key=KEY)
    assert Counter(labels(once).values()) == Counter(labels(again).values())
    assert once.unfit == again.unfit


@given(ROWS, st.integers(1, 5), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_fewer_than_k_are_left_behind(rows, k, part):
    """Where k alone is asked, everybody who can go up to the root does so, until fewer than k are left."""
    frame = numbered(rows)
    recipe = recipe_of(frame, [d.KAnonymity(k)])
    if recipe is None:
        return
    few = frame.iloc[::part]
    assert sum(recipe.apply(few, order_key=KEY).unfit.values()) < k


def test_small_classes_join_under_the_label_of_their_parent():
    """Three in the north and two in the south are five on land; one at sea is alone there and stays."""
    recipe = d.recode(
        pd.DataFrame({"place": ["north"] * 6 + ["south"] * 6 + ["sea"] * 5}), {"place": HALVES}, [d.KAnonymity(5)]
    ).recipe
    later = recipe.apply(pd.DataFrame({"place": ["north"] * 3 + ["south"] * 2 + ["sea"]}))
    assert later.table.column("place").to_pylist() == ["land"] * 5
    assert later.unfit == {"their class does not hold the models": 1}


def test_a_class_takes_in_nobody_with_whom_it_would_not_hold():
    """Six of the rest hold entropy diversity; seven more of one outcome would break it, and stay."""
    models = [d.KAnonymity(3), d.EntropyLDiversity("outcome", 1.9)]
    frame = pd.DataFrame({"place": ["north"] * 6 + ["south", "sea"] * 3, "outcome": list("abababaabbab")})
    recipe = d.recode(frame, {"place": [["north", "*"], ["south", "*"], ["sea", "*"]]}, models, order_key=KEY).recipe
    assert recipe.apply(frame, order_key=KEY).unfit == {}
    new = pd.DataFrame({"place": ["north"] * 7 + ["south", "sea"] * 3, "outcome": list("aaaaaaaaabbab")})
    later = recipe.apply(new, order_key=KEY)
    assert later.met
    assert later.table.num_rows == 6
    assert later.unfit == {"their class does not hold the models": 7}


def test_a_recipe_of_many_years_loses_nobody_of_a_single_one():
    """A hundred persons in fine classes, a tenth of whom come again: all leave, where without going up nobody does."""
    frame = numbered([(a + b, a + b, "1") for a in "xyz" for b in "xyz" for _ in range(11)])
    recipe = recipe_of(frame, [d.KAnonymity(11)])
    assert recipe is not None
    made, plain = both(recipe, frame.iloc[::7])
    assert plain.table.num_rows == 0
    assert made.unfit == {}
    assert made.table.num_rows == 15
