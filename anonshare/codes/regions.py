"""Countries become the United Nations' subregions and regions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from anonshare.codes.countries import countries, country

__all__ = ["UnRegion"]


@dataclass(frozen=True)
class UnRegion:
    """Country (alpha-3), M49 subregion, M49 region. Reads ISO codes and English names."""

    name: str = "un_region"
    height: int = 3

    @property
    def domain(self) -> int:
        """The number of countries and areas."""
        return len(countries())

    def path(self, value: str) -> tuple[str, ...] | None:
        """Country, subregion, region; None for what is no country."""
        found = country(value)
        return None if found is None else (found.alpha3, found.subregion, found.region)

    def leaves(self, level: int, label: str) -> int:
        """The number of countries under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        rows = [(c.alpha3, c.subregion, c.region) for c in countries()]
        return [Counter(row[level] for row in rows) for level in range(3)]
