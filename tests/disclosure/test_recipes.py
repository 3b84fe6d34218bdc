"""A recipe out of JSON: any JSON whatever is a recipe that can be applied, or is refused in one sentence."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure import descent
from anonshare.errors import AnonshareError, DisclosureError
from tests.disclosure.recipe_samples import KEY, MADE, TABLES, mutations, tables, told

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
