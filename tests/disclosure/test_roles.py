"""What a caller says of the columns: said twice it counts once, and values are compared as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import pandas as pd
import pytest

from anonshare import disclosure as d
from anonshare import shapes
from anonshare.codes.tables import flat
from anonshare.disclosure.coded_table import code_table
from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.features import tree
from anonshare.disclosure.keys import key_column
from anonshare.engine import coding
from anonshare.errors import DisclosureError, InputError
from tests.disclosure.recipe_samples import KEY, LETTERS, MADE, TABLES

PLAIN = pd.DataFrame({"a": ["xx"] * 4 + ["xy"] * 4, "s": ["1", "2"] * 4, "who": [f"p{n}" for n in range(8)]})
SECRET = "Zanzibar"


def inside(value, seen):
    """Every dataclass that hangs on a value."""
    if id(value) in seen:
        return
    seen[id(value)] = value
    if is_dataclass(value) and not isinstance(value, type):
        yield value
        held = [getattr(value, one.name) for one in fields(value)]
    else:
        held = value.values() if isinstance(value, Mapping) else value if isinstance(value, (list, tuple)) else ()
    for one in held:
        yield from inside(one, seen)


@pytest.mark.parametrize("method", ["local", "global"])
def test_no_object_of_a_recoding_shows_a_label(method):
    """A traceback that shows what functions hold shows names of columns, never a value or a label."""
    rows = [[f"{SECRET}{n}", f"{SECRET} {n % 2}", "*"] for n in range(4)]
    cells = [f"{SECRET}{n % 4}" for n in range(16)]
    frame = pd.DataFrame(
        {"a": cells, "seen": cells, "s": cells[::-1], "items": [f"{cell};x" for cell in cells], "who": cells}
    )
    frame["who"] += [str(n // 4) for n in range(16)]
    models = [
        d.KAnonymity(2),
        d.TCloseness("s", 1, "hierarchical", hierarchy=[row[:2] for row in rows]),
        d.KMAnonymity("items", 2, 1),
    ]
    made = d.recode(
        frame, {"a": rows}, models, known_to_adversary=("seen",), unit="who", method=method, order_key=KEY
    )  # fmt: skip
    read = d.Recipe.from_json(made.recipe.to_json())
    coded = made._coded
    counted = frequency_table(coded.rows, made._cells.levels, made._cells.kept, {"s": coded.codes["s"]})
    fresh = code_table(frame, read._rules.roles)
    found = list(inside([made, read, read.apply(frame), fresh, counted, [tree(c) for c in coded.rows.columns]], {}))
    assert {type(one).__name__ for one in found} > {
        "Recoding",
        "Recipe",
        "Rules",
        "Roles",
        "CodedRows",
        "KeyColumn",
        "Tree",
    }
    for one in found:
        assert SECRET not in repr(one), type(one).__name__
        assert "array(" not in repr(one), type(one).__name__


@pytest.mark.parametrize(
    "more",
    [
        {"known_to_adversary": ("s", "s")},
        {"insensitive": ("s", "s")},
        {"insensitive": ["s"], "unit": ["who", "who"]},
    ],
)
def test_a_role_that_is_said_twice_counts_once(more):
    """The recoding and its recipe, also out of JSON, are those of a caller who says it once."""
    frame = PLAIN if "unit" in more else PLAIN.drop(columns="who")
    once = {name: tuple(dict.fromkeys(names)) for name, names in more.items()}
    twice, made = (d.recode(frame, {"a": LETTERS}, [d.KAnonymity(2)], order_key=KEY, **way) for way in (more, once))
    assert twice.table.equals(made.table)
    assert twice.recipe.to_json() == made.recipe.to_json()
    assert d.Recipe.from_json(twice.recipe.to_json()).apply(frame, order_key=KEY).table.equals(made.table)


def test_what_a_model_looks_at_is_sensitive():
    """Whoever calls such a column insensitive as well gets a recipe that is read."""
    models = [d.KAnonymity(2), d.DistinctLDiversity("s", 2)]
    made = d.recode(PLAIN, {"a": LETTERS}, models, insensitive=("s",), unit="who", order_key=KEY)
    assert d.Recipe.from_json(made.recipe.to_json()).apply(PLAIN, order_key=KEY).table.equals(made.table)


def test_numbers_in_a_hierarchy_are_written_as_those_of_a_column():
    """A column of 1.0 and 2.0 finds the rows "1" and "2", and rows of the numbers themselves, whole or not."""
    for values, rows in (
        ([1.0, 2.0], [["1", "*"], ["2", "*"]]),
        ([1.0, 2.0], [[1.0, "*"], [2.0, "*"]]),
        ([1.0, 2.0], [[1, "*"], [2, "*"]]),
        ([1.5, 2.0], [[1.50, "*"], [2, "*"]]),
        ([True, False], [[True, "*"], [False, "*"]]),
    ):
        made = d.recode(pd.DataFrame({"a": values}), {"a": rows}, [d.KAnonymity(1)])
        assert made.loss.ncp == 0
        assert len(set(made.table.column("a").to_pylist())) == 2


def test_the_refusal_says_how_numbers_are_written():
    """Rows "1.0" lack a column's 1.0: the hint tells the form of numbers, days and truth values, and shows no value."""
    with pytest.raises(DisclosureError, match=r"lacks 2 of its values") as refused:
        d.recode(pd.DataFrame({"a": [17.0, 23.0]}), {"a": [["17.0", "*"], ["23.0", "*"]]}, [d.KAnonymity(1)])
    assert "never as 1.0" in refused.value.hint
    assert not any(value in f"{refused.value} {refused.value.hint}" for value in ("17", "23"))


@pytest.mark.parametrize(
    "rows", [5, [5], [[object()]], [[float("inf"), "*"]], [[float("nan"), "*"]], [["x", None], ["y", "z"]], []]
)
def test_what_are_no_rows_of_labels_are_refused(rows):
    """Numbers without end, no label and what has no text are no hierarchy."""
    with pytest.raises(InputError, match="hierarchy 'a'"):
        d.recode(PLAIN, {"a": rows}, [d.KAnonymity(1)], insensitive=("s", "who"))


@pytest.mark.parametrize("method", ["local", "global"])
@pytest.mark.parametrize("space", [" ", "\t", "\u2003", "\xa0"])
def test_space_around_a_known_value_is_none_of_it(space, method):
    """A value in spaces leaves as the value, is no other than the one without, and loses nothing."""
    for cells in ([f"{space}x{space}"] * 4, [f"{space}x", "x", f"x{space}", "x"]):
        frame = pd.DataFrame({"a": "xx", "known": [*cells, *["y"] * 4]})
        made = d.recode(
            frame, {"a": LETTERS}, [d.KAnonymity(4)], known_to_adversary=("known",), method=method, order_key=KEY
        )
        assert sorted(made.table.column("known").to_pylist()) == ["x"] * 4 + ["y"] * 4
        assert made.loss.ncp == 0
        assert d.Recipe.from_json(made.recipe.to_json()).apply(frame, order_key=KEY).table.equals(made.table)
    assert flat([f"{space}x", "x"]).domain == 1


def test_half_a_character_is_no_text():
    """A name of a column or a label that nobody can write down is refused before anything is returned."""
    half = "\ud800"
    named = PLAIN[["a", "s"]].set_axis(pd.Index(["a", half], dtype=object), axis=1)
    for more in ({"insensitive": (half,)}, {"unit": (half,)}, {"known_to_adversary": (half,)}):
        with pytest.raises(DisclosureError, match="no text"):
            d.recode(named, {"a": LETTERS}, [d.KAnonymity(2)], **more)
    with pytest.raises(InputError, match="half of a character: line 10"):
        d.recode(PLAIN, {"a": [*LETTERS, ["ab", half, "*"]]}, [d.KAnonymity(2)], insensitive=("s", "who"))
    with pytest.raises(DisclosureError):
        d.DistinctLDiversity(half, 2)


def test_a_hierarchy_of_too_many_levels_is_refused_without_a_value():
    """Also where no cell has a value: levels above what a recoding can count are none."""
    tall = [[str(n), *[f"{n}-{level}" for level in range(200)]] for n in range(2)]
    with pytest.raises(DisclosureError, match="wrong length"):
        d.recode(PLAIN.assign(a=None), {"a": tall}, [d.KAnonymity(2)], insensitive=("s", "who"))
    with pytest.raises(DisclosureError, match="wrong length"):
        key_column("a", [None], type("Tall", (), {"height": 101, "name": "tall"})())


def test_two_pairs_of_columns_under_one_name_are_refused():
    """Of "a" with "b & c" and "a & b" with "c" one would be judged by the values of the other."""
    frame = pd.DataFrame(
        {"k": ["xx"] * 4, "a": list("1212"), "b & c": list("1212"), "a & b": list("1212"), "c": list("1221")}
    )
    joint = [d.JointLDiversity(("a", "b & c"), 2), d.JointLDiversity(("a & b", "c"), 2)]
    with pytest.raises(DisclosureError, match="kept together"):
        d.recode(frame, {"k": LETTERS}, [d.KAnonymity(1), *joint])


@pytest.mark.parametrize("name", MADE)
def test_no_table_at_all_gives_no_row(name):
    """A recipe on a table without rows gives one without rows, and nobody is unfit."""
    made = MADE[name]().recipe.apply(TABLES[name].head(0))
    assert made.table.num_rows == 0
    assert made.unfit == {}


def test_no_class_of_this_room_shows_an_array():
    """Codes of values and persons are hidden in every dataclass that functions here hold, not in those alone that leave."""
    modules = [import_module(found.name) for found in walk_packages(d.__path__, f"{d.__name__}.")]
    classes = {one for module in [shapes, coding, *modules] for one in vars(module).values() if isinstance(one, type)}
    shown = [
        f"{one.__name__}.{part.name}"
        for one in classes
        if is_dataclass(one)
        for part in fields(one)
        if part.repr and "ndarray" in str(part.type)
    ]
    assert shown == []
