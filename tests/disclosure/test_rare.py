"""Rare combinations against plain counting, and against the figure that is published for Adult."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure.rare import rare_combinations, rare_in_codes
from tests.disclosure.adult import adult


def plain(rows, persons, k, longest):
    """(combinations, rare ones, minimal rare ones by length, persons who hold any), by sets of persons."""
    held: dict[tuple, set] = {}
    width = len(rows[0])
    for row, person in zip(rows, persons, strict=True):
        for length in range(1, longest + 1):
            for subset in combinations(range(width), length):
                held.setdefault((subset, tuple(row[c] for c in subset)), set()).add(person)
    rare = {key for key, who in held.items() if len(who) < k}

    def parts(key):
        subset, values = key
        for out in range(len(subset)):
            yield subset[:out] + subset[out + 1 :], values[:out] + values[out + 1 :]

    minimal = {key for key in rare if len(key[0]) == 1 or not any(part in rare for part in parts(key))}
    touched = set().union(*(held[key] for key in rare)) if rare else set()
    return held, rare, minimal, touched


@given(
    st.integers(1, 5).flatmap(
        lambda width: st.lists(
            st.tuples(st.integers(0, 3), st.tuples(*[st.integers(0, 2)] * width)), min_size=1, max_size=14
        )
    ),
    st.integers(1, 4),
    st.integers(1, 3),
)
@settings(max_examples=120)
def test_it_counts_what_plain_counting_counts(table, k, full):
    """All combinations and rare ones to a length, minimal rare sets to four, by distinct persons, for any table."""
    persons, rows = [p for p, _ in table], [row for _, row in table]
    width = len(rows[0])
    held, rare, minimal, touched = plain(rows, persons, k, min(4, width))
    codes = [np.array([row[c] for row in rows], dtype=np.int32) for c in range(width)]
    names = [f"c{c}" for c in range(width)]
    found = rare_in_codes(codes, names, np.array(persons), k, full=full)
    for length in range(1, min(4, width) + 1):
        assert found.minimal[length] == sum(len(key[0]) == length for key in minimal)
        if length <= full:
            assert found.combinations[length] == sum(len(key[0]) == length for key in held)
            assert found.rare[length] == sum(len(key[0]) == length for key in rare)
    for c in range(width):
        assert found.columns[names[c]] == sum(c in key[0] for key in minimal)
    assert found.persons == len(touched)
    assert not found.left_out


def test_adult_in_decades():
    """Adult with ages in decades has 33,132 combinations of up to three values, of which 64.7 % occur fewer than 10 times."""
    frame, _ = adult()
    frame["age"] = (frame["age"].astype(int) // 10).astype(str)
    found = rare_combinations({name: frame[name].tolist() for name in frame}, 10)
    assert sum(found.combinations.values()) == 33_132
    assert found.rare_share == pytest.approx(0.647, abs=0.0005)


def test_what_is_too_much_is_left_out_and_said():
    """With little work allowed the longer subsets are counted as left out, and what was looked at stands."""
    rng = np.random.default_rng(1)
    codes = [rng.integers(0, 3, 50).astype(np.int32) for _ in range(6)]
    whole = rare_in_codes(codes, list("abcdef"), np.arange(50), 3)
    part = rare_in_codes(codes, list("abcdef"), np.arange(50), 3, most_work=50 * (6 + 15 * 2))
    assert part.left_out == {3: 20, 4: 15}
    assert (part.minimal[1], part.minimal[2]) == (whole.minimal[1], whole.minimal[2])
    assert part.minimal[3] == 0


def test_a_missing_value_is_a_value():
    """That nothing stands there is rare where everybody else has something."""
    found = rare_combinations({"a": ["x", "x", "x", None]}, 2)
    assert found.rare == {1: 1}
    assert found.persons == 1


def test_persons_count_and_not_rows():
    """Three rows of one person are one."""
    found = rare_combinations({"a": ["x", "x", "x"]}, 2, unit=["p", "p", "p"])
    assert (found.rare, found.persons) == ({1: 1}, 1)
