"""Generalization hierarchies: from a value to coarser labels, up to the level below the root (no value at all).

All fulfil ``shapes.Hierarchy``: ``path`` has always ``height`` labels, and a coarser label never splits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from anonshare.codes.ages import CtdcAge
from anonshare.codes.countries import countries, country
from anonshare.codes.dates import DateHierarchy
from anonshare.errors import InputError, PolicyError
from anonshare.files import read_bytes
from anonshare.shapes import Hierarchy

__all__ = ["BUILTIN", "Bands", "Table", "UnRegion", "flat", "hierarchy", "number_bands", "read_hierarchy_csv"]

BUILTIN = ("ctdc_age", "date", "un_region")


def hierarchy(name: str, *, as_of: date) -> Hierarchy:
    """A hierarchy of the field by its name; ``as_of`` is the day for which ages are computed from birth dates."""
    if name == "ctdc_age":
        return CtdcAge(as_of)
    if name == "un_region":
        return UnRegion()
    if name == "date":
        return DateHierarchy()
    raise PolicyError(
        f"There is no hierarchy {name!r}.", hint=f"There is: {', '.join(BUILTIN)}; or name one under hierarchies:."
    )


@dataclass(frozen=True)
class Table:
    """A hierarchy given value by value: ``rows`` maps a value to its labels, itself first."""

    name: str
    rows: dict[str, tuple[str, ...]] = field(repr=False)

    @property
    def height(self) -> int:
        """Levels below the root."""
        return len(next(iter(self.rows.values()), ("",)))

    @property
    def domain(self) -> int:
        """The number of values."""
        return max(len(self.rows), 1)

    def path(self, value: str) -> tuple[str, ...] | None:
        """The labels of a value, None where the table does not have it."""
        return self.rows.get(value.strip())

    def leaves(self, level: int, label: str) -> int:
        """The number of values under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        return [Counter(row[level] for row in self.rows.values()) for level in range(self.height)]


def flat(values: Iterable[str]) -> Table:
    """Values as they are, with nothing between them and the root."""
    return Table("flat", {value: (value,) for value in values})


def read_hierarchy_csv(path: Path, name: str) -> Table:
    """A hierarchy in ARX's form: a line per value, ``value;level 1;…;*``, with ``;`` or ``,``.

    The last column, if it is ``*`` everywhere, is the root. Raises InputError where lines differ in length, a value
    stands there twice, or a coarser label splits, naming the line's number alone.
    """
    try:
        lines = read_bytes(path, "hierarchy file", 16 << 20).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise InputError(f"The hierarchy {name!r} is not UTF-8 text.") from None
    mark = ";" if lines and ";" in lines[0] else ","
    rows = [tuple(cell.strip() for cell in line.split(mark)) for line in lines if line.strip()]
    if rows and all(row[-1] == "*" for row in rows):
        rows = [row[:-1] for row in rows]
    return _checked(name, rows)


def _checked(name: str, rows: Sequence[tuple[str, ...]]) -> Table:
    if not rows or not rows[0]:
        raise InputError(f"The hierarchy {name!r} is empty.")
    seen: dict[tuple[int, str], tuple[str, ...]] = {}
    whole: dict[str, tuple[str, ...]] = {}
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]) or row[0] in whole:
            raise InputError(f"The hierarchy {name!r} has a line of another length, or a value twice: line {number}.")
        whole[row[0]] = row
        for level, label in enumerate(row):
            if seen.setdefault((level, label), row[level + 1 :]) != row[level + 1 :]:
                raise InputError(f"The hierarchy {name!r} puts one label under two coarser ones: line {number}.")
    return Table(name, whole)


@dataclass(frozen=True)
class Bands:
    """Whole numbers in bands between cut points, then pairs of bands, then pairs of those, up to the root."""

    edges: tuple[int, ...]
    name: str = "bands"

    @cached_property
    def _levels(self) -> list[tuple[int, ...]]:
        levels = [self.edges]
        while len(levels[-1]) > 2:
            levels.append(tuple(levels[-1][::2]))
        return levels

    @property
    def height(self) -> int:
        """Levels below the root: the bands, and their pairs."""
        return len(self._levels)

    @property
    def domain(self) -> int:
        """The number of bands, those below the first and above the last cut point included."""
        return len(self.edges) + 1

    def path(self, value: str) -> tuple[str, ...] | None:
        """The bands of a whole number; None for anything else."""
        try:
            number = int(float(value)) if float(value) == int(float(value)) else None
        except (ValueError, OverflowError):
            number = None
        return None if number is None else tuple(_band(edges, number) for edges in self._levels)

    def leaves(self, level: int, label: str) -> int:
        """The number of finest bands under a label."""
        return self._counts[level][label]

    @cached_property
    def _counts(self) -> list[Counter[str]]:
        inside = [self.edges[0] - 1, *self.edges]
        return [Counter(_band(edges, number) for number in inside) for edges in self._levels]


def _band(edges: Sequence[int], number: int) -> str:
    below = [edge for edge in edges if edge <= number]
    above = [edge for edge in edges if edge > number]
    if not below:
        return f"<{edges[0]}"
    if not above:
        return f"{below[-1]}+"
    return str(below[-1]) if above[0] == below[-1] + 1 else f"{below[-1]}-{above[0] - 1}"


def number_bands(edges: Sequence[int]) -> Bands:
    """Bands between ascending cut points; raises PolicyError where they do not ascend."""
    if not edges or list(edges) != sorted(set(edges)):
        raise PolicyError("The cut points of bands must ascend.", hint="For example: bands: [1, 2, 5, 10, 50]")
    return Bands(tuple(edges))


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
