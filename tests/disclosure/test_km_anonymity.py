"""Columns of sets: who knows up to m values of a person finds at least k, by plain counting of what leaves."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare import disclosure as d
from anonshare.disclosure.models.km_anonymity import rare_items
from anonshare.errors import DisclosureError

KEY = [["x", "*"]]


def counted(cells, m) -> Counter:
    return Counter(
        subset
        for cell in cells
        for size in range(1, m + 1)
        for subset in combinations(sorted((cell or "").split(";")) if cell else [], size)
    )


@given(
    st.lists(st.lists(st.sampled_from("abcde"), max_size=4, unique=True), min_size=1, max_size=16),
    st.integers(1, 4),
    st.integers(1, 3),
)
@settings(max_examples=80)
def test_every_set_that_leaves_is_held_by_k(rows, k, m):
    """In the released column every set of up to m values stands k times; nothing was added; the recipe repeats it."""
    frame = pd.DataFrame({"key": "x", "items": [";".join(items) or None for items in rows]}, dtype=object)
    found = d.recode(frame, {"key": KEY}, [d.KAnonymity(1), d.KMAnonymity("items", k, m)], order_key=b"k" * 16)
    cells = found.table.column("items").to_pylist()
    assert min(counted(cells, m).values(), default=k) >= k
    assert found.met
    left = {item for cell in cells if cell for item in cell.split(";")}
    assert Counter(";".join(sorted(set(items) & left)) or None for items in rows) == Counter(cells)
    again = d.Recipe.from_json(found.recipe.to_json()).apply(frame, order_key=b"k" * 16)
    assert again.table.equals(found.table)


def test_a_value_that_is_rare_alone_goes_first():
    """Of ten persons with a and b one has c as well: c goes, and a and b stay."""
    sets = {str(n): frozenset("ab") for n in range(9)} | {"9": frozenset("abc")}
    assert rare_items(sets, 3, 2) == {"c"}
    assert rare_items(sets, 1, 2) == frozenset()


def test_one_of_a_rare_pair_goes():
    """A and b are common, and together rare: one of them goes, the rarer of the two."""
    sets = (
        {str(n): frozenset("a") for n in range(5)}
        | {f"b{n}": frozenset("b") for n in range(4)}
        | {"x": frozenset("ab")}
    )
    assert rare_items(sets, 3, 2) == {"b"}
    assert rare_items(sets, 3, 1) == frozenset()


def test_torn_sets_and_senseless_parameters_are_refused():
    """Persons with several rows have their sets in several cells; k, m and the separator must mean something."""
    frame = pd.DataFrame({"who": ["p", "p"], "key": "x", "items": "a"})
    with pytest.raises(DisclosureError, match="torn apart"):
        d.recode(frame, {"key": KEY}, [d.KAnonymity(1), d.KMAnonymity("items", 1, 2)], unit="who")
    for wrong in ({"k": 0, "m": 1}, {"k": 1, "m": 0}, {"k": 1, "m": 5}, {"k": 1, "m": 1, "separator": ""}):
        with pytest.raises(DisclosureError):
            d.KMAnonymity("items", **wrong)
