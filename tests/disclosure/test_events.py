"""Whoever knows one event of a person reads the value of that row alone: rows of one label are judged like a class."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.judging import holding
from anonshare.disclosure.local_recoding import recode
from anonshare.disclosure.promise import Promised
from anonshare.disclosure.signatures import person_signatures
from anonshare.errors import DisclosureError
from tests.disclosure.test_local_recoding import coded

KEY = b"k" * 16
HALVES = [["north", "land"], ["south", "land"]]


def diverse(held, least) -> bool:
    values = set().union(*held)
    return len(values) >= least and not (least > 1 and any(all(v in own for own in held) for v in values))


def read(rows, levels, kept, codes):
    """By plain dictionaries: per class and label of a row in it, the values of each person there."""
    signature = person_signatures(rows, levels, kept)
    found, cells = {}, rows.values.tolist()  # noqa: PD011  codes, no frame
    for n in np.flatnonzero(kept).tolist():
        label = tuple(
            column.labels[level][column.paths[value, level]]
            for column, value, level in zip(rows.columns, cells[n], levels[n], strict=True)
        )
        own = found.setdefault((int(signature[rows.person[n]]), label), {})
        own.setdefault(int(rows.person[n]), set()).update({int(codes[n])} - {0})
    return found


@given(coded(least=3, most=10, rows_each=3), st.integers(1, 3), st.integers(2, 3), st.data())
@settings(max_examples=120)
def test_every_event_that_leaves_is_diverse(rows, k, least, data):
    """In a local recoding each label of a row within a class has l values, none of them with everybody."""
    codes = np.array(data.draw(st.lists(st.integers(0, 4), min_size=rows.rows, max_size=rows.rows)), dtype=np.int32)
    try:
        recipe = recode(rows, k, {"s": (codes, least)})
    except DisclosureError as refused:
        assert refused.reason in {"too-few-persons", "too-few-values"}
        return
    for held in read(rows, recipe.levels, recipe.kept, codes).values():
        assert diverse(list(held.values()), least)


@given(coded(least=2, most=8, rows_each=3), st.integers(2, 3), st.data())
@settings(max_examples=120)
def test_both_judges_see_what_is_read(rows, least, data):
    """The judge of what leaves and the one of a recipe say what plain counting of classes and events says."""
    codes = np.array(data.draw(st.lists(st.integers(0, 3), min_size=rows.rows, max_size=rows.rows)), dtype=np.int32)
    levels = np.array(
        data.draw(
            st.lists(
                st.tuples(*(st.integers(0, len(c.labels) - 1) for c in rows.columns)),
                min_size=rows.rows, max_size=rows.rows,
            )
        ),
        dtype=np.int8,
    ).reshape(rows.rows, len(rows.columns))  # fmt: skip
    kept = np.ones(rows.rows, dtype=bool)
    signature = person_signatures(rows, levels, kept)
    bad = {
        number for (number, _), held in read(rows, levels, kept, codes).items() if not diverse([*held.values()], least)
    }
    for number in set(signature.tolist()):
        people = np.flatnonzero(signature == number).tolist()
        held = [set(codes[rows.person == person].tolist()) - {0} for person in people]
        bad |= set() if diverse(held, least) else {number}
    model = d.DistinctLDiversity("s", least)
    good = holding(rows, levels, kept, [Promised(model, codes)])
    assert set(signature[~good].tolist()) == bad
    table = frequency_table(rows, levels, kept, {"s": codes})
    assert model.judge(table).met == (not bad)
    if least == 2:
        # the judge of all other models goes another way: entropy just above log 1 asks for two values as well
        assert d.EntropyLDiversity("s", 1.0001).judge(table).met == (not bad)


@pytest.mark.parametrize("method", ["local", "global"])
def test_one_event_of_several_tells_no_more(method):
    """Persons have a case in the north, of two outcomes, and one in the south, of two others: three of each were promised."""
    rows = [(f"p{n}", place, f"{place[0]}{n % 2}") for n in range(6) for place in ("north", "south")]
    frame = pd.DataFrame(rows, columns=["who", "place", "outcome"])
    models = [d.KAnonymity(3), d.DistinctLDiversity("outcome", 3)]
    found = d.recode(frame, {"place": HALVES}, models, unit="who", method=method, order_key=KEY)
    assert set(found.table.column("place").to_pylist()) <= {"land", None}
    less = d.recode(
        frame, {"place": HALVES}, [models[0], d.DistinctLDiversity("outcome", 2)], unit="who", order_key=KEY
    )
    assert set(less.table.column("place").to_pylist()) == {"north", "south"}


def test_a_recipe_lets_no_class_in_that_is_read():
    """Next month all cases of the south have one outcome: whoever is in them stays, though persons have two outcomes."""
    rows = [(f"p{n}", place, f"{n % 3}") for n in range(9) for place in ("north", "south")]
    frame = pd.DataFrame(rows, columns=["who", "place", "outcome"])
    models = [d.KAnonymity(3), d.DistinctLDiversity("outcome", 2)]
    found = d.recode(frame, {"place": HALVES}, models, unit="who", order_key=KEY)
    assert set(found.table.column("place").to_pylist()) == {"north", "south"}
    later = frame.assign(outcome=["3" if place == "south" else outcome for _, place, outcome in rows])
    assert found.recipe.apply(later).table.num_rows == 0
