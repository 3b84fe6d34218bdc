"""The laws that every hierarchy keeps, whatever stands in a cell."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.codes.bands import Interval
from anonshare.codes.countries import countries
from anonshare.codes.dates import FIRST, LAST
from anonshare.codes.hierarchies import (
    BUILTIN,
    FROM_DATES,
    NotCovered,
    Table,
    flat,
    hierarchy,
    not_covered,
    number_bands,
    number_intervals,
)
from anonshare.codes.industries import isic_codes
from anonshare.codes.place_list import named, places
from anonshare.codes.places import PlaceHierarchy
from anonshare.identifiers.checks import residual

AS_OF = date(2026, 6, 1)
OWN = {
    "bands": number_bands([1, 2, 5, 10, 50]),
    "intervals": number_intervals([Interval(None, 12, "child"), Interval(13, 17, "teen"), Interval(18, None, "adult")]),
    "flat": flat(["a", "b"]),
    "table": Table("table", {"a": ("a", "x", "z"), "b": ("b", "x", "z"), "c": ("c", "y", "z")}),
    "place_50000": PlaceHierarchy(50_000),
}
ALL = {name: hierarchy(name, as_of=AS_OF) for name in BUILTIN} | OWN
AGES = [str(age) for age in range(121)]
MONEY = ["0", *(f"{sign}{edge}" for sign in ("", "-") for edge in ("0.5", *(s * 10**p for p in range(9) for s in (1, 2, 5)), 10**9))]  # fmt: skip
ALL_PLACES = [f"{p.name} ({p.country})" for p in places() if named(p.key, p.country) is p] + [c.names[0] for c in countries()]  # fmt: skip
DAYS = [(FIRST + timedelta(days=n)).isoformat() for n in range((LAST - FIRST).days + 1)]
DOMAIN = {
    **dict.fromkeys(("ctdc_age", "age_5", "age_10", "minor_adult"), AGES),
    "date": DAYS,
    "un_region": [c.alpha3 for c in countries()],
    "isic": list(isic_codes()),
    "amount": MONEY,
    "place": ALL_PLACES,
    "place_50000": ALL_PLACES,
    "bands": ["0", "1", "2", "5", "10", "50"],
    "intervals": ["12", "13", "18"],
    "flat": ["a", "b"],
    "table": ["a", "b", "c"],
}
NAMES = sorted(ALL)


@cache
def paths_of(name: str) -> list[tuple[str, ...]]:
    return [path for value in DOMAIN[name] if (path := ALL[name].path(value)) is not None]


def like_cells() -> st.SearchStrategy[str]:
    """Cells as people write them: dates, amounts, codes, places, and anything at all."""
    number = st.integers(-(10**12), 10**12)
    typed = st.builds(lambda n, mark, d: f"{n}{mark}{d}", number, st.sampled_from(",. '"), st.integers(0, 9999))
    place = st.builds(lambda p, form: form.format(p.name, p.country), st.sampled_from(places()[::50]), st.sampled_from(["{}", "{} ({})", "{}, {}"]))  # fmt: skip
    some = st.sampled_from(["", "a", "child", "4711", "G", "10.13", "*", "1,234", "€5", "NULL", "१२", "²", "1e400", "nan"])  # fmt: skip
    return st.one_of(number.map(str), typed, place, some, st.dates().map(str), st.text(max_size=60))


@pytest.mark.parametrize("name", NAMES)
def test_a_coarser_label_never_splits(name):
    """Over the whole domain a path has as many labels as the height, and equal labels have equal labels above them."""
    found = ALL[name]
    above: dict[tuple[int, str], tuple[str, ...]] = {}
    for path in paths_of(name):
        assert len(path) == found.height
        for level, label in enumerate(path):
            assert above.setdefault((level, label), path[level + 1 :]) == path[level + 1 :]


@pytest.mark.parametrize("name", NAMES)
def test_leaves_add_up(name):
    """On every level the leaves of all labels add up to the domain, and no label has fewer than the finer one."""
    found, paths = ALL[name], paths_of(name)
    for level in range(found.height):
        assert sum(found.leaves(level, label) for label in {path[level] for path in paths}) == found.domain
    for path in set(paths):
        sizes = [found.leaves(level, label) for level, label in enumerate(path)]
        assert sizes == sorted(sizes)
        assert sizes[0] >= 1


@pytest.mark.parametrize("name", NAMES)
def test_labels_are_no_identifiers(name):
    """Nothing that the leak gate looks for stands in a label, with or without a region."""
    labels = {label for path in paths_of(name) for label in path}
    assert labels
    assert [label for label in labels for region in (None, "RO", "US") if residual(label, region)] == []


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(cell=like_cells())
def test_any_cell_has_a_whole_path_or_none(name, cell):
    """No text makes a hierarchy fail: it has a label on every level, each with leaves, or none at all."""
    found = ALL[name]
    path = found.path(cell)
    assert path is None or [found.leaves(level, label) > 0 for level, label in enumerate(path)] == [True] * found.height


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=60, deadline=None)
@given(cells=st.lists(like_cells(), max_size=20))
def test_cells_that_are_alike_stay_alike(name, cells):
    """Two cells with one label have one label on every level above, however they are written."""
    above: dict[tuple[int, str], tuple[str, ...]] = {}
    for path in filter(None, map(ALL[name].path, cells)):
        for level, label in enumerate(path):
            assert above.setdefault((level, label), path[level + 1 :]) == path[level + 1 :]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_unknown_has_no_path(name):
    """Free text, nothing, and very long texts are no values of any hierarchy."""
    for cell in ("no such value at all", "", " ", "9" * 5000, "(" * 5000, "a," * 5000):
        assert ALL[name].path(cell) is None or (name in {"bands", "intervals"} and cell.isdigit())


@pytest.mark.parametrize("name", BUILTIN)
def test_names_are_their_own(name):
    """A hierarchy is called by the name that found it."""
    assert hierarchy(name, as_of=AS_OF).name == name


def test_dates_are_read_by_those_that_say_so():
    """The hierarchies that read ISO dates are exactly those that say so."""
    assert {name for name in BUILTIN if ALL[name].path("1990-05-17") is not None} == FROM_DATES


def test_what_is_not_covered_is_counted():
    """Values and cells that a hierarchy does not know are counted, and nothing of them is told."""
    told = not_covered(ALL["isic"], {"4711": 5, "47.11": 1, "secret": 3, "9999": 2})
    assert told == NotCovered(2, 5)
    assert "secret" not in repr(told)
