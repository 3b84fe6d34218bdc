"""Counts of distinct persons, against plain Python."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.cells import MARGIN, ProtectedCell, covering
from anonshare.disclosure.tables import count_cells, count_table
from anonshare.errors import DisclosureError

LABELS = [[None, "a", "b"], [None, "x", "y", "z"]]
rows = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 6)), max_size=25)


def counted(found, labels=LABELS, persons=True):
    """The table of rows or persons."""
    codes = np.array([row[:2] for row in found], dtype=np.int32).reshape(len(found), 2)
    return count_table(
        ["c", "d"], labels, codes, np.array([row[2] for row in found], dtype=np.int64) if persons else None
    )


def naive(found, persons=True):
    """Plain Python: distinct units per cell and margin."""
    who = {}
    for number, (first, second, person) in enumerate(found):
        for key in product((LABELS[0][first], MARGIN), (LABELS[1][second], MARGIN)):
            who.setdefault(key, set()).add(person if persons else number)
    return {key: len(units) for key, units in who.items()}


@given(rows, st.booleans())
@settings(deadline=None, max_examples=60)
def test_cells_and_margins_count_distinct_units(found, persons):
    """Every cell and margin counts its distinct persons, or its rows; combinations that do not occur are not listed."""
    assert counted(found, persons=persons).cells == naive(found, persons)


@given(rows)
@settings(deadline=None, max_examples=60)
def test_patterns_add_up_to_the_cells(found):
    """A cell is the sum of the persons whose pattern touches it, and everybody has one pattern."""
    table = counted(found)
    assert sum(table.patterns.values()) == len({person for _, _, person in found})
    for key, count in table.cells.items():
        assert count == sum(
            n for pattern, n in table.patterns.items() if any(key in set(covering(inner)) for inner in pattern)
        )


@given(rows)
@settings(deadline=None, max_examples=40)
def test_texts_count_like_codes(found):
    """Counting from the texts of the rows gives the table that counting from codes gives."""
    texts = [[LABELS[column][row[column]] for row in found] for column in range(2)]
    assert count_cells(["c", "d"], texts, [row[2] for row in found]) == counted(found)


def test_a_margin_recounts_persons():
    """One person in two cells is one person in their margin, and such a table is not additive."""
    table = counted([(1, 1, 0), (1, 2, 0), (2, 1, 1)])
    assert table.cells["a", MARGIN] == 1
    assert table.cells[MARGIN, MARGIN] == 2
    assert not table.additive
    assert counted([(1, 1, 0), (1, 2, 1)]).additive


def test_equal_texts_are_one_cell():
    """Two codes with one outward text count together: what looks alike is alike."""
    assert counted([(1, 1, 0), (2, 1, 1)], [[None, "a", "a"], LABELS[1]]).cells["a", "x"] == 2


def test_a_value_like_the_margin_is_refused_by_column():
    """A value spelled as the mark of a margin would be taken for one."""
    with pytest.raises(DisclosureError, match="Column d"):
        counted([(1, 1, 0)], [LABELS[0], [None, MARGIN]])


def test_counts_do_not_show_in_reprs():
    """True counts and labels stay out of every repr."""
    assert "a" not in repr(counted([(1, 1, 0)])).split("by=")[1].replace("CountTable", "").replace("('c', 'd')", "")
    assert repr(ProtectedCell(("canary",), 7)) == "ProtectedCell()"
    assert ProtectedCell(("a",), None).status == "suppressed"
    assert ProtectedCell(("a",), 0).status == "published"
