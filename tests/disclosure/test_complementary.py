"""Suppression against attackers who enumerate every possible table."""

import csv
import gzip
import os
from itertools import combinations, combinations_with_replacement, pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anonshare.disclosure import complementary, tables
from anonshare.disclosure.cells import MARGIN
from anonshare.disclosure.complementary import World, complement
from anonshare.disclosure.groups import Group
from anonshare.disclosure.table_audit import Attack, attack, audit
from anonshare.disclosure.tables import count_table, protect
from anonshare.errors import DisclosureError

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "disclosure"
INNER = list(product("ab", "xy"))
KEYS = list(product(("a", "b", MARGIN), ("x", "y", MARGIN)))


def counted(persons):
    """A table of persons, each a list of (row, column) labels of a 2 x 2 table, or longer ones."""
    labels = [[None, *sorted({cell[d] for cells in persons for cell in cells})] for d in range(len(persons[0][0]))]
    codes = [[labels[d].index(label) for d, label in enumerate(cell)] for cells in persons for cell in cells]
    person = np.array([i for i, cells in enumerate(persons) for _ in cells], dtype=np.int64)
    return count_table([f"c{d}" for d in range(len(labels))], labels, np.array(codes, dtype=np.int32), person)


def published(protected):
    """Counts by key, None where suppressed."""
    return {cell.key: cell.count for cell in protected.cells}


@pytest.fixture(scope="module")
def every_table():
    """Counts of KEYS for all sets of up to five persons who may be in any of the four cells."""
    kinds = []
    for size in range(1, 5):
        for cells in combinations(INNER, size):
            hit = {key for r, c in cells for key in product((r, MARGIN), (c, MARGIN))}
            kinds.append(tuple(int(key in hit) for key in KEYS))
    found = [
        np.sum(chosen, axis=0) for n in range(1, 6) for chosen in combinations_with_replacement(np.array(kinds), n)
    ]
    return np.unique(np.array(found), axis=0)


@given(st.lists(st.sets(st.sampled_from(INNER), min_size=1).map(sorted), min_size=1, max_size=4), st.integers(2, 3))
@settings(deadline=None, max_examples=30)
def test_no_count_of_persons_is_unique_among_all_tables(every_table, persons, min_count):
    """Persons in several cells: among all tables of real persons that fit, every suppressed count has two values."""
    cells = published(protect(counted(persons), min_count))
    fits = np.ones(len(every_table), dtype=bool)
    for column, key in enumerate(KEYS):
        values = every_table[:, column]
        count = cells.get(key, 0)
        fits &= values >= 1 if count is None else values == count
    for column, key in enumerate(KEYS):
        if cells.get(key, 0) is None:
            assert len(np.unique(every_table[fits][:, column])) > 1


@given(st.lists(st.integers(0, 6), min_size=4, max_size=4), st.integers(2, 6))
@settings(deadline=None, max_examples=30)
def test_no_count_is_unique_where_margins_are_sums(inner, min_count):
    """One cell a person: among all whole tables that fit the published counts, every suppressed one has two values."""
    assume(any(inner))
    persons = [[key] for key, n in zip(INNER, inner, strict=True) for _ in range(n)]
    cells = published(protect(counted(persons), min_count))

    def sums(counts):
        found = dict.fromkeys(KEYS, 0)
        for (r, c), n in zip(INNER, counts, strict=True):
            for key in product((r, MARGIN), (c, MARGIN)):
                found[key] += n
        return found

    worlds = [sums(counts) for counts in product(*(range(1, 9) if n else (0,) for n in inner))]
    worlds = [w for w in worlds if all(w[key] == count for key, count in cells.items() if count is not None)]
    for key, count in cells.items():
        if count is None:
            assert len({world[key] for world in worlds}) > 1


@given(st.lists(st.tuples(*[st.sampled_from("abc")] * 3), min_size=1, max_size=60), st.integers(1, 3))
@settings(deadline=None, max_examples=25)
def test_every_protected_table_passes_the_audit_of_the_receiver(rows, width):
    """Three columns, any width: no small count is published and the receiver derives none; the truth is unchanged."""
    table = counted([[row] for row in rows])
    protected = protect(table, 4, width=width)
    assert audit(protected.cells, protected.by, 4, width=width)
    cells = published(protected)
    assert set(cells) == set(table.cells)
    assert all(count in (None, table.cells[key]) for key, count in cells.items())
    assert protected.primary == sum(count < 4 for count in table.cells.values())
    assert protected.secondary == sum(count is None for count in cells.values()) - protected.primary


def test_primary_alone_is_derived():
    """Without complementary suppression the small count comes back by subtraction; with it, it does not."""
    persons = [[("a", "x")]] * 2 + [[("a", "y")]] * 20 + [[("b", "x")]] * 30 + [[("b", "y")]] * 40
    open_table = protect(counted(persons), 5, complementary=False)
    assert (open_table.primary, open_table.secondary) == (1, 0)
    assert not audit(open_table.cells, open_table.by, 5, additive=True)
    closed = protect(counted(persons), 5)
    assert (closed.primary, closed.secondary) == (1, 3)


def test_one_mark_for_all_suppressed_cells():
    """What leaves does not tell a small count from one that protects it."""
    persons = [[("a", "x")]] * 2 + [[("a", "y")]] * 20 + [[("b", "x")]] * 30 + [[("b", "y")]] * 40
    hidden = [cell for cell in protect(counted(persons), 5).cells if cell.count is None]
    assert {(cell.count, cell.status) for cell in hidden} == {(None, "suppressed")}


def test_a_table_without_rows_stays_empty():
    """Nothing counted, nothing published, nothing to refuse."""
    empty = count_table(["c"], [[None]], np.empty((0, 1), dtype=np.int32), np.empty(0, dtype=np.int64))
    assert protect(empty, 5).cells == ()


def test_what_the_search_overlooks_is_hidden_all_the_same(monkeypatch):
    """Were the search to hide too little, the attack would find it and more would be hidden."""
    monkeypatch.setattr(tables, "complement", lambda world, primary, width: np.zeros_like(primary))
    protected = protect(counted([[("a",)]] * 2 + [[("b",)]] * 9), 5)
    assert protected.secondary >= 1
    assert audit(protected.cells, protected.by, 5)


def test_a_table_that_does_not_hold_is_refused(monkeypatch):
    """Whatever went wrong before, the last word is the audit's: it refuses what can be derived."""
    monkeypatch.setattr(tables, "_closed", lambda world, groups, primary, width: primary)
    with pytest.raises(DisclosureError, match="can be derived"):
        protect(counted([[("a",)]] * 2 + [[("b",)]] * 9), 5)


def test_a_receiver_who_takes_unions_for_sums_derives_nothing():
    """Persons in two cells whose overlap is hidden: a total of 22 over 20 and a hidden 3 must not look like 20 + 2."""
    persons = [[("a",)]] * 19 + [[("a",), ("b",)]] + [[("b",)]] * 2
    protected = protect(counted(persons), 5)
    assert audit(protected.cells, protected.by, 5)
    assert audit(protected.cells, protected.by, 5, additive=False)


def test_no_other_world_is_a_refusal(monkeypatch):
    """A cell for which no other table can be found must not be published as protected."""
    monkeypatch.setattr(complementary.Solver, "whole", lambda self, point: None)
    with pytest.raises(DisclosureError, match="cannot be hidden"):
        protect(counted([[("a",)]] * 2 + [[("b",)]] * 9), 5)


def test_patience_never_costs_protection(monkeypatch):
    """With no programmes left for publishing cells again the table still holds; it only hides more."""
    rows = [[row] for row in product("abc", "xyz", "12") for _ in range(ord(row[0]) % 5 + ord(row[1]) % 7)]
    usual = protect(counted(rows), 4)
    monkeypatch.setattr(complementary, "_PATIENCE", 0)
    short = protect(counted(rows), 4)
    assert audit(short.cells, short.by, 4)
    assert short.secondary >= usual.secondary


@pytest.fixture(scope="module")
def table_a():
    """Country by occupation of Adult, three levels each: counts, primary cells, cells per person, groups."""
    if not DATA.exists():
        if os.environ.get("CI"):
            pytest.fail("the reference tables are not there")
        pytest.skip("the reference tables are not there")
    with gzip.open(DATA / "tables_input_rows.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    with (DATA / "table_A_gauss.csv").open() as file:
        lines = list(csv.DictReader(file))
    number = {(line["cty"], line["occ"]): i for i, line in enumerate(lines)}
    counts = np.array([int(line["freq"]) for line in lines])
    above = [{}, {}]
    for row in rows:
        for d, chain in enumerate((("cty", "reg"), ("occ", "og"))):
            path = [*(row[c] for c in chain), "Total"]
            above[d] |= {low: high for low, high in pairwise(path) if low != high}
    children = {}
    for key, cell in number.items():
        for d in range(2):
            if key[d] in above[d] and counts[cell]:
                children.setdefault((number[(*key[:d], above[d][key[d]], *key[d + 1 :])], d), []).append(cell)

    def chain(label, d):
        return [label, *(chain(above[d][label], d) if label in above[d] else [])]

    inner = [k for k, i in number.items() if counts[i] and not any(k[d] in above[d].values() for d in range(2))]
    kinds = [sorted(number[pair] for pair in product(chain(k[0], 0), chain(k[1], 1))) for k in inner]
    world = World(counts, kinds, [int(counts[number[key]]) for key in inner])
    groups = [Group(parent, tuple(cells)) for (parent, _), cells in children.items()]
    primary = np.array([line["primary"] == "TRUE" for line in lines])
    gauss = np.array([line["suppressed"] == "TRUE" for line in lines])
    return world, groups, primary, gauss


def attacked(table_a, hidden):
    """What an attacker gets with these cells hidden."""
    world, groups, _, _ = table_a
    return attack(
        [None if hide else int(n) for n, hide in zip(world.counts, hidden, strict=True)], groups, additive=True
    )


def test_reference_table_needs_no_more_cells_than_gauss_suppression(table_a):
    """Table A with both hierarchies: nothing is derivable, with at most the 49 secondary cells of GaussSuppression."""
    world, _, primary, _ = table_a
    extra = complement(world, primary)
    assert attacked(table_a, primary | extra) == Attack(consistent=True, exposed=())
    assert extra.sum() <= 49


def test_the_attack_agrees_with_the_reference_pattern(table_a):
    """GaussSuppression's own pattern holds, primary suppression alone gives at least the 52 known cells away."""
    _, _, primary, gauss = table_a
    assert attacked(table_a, gauss).exposed == ()
    assert len(attacked(table_a, primary).exposed) >= 52
