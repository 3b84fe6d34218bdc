"""Text in the types in which it leaves."""

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.batches import as_text
from anonshare.errors import InputError
from anonshare.records.output_types import arrow_schema, typed

FITTING = {
    "string": st.text(min_size=1, max_size=5).filter(str.strip),
    "integer": st.integers(-(2**63), 2**63 - 1).map(str),
    "number": st.floats(allow_nan=False, allow_infinity=False).map(lambda f: repr(f).removesuffix(".0")),
    "date": st.dates().map(str),
}


@given(st.data())
@settings(deadline=None)
def test_what_fits_comes_back_as_the_same_text(data):
    """A value in the canonical text of its type survives typing; null stays null."""
    kind = data.draw(st.sampled_from(sorted(FITTING)))
    cells = data.draw(st.lists(st.none() | FITTING[kind], max_size=6))
    out = typed([("a", kind)], pa.record_batch({"a": pa.array(cells, pa.string())}))
    assert out.schema == arrow_schema([("a", kind)])
    back = as_text(out).column(0).to_pylist()
    assert back == cells or (kind == "number" and [c and float(c) for c in cells] == [b and float(b) for b in back])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("integer", "007"),
        ("integer", "1.0"),
        ("integer", "-0"),
        ("integer", "9223372036854775808"),
        ("integer", "secret"),
        ("number", "secret"),
        ("number", "nan"),
        ("number", "inf"),
        ("number", "0x10"),
        ("number", "1,5"),
        ("number", "12345678901234567.89"),
        ("number", "1e999"),
        ("date", "2024-13-01"),
        ("date", "2024-01-02T00:00:00"),
        ("date", "2024-01"),
        ("date", "secret"),
    ],
)
def test_what_does_not_fit_names_the_column_only(kind, value):
    """A value that would change or be lost is refused; the error names column and type, never the value."""
    batch = pa.record_batch({"a": ["x"], "odd": [value]})
    with pytest.raises(InputError, match=f"'odd' holds a value that is no {kind}") as caught:
        typed([("a", "string"), ("odd", kind)], batch)
    assert value not in str(caught.value)


@pytest.mark.parametrize("value", ["1.50", "0.1", "26.300380399125", "-0.0", "1e-7", "100"])
def test_a_decimal_that_a_double_holds_fits(value):
    """Trailing zeros and exponents are spelling; the number is the same."""
    out = typed([("a", "number")], pa.record_batch({"a": [value]}))
    assert out.column(0).to_pylist() == [float(value)]


def test_an_unknown_type_and_other_columns_are_refused():
    """The schema and the rows must agree before anything is written."""
    with pytest.raises(InputError, match="'float'"):
        arrow_schema([("a", "float")])
    with pytest.raises(InputError, match="other columns"):
        typed([("a", "string")], pa.record_batch({"b": ["x"]}))
