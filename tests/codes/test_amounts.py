"""Amounts of money are read where there is one reading, and banded."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.amounts import Amount
from anonshare.codes.money_text import read_amount
from tests.growth import seconds

CENTS = st.integers(0, 10**13).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.234,50", "1234.50"), ("1,234.50", "1234.50"), ("1 234,50", "1234.50"), ("1'234.50", "1234.50"),
        ("1\u202f234,50", "1234.50"), ("1\u2019234.50", "1234.50"), ("1,234,567", "1234567"), ("1.234.567,8", "1234567.8"),
        ("12,34,567.50", "1234567.50"), ("1 234", "1234"), ("12", "12"), ("12,5", "12.5"), ("0,125", "0.125"), ("1234.500", "1234.5"),
        ("1.2345", "1.2345"), ("EUR 5", "5"), ("5eur", "5"), ("€1,234.50", "1234.5"), ("-€5", "-5"), ("€-5", "-5"), ("\u22125", "-5"),
        ("(1,234.50)", "-1234.5"), ("($5)", "-5"), ("US$ 20", "20"), ("20 zł", "20"), ("200 Kč", "200"), ("+7", "7"), ("٥٠", "50"),
        ("1,234", None), ("1.234", None), ("1.234 EUR", None), ("999,999", None), ("1.234,567.8", None), ("1,23,4", None),
        ("1 23", None), ("1,2,3", None), ("5 XYZ", None), ("EUR 5 USD", None), ("--5", None), ("(-5)", None), ("-€-5", None), ("1e5", None),
        ("inf", None), ("nan", None), ("", None), (".5", None), ("5.", None), ("call 5", None), ("1234,567,890", None), ("1 234'567", None),
        ("EUR", None), ("²", None), ("5²", None), ("５０", "50"), ("5%", None),
    ],
)  # fmt: skip
def test_amounts_as_written(text, amount):
    """One reading is read, two or none are not; a currency is known or the text is no amount."""
    assert read_amount(text) == (None if amount is None else Decimal(amount))


def written(amount: Decimal, group: str, point: str) -> str:
    return f"{amount:,.2f}".replace(",", "\0").replace(".", point).replace("\0", group)


@given(CENTS, st.sampled_from([(",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("", "."), ("", ",")]))
def test_every_way_of_writing_is_one_amount(amount, marks):
    """Cents written with any pair of marks are the same amount."""
    assert read_amount(written(amount, *marks)) == amount


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(",."))
def test_what_has_two_readings_is_never_guessed(whole, rest, mark):
    """One mark before exactly three digits is a thousand or a fraction, so it is no amount."""
    assert read_amount(f"{whole}{mark}{rest:03}") is None


@given(CENTS, st.booleans())
def test_a_band_holds_its_amount(amount, debt):
    """The ends of a band stand around the size of its amount, the lower one in it."""
    path = Amount().path(f"-{amount}" if debt else str(amount))
    assert path is not None
    for label in path[:2]:
        low, _, high = label.removeprefix("minus ").partition("-")
        assert value(low) <= amount
        assert low.endswith("+") or amount < value(high) or amount == value(low) == 0
    assert path[2] == ("zero" if not amount else "negative" if debt else "positive")


def value(label: str) -> Decimal:
    digits = label.rstrip("kM+") or "0"
    return Decimal(digits) * (10**6 if "M" in label else 1000 if "k" in label else 1)


def test_the_borders_of_the_bands():
    """A band begins at its lower end; sizes below zero have the same bands."""
    found = Amount()
    assert found.path("0.99") == ("0-1", "0-1", "positive")
    assert found.path("1999.99") == ("1k-2k", "1k-10k", "positive")
    assert found.path("-2000") == ("minus 2k-5k", "minus 1k-10k", "negative")
    assert found.path("1000000000") == ("1000M+", "1000M+", "positive")
    assert found.path("-0.00") == found.path("0") == ("0", "0", "zero")
    assert found.path("500 EUR") == found.path("$500.00") == ("500-1k", "100-1k", "positive")


@pytest.mark.parametrize("piece", ["1,", "1 ", "(", " ", "€"])
def test_long_texts_cost_nothing(piece):
    """A cell of a million characters is no amount, told in less time than a look at each of them takes."""
    text = piece * 10**6
    assert read_amount(text) is None
    assert seconds(read_amount, text) < seconds(lambda long: [ord(c) for c in long], text)
