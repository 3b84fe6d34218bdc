"""The canonical text of single values."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.engine.scalars import float_text, text_of


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_a_float_reads_back_as_itself(value):
    """The text of a float is the shortest that gives the same double again, and a whole one has no point."""
    text = float_text(value)
    assert float(text) == value
    assert not text.endswith(".0")


@given(st.datetimes())
@settings(deadline=None)
def test_a_moment_reads_back_as_itself(value):
    """The text of a moment is ISO 8601 and loses nothing; midnight is the date alone."""
    text = text_of(value)
    assert datetime.fromisoformat(text) == value
    assert (len(text) == 10) == (value.time() == time())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        (float("nan"), None),
        (np.datetime64("NaT"), None),
        (Decimal("NaN"), None),
        ("", None),
        (" \t\u00a0", None),
        (" a ", " a "),
        (True, "true"),
        (np.int64(7), "7"),
        (-0.0, "0"),
        (12.0, "12"),
        (np.float32(3.14), "3.14"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.50"), "1.50"),
        (date(2024, 1, 2), "2024-01-02"),
        (datetime(2024, 1, 2, 3, 4, 5, 500_000, tzinfo=UTC), "2024-01-02T03:04:05.5"),
        (time(3, 4), "03:04:00"),
    ],
)
def test_every_kind_of_cell_has_one_text(value, text):
    """Integers are plain, booleans words, dates ISO, and what is no value is None."""
    assert text_of(value) == text


@pytest.mark.parametrize("value", [b"secret-cell", ["secret-cell"], {"secret-cell": 1}, 1j])
def test_a_kind_without_text_is_refused_without_its_value(value):
    """Lists, bytes and mappings raise TypeError that does not repeat them."""
    with pytest.raises(TypeError) as caught:
        text_of(value)
    assert "secret-cell" not in str(caught.value)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), Decimal("Infinity")])
def test_an_infinity_is_refused(value):
    """An infinity is no measurement."""
    with pytest.raises(ValueError, match="an infinity"):
        text_of(value)
