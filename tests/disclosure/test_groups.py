"""What an attacker may write down about a table is true of every table."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.cells import MARGIN
from anonshare.disclosure.groups import flat_groups, relations
from anonshare.disclosure.tables import count_table

ALL = MARGIN


@st.composite
def tables(draw):
    """Persons with one or more rows in a table of one to three columns."""
    size = draw(st.integers(1, 3))
    labels = [[None, "a", "b"]] * size
    cell = st.tuples(*[st.integers(0, 2)] * size)
    who = draw(st.lists(st.sets(cell, min_size=1, max_size=draw(st.integers(1, 4))), min_size=1, max_size=8))
    codes = np.array([code for cells in who for code in sorted(cells)], dtype=np.int32)
    person = np.array([i for i, cells in enumerate(who) for _ in cells], dtype=np.int64)
    return count_table([f"c{i}" for i in range(size)], labels, codes, person)


@given(tables(), st.data())
@settings(deadline=None, max_examples=60)
def test_every_relation_holds_for_the_true_counts(table, data):
    """No relation contradicts real persons, whichever cells are hidden: the attack never rules out the truth."""
    keys = list(table.cells)
    hidden = data.draw(st.sets(st.sampled_from(range(len(keys)))))
    known = {i: table.cells[key] for i, key in enumerate(keys) if i not in hidden}
    place = {cell: i for i, cell in enumerate(sorted(hidden))}
    truth = [table.cells[keys[cell]] for cell in sorted(hidden)]
    for row in relations(flat_groups(keys), known, place, table.additive):
        total = sum(value * truth[column] for column, value in zip(row.columns, row.values, strict=True))
        assert row.lower <= total <= row.upper


def test_groups_of_a_two_way_table():
    """Each margin has the cells beneath it, and a row is within the total over the same columns."""
    keys = [("a", "x"), ("a", ALL), (ALL, "x"), (ALL, ALL)]
    groups = flat_groups(keys)
    assert {(g.parent, g.children) for g in groups} == {(1, (0,)), (2, (0,)), (3, (1,)), (3, (2,))}
    [rows_of_the_total] = [g for g in groups if g.parent == 3 and g.children == (1,)]
    assert [groups[i].parent for i in rows_of_the_total.within] == [2]


def test_cells_without_margins_say_nothing():
    """Where no margin is published nothing binds the cells."""
    assert flat_groups([("a", "x"), ("b", "y")]) == ()


def test_a_margin_without_cells_stays_a_statement():
    """A positive margin over no listed cell contradicts the open zeros and must not be skipped."""
    keys = [("a", ALL), (ALL, ALL)]
    assert relations(flat_groups(keys), {0: 3, 1: 3}, {}, additive=True)


def test_disjoint_rows_make_columns_add_up():
    """If the rows share nobody, their parts in one column share nobody: the union bound alone would not tell."""
    keys = [(r, c) for r in ("a", "b", ALL) for c in ("x", "y", ALL)]
    known = dict(enumerate([2, 3, 5, 3, 4, 7, None, None, 12]))
    del known[6], known[7]
    rows = relations(flat_groups(keys), known, {6: 0, 7: 1}, additive=False)
    least = max(row.lower for row in rows if (row.columns, row.values) == ([0], [1]))
    assert least == 5
