"""Places with a population floor: what few people share is no label, and neither is what is left of a region or country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from anonshare.codes.countries import Country, countries, country
from anonshare.codes.place_list import Place, country_people, folded, is_name, named, places

__all__ = ["FLOOR", "PlaceHierarchy"]

FLOOR = 20_000
"""HIPAA's Safe Harbor lets no area of fewer people be named, 45 CFR 164.514(b)(2)(i)(B)."""
LONGEST = 120
CITY, REGION, COUNTRY, SUBREGION = range(4)


@dataclass(frozen=True)
class PlaceHierarchy:
    """City, region (first-order division), country, UN subregion; no label stands for fewer people than ``floor``.

    A city below the floor is labelled by its region on the finest level; where the cities so labelled have together
    fewer people than the floor, by the country, then by the subregion, and where that is too few, not at all. Reads a
    city alone where the name means one, ``City, Country``, ``City (CC)``, ``City, Region, Country``, and a country.
    """

    floor: int = FLOOR
    name: str = "place"
    height: int = 4

    @property
    def domain(self) -> int:
        """The number of places and countries that have labels."""
        return max(len(self._paths), 1)

    def path(self, value: str) -> tuple[str, ...] | None:
        """City, region, country, subregion, each as fine as the floor allows; None for what is none or several."""
        text = value.strip()
        if not text or len(text) > LONGEST:
            return None
        found = country(text)
        if found is not None and len(text) <= 3 and is_name(text):
            return None
        meant = found or _in_country(text) or named(text)
        return None if meant is None else self._paths.get(meant)

    def leaves(self, level: int, label: str) -> int:
        """The number of places and countries under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [Counter(path[level] for path in self._paths.values()) for level in range(self.height)]

    @cached_property
    def _paths(self) -> Mapping[Place | Country, tuple[str, ...]]:
        """The labels of every country, and of every place that a name can mean.

        A level with too few people behind it passes them on; whom the last level would pass on has no labels.
        """
        chains = _chains()
        start: dict[Place | Country, int] = {
            one: (CITY if isinstance(one, Place) else COUNTRY) + (_people(one) < self.floor) for one in chains
        }
        for level in (REGION, COUNTRY, SUBREGION):
            waiting = [one for one in chains if start[one] == level and (level == SUBREGION or isinstance(one, Place))]
            people = _sums((chains[one][level], _people(one)) for one in _apart(waiting))
            start.update({one: level + 1 for one in waiting if people[chains[one][level]] < self.floor})
        return {one: _from(chain, start[one]) for one, chain in chains.items() if start[one] <= SUBREGION}


def _apart(group: Sequence[Place | Country]) -> Iterator[Place | Country]:
    """Nobody counts twice: places whose country waits itself are left out."""
    whole = {one.alpha3 for one in group if isinstance(one, Country)}
    return (one for one in group if isinstance(one, Country) or one.country not in whole)


def _people(one: Place | Country) -> int:
    return one.people if isinstance(one, Place) else country_people().get(one.alpha3, 0)


@cache
def _chains() -> Mapping[Place | Country, tuple[str, ...]]:
    """City, region, country, subregion of every place that a name can mean; of countries the last two are used."""
    found: dict[Place | Country, tuple[str, ...]] = {
        c: (c.alpha3, c.alpha3, c.alpha3, c.subregion) for c in countries()
    }
    above = {c.alpha3: c.subregion for c in countries()}
    for place in places():
        if named(place.key, place.country) is place:
            region = f"{place.region}, {place.country}" if place.region else place.country
            found[place] = (f"{place.name} ({place.country})", region, place.country, above[place.country])
    return found


def _sums(parts: Iterable[tuple[str, int]]) -> Counter[str]:
    people: Counter[str] = Counter()
    for label, number in parts:
        people[label] += number
    return people


def _from(chain: tuple[str, ...], start: int) -> tuple[str, ...]:
    """The labels from one level up, the first of them on every finer level too."""
    return (chain[start],) * start + chain[start:]


def _in_country(text: str) -> Place | None:
    """The place of ``City, Country``, ``City, Region, Country`` or ``City (Country)``."""
    inside = text.removesuffix(")").rpartition("(") if text.endswith(")") else text.rpartition(",")
    found = country(inside[2])
    if found is None:
        return None
    if whole := named(inside[0], found.alpha3):
        return whole
    city, _, region = inside[0].partition(",")
    place = named(city, found.alpha3) if region else None
    return place if place is not None and folded(place.region) == folded(region) else None
