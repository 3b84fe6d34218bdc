"""Persons by number of rows: whoever reads the release sees that number, so only persons with equal numbers are alike.

Where linked tables leave together, the number is one for each table: a *shape*. A block that is too small cannot be
generalized into safety. Its persons give up their later rows until they join a block of a smaller shape; what still
cannot stand alone is filled up from a block above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.diversity import Diversity, all_hold, diversity
from anonshare.disclosure.linked import table_of, tables
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

__all__ = ["Block", "Sensitive", "blocks", "promises"]

Sensitive = Mapping[str, tuple[np.ndarray, int]]
"""Column name -> (int32 code per row, 0 where missing; l)."""

Shape = tuple[int, ...]
"""How many rows a person keeps in each table."""


@dataclass(frozen=True, slots=True)
class Block:
    """Persons who keep equally many rows of every table: ``rows`` int64 (persons, m) are row numbers, by table."""

    rows: np.ndarray
    shape: Shape = field(default=())

    def segment(self, table: int) -> slice:
        """The positions of a table's rows."""
        shape = self.shape or (self.rows.shape[1],)
        start = sum(shape[:table])
        return slice(start, start + shape[table])


class _Cutter:
    """Rows of all persons laid out by table, so that the first few of any of them can be taken."""

    def __init__(self, rows: CodedRows, k: int, sensitive: Sensitive, homes: Mapping[str, int]) -> None:
        width, table = tables(rows), table_of(rows)
        self.order = np.lexsort((table, rows.person))
        places = np.bincount(rows.person * width + table, minlength=rows.persons * width)
        self.sizes = places.reshape(rows.persons, width)
        self.start = (np.cumsum(places) - places).reshape(rows.persons, width)
        self.k, self.sensitive, self.homes = k, sensitive, homes

    def first(self, persons: np.ndarray, shape: Shape) -> np.ndarray:
        """Int64 (persons, m): the first rows of each in every table, in the order of the source."""
        parts = [self.start[persons, t][:, None] + np.arange(m) for t, m in enumerate(shape)]
        return np.asarray(self.order[np.concatenate(parts, axis=1)])

    def fits(self, persons: np.ndarray, shape: Shape) -> bool:
        """Whether these persons with so many rows each would be safe if nothing but the shape were known of them."""
        if len(persons) < self.k or not sum(shape):
            return False
        told = promises(self.first(persons, shape), self.sensitive, self.homes, shape)
        return all_hold(told, np.arange(len(persons)))


def promises(
    rows: np.ndarray, sensitive: Sensitive, homes: Mapping[str, int] | None = None, shape: Shape = ()
) -> list[Diversity]:
    """The l-diversity promises for the persons of a block, in the order of its rows.

    A column whose table has no row in the block tells nothing there and promises nothing.
    """
    told = {name: home for name, home in (homes or {}).items() if shape and not shape[home]}
    return [diversity(codes[rows], least) for name, (codes, least) in sensitive.items() if name not in told]


def blocks(
    rows: CodedRows, rank: np.ndarray, k: int, sensitive: Sensitive, homes: Mapping[str, int] | None = None
) -> tuple[Block, ...]:
    """All persons in blocks, each at least ``k`` strong and diverse; ``rank[person]`` orders whom a short block borrows.

    ``homes`` names the table of each sensitive column where there are several tables. Raises DisclosureError where the
    persons together are fewer than ``k``, or not diverse enough.
    """
    if rows.persons < k:
        raise DisclosureError(
            f"There are {rows.persons} persons, fewer than k = {k}: nothing can be released.",
            hint="Wait for more cases, or release aggregates.",
            reason="too-few-persons",
        )
    cutter = _Cutter(rows, k, sensitive, homes or {})
    order = np.lexsort((np.arange(rows.persons), rank))
    done, short = _downwards(cutter, order)
    if short.size:
        done = _fill(cutter, done, short)
    return tuple(Block(cutter.first(persons, shape), shape) for shape, persons in done)


Group = tuple[Shape, np.ndarray]


def _downwards(cutter: _Cutter, order: np.ndarray) -> tuple[list[Group], np.ndarray]:
    """Groups that fit, larger shapes first, and the persons whom no group took."""
    done: list[Group] = []
    waiting = order
    for shape in _shapes(cutter.sizes):
        # whoever has more rows and found no group of his own gives the further ones up
        reached = (cutter.sizes[waiting] >= shape).all(axis=1)
        if reached.any() and cutter.fits(waiting[reached], shape):
            done.append((shape, waiting[reached]))
            waiting = waiting[~reached]
    return done, waiting


def _shapes(sizes: np.ndarray) -> list[Shape]:
    """The shapes that occur, those of more rows first."""
    found: list[Shape] = [tuple(shape) for shape in np.unique(sizes, axis=0).tolist()]
    return sorted(found, key=lambda shape: (-sum(shape), tuple(-m for m in shape)))


def _fill(cutter: _Cutter, done: Sequence[Group], short: np.ndarray) -> list[Group]:
    """Fill the rest from the nearest groups above: just as many as needed, or else all of them."""
    rest = list(done)
    shape = _common(cutter, short)
    while not cutter.fits(short, shape):
        place = _donor(rest, shape)
        if place is None:
            raise DisclosureError(
                "The persons together do not hold enough values of a sensitive column for the l that is promised, or "
                "share no table in which they could be alike.",
                hint="Lower l, or treat the column otherwise.",
                reason="too-few-values",
            )
        above, donors = rest.pop(place)
        need = max(cutter.k - len(short), 0)
        few, others = np.concatenate([short, donors[:need]]), donors[need:]
        shared = tuple(map(min, shape, above))
        if need and cutter.fits(few, shared) and cutter.fits(others, above):
            rest.append((above, others))
            short, shape = few, shared
        else:
            short, shape = np.concatenate([short, donors]), shared
    return [*rest, (shape, short)]


def _common(cutter: _Cutter, persons: np.ndarray) -> Shape:
    """The rows that all of these persons have."""
    return tuple(cutter.sizes[persons].min(axis=0).tolist())


def _donor(groups: Sequence[Group], shape: Shape) -> int | None:
    """The group that loses least when it is cut to the shape, or to what both have; None where none is left."""
    if not groups:
        return None

    def lost(place: int) -> tuple[int, int]:
        other = groups[place][0]
        return -sum(map(min, shape, other)), sum(other)

    return min(range(len(groups)), key=lost)
