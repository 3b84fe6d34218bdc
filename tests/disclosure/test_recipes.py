"""A recipe out of JSON: any JSON whatever is a recipe that can be applied, or is refused in one sentence."""

from __future__ import annotations

import json
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure import descent
from anonshare.errors import AnonshareError, DisclosureError
from tests.disclosure.recipe_samples import KEY, MADE, TABLES, at, mutations, tables, told

REFUSAL = "This is no recipe of a recoding, or one of another version."


def read(data):
    """The recipe, or None where it is refused as it must be."""
    try:
        return d.Recipe.from_json(data)
    except DisclosureError as refused:
        assert refused.message == REFUSAL
        return None


def applied(recipe, table):
    """The recoding or None; more looks than once down and from each class on once more would be a circle, and fail."""
    steps = [step for one in recipe._rules.descents.values() for step in one.steps]
    looks = iter(range(len(steps) * (1 + sum(len(step.children) + 1 for step in steps))))
    parts = descent._parts

    def counted(*arguments, **named):
        next(looks)
        return parts(*arguments, **named)

    with patch.object(descent, "_parts", counted):
        try:
            return recipe.apply(table, order_key=KEY)
        except AnonshareError:
            return None


@pytest.mark.parametrize("name", MADE)
def test_what_a_recipe_wrote_is_read(name):
    """A recipe out of its own JSON writes the same JSON and repeats the recoding."""
    recipe = read(told(name))
    assert recipe.to_json() == told(name)
    assert recipe.apply(TABLES[name], order_key=KEY).table.equals(MADE[name]().table)


@pytest.mark.parametrize("name", MADE)
@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_json_is_a_recipe_or_is_refused(name, data):
    """With faults at any place a recipe is refused in one sentence, or it is one: written again, and applied without a circle."""
    recipe = read(data.draw(mutations(told(name))))
    if recipe is not None:
        assert read(recipe.to_json()).to_json() == recipe.to_json()
        for table in tables(name):
            applied(recipe, table)


def changed(name, path, value):
    """The JSON of a recipe with another value at one place, or without it."""
    raw = json.loads(told(name))
    holder = at(raw, path[:-1])
    if value is GONE:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value(holder[path[-1]]) if callable(value) else value
    return json.dumps(raw).encode()


GONE = object()
STEPS = ("descents", 0, 1, "steps")
MOVES = ("descents", 0, 1, "moves")
FAULTS = [
    ("events", ("recipe",), "recipe/2"),
    ("events", ("method",), "global"),
    ("global", ("method",), "local"),
    ("events", ("method",), "Local"),
    ("events", ("levels",), [0, 0, 0]),
    ("global", ("levels",), None),
    ("global", ("levels", 0), 3),
    ("global", ("levels", 0), -1),
    ("global", ("levels", 0), True),
    ("global", ("levels", 0), 1.0),
    ("global", ("levels",), lambda old: old[:-1]),
    ("global", ("levels",), lambda old: [*old, 0]),
    ("global", ("assigned",), [[[1], [[[1], None]]]]),
    ("events", ("models",), []),
    ("events", ("models", 0, "model"), "anonymity"),
    ("events", ("models", 0, "model"), ["k_anonymity"]),
    ("events", ("models", 0, "k"), 0),
    ("events", ("models", 0, "k"), True),
    ("events", ("models", 0, "k"), GONE),
    ("events", ("models", 1, "of"), "b"),
    ("global", ("models", 2, "hierarchy"), [[]]),
    ("global", ("models", 2, "hierarchy"), [["1", "low"], ["2"]]),
    ("global", ("models", 2, "order"), [1, 2]),
    ("global", ("models", 2, "distance"), {}),
    ("global", ("models", 1, "c"), "3"),
    ("global", ("models", 3, "population"), 10.5),
    ("items", ("models", 1, "columns"), "st"),
    ("items", ("models", 0, "separator"), "\ud800"),
    ("items", ("models", 0), lambda old: {**old, "items": [["a"]]}),
    ("events", ("keys",), lambda old: [*old, old[0]]),
    ("events", ("keys", 0, 0), 5),
    ("events", ("keys", 0, 0), "\ud800"),
    ("events", ("keys", 0, 1), []),
    ("events", ("keys", 0, 1, 0), ["xx"]),
    ("events", ("keys", 0, 1, 0, 0), " xx"),
    ("events", ("keys", 0, 1, 0, 0), "x\ud800"),
    ("events", ("keys", 0, 1, 0, 0), 1),
    ("events", ("keys", 0, 1, 0, 0), "xy"),
    ("events", ("keys", 0, 1), [["xx", "*"], ["xy", "*"]]),
    ("events", ("keys", 0, 1), lambda old: [[row[0], *[f"{row[0]}{n}" for n in range(100)]] for row in old]),
    ("sets", ("keys", 1, 1), "ages"),
    ("events", ("flat",), "known"),
    ("events", ("flat",), ["known", "known"]),
    ("events", ("flat", 0), 1),
    ("events", ("insensitive",), ["s"]),
    ("events", ("insensitive",), ["known"]),
    ("events", ("unit",), ["who", "a"]),
    ("events", ("sensitive",), []),
    ("events", ("sensitive",), ["s", "t"]),
    ("events", ("missing",), "none"),
    ("events", ("missing",), ["category"]),
    ("events", ("as_of",), "2024-02-30"),
    ("events", ("as_of",), "20240229"),
    ("sets", ("as_of",), None),
    ("events", ("assigned",), lambda old: [*old, old[0]]),
    ("events", ("assigned", 0, 0), []),
    ("events", ("assigned", 0, 0, 0), 0),
    ("events", ("assigned", 0, 0, 0), True),
    ("events", ("assigned", 0, 1), []),
    ("events", ("assigned", 0, 1, 0, 0, 0), 4),
    ("events", ("assigned", 1, 1, 0, 0, 0), 2),
    ("events", ("assigned", 0, 1, 0, 1), 2),
    ("events", ("assigned", 0, 1), lambda old: [[old[0][0], 0], *old]),
    ("events", ("assigned", 0, 1), lambda old: [*old, *old]),
    ("events", ("descents",), lambda old: old[:-1]),
    ("events", ("descents",), lambda old: [*old, old[0]]),
    ("events", ("descents",), lambda old: [*old, [[7], old[0][1]]]),
    ("events", ("descents", 0, 0, 0), 2**62),
    ("events", ("descents", 0, 1, "features"), lambda old: old[:-1]),
    ("events", ("descents", 0, 1, "features"), lambda old: old[::-1]),
    ("events", ("descents", 0, 1, "features", 0, 0), 3),
    ("events", ("descents", 0, 1, "features", 0, 1), 3),
    ("events", ("descents", 0, 1, "features", 0, 1), False),
    ("events", ("descents", 0, 1, "features", 1), lambda _: [0, 0]),
    ("events", ("descents", 0, 1, "roots", 0), 1),
    ("events", ("descents", 0, 1, "roots"), lambda old: [*old, 1]),
    ("events", (*STEPS, 0, "children", 0, 1), 0),
    ("events", (*STEPS, 0, "children", 0, 1), 99),
    ("events", (*STEPS, 0, "children", 0, 1), None),
    ("events", (*STEPS, 0, "children", 0, 0), 7),
    ("events", (*STEPS, 0, "children"), []),
    ("events", (*STEPS, 0, "children"), lambda old: [*old, [old[0][0], None]]),
    ("events", (*STEPS, 0, "children", 0, 1), lambda old: old + 1),
    ("events", (*STEPS, 1, "children", 0, 1), 0),
    ("events", (*STEPS, 0, "feature"), 7),
    ("events", (*STEPS, 0, "feature"), -1),
    ("events", (*STEPS, 0, "level"), 2),
    ("events", (*STEPS, 0, "level"), -1),
    ("events", (*STEPS, -1, "rest"), 1),
    ("events", (*STEPS, -1, "has_rest"), 1),
    ("events", (*STEPS, -1, "has_rest"), GONE),
    ("events", (*STEPS, -1, "spare"), ["k0", 1]),
    ("events", (*STEPS, -1), lambda old: {**old, "has_rest": True, "spare": [old["children"][0][0], 0]}),
    ("events", (*STEPS, -1), lambda old: {**old, "has_rest": True, "spare": ["nobody", 1]}),
    ("events", (*STEPS, -1), lambda old: {**old, "more": 1}),
    ("moves", MOVES, GONE),
    ("moves", MOVES, None),
    ("moves", (*MOVES, 0), lambda old: old[:2]),
    ("moves", (*MOVES, 0), lambda old: [*old, 0]),
    ("moves", (*MOVES, 0), lambda old: [old[0], old[0], old[2]]),
    ("moves", (*MOVES, 0, 2), -1),
    ("moves", (*MOVES, 0, 2), True),
    ("moves", (*MOVES, 0, 2), None),
    ("moves", (*MOVES, 0, 2), 2**63),
    ("moves", (*MOVES, 0, 0), [1]),
    ("moves", (*MOVES, 0, 0), [0, None]),
    ("moves", (*MOVES, 0, 0), [4, None]),
    ("moves", (*MOVES, 0, 0), [5, None]),
    ("moves", (*MOVES, 0, 0), [-1, None]),
    ("moves", (*MOVES, 0, 1), [0, 0]),
    ("moves", (*MOVES, 0, 1), [3, 1]),
    ("moves", (*MOVES, 0, 1), [3, -2]),
    ("moves", (*MOVES, 0, 1), [3, False]),
    ("moves", (*MOVES, 0, 1), [3, "xx"]),
    ("moves", STEPS, []),
    ("sets", ("sets",), 1),
    ("events", ("suppressed",), {"s": ["1"]}),
    ("items", ("suppressed",), {}),
    ("items", ("suppressed", "items"), "a"),
    ("items", ("suppressed", "items"), ["a", "a"]),
    ("items", ("suppressed", "items"), [1]),
    ("events", ("ties",), ""),
    ("events", ("ties",), lambda old: old[:-2]),
    ("events", ("ties",), lambda old: old[:-1] + " "),
    ("events", ("ties",), lambda old: old[:-2] + "zz"),
]


@pytest.mark.parametrize(("name", "path", "value"), FAULTS)
def test_one_fault_is_enough(name, path, value):
    """A recipe in which one value is not what it must be is refused, and the same recipe without the fault is read."""
    data = changed(name, path, value)
    assert data != changed(name, ("recipe",), "recipe/1")
    assert read(data) is None
    assert read(changed(name, ("recipe",), "recipe/1")) is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"sets": false', b'"sets": false, "sets": false'),
        (b'"sets": false', b'"sets": NaN'),
        (b'"sets": false', b'"sets": 1e999'),
        (b'"levels": null', b'"levels": [-Infinity]'),
        (b'"k": 2', b'"k": ' + b"9" * 5000),
        (b'"k": 2', b'"k": 9223372036854775808.5'),
        (b'"l": 2', b'"l": ' + b"[" * 100_000 + b"]" * 100_000),
        (b'"recipe": "recipe/1"', b'"recipe": "recipe/1", "more": 1'),
        (b'"recipe": "recipe/1", ', b""),
        (b"{", b"\xef\xbb\xbf{"),
        (b"xx", b"\xff"),
        (b"xx", b"\xed\xa0\x80"),
        (b"xx", b"\\ud800"),
    ],
)
def test_what_json_lets_pass_is_refused(old, new):
    """A key twice, numbers without end, depth without end and text that is none are no part of a recipe."""
    assert old in told("events")
    assert read(told("events").replace(old, new, 1)) is None


@pytest.mark.parametrize(
    "data", ["text", None, 5, [], b"null", b"[]", b"{}", b'"recipe/1"', told("events").decode("ascii")]
)
def test_what_is_no_bytes_of_an_object_is_refused(data):
    """Bytes alone are read, and only those of a JSON object."""
    assert read(data) is None


def test_a_table_meets_a_recipe_with_a_key_that_can_be_guessed():
    """The order of the rows of an applied recipe needs a key as good as that of a recoding."""
    for key in (b"", b"short", "x" * 32, 5):
        with pytest.raises(DisclosureError, match="order_key"):
            read(told("events")).apply(TABLES["events"], order_key=key)
