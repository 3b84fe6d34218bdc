"""What each family of hierarchies reads, and where its borders are."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.codes.age_bands import age_5, age_10, minor_adult
from anonshare.codes.ages import CtdcAge
from anonshare.codes.bands import Interval, number_bands, number_intervals
from anonshare.codes.dates import DateHierarchy
from anonshare.codes.industries import Isic, isic_codes, isic_title
from anonshare.errors import PolicyError

AS_OF = date(2026, 6, 1)


def test_date_leaves():
    """Days of a month, quarter, year and decade are those of the calendar."""
    found = DateHierarchy()
    assert [found.leaves(i, label) for i, label in enumerate(found.path("2024-02-29"))] == [1, 29, 91, 366, 3653]
    assert found.leaves(1, "2023-12") == 31


def test_dates_are_whole():
    """A day with or without its time is read; partial dates, week dates, what does not exist and dates with words are not."""
    found = DateHierarchy()
    assert found.path("2024-03-05") == ("2024-03-05", "2024-03", "2024-Q1", "2024", "2020s")
    assert found.path("2024-03-05T10:30:00Z") == found.path(" 2024-03-05 10:30 ") == found.path("2024-03-05")
    for text in ("2024-02-30", "2024-02", "1899-01-01", "2024-W01-1", "2024-03-05 Anna", "2024-03-051", "٢٠٢٤-٠٣-٠٥"):
        assert found.path(text) is None


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
def test_ages_from_birth_dates(born):
    """The age on a day changes on the birthday."""
    age = int(CtdcAge(AS_OF).path(born.isoformat())[0])
    assert 0 <= age <= 120
    assert born.year + age + ((born.month, born.day) > (AS_OF.month, AS_OF.day)) == AS_OF.year


@given(st.dates(date(1930, 1, 1), date(2025, 12, 31)))
def test_an_age_and_its_birth_date_have_one_path(born):
    """Every hierarchy of ages says of a birth date what it says of the age."""
    age = CtdcAge(AS_OF).path(born.isoformat())[0]
    for found in (age_5(AS_OF), age_10(AS_OF), minor_adult(AS_OF)):
        assert found.path(born.isoformat()) == found.path(age)


def test_ages_at_the_borders():
    """Bands are CTDC's; minors end at 17; years alone and impossible dates are handled."""
    found = CtdcAge(AS_OF)
    assert found.path("17") == ("17", "9-17", "0-17")
    assert found.path("18") == ("18", "18-20", "18+")
    assert found.path("48") == ("48", "48+", "18+")
    assert found.path("2000") == ("26", "24-26", "18+")
    for value in ("121", "2000-13-01", "2026-12-31", "abc", "-1", "٣"):
        assert found.path(value) is None


def test_bands_of_ages():
    """Bands of five lie in bands of ten and twenty, all from 90 on are one, and no single age is a label."""
    assert age_5(AS_OF).path("17") == ("15-19", "10-19", "0-19")
    assert age_5(AS_OF).path("84") == ("80-84", "80-89", "80+")
    assert age_5(AS_OF).path("90") == age_5(AS_OF).path("120") == ("90+", "90+", "80+")
    assert age_10(AS_OF).path("17") == ("10-19", "0-19")
    assert [minor_adult(AS_OF).path(age) for age in ("17", "18")] == [("0-17",), ("18+",)]


def test_bands():
    """Numbers fall into bands; anything else has no path; cut points must ascend."""
    found = number_bands([1, 2, 5])
    assert [found.path(v)[0] for v in ("0", "1", "3.0", "7")] == ["<1", "1", "2-4", "5+"]
    for value in ("x", "1.5", "inf", "nan", ""):
        assert found.path(value) is None
    with pytest.raises(PolicyError):
        number_bands([2, 1])


def test_intervals():
    """Both ends belong to an interval, open ends have none, and numbers outside or between have no path."""
    found = number_intervals([Interval(0, 12, "child"), Interval(13, 17, "teen")], "ages")
    assert [found.path(v) for v in ("0", "12", "13", "17.0")] == [("child",), ("child",), ("teen",), ("teen",)]
    assert [found.path(v) for v in ("-1", "18", "12.5", "x")] == [None] * 4
    assert number_intervals([Interval(None, 5, "few"), Interval(6, None, "many")]).path("-99") == ("few",)


@pytest.mark.parametrize(
    ("intervals", "words"),
    [
        ([], "at least one"),
        ([Interval(5, 1, "secret")], "interval 1 ends before"),
        ([Interval(0, 5, "a"), Interval(5, 9, "secret")], "intervals 1 and 2 overlap"),
        ([Interval(0, 5, "a"), Interval(6, None, "b"), Interval(9, 12, "secret")], "intervals 2 and 3 overlap"),
        ([Interval(0, 5, "a"), Interval(None, 9, "secret")], "intervals 1 and 2 overlap"),
        ([Interval(0, 5, "a"), Interval(7, 9, "secret")], "between intervals 1 and 2 is a gap"),
        ([Interval(0, 5, "secret"), Interval(6, 9, "b"), Interval(10, 11, "secret")], "interval 3 has the label"),
    ],
)
def test_unsound_intervals(intervals, words):
    """Gaps, overlaps and labels that return are refused by their positions, not by their words."""
    with pytest.raises(PolicyError, match=words) as error:
        number_intervals(intervals)
    assert "secret" not in str(error.value)


def test_isic_is_whole():
    """ISIC Rev.4 has 21 sections, 88 divisions, 238 groups and 419 classes, each under the one that its digits name."""
    codes = isic_codes()
    assert [sum(len(c) == n and c.isdigit() for c in codes) for n in (2, 3, 4)] == [88, 238, 419]
    assert sorted(c for c in codes if c.isalpha()) == list("ABCDEFGHIJKLMNOPQRSTU")
    for code, path in codes.items():
        assert len(code) < 3 or code[:-1] in codes
        assert path[3] in codes
        assert isic_title(path[3])
        assert len(code) == 1 or isic_title(path[2])
    raw = json.loads((files("anonshare.codes") / "data" / "isic4.json").read_text("utf-8"))
    assert (raw["id"], raw["version"]) == ("isic", "4")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("4711", ("4711", "471", "47", "G")), ("47.11", ("4711", "471", "47", "G")), (" g4711 ", ("4711", "471", "47", "G")),
        ("G 47.11", ("4711", "471", "47", "G")), ("0111", ("0111", "011", "01", "A")), ("9900", ("9900", "990", "99", "U")),
        ("471", ("471", "471", "47", "G")), ("47.1", ("471", "471", "47", "G")), ("47", ("47", "47", "47", "G")),
        ("G", ("G", "G", "G", "G")), ("10.13", ("10", "10", "10", "C")), ("C10.13", ("10", "10", "10", "C")),
        ("1013", None), ("H4711", None), ("H10.13", None), ("V", None), ("04", None), ("04.11", None), ("111", None),
        ("47.111", None), ("47.", None), ("４７１１", None), ("", None), ("G-", None),
    ],
)  # fmt: skip
def test_isic_codes_as_written(text, path):
    """Codes with and without dot and letter are read; a foreign letter is refused; a class of NACE alone is its division."""
    assert Isic().path(text) == path
