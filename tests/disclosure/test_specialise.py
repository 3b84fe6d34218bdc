"""The search over all classes at once gives what a search over one class at a time gives."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.tables import hierarchy_of_rows
from anonshare.disclosure import splitting
from anonshare.disclosure.blocks import Block
from anonshare.disclosure.descent import Descent, Step
from anonshare.disclosure.features import Feature, features, tree
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.local_recoding import _descent
from anonshare.disclosure.models import DistinctLDiversity, TCloseness
from anonshare.disclosure.promise import Promise, promise
from anonshare.disclosure.specialise import specialise
from anonshare.shapes import CodedRows
from tests.disclosure import class_by_class

if TYPE_CHECKING:
    import pytest

ROWS = [["a", "p", "x"], ["b", "p", "x"], ["c", "q", "y"], ["d", "q", "y"], ["e", "r", "y"], ["f", "f", "f"]]
BROAD = [[str(number), str(number // 10)] for number in range(60)]


@st.composite
def blocks(draw: st.DrawFn) -> tuple[tuple[Feature, ...], np.ndarray]:
    """Features of some persons, and a sensitive code of each, 0 where missing."""
    persons = draw(st.integers(1, 40))
    columns = []
    codes = []
    for name, rows in (("one", ROWS), ("two", ROWS), ("broad", BROAD)):
        hierarchy = hierarchy_of_rows(name, rows)
        columns.append(key_column(name, [None, *(row[0] for row in rows)], hierarchy))
        codes.append(draw(st.lists(st.integers(0, len(rows)), min_size=persons, max_size=persons)))
    values = np.array(codes, dtype=np.int32).T.copy()
    coded = CodedRows(tuple(columns), values, np.arange(persons))
    ordered, found = features(coded, [tree(column) for column in columns], Block(np.arange(persons)[:, None], (1,)))
    held = np.array(draw(st.lists(st.integers(0, 3), min_size=persons, max_size=persons)), dtype=np.int64)
    return found, held[ordered.rows[:, 0]][:, None]


def told(descent: Descent, number: int | None) -> object:
    """The steps from one on, whatever their numbers are."""
    if number is None or not descent.steps:
        return None
    step: Step = descent.steps[number]
    children = {label: told(descent, following) for label, following in step.children.items()}
    rest = told(descent, step.rest) if step.has_rest else "nobody"
    return [step.feature, step.level, dict(sorted(children.items())), rest, step.spare]


def same(found: tuple[Feature, ...], k: int, promises: list[Promise]) -> bool:
    """Whether both searches give the same levels by the same steps."""
    persons = len(found[0].ranks)
    fast, plain = _descent(found), _descent(found)
    levels = specialise(found, persons, k, promises, descent=fast)
    expected = class_by_class.specialise(found, persons, k, promises, descent=plain)
    same_steps = json.dumps(told(fast, 0)) == json.dumps(told(plain, 0))
    return bool((levels == expected).all()) and same_steps


@given(blocks(), st.integers(1, 6))
def test_k_alone_gives_the_same_classes_by_the_same_steps(
    block: tuple[tuple[Feature, ...], np.ndarray], k: int
) -> None:
    """With persons counted alone, both searches end in the same levels."""
    assert same(block[0], k, [])


@given(blocks(), st.integers(1, 4), st.sampled_from([2, 3]))
def test_l_diversity_gives_the_same_classes_by_the_same_steps(
    block: tuple[tuple[Feature, ...], np.ndarray], k: int, least: int
) -> None:
    """With a model that looks at values, both searches end in the same levels."""
    assert same(block[0], k, [promise(DistinctLDiversity("s", least), block[1])])


@given(blocks(), st.integers(1, 4), st.sampled_from([0.1, 0.3]))
def test_t_closeness_gives_the_same_classes_by_the_same_steps(
    block: tuple[tuple[Feature, ...], np.ndarray], k: int, t: float
) -> None:
    """With a model that compares with the whole table, both searches end in the same levels."""
    model = TCloseness("s", t).bound([None, "1", "2", "3"])
    assert same(block[0], k, [promise(model, block[1])])


def test_a_part_at_a_time_gives_what_all_at_once_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many counts are held at a time changes nothing."""
    rng = np.random.default_rng(3)
    columns = [
        key_column(name, [None, *(row[0] for row in rows)], hierarchy_of_rows(name, rows))
        for name, rows in (("one", ROWS), ("broad", BROAD))
    ]
    values = np.stack([rng.integers(0, 6, 800), rng.integers(0, 61, 800)], axis=1).astype(np.int32)
    coded = CodedRows(tuple(columns), values, np.arange(800))
    _, found = features(coded, [tree(column) for column in columns], Block(np.arange(800)[:, None], (1,)))
    whole = specialise(found, 800, 3, [])
    monkeypatch.setattr(splitting, "_CELLS", 5)
    assert (specialise(found, 800, 3, []) == whole).all()
    assert len(np.unique(whole, axis=0)) > 1
