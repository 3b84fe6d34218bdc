"""A function over the batches of one column, and functions of many values at once."""

from collections import Counter

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.engine.distinct import CodedColumn, OfMany
from anonshare.engine.mapping import map_coded, map_distinct
from anonshare.errors import InputError, PolicyError

CELLS = st.lists(st.none() | st.sampled_from("abcdefgh"), max_size=30)
SIZES = st.integers(1, 30)
LIMITS = st.integers(0, 10)
WAITS = st.integers(0, 100)


class Doubling:
    """A function that counts what it is asked: each value alone, or many at once."""

    def __init__(self):
        self.asked = Counter()

    def __call__(self, value):
        self.asked[value] += 1
        return None if value == "d" else value * 2


class DoublingMany(Doubling):
    def __init__(self):
        super().__init__()
        self.calls = 0

    def many(self, values):
        self.calls += 1
        return [self(value) for value in values]


class Wrong:
    """``many`` gives whatever it is told to, or raises it."""

    def __init__(self, made):
        self.made = made

    def many(self, values):
        if isinstance(self.made, Exception):
            raise self.made
        return self.made


KINDS = st.sampled_from([Doubling, DoublingMany])


def expected(cells):
    return [None if cell in {None, "d"} else cell * 2 for cell in cells]


def pieces(cells, size):
    whole = pa.array(cells, pa.string())
    return [whole.slice(start, size) for start in range(0, len(cells), size)]


def finished(batches, fn, **bounds):
    coded = CodedColumn(fn, **bounds)
    for batch in batches:
        coded.add(batch)
    return coded.finish()


@given(CELLS, SIZES, KINDS, WAITS)
def test_every_row_has_its_result_however_batches_are_cut(cells, size, kind, waits):
    """The result at a row's code is the function of its value, null has no code, and no value is asked for twice."""
    fn = kind()
    column = finished(pieces(cells, size), fn, waits=waits)
    assert column.to_pylist() == expected(cells)
    assert column.type == pa.dictionary(pa.int32(), pa.string())
    assert column.indices.is_null().to_pylist() == [cell is None for cell in cells]
    assert fn.asked == Counter({cell: 1 for cell in cells if cell is not None})


@given(CELLS, SIZES, LIMITS)
def test_no_more_values_are_remembered_than_allowed(cells, size, limit):
    """Beyond the limit values are asked for again, once a batch at most, and the results are the same."""
    fn, batches = Doubling(), pieces(cells, size)
    coded = CodedColumn(fn, limit, waits=0)
    for batch in batches:
        coded.add(batch)
    assert coded.finish().to_pylist() == expected(cells)
    assert len(coded._known) == min(limit, len(set(cells) - {None}))
    assert all(times <= len(batches) for times in fn.asked.values())
    assert all(fn.asked[value] == 1 for value in coded._known.to_pylist())


def test_what_waits_is_bounded():
    """Text is worked on as soon as it has the bytes that may wait, and is let go of."""
    fn = Doubling()
    coded = CodedColumn(fn, waits=100)
    for number in range(50):
        coded.add(pa.array([f"value {number}"]))
        assert sum(array.nbytes for array in coded._waiting) < 100
    assert len(fn.asked) >= 40


@given(CELLS)
def test_a_function_of_many_is_asked_once_for_an_array(cells):
    """``many`` gives what each value alone would, and it is called with all distinct values together."""
    fn = DoublingMany()
    assert map_distinct(pa.array(cells, pa.string()), fn).to_pylist() == expected(cells)
    assert fn.calls == 1
    assert set(fn.asked.values()) <= {1}


@given(CELLS, SIZES)
def test_a_column_that_is_encoded_already_gives_the_same(cells, start):
    """A dictionary, also one that holds null, and an offset change nothing; the result stays encoded or is text."""
    values = [*"abcdefgh", None]
    places = [None if cell is None else values.index(cell) for cell in cells]
    for nowhere in (None, 8):
        indices = pa.array([nowhere if place is None else place for place in places], pa.int8())
        column = pa.DictionaryArray.from_arrays(indices, pa.array(values)).slice(start)
        assert map_coded(column, Doubling()).to_pylist() == expected(cells[start:])
        assert map_distinct(column, Doubling()).to_pylist() == expected(cells[start:])


@pytest.mark.parametrize("made", [[], ["x", "y"], 7, None, [7], ["\ud800"], [["x"]], ValueError("secret-cell")])
def test_a_function_of_many_that_fails_is_refused_without_the_value(made):
    """Too few, too many, no list, no text, an error: ours says so, and a cell is not repeated."""
    assert isinstance(Wrong(made), OfMany)
    for run in (map_distinct, lambda array, fn: finished([array], fn)):
        with pytest.raises(InputError, match="An operator") as caught:
            run(pa.array(["secret-cell"]), Wrong(made))
        assert "secret-cell" not in str(caught.value)
        assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_our_own_failure_of_many_passes_unchanged():
    """An error of the family says already what it should."""
    with pytest.raises(PolicyError, match="why"):
        map_distinct(pa.array(["a"]), Wrong(PolicyError("why")))


def test_nothing_is_an_empty_column_and_a_column_shows_no_value():
    """Without a batch, or with an empty one, there is no row; the repr has no value in it."""
    assert finished([], str.upper).equals(finished([pa.array([], pa.string())], str.upper))
    assert len(finished([], str.upper)) == 0
    coded = CodedColumn(str.upper)
    coded.add(pa.array(["secret-cell"]))
    assert "secret-cell" not in repr(coded)
