"""Cells of phones: several numbers, extensions and words in one, each number searched by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.identifiers.phones import several
from tests.growth import LINEAR, growth


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("0722 123 456 / 0733 444 555", ("0722 123 456", "0733 444 555")),
        ("0722123456/0733444555", ("0722123456", "0733444555")),
        ("0722123456; 0733444555", ("0722123456", "0733444555")),
        ("0722 123 456 - 0733 444 555", ("0722 123 456", "0733 444 555")),
        ("0722123456 0733444555", ("0722123456", "0733444555")),
        ("0722 123 456 0733 444 555", ("0722 123 456", "0733 444 555")),
        ("+40722123456 +40733444555", ("+40722123456", "+40733444555")),
        ("home 0722123456, work 0733-444-555", ("0722123456", "0733-444-555")),
        ("0212/123456, 0213/654321", ("0212/123456", "0213/654321")),
        ("+40 722 123 456 int. 12", ("+40 722 123 456",)),
        ("+44 20 7946 0958 x123", ("+44 20 7946 0958",)),
        ("0722123456 (mama)", ("0722123456",)),
        ("0722123456/57", ("0722123456", "0722123457")),
        ("40722123456.0", ("40722123456",)),
    ],
)
def test_every_number_of_a_cell_is_one(cell, numbers):
    """Numbers of a cell part at marks, words and lengths, and what is no number is left off."""
    assert several(cell) == numbers


@pytest.mark.parametrize(
    "cell",
    ["0212/123456", "+49 30 123456-78", "0722-123-456", "0722,123,456", "+40 (0) 722 123 456", "4.07E+10", "no", ""],
)
def test_one_number_stays_whole(cell):
    """An area code, groups and brackets make no second number."""
    assert several(cell) == (cell,)


@given(st.text(max_size=80))
def test_no_digit_is_made_up(cell):
    """Whatever a cell holds, each number of it is made of characters that the cell has."""
    assert several(cell)
    assert all(set(number) <= set(cell) for number in several(cell))


@pytest.mark.parametrize("piece", ["1", "1 ", "1/", "1  /  ", " ", "+1"])
def test_a_long_cell_is_read_in_linear_time(piece):
    """A cell that is all digits, spaces or marks costs time in proportion to its length."""
    assert growth(several, lambda size: piece * (size // len(piece)), 100_000) < LINEAR
