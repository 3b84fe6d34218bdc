"""Places: which one a name means, and what the population floor makes of it."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.codes.countries import Country, countries
from anonshare.codes.lists import data_file
from anonshare.codes.place_list import Place, country_people, folded, named, places
from anonshare.codes.places import FLOOR, PlaceHierarchy

CLUJ = ("Cluj-Napoca (ROU)", "Cluj, ROU", "ROU", "Eastern Europe")


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("Cluj-Napoca", CLUJ), ("cluj napoca", CLUJ), ("Cluj-Napoca, Romania", CLUJ), ("Cluj-Napoca (RO)", CLUJ), ("Cluj-Napoca, Cluj, ROU", CLUJ),
        ("Cluj-Napoca, Iași, Romania", None), ("Cluj-Napoca, Hungary", None), ("Springfield", None), ("Roma", None), ("Atlantis, Romania", None),
        ("Roma, Italy", ("Rome (ITA)", "Lazio, ITA", "ITA", "Southern Europe")), ("Romania", ("ROU", "ROU", "ROU", "Eastern Europe")),
        ("Singapore", ("SGP", "SGP", "SGP", "South-eastern Asia")), ("ROU", ("ROU", "ROU", "ROU", "Eastern Europe")),
        ("MUS", None), (", Romania", ("ROU", "ROU", "ROU", "Eastern Europe")), ("(RO)", None), (")", None), ("Nowhere (", None),
    ],
)  # fmt: skip
def test_what_a_text_means(text, path):
    """A city alone, with its country or region is read; a name of several, a foreign region and a code that is a name too are not."""
    assert PlaceHierarchy().path(text) == path


def test_other_names_of_big_places():
    """Names in other languages and scripts, with and without accents, mean the same place."""
    for name in ("Bucharest", "București", "bucuresti", "Бухарест"):
        assert named(name).key == "bucharest"
    assert named("Київ") == named("Kiev") == named("Kyiv")


def test_a_name_of_several_places_means_the_clearly_biggest():
    """The biggest is meant where it has more than ten times the people of the next, and at home no other is called so."""
    groups: dict[str, list[Place]] = {}
    for place in places():
        for key in {place.key, *place.others}:
            groups.setdefault(key, []).append(place)
    for key, group in list(groups.items())[::20]:
        group.sort(key=lambda p: -p.people)
        found = named(key)
        assert found is None or found is group[0]
        assert found is None or len(group) == 1 or group[0].people > 10 * group[1].people
        assert found is not None or len(group) > 1 or group[0].key != key


@settings(deadline=None, max_examples=6)
@given(st.integers(5_000, 2_000_000))
def test_no_label_stands_for_fewer_people_than_the_floor(floor):
    """On every level, those whom a label stands for are at least as many as the floor, and nobody counts twice.

    A country's own name stands for all its people, and the towns that share it for themselves alone.
    """
    found = PlaceHierarchy(floor)._paths
    of_country = {one.alpha3: path for one, path in found.items() if isinstance(one, Country)}
    for level in range(4):
        people: Counter[tuple[str, bool]] = Counter()
        for one, path in found.items():
            label = path[level]
            if isinstance(one, Country):
                people[label, label == one.alpha3] += country_people()[one.alpha3]
            elif label == one.country or of_country.get(one.country, path)[level] != label:
                people[label, False] += one.people
        assert min(people.values()) >= floor


@settings(deadline=None, max_examples=3)
@given(st.integers(5_000, 500_000), st.integers(2, 4))
def test_a_higher_floor_is_never_finer(floor, times):
    """With a higher floor no place keeps a label of its own that it did not have before."""
    low, high = PlaceHierarchy(floor)._paths, PlaceHierarchy(floor * times)._paths
    own = {one for one, path in high.items() if isinstance(one, Place) and path[0].endswith(f"({one.country})")}
    assert own <= {one for one, path in low.items() if isinstance(one, Place) and path[0].endswith(f"({one.country})")}


def test_a_town_below_the_floor_is_its_region():
    """Aiud has more than 20,000 people and less than 50,000: with the higher floor it is one of the towns of Alba."""
    assert PlaceHierarchy().path("Aiud")[0] == "Aiud (ROU)"
    assert PlaceHierarchy(50_000).path("Aiud") == ("Alba, ROU", "Alba, ROU", "ROU", "Eastern Europe")
    assert FLOOR == 20_000


def test_the_only_town_below_the_floor_of_a_region_is_not_its_region():
    """A label that only one small town would have tells the town: it takes the country's, or none."""
    found = PlaceHierarchy()._paths
    small = [p for p in found if isinstance(p, Place) and p.people < FLOOR]
    behind = Counter((p.region, p.country) for p in small)
    alone = [p for p in small if p.region and behind[p.region, p.country] == 1]
    assert len(alone) > 100
    assert [p for p in alone if found[p][0] == f"{p.region}, {p.country}"] == []


def test_the_list_names_its_source():
    """The list says whose it is and under which licence, and every country of it is one."""
    assert data_file("places.txt").splitlines()[0].endswith("(CC BY 4.0)")
    assert country_people().keys() == {c.alpha3 for c in countries()}
    assert all(place.people >= 5_000 and folded(place.name) == place.key for place in places())
