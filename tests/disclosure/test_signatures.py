"""Signatures against plain Python."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.counting import frequency_table
from anonshare.disclosure.k_anonymity import judge
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.signatures import fold, outward_ids, person_signatures
from anonshare.shapes import CodedRows


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


@st.composite
def releases(draw):
    """Rows with any levels and any rows kept."""
    rows = draw(coded())
    highest = [column.paths.shape[1] - 1 for column in rows.columns]
    levels = [[draw(st.integers(0, top)) for top in highest] for _ in range(rows.rows)]
    kept = draw(st.lists(st.booleans(), min_size=rows.rows, max_size=rows.rows))
    return rows, np.array(levels, dtype=np.int8).reshape(rows.values.shape), np.array(kept, dtype=bool)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 2**40)), max_size=30))
@settings(deadline=None, max_examples=40)
def test_fold_numbers_rows_in_order(pairs):
    """Equal rows get equal numbers without gaps, in lexicographic order."""
    numbers = fold(np.array(pairs, dtype=np.int64).reshape(len(pairs), 2)).tolist()
    order = sorted(set(pairs))
    assert numbers == [order.index(pair) for pair in pairs]


@given(releases())
@settings(deadline=None, max_examples=60)
def test_signatures_equal_the_naive_count(release):
    """Persons share a signature exactly if plain Python finds the same multiset of released rows."""
    rows, levels, kept = release
    naive = released(rows, levels, kept)
    found = person_signatures(rows, levels, kept)
    assert {person for person in range(rows.persons) if found[person] >= 0} == set(naive)
    assert (
        len({(int(found[p]), naive[p]) for p in naive})
        == len(set(naive.values()))
        == len({int(found[p]) for p in naive})
    )
    table = frequency_table(rows, levels, kept)
    assert Counter(table.persons.values()) == Counter(Counter(naive.values()).values())


@given(releases(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_no_permutation_of_rows_changes_a_signature(release, random):
    """The number of a person's signature does not depend on the order of the rows."""
    rows, levels, kept = release
    order = list(range(rows.rows))
    random.shuffle(order)
    moved = CodedRows(rows.columns, rows.values[order], rows.person[order])
    assert (person_signatures(moved, levels[order], kept[order]) == person_signatures(rows, levels, kept)).all()


@given(releases())
@settings(deadline=None, max_examples=40)
def test_sensitive_values_count_persons_and_skip_missing(release):
    """In each class a value counts every person who holds it once; code 0 never counts; no class is left out."""
    rows, levels, kept = release
    codes = (np.arange(rows.rows) * 7 % 4).astype(np.int32)
    table = frequency_table(rows, levels, kept, {"s": codes})
    signature = person_signatures(rows, levels, kept)
    naive = {number: {} for number in table.persons}
    for row in np.flatnonzero(kept & (codes != 0)):
        naive[int(signature[rows.person[row]])].setdefault(int(codes[row]), set()).add(int(rows.person[row]))
    assert table.sensitive["s"] == {n: {v: len(who) for v, who in held.items()} for n, held in naive.items()}


@given(releases(), st.integers(2, 5))
@settings(deadline=None, max_examples=40)
def test_dropping_whole_classes_never_lowers_k(release, k):
    """Suppressing all rows of all persons of a class leaves the other classes as they are."""
    rows, levels, kept = release
    before = frequency_table(rows, levels, kept)
    signature = person_signatures(rows, levels, kept)
    small = [number for number, count in before.persons.items() if count < k]
    after = frequency_table(rows, levels, kept & ~np.isin(signature[rows.person], small))
    assert sorted(after.persons.values()) == sorted(count for count in before.persons.values() if count >= k)
    assert bool(judge(after, k=k)) == bool(after.persons)


@given(coded(rows_each=1), st.data())
@settings(deadline=None, max_examples=40)
def test_a_coarser_level_never_lowers_k_for_persons_with_one_row(rows, data):
    """One level up in one column for all rows can only merge classes (null is outwardly the root: level 0 is apart)."""
    tops = [column.paths.shape[1] - 1 for column in rows.columns]
    vector = [data.draw(st.integers(0, top)) for top in tops]
    coarser = [min(level + data.draw(st.integers(0, 1)), top) for level, top in zip(vector, tops, strict=True)]
    kept = np.ones(rows.rows, dtype=bool)

    def smallest(levels):
        grid = np.tile(np.array(levels, dtype=np.int8), (rows.rows, 1)).reshape(rows.values.shape)
        return min(frequency_table(rows, grid, kept).persons.values())

    assert smallest(coarser) >= smallest(vector)


def test_five_months_of_one_person_are_not_five_persons():
    """One person with five rows in five months fails k = 5 after the months became one year."""

    class Months:
        name, height, domain = "months", 2, 12

        def path(self, value):
            return value, value[:4]

        def leaves(self, level, label):
            return (1, 12)[level]

    months: list[str | None] = [None, *(f"2024-0{month}" for month in range(1, 6))]
    column = key_column("month", months, Months())
    values = np.arange(1, 6, dtype=np.int32)[:, None]
    years, kept = np.ones((5, 1), dtype=np.int8), np.ones(5, dtype=bool)
    alone = CodedRows((column,), values, np.zeros(5, dtype=np.int64))
    five = CodedRows((column,), values, np.arange(5, dtype=np.int64))
    assert not judge(frequency_table(alone, years, kept), k=5)
    assert judge(frequency_table(five, years, kept), k=5)


def test_a_person_with_more_rows_is_not_alike():
    """Two persons with one row and one with the same row twice are two classes: the number of rows is visible."""
    rows = code_rows([(0, ("x",)), (1, ("x",)), (2, ("x",)), (2, ("x",))], (1,))
    kept = np.ones(4, dtype=bool)
    table = frequency_table(rows, np.zeros((4, 1), dtype=np.int8), kept)
    assert sorted(table.persons.values()) == [1, 2]


def test_one_outward_mark():
    """Null, a value unknown to the hierarchy and a value at the root are one and the same to the outside."""
    column = key_column("c", [None, "?", "x"], Prefixes(1))
    assert outward_ids(column)[[0, 1, 2], [0, 0, 1]].tolist() == [0, 0, 0]
    assert outward_ids(column)[2, 0] == 1
