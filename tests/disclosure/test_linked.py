"""Several linked tables: all rows of a person are one record, so persons are counted over all of them together."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anonshare.codes.hierarchies import flat
from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.local_recoding import recode
from anonshare.disclosure.signatures import person_signatures
from anonshare.engine.assemble import label_column
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

PEOPLE = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("pq")), max_size=3),
    ),
    min_size=4,
    max_size=30,
)
"""Persons: one row each in the first table, some in the second (a key and a sensitive value)."""


def coded(people) -> tuple[CodedRows, np.ndarray]:
    """Rows table by table: the first table has the key ``one``, the second ``two``; beside it the sensitive codes."""
    one, two = (None, "a", "b"), (None, "x", "y", "z")
    rows = [(one.index(a), 0, n, 0, 0) for n, (a, _) in enumerate(people)]
    rows += [(0, two.index(x), n, 1, 1 + "pq".index(s)) for n, (_, more) in enumerate(people) for x, s in more]
    grid = np.array(rows)
    columns = (key_column("one", one, flat(["a", "b"])), key_column("two", two, flat(["x", "y", "z"])))
    whole = CodedRows(columns, grid[:, :2].astype(np.int32), grid[:, 2], grid[:, 3].astype(np.int16), (0, 1))
    return whole, grid[:, 4].astype(np.int32)


def seen(rows: CodedRows, recipe) -> Counter:
    """Persons per what is seen of them, counted without any code of the room: labels, tables, nothing else."""
    labels = [
        label_column(column, rows.values[:, i], recipe.levels[:, i]).to_pylist()
        for i, column in enumerate(rows.columns)
    ]
    people: dict[int, list] = {}
    for row in range(rows.rows):
        if recipe.kept[row]:
            table = int(rows.table[row])
            people.setdefault(int(rows.person[row]), []).append((table, labels[table][row] or ""))
    return Counter(tuple(sorted(mine)) for mine in people.values())


@given(PEOPLE, st.integers(2, 4))
def test_everybody_is_one_of_k_over_all_tables(people, k):
    """Whatever is seen of a person in both tables together is seen of at least k persons."""
    rows, _ = coded(people)
    found = seen(rows, recode(rows, k))
    assert min(found.values()) >= k


@given(PEOPLE)
def test_values_are_diverse_where_the_second_table_speaks(people):
    """In a class with rows of the second table two values occur; a class without any tells nothing and may stand."""
    rows, sensitive = coded(people)
    try:
        recipe = recode(rows, 2, {"s": (sensitive, 2)}, homes={"s": 1})
    except DisclosureError:
        assume(False)
    held: dict[int, set[int]] = {}
    for row in range(rows.rows):
        if recipe.kept[row] and rows.table[row] == 1:
            held.setdefault(int(recipe.signature[rows.person[row]]), set()).add(int(sensitive[row]))
    assert all(len(values) >= 2 for values in held.values())


def test_two_tables_of_nothing_are_not_alike():
    """A person with two rows in one table differs from one with a row in each, though no key has a value."""
    column = key_column("k", (None, "a"), flat(["a"]))
    table = np.array([0, 0, 0, 1], np.int16)
    rows = CodedRows((column,), np.zeros((4, 1), np.int32), np.array([0, 0, 1, 1]), table, (0,))
    everything = np.ones(4, bool)
    signature = person_signatures(rows, np.zeros((4, 1), np.int8), everything)
    assert signature[0] != signature[1]
    plain = CodedRows((column,), rows.values, rows.person)
    assert len(set(person_signatures(plain, np.zeros((4, 1), np.int8), everything).tolist())) == 1


def test_a_class_without_the_table_is_silent():
    """It is left out of the judgement of a column that it tells nothing of."""
    rows, sensitive = coded([("a", []), ("a", []), ("a", [("x", "p")]), ("a", [("x", "q")])])
    levels, kept = np.zeros((rows.rows, 2), np.int8), np.ones(rows.rows, bool)
    table = frequency_table(rows, levels, kept, {"s": sensitive}, {"s": 1})
    assert len(table.persons) == 2
    assert len(table.silent["s"]) == 1


def test_fewer_persons_than_k_release_nothing():
    """Rows in several tables do not make more persons."""
    rows, _ = coded([("a", [("x", "p")] * 3), ("b", [])])
    with pytest.raises(DisclosureError):
        recode(rows, 3)
