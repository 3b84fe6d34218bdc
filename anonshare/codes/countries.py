"""Countries and their places in the United Nations' M49 regions."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from anonshare.codes.lists import data_file

__all__ = ["Country", "countries", "country"]


@dataclass(frozen=True, slots=True)
class Country:
    """A country or area: ISO 3166-1 codes, M49 subregion and region, English names."""

    alpha3: str
    alpha2: str
    subregion: str
    region: str
    names: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """All countries and areas of ISO 3166-1, by alpha-3 code."""
    rows = csv.DictReader(data_file("countries.csv").splitlines())
    return tuple(
        Country(row["alpha3"], row["alpha2"], row["subregion"], row["region"], tuple(row["names"].split("|")))
        for row in rows
    )


def _folded(text: str) -> str:
    marked = unicodedata.normalize("NFKD", text.replace("\u2019", "'"))
    plain = "".join(c for c in marked if not unicodedata.combining(c))  # letters of other scripts stay: none is dropped
    return " ".join(plain.casefold().replace(",", " ").split())


@cache
def _index() -> Mapping[str, Country]:
    return {_folded(key): c for c in countries() for key in (c.alpha3, c.alpha2, *c.names)}


def country(text: str) -> Country | None:
    """The country that a code or an English name stands for; None where it is none."""
    return _index().get(_folded(text))
