"""The attacker against plain enumeration of all tables."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anonshare.disclosure import table_audit
from anonshare.disclosure.cells import MARGIN, ProtectedCell
from anonshare.disclosure.groups import Group, flat_groups
from anonshare.disclosure.table_audit import Attack, attack, audit
from anonshare.errors import DisclosureError

ALL = MARGIN
KEYS = [(r, c) for r in ("a", "b", ALL) for c in ("x", "y", ALL)]


def with_margins(inner):
    """All nine counts of a 2 x 2 table, in the order of KEYS."""
    grid = np.array(inner).reshape(2, 2)
    grid = np.vstack([grid, grid.sum(axis=0)])
    return [int(n) for n in np.hstack([grid, grid.sum(axis=1)[:, None]]).ravel()]


def cells(counts, keys=KEYS):
    """Protected cells from counts."""
    return [ProtectedCell(key, count) for key, count in zip(keys, counts, strict=True)]


@given(st.lists(st.integers(0, 4), min_size=4, max_size=4), st.sets(st.sampled_from(range(9)), min_size=1))
@settings(deadline=None, max_examples=50)
def test_the_attack_finds_exactly_what_enumeration_finds(inner, hide):
    """In 2 x 2 tables with margins the number of derivable counts is that of a search through all whole tables."""
    truth = with_margins(inner)
    listed = [i for i in range(9) if truth[i] > 0]
    hide &= set(listed)
    assume(hide)
    published = [None if i in hide else truth[i] for i in listed]
    worlds = []
    for other in product(*(range(1, max(inner) + 3) if n else (0,) for n in inner)):
        counts = with_margins(other)
        if all(counts[i] == truth[i] for i in listed if i not in hide):
            worlds.append(counts)
    exposed = tuple(n for n, i in enumerate(listed) if i in hide and len({w[i] for w in worlds}) == 1)
    found = attack(published, flat_groups([KEYS[i] for i in listed]), additive=True)
    assert found == Attack(consistent=True, exposed=exposed)


def test_one_hidden_cell_in_a_row_is_derived():
    """Suppressing a small count alone protects nothing beside its margins."""
    counts = with_margins([2, 20, 30, 40])
    assert not audit(cells([None, *counts[1:]]), ["r", "c"], 5, additive=True)


def test_a_rectangle_of_hidden_cells_holds():
    """Four hidden cells in two rows and columns cannot be derived from the margins."""
    counts = with_margins([2, 20, 30, 40])
    for i in (0, 1, 3, 4):
        counts[i] = None
    verdict = audit(cells(counts), ["r", "c"], 5, additive=True)
    assert verdict
    assert (verdict.promised, verdict.found) == ("5", "22")
    assert verdict.evidence == "recomputed"


def test_two_ones_that_sum_to_two_are_derived():
    """A hidden count is at least 1 because zeros are open: 2 in two hidden cells is 1 and 1."""
    keys = [("a",), ("b",), (ALL,)]
    assert not audit(cells([None, None, 2], keys), ["c"], 2, additive=True)
    assert audit(cells([None, None, 3], keys), ["c"], 2, additive=True)


def test_the_protection_width_is_kept():
    """Two counts that sum to 3 are 1 or 2 each: one apart, not two."""
    keys = [("a",), ("b",), (ALL,)]
    assert not audit(cells([None, None, 3], keys), ["c"], 2, additive=True, width=2)
    assert audit(cells([None, None, 4], keys), ["c"], 2, additive=True, width=2)


def test_unions_are_no_sums():
    """Where persons may be in several cells, 3 in all and 3 in one leaves the other open, unlike a sum."""
    keys = [("a",), ("b",), (ALL,)]
    assert audit(cells([3, None, 3], keys), ["c"], 2, additive=False)
    assert not audit(cells([2, None, 3], keys), ["c"], 2, additive=True)


def test_sums_unless_the_counts_say_otherwise():
    """Who does not know takes margins for sums, and for unions once a published margin is no sum."""
    keys = [("a",), ("b",), (ALL,)]
    assert not audit(cells([20, None, 22], keys), ["c"], 2)
    assert audit(cells([20, None, 20], keys), ["c"], 2)


def test_disjoint_rows_give_a_column_away():
    """Rows that add up to the total share nobody, so a hidden column margin is the sum of its cells."""
    counts = with_margins([5, 6, 7, 8])
    counts[6] = counts[7] = None
    assert not audit(cells(counts), ["r", "c"], 5, additive=False)


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([4, 20, 24], "below 5"),
        ([-1, 20, 19], "below zero"),
        ([9, 20, 30], "contradict"),
        ([9, None, 9], "contradict"),
    ],
)
def test_bad_counts_are_found(counts, words):
    """Small, negative and contradictory counts are reported by number, not by value."""
    verdict = audit(cells(counts, [("a",), ("b",), (ALL,)]), ["c"], 5, additive=True)
    assert not verdict
    assert words in verdict.missing[0]


def test_a_table_of_the_wrong_form_is_found():
    """No cells, cells listed twice and cells of another width are refused."""
    one = ProtectedCell((ALL,), 9)
    assert not audit([], ["c"], 5, additive=True)
    assert not audit([one, one], ["c"], 5, additive=True)
    assert not audit([one], ["c", "d"], 5, additive=True)


def test_a_table_without_all_its_margins_is_found():
    """A total beside cells, with the margins between them left out, still adds up: what is not modelled is refused."""
    counts = [ProtectedCell(key, 9) for key in [("a", "x"), ("b", "x"), (ALL, ALL)]]
    assert "margins" in audit(counts, ["r", "c"], 5, additive=True).missing[0]


def triangle(total):
    """Cells a b c, their hidden pair sums, the hidden sum of these, and with d the published total.

    The sum of the pair sums is even, which no linear programme in reals can know.
    """
    pairs = [Group(3, (0, 1)), Group(4, (1, 2)), Group(5, (0, 2)), Group(6, (3, 4, 5)), Group(8, (6, 7))]
    return attack([None] * 8 + [total], pairs, additive=True)


@pytest.mark.parametrize("total", [7, 8, 9, 10, 11])
def test_integers_decide_where_reals_do_not(total):
    """Only whole tables count: the answer equals enumeration also where the reals are wider."""
    worlds = [
        (a, b, c, a + b, b + c, a + c, 2 * (a + b + c), total - 2 * (a + b + c))
        for a, b, c in product(range(1, 6), repeat=3)
        if total - 2 * (a + b + c) >= 1
    ]
    exposed = tuple(i for i, values in enumerate(zip(*worlds, strict=True)) if len(set(values)) == 1)
    assert triangle(total) == Attack(consistent=True, exposed=exposed)


def test_no_whole_table_is_a_contradiction():
    """A system that only fractions solve was not made from persons."""
    pairs = [Group(3, (0, 1)), Group(4, (1, 2)), Group(5, (0, 2)), Group(6, (3, 4, 5))]
    assert not attack([None] * 6 + [9], pairs, additive=True).consistent
    assert attack([None] * 6 + [8], pairs, additive=True).consistent


def test_answers_that_do_not_hold_are_no_pass(monkeypatch):
    """If the solver's points fail the exact check, the table is not judged, and so not released."""
    monkeypatch.setattr(table_audit.Solver, "whole", lambda self, point: None)
    with pytest.raises(DisclosureError) as caught:
        audit(cells([None, None, 9], [("a",), ("b",), (ALL,)]), ["c"], 5, additive=True)
    assert caught.value.reason == "not-judged"


def test_a_lost_answer_is_no_pass(monkeypatch):
    """If whole points are found at first and never again, the table is not judged either."""
    real, calls = table_audit.Solver.whole, []

    def once(self, point):
        calls.append(1)
        return real(self, point) if len(calls) == 1 else None

    monkeypatch.setattr(table_audit.Solver, "whole", once)
    with pytest.raises(DisclosureError) as caught:
        audit(cells([None, None, 9], [("a",), ("b",), (ALL,)]), ["c"], 5, additive=True)
    assert caught.value.reason == "not-judged"
