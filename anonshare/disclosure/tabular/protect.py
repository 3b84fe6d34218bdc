"""Several tables of one release protected together, and beside what was released before: one linear system."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from anonshare.disclosure.arrays import np
from anonshare.disclosure.cells import Key
from anonshare.disclosure.tabular.attack import Limits, attack
from anonshare.disclosure.tabular.counting import Tabulated
from anonshare.disclosure.tabular.earlier import EarlierTables, beside
from anonshare.disclosure.tabular.needs import Needs, Possible
from anonshare.disclosure.tabular.primary import telling
from anonshare.disclosure.tabular.rules import MinCount, Rule
from anonshare.disclosure.tabular.suppress import Task, suppress
from anonshare.disclosure.tabular.system import CellSystem, system_of
from anonshare.errors import DisclosureError

__all__ = ["ProtectedTables", "Released", "ReleasedCell", "protect_tables"]

_FAR = 1 << 60

_AGAIN = 1_000
"""Kinds up to which the attack is made once more without anything that the search has seen."""


@dataclass(frozen=True, slots=True)
class ReleasedCell:
    """A cell as it leaves: no value where it is suppressed, and no word on why."""

    key: Key = field(repr=False)
    value: int | Decimal | None = field(repr=False)

    @property
    def status(self) -> Literal["published", "suppressed"]:
        """The outward status."""
        return "suppressed" if self.value is None else "published"


@dataclass(frozen=True, slots=True)
class Released:
    """A table as it leaves. ``primary`` and ``secondary`` are figures for the contributor alone."""

    by: tuple[str, ...]
    cells: tuple[ReleasedCell, ...] = field(repr=False)
    primary: int
    secondary: int

    def to_pandas(self) -> Any:
        """A frame of pandas with a column per dimension, ``value`` and ``status``."""
        from anonshare.engine.cell_frames import frame_of_cells

        return frame_of_cells(
            [*self.by, "value", "status"], [(*cell.key, cell.value, cell.status) for cell in self.cells]
        )


@dataclass(frozen=True, slots=True)
class ProtectedTables:
    """``tables`` may leave. ``memory`` names persons and is secret: it protects the next release beside this one.

    ``possible`` are, per table and suppressed cell, the least and largest value that an attacker can come to.
    """

    tables: Mapping[str, Released]
    memory: EarlierTables = field(repr=False)
    possible: Mapping[str, Mapping[Key, tuple[float, float]]] = field(repr=False)


def protect_tables(
    tabulated: Tabulated,
    rules: Sequence[Rule] = (MinCount(11),),
    *,
    width: int = 1,
    interval: bool = False,
    earlier: Sequence[EarlierTables] = (),
) -> ProtectedTables:
    """Suppress what is too telling, and what would give it away, in all tables together.

    An attacker who knows the rules, the zeros, and all published cells, also those of ``earlier`` releases to whoever
    may work with him, finds at least ``width`` + 1 values possible for each suppressed cell. With ``interval`` the
    largest one for a cell that a rule suppresses is at least the least count (for amounts: twice its value, the least one
    0). Raises DisclosureError where that cannot be had; nothing is released then.
    """
    _check(tabulated, rules, width, earlier)
    least = max((rule.persons for rule in rules if isinstance(rule, MinCount)), default=2)
    names = list(tabulated.layouts)
    offsets = np.cumsum([0, *(len(tabulated.layouts[name].keys) for name in names)])
    total = int(offsets[-1])
    told = beside(tabulated, names, offsets, earlier)
    system = system_of(told.cells, told.covering, told.weights)
    small = np.zeros(told.cells, dtype=np.bool_)
    small[:total] = np.concatenate([telling(tabulated, name, rules) for name in names])
    small[told.hidden] = True
    small[told.changes] = (told.sizes[told.changes] > 0) & (told.sizes[told.changes] < least)
    own, must = np.zeros(told.cells, dtype=np.bool_), np.zeros(told.cells, dtype=np.bool_)
    own[:total], must[told.published] = True, True
    primary, opened = system.per_column(small), system.per_column(own)
    task = Task(
        system=system,
        primary=primary,
        open=opened,
        must=system.per_column(must),
        limits=_limits(system, told.inner, tabulated.amounts is None),
        needs=_needs(system, primary, width, interval, least, tabulated.amounts is not None),
        price=(1.0 + np.log1p(system.totals) / 16) * np.maximum(system.sizes, 1),
    )
    found = suppress(task)
    _refuse_exposed(task, found.published, found.hidden)
    shown = found.published[system.of[:total]]
    return _released(tabulated, names, offsets, small[:total], shown, system, found.possible)


def _limits(system: CellSystem, inner: np.ndarray, counts: bool) -> Limits:
    """A listed count is at least one; of an amount nothing is known but that it is not negative."""
    least, listed = np.zeros(system.kinds), np.zeros(system.columns)
    if counts:
        columns = np.unique(system.of[inner])
        listed[columns] = 1.0
        alone = columns[system.width[columns] == 1]
        least[system.members[system.start[alone]]] = 1.0
    # far above anything that published values can force, so that every question has an answer
    most = 4.0 * float(system.totals.max(initial=0)) + 1_000.0
    return Limits(least, np.full(system.kinds, most), listed)


def _needs(system: CellSystem, primary: np.ndarray, width: int, interval: bool, least: int, amounts: bool) -> Needs:
    high = np.full(system.columns, -_FAR)
    low = np.full(system.columns, _FAR)
    if interval and amounts:
        high[primary], low[primary] = 2 * system.totals[primary], 0
    elif interval:
        high[primary] = np.maximum(least, system.totals[primary])
    return Needs(np.full(system.columns, width), high, low)


def _refuse_exposed(task: Task, shown: np.ndarray, hidden: np.ndarray) -> None:
    """Ask the attacker once more, who has seen nothing of the search, where that is cheap enough for every time."""
    if task.system.kinds > _AGAIN:
        return
    again = attack(task.system, hidden, task.limits, task.needs, published=shown, most=1)
    if again.exposed:
        raise DisclosureError(
            "The tables do not hold: a suppressed cell can be derived.",
            hint="Nothing was released. This is a fault of anonshare, not of the data: please report it.",
            reason="table",
        )


def _released(
    tabulated: Tabulated,
    names: Sequence[str],
    offsets: np.ndarray,
    small: np.ndarray,
    shown: np.ndarray,
    system: CellSystem,
    possible: Possible,
) -> ProtectedTables:
    values, of = system.totals[system.of], system.of
    tables, ends = {}, {}
    for name, start, end in zip(names, offsets[:-1].tolist(), offsets[1:].tolist(), strict=True):
        own = tabulated.layouts[name]
        cells = [
            ReleasedCell(key, _value(int(values[c]), tabulated.shift) if shown[c] else None)
            for c, key in enumerate(own.keys, start)
        ]
        cells.sort(key=lambda cell: [(label is not None, label or "") for label in cell.key])
        primary = int(small[start:end].sum())
        tables[name] = Released(own.by, tuple(cells), primary, int((~shown[start:end]).sum()) - primary)
        ends[name] = {
            key: (float(possible.lower[of[c]]), float(possible.upper[of[c]]))
            for c, key in enumerate(own.keys, start)
            if not shown[c]
        }
    return ProtectedTables(tables, EarlierTables.of(tabulated, names, offsets, shown), ends)


def _value(value: int, shift: int) -> int | Decimal:
    return value if shift == 0 else Decimal(value).scaleb(-shift)


def _check(tabulated: Any, rules: Sequence[Rule], width: int, earlier: Sequence[EarlierTables]) -> None:
    if not isinstance(tabulated, Tabulated) or not tabulated.people:
        raise DisclosureError("There is nobody to count.", hint="Give what tabulate made of some records.")
    if not rules or not all(isinstance(rule, Rule) for rule in rules):
        raise DisclosureError("Tables are protected by rules.", hint="Give MinCount(11).", reason="parameters")
    if not isinstance(width, int) or isinstance(width, bool) or width < 1:
        raise DisclosureError("The width is a whole number, at least 1.", reason="parameters")
    if earlier and tabulated.amounts is not None:
        raise DisclosureError(
            "Amounts beside earlier releases are not judged.", hint="Release counts.", reason="parameters"
        )
