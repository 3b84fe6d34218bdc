"""The world's places of 5,000 people and more, with region, country and population, from GeoNames."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from anonshare.codes.lists import data_file

__all__ = ["Place", "country_people", "folded", "is_name", "named", "places"]

CLEAR = 10
"""A name that several places share means the biggest where it has more than so many times the people of the next."""
APART = re.compile(r"[^\w]+")


class Place(NamedTuple):
    """A place: name, region (empty where none is known), country (alpha-3), people, name folded, and other names."""

    name: str
    region: str
    country: str
    people: int
    key: str
    others: tuple[str, ...] = ()


def folded(text: str) -> str:
    """A name as everyone types it: without case, accents and marks between the words."""
    plain = text.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain.replace("\u2019", "'"))
        plain = unicodedata.normalize("NFC", "".join(c for c in marked if unicodedata.category(c) != "Mn"))
    return " ".join(APART.split(plain.replace("'", ""))).strip()


def _lines() -> Iterator[tuple[str, str]]:
    for line in data_file("places.txt").splitlines()[1:]:
        yield (line[0], line[1:]) if line[0] in "=+" else ("", line)


@cache
def places() -> tuple[Place, ...]:
    """All places, in the order of the list."""
    found: list[Place] = []
    country = region = ""
    for kind, text in _lines():
        if kind == "=":
            country = text.split("\t")[0]
        elif kind == "+":
            region = text
        else:
            name, people, *others = text.split("\t")
            found.append(_place(name, region, country, int(people), *others))
    return tuple(found)


def _place(name: str, region: str, country: str, people: int, others: str = "") -> Place:
    return Place(name, region, country, people, folded(name), tuple(others.split("|")) if others else ())


@cache
def country_people() -> Mapping[str, int]:
    """The people of each country by its alpha-3 code."""
    return {text.split("\t")[0]: int(text.split("\t")[1]) for kind, text in _lines() if kind == "="}


@cache
def _index() -> Mapping[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = defaultdict(list)
    for place in sorted(places(), key=lambda p: -p.people):
        for name in (place.key, *place.others):
            found[name].append(place)
    return {name: tuple(group) for name, group in found.items()}


def named(name: str, country: str | None = None) -> Place | None:
    """The place that a name means, in one country where it is given; None where none or several may be meant.

    Where a big place is called elsewhere as another place is called at home, several may be meant; and no place is
    meant whose own name would mean another in its country, so that name and country always tell one place.
    """
    wanted = folded(name)
    found = _clear([p for p in _index().get(wanted, ()) if country in {None, p.country}], wanted)
    if found is None or (found.key == wanted and country is not None):
        return found
    own = _clear([p for p in _index()[found.key] if p.country == found.country], found.key)
    return found if own is found else None


def _clear(group: Sequence[Place], wanted: str) -> Place | None:
    if not group or (len(group) > 1 and group[0].people <= CLEAR * group[1].people):
        return None
    at_home = next((p for p in group if p.key == wanted), group[0])
    return group[0] if at_home is group[0] else None


def is_name(text: str) -> bool:
    """Whether any place is called so."""
    return folded(text) in _index()
