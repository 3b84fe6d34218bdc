"""Dates of a person move together, and are cut to the resolution after that."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError
from tests.transforms.build import built, context

DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))
CUT = ("month", "quarter", "year")
QUARTERS = {1: (1, 2, 3), 2: (4, 5, 6), 3: (7, 8, 9), 4: (10, 11, 12)}


@given(DAYS, DAYS, st.text(min_size=1), st.integers(1, 365))
@settings(deadline=None)
def test_all_dates_of_a_person_move_together_and_never_by_nothing(one, other, person, days):
    """Order and distances stay, the offset is within the window and never 0, and every column of a window shares it."""
    shift = built("shift_dates", days=days)
    moved = [date.fromisoformat(shift(day.isoformat(), person)) for day in (one, other)]
    assert moved[0] - moved[1] == one - other
    assert (moved[0] < moved[1]) == (one < other)
    assert 0 < abs((moved[0] - one).days) <= days
    assert built("shift_dates", context(column="another"), days=days)(one.isoformat(), person) == moved[0].isoformat()


@given(DAYS, DAYS, st.text(min_size=1), st.sampled_from(CUT))
@settings(deadline=None)
def test_a_date_is_cut_after_it_was_shifted(one, other, person, resolution):
    """Month, quarter and year are those of the shifted day, and never stand in another order than the days did."""
    whole = date.fromisoformat(built("shift_dates")(one.isoformat(), person))
    shift = built("shift_dates", resolution=resolution)
    year, month = whole.isoformat()[:4], whole.isoformat()[:7]
    quarter = f"{year}-Q{next(n for n, months in QUARTERS.items() if whole.month in months)}"
    assert shift(one.isoformat(), person) == {"month": month, "quarter": quarter, "year": year}[resolution]
    if one <= other:
        assert shift(one.isoformat(), person) <= shift(other.isoformat(), person)


@pytest.mark.parametrize("resolution", CUT)
def test_no_day_leaves_of_a_date_that_is_cut(resolution):
    """All days of one shifted month look alike once they are cut to it or to more."""
    shift = built("shift_dates", resolution=resolution)
    start = date(2024, 3, 1) - timedelta(days=shift.offset("p"))
    assert len({shift((start + timedelta(days=n)).isoformat(), "p") for n in range(31)}) == 1


def test_two_events_of_a_person_move_apart():
    """The name of an event in the place of the person gives each event an offset of its own."""
    shift = built("shift_dates", days=365)
    assert len({shift.offset(f"person/event {n}") for n in range(200)}) > 100


def test_offsets_use_the_whole_window_evenly():
    """Over many persons each of the 2w offsets occurs, none much oftener than another, and 0 never."""
    shift = built("shift_dates", days=7)
    offsets = [shift.offset(str(n)) for n in range(14_000)]
    counts = {offset: offsets.count(offset) for offset in set(offsets)}
    assert set(counts) == set(range(-7, 8)) - {0}
    assert all(800 < count < 1200 for count in counts.values())


@pytest.mark.parametrize("value", ["", "2024-02-30", "2024-1-2", "2024", "2024-01-02T10:00:00", "2024-W01-1", "x"])
@pytest.mark.parametrize("resolution", ["day", *CUT])
def test_what_is_no_iso_date_does_not_leave(value, resolution):
    """An unreadable date gives None: it would otherwise leave unshifted."""
    assert built("shift_dates", resolution=resolution)(value, "p") is None


def test_a_date_at_the_end_of_the_calendar_does_not_leave():
    """A shift out of the calendar gives None, not an error."""
    shift = built("shift_dates")
    for person in map(str, range(20)):
        edge = date.max if shift.offset(person) > 0 else date.min
        assert shift(edge.isoformat(), person) is None
        inward = timedelta(days=shift.offset(person))
        assert shift((date(2024, 1, 1) - inward).isoformat(), person) == "2024-01-01"


def test_dates_without_a_person_are_refused():
    """One offset for everybody would be found from a single known date."""
    shift = built("shift_dates")
    assert shift.per_person
    with pytest.raises(DisclosureError, match=r"'col'.*whose") as caught:
        shift("2024-01-01")
    assert caught.value.reason == "null-unit"
    assert "2024" not in str(caught.value)
