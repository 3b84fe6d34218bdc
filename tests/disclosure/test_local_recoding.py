"""Local recoding against plain Python, on small random tables and on Adult."""

import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from anonshare.disclosure import local_recoding
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.local_recoding import judge_recipe, recode
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

ADULT = Path(__file__).parents[2].parent / "shared" / "data" / "disclosure" / "adult"


class Prefixes:
    """Words of ``height`` letters out of three, coarser by dropping the last letter."""

    name = "prefixes"

    def __init__(self, height: int) -> None:
        self.height = height
        self.domain = 3**height

    def path(self, value: str) -> tuple[str, ...] | None:
        """The labels below the root."""
        if len(value) != self.height or set(value) - set("xyz"):
            return None
        return tuple(value[: self.height - level] for level in range(self.height))

    def leaves(self, level: int, label: str) -> int:
        """Values under a label."""
        return 3**level


def code_rows(table: list[tuple[int, tuple[str | None, ...]]], heights: tuple[int, ...]) -> CodedRows:
    """(person, texts) per row as codes, in order of appearance."""
    columns, values = [], []
    for c, height in enumerate(heights):
        texts: list[str | None] = [None, *dict.fromkeys(row[c] for _, row in table if row[c] is not None)]
        columns.append(key_column(f"c{c}", texts, Prefixes(height)))
        values.append([texts.index(row[c]) for _, row in table])
    matrix = np.array(values, dtype=np.int32).reshape(len(heights), len(table)).T.copy()
    return CodedRows(tuple(columns), matrix, np.array([person for person, _ in table], dtype=np.int64))


def released(rows: CodedRows, levels: np.ndarray, kept: np.ndarray) -> dict[int, tuple]:
    """Plain Python: the sorted multiset of released texts of every person of whom a row is kept."""
    found: dict[int, list] = {}
    for row in range(rows.rows):
        if kept[row]:
            cells = []
            for c, column in enumerate(rows.columns):
                level = int(levels[row, c])
                cells.append(column.labels[level][column.paths[rows.values[row, c], level]])
            found.setdefault(int(rows.person[row]), []).append(tuple(cells))
    return {person: tuple(sorted(cells, key=repr)) for person, cells in found.items()}


@st.composite
def coded(draw, least=1, most=14, rows_each=3):
    """Rows of several persons in any order, with nulls and values that the hierarchy does not know."""
    heights = tuple(draw(st.lists(st.integers(1, 3), min_size=0, max_size=3)))
    cell = [
        st.one_of(st.none(), st.just("?"), st.text("xyz", min_size=height, max_size=height), st.just("x" * height))
        for height in heights
    ]
    each = draw(st.lists(st.integers(1, rows_each), min_size=least, max_size=most))
    table = [(person, draw(st.tuples(*cell))) for person, count in enumerate(each) for _ in range(count)]
    return code_rows(draw(st.permutations(table)), heights)


def naive_sizes(rows, recipe):
    """Persons per class, in plain Python."""
    return Counter(released(rows, recipe.levels, recipe.kept).values())


def naive_loss(rows, recipe):
    """The mean penalty over all key cells, in plain Python."""
    total = 0.0
    for row, column in np.ndindex(rows.values.shape):
        key, level = rows.columns[column], int(recipe.levels[row, column])
        cell = key.loss[level][key.paths[rows.values[row, column], level]]
        total += float(cell) if recipe.kept[row] else 1.0
    return total / rows.values.size


@given(coded(), st.integers(1, 6))
@settings(deadline=None, max_examples=60)
def test_k_holds_and_nobody_is_suppressed(rows, k):
    """Every class has k persons by the naive count and every person keeps a row; fewer than k persons are refused."""
    if rows.persons < k:
        with pytest.raises(DisclosureError):
            recode(rows, k)
        return
    recipe = recode(rows, k)
    sizes = naive_sizes(rows, recipe)
    assert min(sizes.values()) >= k
    assert sum(sizes.values()) == rows.persons
    assert recipe.signature.min() >= 0
    assert Counter(np.bincount(recipe.signature).tolist()) == Counter(sizes.values())


@given(coded(), st.integers(1, 4))
@settings(deadline=None, max_examples=40)
def test_the_loss_is_the_mean_over_all_cells(rows, k):
    """The penalty of the recipe equals a cell by cell sum, a dropped row counting 1."""
    assume(rows.persons >= k and rows.values.size)
    recipe = recode(rows, k)
    assert recipe.loss == pytest.approx(naive_loss(rows, recipe))
    assert 0 <= recipe.loss <= 1


@given(coded(rows_each=1), st.integers(1, 5), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_rows_changes_neither_classes_nor_loss(rows, k, random):
    """Rows of one-row persons in another order give the same released classes with the same sizes."""
    assume(rows.persons >= k)
    order = list(range(rows.rows))
    random.shuffle(order)
    moved = CodedRows(rows.columns, rows.values[order], rows.person[order])
    first, second = recode(rows, k), recode(moved, k)
    assert naive_sizes(rows, first) == naive_sizes(moved, second)
    assert first.loss == pytest.approx(second.loss)


def outcome(rows, k, sensitive):
    """The recipe, or the reason of the refusal."""
    try:
        return recode(rows, k, sensitive)
    except DisclosureError as error:
        return error.reason


@given(coded(most=20), st.integers(1, 4), st.integers(1, 3), st.data())
@settings(deadline=None, max_examples=60)
def test_l_holds_or_is_refused(rows, k, least, data):
    """Every class holds l distinct values by a naive count, none of them in all persons; else nothing is released."""
    assume(rows.persons >= k)
    codes = np.array([data.draw(st.integers(0, 3)) for _ in range(rows.rows)], dtype=np.int32)
    recipe = outcome(rows, k, {"s": (codes, least)})
    if isinstance(recipe, str):
        assert recipe == "too-few-values"
        return
    who = released(rows, recipe.levels, recipe.kept)
    for signature, size in Counter(who.values()).items():
        assert size >= k
        members = {person for person, own in who.items() if own == signature}
        held = Counter(
            value
            for person in members
            for value in {int(codes[r]) for r in np.flatnonzero(recipe.kept & (rows.person == person))} - {0}
        )
        assert len(held) >= least
        assert least == 1 or max(held.values()) < size


def test_l_moves_the_border():
    """Two homogeneous groups that k alone would tell apart are generalized together for l = 2."""
    rows = code_rows([(i, ("x" if i < 4 else "y",)) for i in range(8)], (1,))
    codes = np.array([1] * 4 + [2] * 4, dtype=np.int32)
    assert recode(rows, 3).loss == 0
    assert recode(rows, 3, {"s": (codes, 2)}).loss == 1


def test_a_remainder_keeps_as_few_as_it_lacks():
    """One odd person takes k - 1 others with him, not their whole class."""
    rows = code_rows([(i, ("x",)) for i in range(10)] + [(10, ("y",))], (1,))
    recipe = recode(rows, 3)
    assert sorted(naive_sizes(rows, recipe).values()) == [3, 8]


def test_a_small_child_is_kept_whole_where_nobody_can_be_spared():
    """Where taking single persons would leave a child below k, the smallest child stays with the remainder."""
    rows = code_rows([(i, ("x",)) for i in range(3)] + [(i, ("y",)) for i in range(3, 6)] + [(6, ("z",))], (1,))
    assert sorted(naive_sizes(rows, recode(rows, 3)).values()) == [3, 4]


def test_nobody_is_taken_from_a_child_that_would_become_homogeneous():
    """The remainder lacks one; taking the only other value out of a child would leave it with one value."""
    rows = code_rows(
        [(i, ("x",)) for i in range(4)] + [(4, ("y",)), (5, ("y",))] + [(i, ("z",)) for i in (6, 7, 8)], (1,)
    )
    codes = np.array([1, 1, 1, 2, 1, 2, 1, 2, 1], dtype=np.int32)
    recipe = recode(rows, 3, {"s": (codes, 2)})
    assert naive_sizes(rows, recipe) == {(("x",),): 4, ((None,),): 5}


def test_nulls_are_the_remainder():
    """A missing value looks like a generalized one, so it needs no class of its own, and it lost nothing."""
    rows = code_rows([(i, ("x",)) for i in range(6)] + [(6, (None,))], (1,))
    recipe = recode(rows, 3)
    assert recipe.loss == pytest.approx(2 / 7)
    assert recipe.levels[6, 0] == 0


def test_nothing_known_is_one_class():
    """Without key columns all persons with equally many rows are alike and nothing is lost."""
    rows = CodedRows((), np.empty((4, 0), dtype=np.int32), np.arange(4, dtype=np.int64))
    recipe = recode(rows, 4)
    assert recipe.signature.tolist() == [0] * 4
    assert recipe.loss == 0


def test_a_long_history_is_cut_to_the_block_below():
    """One person with five rows among persons with two gives up his later three rows."""
    table = [(person, ("x",)) for person in range(4) for _ in range(2)] + [(4, ("x",))] * 5
    rows = code_rows(table, (1,))
    recipe = recode(rows, 3)
    assert recipe.kept[8:].tolist() == [True, True, False, False, False]
    assert naive_sizes(rows, recipe) == {(("x",), ("x",)): 5}


def test_a_short_block_borrows_as_few_as_it_lacks():
    """Two persons with one row among six with two: one of the six gives up a row, the others keep both."""
    table = [(person, ("x",)) for person in (0, 1)] + [(person, ("x",)) for person in range(2, 8) for _ in range(2)]
    rows = code_rows(table, (1,))
    recipe = recode(rows, 3)
    assert int((~recipe.kept).sum()) == 1
    assert sorted(naive_sizes(rows, recipe).values()) == [3, 5]


def test_a_column_cannot_be_known_and_hidden():
    """l-diversity on a key column, and parameters below 1, are refused."""
    rows = code_rows([(i, ("x",)) for i in range(4)], (1,))
    for k, least, name in [(2, 2, "c0"), (0, 2, "s"), (2, 0, "s")]:
        with pytest.raises(DisclosureError) as caught:
            recode(rows, k, {name: (np.ones(4, dtype=np.int32), least)})
        assert caught.value.reason == "parameters"


def test_a_wrong_search_is_caught_by_the_count(monkeypatch):
    """Were the search to leave everybody on level 0, the independent count would refuse the release."""
    monkeypatch.setattr(
        local_recoding, "specialise", lambda found, persons, *_: np.zeros((persons, len(found)), dtype=np.int8)
    )
    rows = code_rows([(i, (text,)) for i, text in enumerate("xyz")], (1,))
    with pytest.raises(DisclosureError, match="k_anonymity"):
        recode(rows, 2)


def test_the_verdicts_cover_every_model():
    """A recipe is judged for k and for each l-diversity asked."""
    rows = code_rows([(i, ("x",)) for i in range(4)], (1,))
    sensitive = {"s": (np.array([1, 2, 1, 2], dtype=np.int32), 2)}
    verdicts = judge_recipe(rows, recode(rows, 2, sensitive), 2, sensitive)
    assert [(v.check, bool(v)) for v in verdicts] == [("k_anonymity", True), ("l_diversity", True)]


class ArxHierarchy:
    """An ARX hierarchy file: one line a value, labels from fine to coarse, the last one the root."""

    def __init__(self, path):
        lines = [line.split(";") for line in path.read_text("utf-8").splitlines()]
        self.name, self.domain, self.height = path.stem, len(lines), len(lines[0]) - 1
        self._paths = {line[0]: tuple(line[:-1]) for line in lines}
        self._leaves = [Counter(line[level] for line in lines) for level in range(self.height)]

    def path(self, value):
        """The labels below the root."""
        return self._paths.get(value)

    def leaves(self, level, label):
        """Values under a label."""
        return self._leaves[level][label]


@pytest.fixture(scope="module")
def adult():
    """Adult, 30,162 rows, each a person, all nine columns known."""
    if not ADULT.exists():
        if os.environ.get("CI"):
            pytest.fail("the Adult data are not there")
        pytest.skip("the Adult data are not there")
    lines = [line.split(";") for line in (ADULT / "adult.csv").read_text("utf-8").splitlines()]
    columns, values = [], []
    for name, cells in zip(lines[0], zip(*lines[1:], strict=True), strict=True):
        texts = [None, *dict.fromkeys(cells)]
        code = {text: i for i, text in enumerate(texts)}
        values.append(np.array([code[cell] for cell in cells], dtype=np.int32))
        columns.append(key_column(name, texts, ArxHierarchy(ADULT / f"adult_hierarchy_{name}.csv")))
    return CodedRows(tuple(columns), np.stack(values, axis=1), np.arange(len(lines) - 1, dtype=np.int64))


@pytest.mark.parametrize(("k", "bar"), [(5, 0.076), (11, 0.128)])
def test_adult_within_the_bar(adult, k, bar):
    """Adult at k = 5 and 11: k holds by a naive count, no row is dropped, the loss is below the bar (ARX: .178, .198)."""
    steps = []
    recipe = recode(adult, k, progress=lambda step, done, total: steps.append((done, total)))
    assert recipe.kept.all()
    assert recipe.loss <= bar
    assert min(naive_sizes(adult, recipe).values()) >= k
    assert steps[-1] == (adult.persons, adult.persons)
