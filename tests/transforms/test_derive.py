"""Columns derived from dates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import PolicyError
from anonshare.transforms.derive import derive, iso_date, month, year


@given(st.dates(), st.sampled_from(["", "T10:11:12", " 10:11", "T10:11:12.5+02:00", "T10:11:12Z"]))
@settings(deadline=None)
def test_year_and_month_are_those_of_the_day(day, time):
    """An ISO date or moment has its own year and month; coarser texts keep what they have."""
    text = day.isoformat()
    assert iso_date(text) == day
    assert (year(text + time), month(text + time)) == (text[:4], text[:7])
    assert (year(text[:7]), month(text[:7])) == (text[:4], text[:7])
    assert (year(text[:4]), month(text[:4])) == (text[:4], None)


@pytest.mark.parametrize(
    "text",
    ["", "x", "2024-1-2", "20240102", "2024-W01-1", "2024-02-30", "2024-13-01", "01/02/2024", "2024-01-02 ",
     "2024-01-02T", "2024-01-02x", "٢٠٢٤-٠١-٠٢", "0000-01-01", "12024-01-01", "2024-01-02\n"],
)  # fmt: skip
def test_what_is_no_iso_date_has_no_year(text):
    """Other spellings, impossible days and other digits give None, never a guess."""
    assert (iso_date(text), year(text), month(text)) == (None, None, None)


@pytest.mark.parametrize("text", ["0000", "2024-00", "0000-05"])
def test_a_year_or_month_that_does_not_exist_is_none(text):
    """There is no year 0 and no month 0."""
    assert (year(text), month(text)) == (None, None)


@given(st.text(max_size=12))
@settings(deadline=None)
def test_any_text_is_answered_without_an_error(text):
    """A cell may hold anything: the answer is a year, a month or None."""
    assert year(text) is None or len(year(text)) == 4
    assert month(text) is None or len(month(text)) == 7


def test_functions_are_found_by_name():
    """A policy names a function; an unknown name is refused and not repeated."""
    assert derive("year") is year
    assert derive("month") is month
    with pytest.raises(PolicyError) as caught:
        derive("secret-name")
    assert "secret-name" not in str(caught.value)
