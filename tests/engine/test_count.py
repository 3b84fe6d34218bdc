"""Persons counted on several engines against plain Python."""

from collections import Counter, defaultdict

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.count import count_persons, event_counts, sensitive_counts, signatures
from anonshare.errors import DisclosureError, InputError

CELL = st.none() | st.sampled_from(["x", "y", "z"])
ROWS = st.lists(st.tuples(CELL, CELL, st.sampled_from("12345"), CELL), max_size=25)
SCHEMA = pa.schema([(name, pa.string()) for name in ("a", "b", "unit", "s")])


def _arrow(rows):
    return pa.Table.from_pylist([dict(zip(SCHEMA.names, row, strict=True)) for row in rows], SCHEMA)


def _pandas(rows):
    return pd.DataFrame(rows, columns=SCHEMA.names, dtype="str", index=range(100, 100 + len(rows)))


def _pieces(rows):
    return pd.concat([_pandas(rows[: len(rows) // 2]), _pandas(rows[len(rows) // 2 :])])


def _objects(rows):
    return pd.DataFrame(rows, columns=SCHEMA.names, dtype=object)


ENGINES = pytest.mark.parametrize("engine", [_arrow, _pandas, _pieces, _objects])


def _order(row):
    return tuple((value is not None, str(value)) for value in row)


def _signature_of_person(rows):
    held = defaultdict(list)
    for a, b, unit, _ in rows:
        held[unit].append((a, b))
    return {unit: tuple(sorted(found, key=_order)) for unit, found in held.items()}


@ENGINES
@given(rows=ROWS)
@settings(deadline=None, max_examples=40)
def test_persons_per_combination_equal_plain_counting(engine, rows):
    """The count is the number of distinct (combination, person) pairs; no value is a category of its own."""
    oracle = Counter((a, b) for a, b, _ in {row[:3] for row in rows})
    assert count_persons(engine(rows), ["a", "b"], "unit") == oracle


@ENGINES
@given(rows=ROWS)
@settings(deadline=None, max_examples=40)
def test_persons_per_signature_equal_plain_counting(engine, rows):
    """A signature is the sorted multiset of all of a person's combinations, counted once per person."""
    assert signatures(engine(rows), ["a", "b"], "unit") == Counter(_signature_of_person(rows).values())


@ENGINES
@given(rows=ROWS)
@settings(deadline=None, max_examples=40)
def test_sensitive_values_are_counted_by_person_and_missing_ones_never(engine, rows):
    """A missing value makes no class diverse; a person with one value in two rows counts once."""
    person = _signature_of_person(rows)
    pairs = {(person[unit], unit, s) for _, _, unit, s in rows if s is not None}
    oracle = {signature: {} for signature in person.values()}
    for signature, _, value in pairs:
        oracle[signature][value] = oracle[signature].get(value, 0) + 1
    assert sensitive_counts(engine(rows), ["a", "b"], "unit", "s") == oracle


@ENGINES
@given(rows=ROWS)
@settings(deadline=None, max_examples=40)
def test_events_of_persons_with_several_rows_equal_plain_counting(engine, rows):
    """Per signature and combination in it: the persons who hold a value in a row of that combination."""
    person = _signature_of_person(rows)
    oracle = {}
    for a, b, unit, s in rows:
        if len(person[unit]) > 1:
            held = oracle.setdefault((person[unit], (a, b)), {})
            if s is not None:
                held.setdefault(s, set()).add(unit)
    found = {(who, row): held for who, row, held in event_counts(engine(rows), ["a", "b"], "unit", "s")}
    assert found == {key: {value: len(who) for value, who in held.items()} for key, held in oracle.items()}


@given(rows=ROWS, seed=st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_rows_changes_nothing(rows, seed):
    """No permutation of rows changes a count."""
    shuffled = seed.sample(rows, len(rows))
    for count in (count_persons, signatures):
        assert count(_arrow(rows), ["a", "b"], "unit") == count(_arrow(shuffled), ["a", "b"], "unit")


@ENGINES
def test_one_person_with_five_rows_counts_once(engine):
    """Five rows of one person are one person, and his five rows are one signature that nobody shares."""
    rows = [("x", "y", "1", None)] * 5 + [("x", "y", "2", None)]
    assert count_persons(engine(rows), ["a", "b"], "unit") == {("x", "y"): 2}
    assert signatures(engine(rows), ["a", "b"], "unit") == {(("x", "y"),) * 5: 1, (("x", "y"),): 1}


@ENGINES
def test_a_null_is_a_class_and_no_row_is_lost(engine):
    """A join would drop rows whose key is null; here they stay, as a class."""
    rows = [(None, "y", str(n), None) for n in range(3)] + [("x", None, "9", None)]
    assert count_persons(engine(rows), ["a", "b"], "unit") == {(None, "y"): 3, ("x", None): 1}


@ENGINES
def test_without_keys_all_persons_are_alike(engine):
    """No key column: one class of all persons, and none where there is no row."""
    assert count_persons(engine([("x", "y", "1", None)] * 2), [], "unit") == {(): 1}
    assert count_persons(engine([]), [], "unit") == {}
    assert signatures(engine([]), ["a"], "unit") == {}
    assert sensitive_counts(engine([]), ["a"], "unit", "s") == {}


@ENGINES
def test_a_null_unit_is_refused_by_count(engine):
    """A row that belongs to nobody cannot be counted."""
    with pytest.raises(DisclosureError, match="1 rows"):
        count_persons(engine([("x", "y", None, None), ("x", "y", "1", None)]), ["a"], "unit")


@pytest.mark.parametrize("keys", [["a", "nowhere"], ["a", "a"], ["unit"]])
def test_columns_must_exist_once(keys):
    """A missing or doubled column is refused without a word of data."""
    with pytest.raises(InputError, match="missing from the table, or named twice"):
        signatures(_arrow([("x", "y", "1", None)]), keys, "unit")


def test_a_column_of_several_kinds_is_refused_without_its_values():
    """Another library would print the cell; we do not."""
    frame = pd.DataFrame({"a": ["secret-cell", 3], "unit": ["1", "2"]}, dtype=object)
    with pytest.raises(InputError, match="several kinds") as caught:
        signatures(frame, ["a"], "unit")
    assert "secret-cell" not in str(caught.value)


def test_nan_and_null_are_one_class():
    """A float column's NaN is no value, exactly as null is."""
    table = pa.table({"a": pa.array([None, float("nan"), 1.0]), "unit": ["1", "2", "3"]})
    assert count_persons(table, ["a"], "unit") == {(None,): 2, (1.0,): 1}
    assert count_persons(table.to_pandas(), ["a"], "unit") == {(None,): 2, (1.0,): 1}


def test_a_sensitive_column_may_be_a_key():
    """What the perpetrator knows is part of the signature and still counted."""
    rows = [("x", "y", "1", "p"), ("x", "y", "2", "p")]
    assert sensitive_counts(_arrow(rows), ["a", "s"], "unit", "s") == {(("x", "p"),): {"p": 2}}
