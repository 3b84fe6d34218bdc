"""Counts rounded to multiples of a base: each by itself, or so that all sums of the table stay sums.

Random rounding is unbiased: a count of 5a + r becomes 5a + 5 with probability r / 5. By the cell's key the same persons are
always rounded alike. Controlled rounding (Cox 1987) chooses for all cells together: each is one of the two multiples next to
it, and the published cells add up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.solver import Row, Solver
from anonshare.disclosure.tabular.cell_key import record_keys
from anonshare.disclosure.tabular.counting import Tabulated
from anonshare.disclosure.tabular.layout import Layout
from anonshare.disclosure.tabular.system import CellSystem, system_of
from anonshare.errors import DisclosureError

__all__ = ["RoundedTable", "controlled_tables", "rounded_tables"]


@dataclass(frozen=True, slots=True)
class RoundedTable:
    """A table as it leaves: every cell is a multiple of the base."""

    by: tuple[str, ...]
    base: int
    cells: Mapping[Key, int] = field(repr=False)


def rounded_tables(tabulated: Tabulated, base: int, secret: bytes) -> dict[str, RoundedTable]:
    """Every cell rounded by itself, up or down by chance; the same persons are rounded alike under the same ``secret``."""
    _check(tabulated, base)
    keys = record_keys(secret, tabulated.people)
    found = {}
    for name, own in tabulated.layouts.items():
        counts, sums = _counts(own), np.zeros(len(own.keys) + 1, np.uint64)
        for column in own.covering.T:
            np.add.at(sums, column, keys)
        uniform = (sums[:-1] >> np.uint64(11)).astype(np.float64) / 2.0**53
        rest = counts % base
        found[name] = RoundedTable(own.by, base, _cells(own, counts - rest + base * (uniform < rest / base)))
    return found


def controlled_tables(tabulated: Tabulated, base: int, secret: bytes) -> dict[str, RoundedTable]:
    """Every table rounded as a whole so that its cells add up; raises DisclosureError where none can be found."""
    _check(tabulated, base)
    chance = np.random.default_rng(np.frombuffer(record_keys(secret, ["rounding"]).tobytes(), dtype="<u4"))
    return {
        name: RoundedTable(own.by, base, _cells(own, _controlled(own, base, chance)))
        for name, own in tabulated.layouts.items()
    }


def _controlled(own: Layout, base: int, chance: np.random.Generator) -> np.ndarray:
    """Int64 per cell. A kind is an innermost cell; each goes up by one multiple or not."""
    system = system_of(len(own.keys), [own.covering], np.ones(len(own.covering), dtype=np.int64))
    down, rest = system.weights // base, system.weights % base
    totals = system.totals
    rows = [_between(system, column, totals[column], down, base) for column in range(system.columns)]
    solver = Solver(np.zeros(system.kinds), (rest > 0).astype(np.float64), rows)
    # what is near the next multiple goes there cheaply; chance decides among those alike
    costs = base - 2.0 * rest + chance.random(system.kinds) - 0.5
    for integer in (False, True):
        point = solver.minimum(costs, integer=integer)
        up = None if point is None else solver.whole(point)
        if up is not None:
            return np.asarray((base * system.sums(down + up))[system.of])
    raise DisclosureError(
        "No rounding of this table to the next multiples adds up.",
        hint="Round at random, or use fewer dimensions.",
        reason="table",
    )


def _between(system: CellSystem, column: int, total: int, down: np.ndarray, base: int) -> Row:
    kinds = system.kinds_of(column)
    below = int(down[kinds].sum())
    return Row(kinds.tolist(), [1] * len(kinds), float(total // base - below), float(-(-total // base) - below))


def _counts(own: Layout) -> np.ndarray:
    found = np.zeros(len(own.keys) + 1, np.int64)
    for column in own.covering.T:
        np.add.at(found, column, 1)
    return found[:-1]


def _cells(own: Layout, values: np.ndarray) -> dict[Key, int]:
    return dict(zip(own.keys, values.tolist(), strict=True))


def _check(tabulated: Tabulated, base: int) -> None:
    if tabulated.amounts is not None:
        raise DisclosureError("Counts are rounded, not amounts.", reason="parameters")
    if not isinstance(base, int) or isinstance(base, bool) or base < 2:
        raise DisclosureError("The base is a whole number, at least 2.", reason="parameters")
