"""Global recoding against an exhaustive search in plain Python, and against ARX's optimum on Adult."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.disclosure import global_recoding
from anonshare.disclosure.global_recoding import recode_globally
from anonshare.disclosure.keys import key_column
from anonshare.disclosure.loss import certainty_penalty, exact_levels
from anonshare.disclosure.models import AverageRisk, DistinctLDiversity, KAnonymity
from anonshare.disclosure.models.base import ClassModel
from anonshare.disclosure.signatures import person_signatures
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows
from tests.disclosure.adult import adult
from tests.disclosure.test_local_recoding import code_rows, coded


def diverse(held, least) -> bool:
    """Of the values of each person: enough in all, and none with everybody."""
    values = set().union(*held)
    common = any(all(value in own for own in held) for value in values)
    return len(values) >= least and not (least > 1 and common)


def events(rows, node, alike, codes):
    """Per label of a row in a class: the values of each person in his rows with that label."""
    told = [
        tuple(int(column.paths[value, level]) for column, value, level in zip(rows.columns, row, node, strict=True))
        for row in rows.values.tolist()
    ]
    names = [tuple(c.labels[n][i] for c, n, i in zip(rows.columns, node, label, strict=True)) for label in told]
    found = {}
    for person, name, code in zip(rows.person.tolist(), names, codes.tolist(), strict=True):
        if person in alike:
            found.setdefault(name, {}).setdefault(person, set()).add(code)
    return [[values - {0} for values in held.values()] for held in found.values()]


def exhaustive(rows, models, sensitive, limit):
    """The least loss over all nodes, by counting persons with the judge's own signatures."""
    best = None
    for node in itertools.product(*(range(len(column.labels)) for column in rows.columns)):
        levels = np.tile(np.array(node, dtype=np.int8), (rows.rows, 1)).reshape(rows.rows, len(node))
        signature = person_signatures(rows, levels, np.ones(rows.rows, dtype=bool))
        good = np.ones(rows.persons, dtype=bool)
        for person in range(rows.persons):
            alike = set(np.flatnonzero(signature == signature[person]).tolist())
            for model in models:
                if isinstance(model, KAnonymity):
                    good[person] &= len(alike) >= model.k
                else:
                    held = [
                        {int(c) for c, p in zip(sensitive["s"], rows.person, strict=True) if p == other} - {0}
                        for other in alike
                    ]
                    good[person] &= diverse(held, model.l) and all(
                        diverse(read, model.l) for read in events(rows, node, alike, sensitive["s"])
                    )
        kept = good[rows.person]
        if kept.any() and (~kept).sum() <= int(limit * rows.rows + 1e-9):
            loss = certainty_penalty(rows, exact_levels(rows, levels), kept)
            if best is None or loss < best - 1e-9:
                best = loss
    return best


@given(
    coded(least=1, most=9, rows_each=2),
    st.integers(1, 4),
    st.sampled_from([0.0, 0.3, 1.0]),
    st.integers(0, 2),
    st.data(),
)
@settings(max_examples=80)
def test_it_is_the_optimum(rows, k, limit, least, data):
    """On any small table the loss is the least of all nodes, proven; where none is allowed, it is refused."""
    codes = np.array(data.draw(st.lists(st.integers(0, 3), min_size=rows.rows, max_size=rows.rows)), dtype=np.int32)
    models = [KAnonymity(k), *([DistinctLDiversity("s", least)] if least else [])]
    sensitive = {"s": codes} if least else {}
    wanted = exhaustive(rows, models, sensitive, limit)
    if wanted is None:
        with pytest.raises(DisclosureError, match="No levels hold"):
            recode_globally(rows, models, sensitive, suppression_limit=limit)
        return
    found = recode_globally(rows, models, sensitive, suppression_limit=limit)
    levels = np.tile(np.array(found.levels, dtype=np.int8), (rows.rows, 1)).reshape(rows.rows, len(found.levels))
    assert found.complete
    assert found.gap == 0
    assert found.loss == pytest.approx(wanted)
    assert found.loss == pytest.approx(certainty_penalty(rows, exact_levels(rows, levels), found.kept))


@given(coded(least=2, most=9, rows_each=2), st.integers(1, 3), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_rows_does_not_matter(rows, k, chance):
    """The same rows in another order have the same levels and the same rows suppressed."""
    order = list(range(rows.rows))
    chance.shuffle(order)
    moved = CodedRows(rows.columns, rows.values[order], rows.person[order])
    one, other = tried(rows, k), tried(moved, k)
    assert (one is None) == (other is None)
    if one is not None and other is not None:
        assert one.levels == other.levels
        assert one.kept[order].tolist() == other.kept.tolist()


def tried(rows, k):
    """Persons with different numbers of rows may be alike on no level."""
    try:
        return recode_globally(rows, [KAnonymity(k)], {}, suppression_limit=1.0)
    except DisclosureError:
        return None


@dataclass(frozen=True, slots=True)
class EvenClasses(ClassModel):
    """No model of the field: a class is even. Merging two that do not hold can make one that does."""

    name = "even"
    monotone = False

    def hold(self, classes):
        return classes.persons % 2 == 0


@given(coded(least=2, most=8, rows_each=1))
@settings(max_examples=40)
def test_a_model_that_merging_can_break_is_searched_without_shortcuts(rows):
    """Where models are not monotone the answer is still the least over all nodes."""
    best = None
    for node in itertools.product(*(range(len(column.labels)) for column in rows.columns)):
        levels = np.tile(np.array(node, dtype=np.int8), (rows.rows, 1)).reshape(rows.rows, len(node))
        signature = person_signatures(rows, levels, np.ones(rows.rows, dtype=bool))
        kept = (np.bincount(signature)[signature] % 2 == 0)[rows.person]
        if kept.any():
            loss = certainty_penalty(rows, exact_levels(rows, levels), kept)
            best = loss if best is None else min(best, loss)
    if best is not None:
        assert recode_globally(rows, [EvenClasses()], {}, suppression_limit=1.0).loss == pytest.approx(best)


def rows_of(texts, persons=None):
    table = [(n if persons is None else persons[n], row) for n, row in enumerate(texts)]
    return code_rows(table, tuple(len(cell) for cell in texts[0]))


def test_three_persons_with_thirty_rows_each_never_pass():
    """Rows are no persons: ninety equal rows of three persons do not hold k = 11."""
    rows = rows_of([("xxx",)] * 90, [n // 30 for n in range(90)])
    with pytest.raises(DisclosureError, match="k_anonymity"):
        recode_globally(rows, [KAnonymity(11)], {}, suppression_limit=0.9)


def test_what_is_infeasible_is_named():
    """The refusal says which model and column, and how many rows may be suppressed."""
    rows = rows_of([("x",), ("y",), ("z",)])
    with pytest.raises(DisclosureError, match=r"k_anonymity with at most 0 of 3 rows"):
        recode_globally(rows, [KAnonymity(4)], {})
    codes = np.array([1, 1, 1], dtype=np.int32)
    with pytest.raises(DisclosureError, match=r"l_diversity over column 's'"):
        recode_globally(rows, [KAnonymity(2), DistinctLDiversity("s", 2)], {"s": codes})


def test_an_average_risk_is_judged_over_all_classes():
    """A model over all classes together is held by what is left, and forbids nodes that do not."""
    rows = rows_of([(a + b,) for a in "xyz" for b in "xyz"])
    found = recode_globally(rows, [AverageRisk(0.5)], {})
    assert found.levels == (1,)
    assert recode_globally(rows, [AverageRisk(1.0)], {}).levels == (0,)


def test_a_time_limit_gives_what_was_found_and_what_is_proven():
    """With no time at all there is an answer with its gap; the bound is never above the optimum."""
    frame, hierarchies = adult()
    rows = CodedRows(*_coded(frame.head(3000), hierarchies), np.arange(3000, dtype=np.int64))
    hasty = recode_globally(rows, [KAnonymity(5)], {}, suppression_limit=0.05, time_limit=0)
    best = recode_globally(rows, [KAnonymity(5)], {}, suppression_limit=0.05)
    assert best.complete
    assert hasty.bound <= best.loss <= hasty.loss
    assert hasty.gap >= hasty.loss - best.loss - 1e-12


def test_forty_columns_are_searched_along_a_beam():
    """A lattice of 4^40 nodes has an answer that holds k, without a proof and without its nodes in memory."""
    rng = np.random.default_rng(3)
    texts = [tuple("".join(cell) for cell in rng.choice(list("xy"), (40, 3))) for _ in range(60)]
    found = recode_globally(rows_of(texts), [KAnonymity(5)], {}, suppression_limit=0.2, time_limit=5)
    assert not found.complete
    assert 0 <= found.bound <= found.loss < 1
    assert found.kept.mean() >= 0.8


def test_the_beam_holds_the_models_and_is_no_better_than_the_optimum(monkeypatch):
    """On a lattice that can be proven, the beam's answer is allowed and not below the optimum."""
    rng = np.random.default_rng(5)
    texts = [tuple("".join(cell) for cell in rng.choice(list("xyz"), (3, 3))) for _ in range(80)]
    best = recode_globally(rows_of(texts), [KAnonymity(4)], {}, suppression_limit=0.1)
    monkeypatch.setattr(global_recoding, "PROVABLE", 1)
    along = recode_globally(rows_of(texts), [KAnonymity(4)], {}, suppression_limit=0.1)
    assert along.loss >= best.loss - 1e-12
    assert along.bound <= best.loss
    assert not along.complete


def _coded(frame, hierarchies):
    from anonshare.codes.tables import hierarchy_of_rows

    columns, values = [], []
    for name in frame.columns:
        texts = [None, *dict.fromkeys(frame[name])]
        code = {text: i for i, text in enumerate(texts)}
        values.append(np.array([code[cell] for cell in frame[name]], dtype=np.int32))
        columns.append(key_column(name, texts, hierarchy_of_rows(name, hierarchies[name])))
    return tuple(columns), np.stack(values, axis=1)


@pytest.mark.parametrize(
    ("k", "limit", "loss", "levels", "suppressed"),
    [
        (5, 0.05, 0.2696346628, (0, 3, 0, 0, 2, 1, 1, 2, 0), 1346),
        (11, 0.05, 0.3295232144, (0, 4, 0, 1, 2, 1, 1, 1, 0), 1507),
        (5, 1.0, 0.2277003233, (0, 3, 0, 0, 2, 1, 1, 1, 0), 2553),
        (11, 1.0, 0.2744486545, (0, 3, 0, 0, 2, 1, 1, 1, 0), 4223),
    ],
)
def test_it_is_the_optimum_that_arx_finds(k, limit, loss, levels, suppressed):
    """On Adult the loss, the levels and the suppressed rows are those of ARX 3.9.2, proven."""
    frame, hierarchies = adult()
    rows = CodedRows(*_coded(frame, hierarchies), np.arange(len(frame), dtype=np.int64))
    found = recode_globally(rows, [KAnonymity(k)], {}, suppression_limit=limit)
    assert found.complete
    assert found.loss == pytest.approx(loss, abs=1e-9)
    assert found.levels == levels
    assert int((~found.kept).sum()) == suppressed
