"""Persons by number of rows: whoever reads the release sees that number, so only persons with equal numbers are alike.

Where linked tables leave together, the number is one for each table: a *shape*. A block that is too small cannot be
generalized into safety. Its persons give up their later rows until they join a block of a smaller shape; what still
cannot stand alone is filled up from a block above it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.linked import table_of, tables
from anonshare.disclosure.promise import Overall, Promise, Promised, all_hold, overall_of, promise
from anonshare.disclosure.signatures import distinct_rows
from anonshare.errors import DisclosureError
from anonshare.shapes import CodedRows

__all__ = [
    "Block",
    "blocks",
    "first_rows",
    "in_order",
    "promises",
    "promises_of_events",
    "rows_of_persons",
]

Shape = tuple[int, ...]
"""How many rows a person keeps in each table."""


@dataclass(frozen=True, slots=True)
class Block:
    """Persons who keep equally many rows of every table: ``rows`` int64 (persons, m) are row numbers, by table."""

    rows: np.ndarray = field(repr=False)
    shape: Shape = field(default=())

    def segment(self, table: int) -> slice:
        """The positions of a table's rows."""
        shape = self.shape or (self.rows.shape[1],)
        start = sum(shape[:table])
        return slice(start, start + shape[table])


class _Cutter:
    """Rows of all persons laid out by table, so that the first few of any of them can be taken."""

    def __init__(self, rows: CodedRows, k: int, promised: Sequence[Promised], homes: Mapping[str, int]) -> None:
        self.order = np.lexsort((table_of(rows), rows.person))
        self.sizes = rows_of_persons(rows)
        places = self.sizes.ravel()
        self.start = (np.cumsum(places) - places).reshape(self.sizes.shape)
        self.k, self.promised, self.homes = k, promised, homes
        self.overall = overall_of(rows, promised)

    def first(self, persons: np.ndarray, shape: Shape) -> np.ndarray:
        """Int64 (persons, m): the first rows of each in every table, in the order of the source."""
        return first_rows(self.order, self.start, persons, shape)

    def fits(self, persons: np.ndarray, shape: Shape) -> bool:
        """Whether these persons with so many rows each would be safe if nothing but the shape were known of them."""
        if len(persons) < self.k or not sum(shape):
            return False
        told = promises(self.first(persons, shape), self.promised, self.overall, len(self.sizes), self.homes, shape)
        return all_hold(told, np.arange(len(persons)))


def first_rows(order: np.ndarray, start: np.ndarray, persons: np.ndarray, shape: Shape) -> np.ndarray:
    """Int64 (persons, m): the first rows of each; ``order`` are all rows by person and table, ``start`` his in it."""
    parts = [start[persons, t][:, None] + np.arange(m) for t, m in enumerate(shape)]
    return np.asarray(order[np.concatenate(parts, axis=1)])


def in_order(rank: np.ndarray) -> np.ndarray:
    """Persons in the order in which a short block borrows them."""
    return np.asarray(np.lexsort((np.arange(len(rank)), rank)))


def rows_of_persons(rows: CodedRows) -> np.ndarray:
    """Int64 (persons, tables): how many rows each has."""
    width = tables(rows)
    places = np.bincount(rows.person * width + table_of(rows), minlength=rows.persons * width)
    return places.reshape(rows.persons, width)


def promises(
    rows: np.ndarray,
    promised: Sequence[Promised],
    overall: Overall,
    everybody: int,
    homes: Mapping[str, int] | None = None,
    shape: Shape = (),
) -> list[Promise]:
    """The promises for the persons of a block, in the order of its rows.

    A column whose table has no row in the block tells nothing there and promises nothing.
    """
    return [
        promise(one.model, None if one.codes is None else one.codes[rows], counts, everybody)
        for one, counts in zip(promised, overall, strict=True)
        if one.model.column not in _told_nothing(homes, shape)
    ]


def promises_of_events(
    block: Block,
    promised: Sequence[Promised],
    overall: Overall,
    everybody: int,
    homes: Mapping[str, int] | None = None,
) -> list[Promise]:
    """The same for each single row of a person, where persons have several: whoever knows the event reads that row.

    Rows are told apart by their places, which is finer than by their labels while these are coarse: it promises more.
    """
    found = []
    for one, counts in zip(promised, overall, strict=True):
        column = one.model.column
        if one.codes is None or column is None or column in _told_nothing(homes, block.shape):
            continue
        own = block.rows[:, block.segment((homes or {}).get(column, 0))]
        if own.shape[1] > 1:
            found += [promise(one.model, one.codes[own[:, p : p + 1]], counts, everybody) for p in range(own.shape[1])]
    return found


def _told_nothing(homes: Mapping[str, int] | None, shape: Shape) -> set[str]:
    return {name for name, home in (homes or {}).items() if shape and not shape[home]}


def blocks(
    rows: CodedRows,
    rank: np.ndarray,
    k: int,
    promised: Sequence[Promised],
    homes: Mapping[str, int] | None = None,
) -> tuple[Block, ...]:
    """All persons in blocks, each at least ``k`` strong and holding all promises; ``rank[person]`` orders whom a short block borrows.

    ``homes`` names the table of each sensitive column where there are several tables. Raises DisclosureError where the
    persons together are fewer than ``k``, or do not hold the promises.
    """
    if rows.persons < k:
        raise DisclosureError(
            f"There are {rows.persons} persons, fewer than k = {k}: nothing can be released.",
            hint="Wait for more cases, or release aggregates.",
            reason="too-few-persons",
        )
    cutter = _Cutter(rows, k, promised, homes or {})
    order = in_order(rank)
    done, short = _downwards(cutter, order)
    if short.size:
        done = _fill(cutter, done, short)
    return tuple(Block(cutter.first(persons, shape), shape) for shape, persons in _by_shape(cutter, done))


def _by_shape(cutter: _Cutter, groups: Sequence[Group]) -> list[Group]:
    """Groups of one shape as one, where they hold together: they recode finer, and other records find one way down."""
    found: list[Group] = []
    for shape, persons in groups:
        place = next((i for i, (other, _) in enumerate(found) if other == shape), None)
        if place is not None:
            both = np.concatenate([found[place][1], persons])
            if cutter.fits(both, shape):
                found[place] = (shape, both)
                continue
        found.append((shape, persons))
    return found


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
    found: list[Shape] = [tuple(shape) for shape in distinct_rows(sizes).tolist()]
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
