"""The tables of a release as they are before protection: dates read, columns derived, rows linked, consent applied.

Every pass over the records sees the same rows in the same order, parents before their children.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from anonshare.engine.assemble import with_column
from anonshare.engine.links import Link, all_rows, filtered, no_parent, of_columns
from anonshare.engine.mapping import map_distinct
from anonshare.errors import InputError
from anonshare.policy.header import Consent
from anonshare.policy.model import Policy
from anonshare.policy.records import TableRules
from anonshare.records.tables import open_tables
from anonshare.shapes import RecordSource
from anonshare.transforms.derive import derive

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

__all__ = ["Inputs", "Prepared", "consents", "open_inputs"]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A batch of one table: ``read`` rows came, ``orphans`` of them hung on nothing; ``rows`` may leave.

    ``unit`` holds the unit's columns for every row, its own or those of the row it hangs on; None where the table has
    none. ``kept`` are the places of these rows among those read, -1 for one that left before and stands in no file of
    today. ``stays`` holds the unit's columns of the rows that may not leave. ``replaced`` counts the rows that may leave
    and give way to such as left before; it is below zero for these.
    """

    table: str
    read: int
    orphans: int
    rows: pa.RecordBatch = field(repr=False)
    unit: pa.RecordBatch | None = field(repr=False)
    kept: np.ndarray = field(repr=False)
    stays: pa.RecordBatch | None = field(default=None, repr=False)
    replaced: int = 0

    def numbers(self, before: int) -> list[int]:
        """The place of each row among all that were read of its table, ``before`` of them in earlier batches; or -1."""
        return [place + before if place >= 0 else place for place in self.kept.tolist()]


@dataclass(frozen=True, slots=True)
class Inputs:
    """The opened tables of a policy, by name. ``dates`` reads the columns that hold dates.

    ``unread`` counts the distinct cells of a column of dates that no format reads; ``overlay`` changes the parts.
    """

    policy: Policy
    sources: Mapping[str, RecordSource] = field(repr=False)
    dates: Mapping[str, Callable[[str], str]] = field(default_factory=dict, repr=False)
    unread: Mapping[str, int] = field(default_factory=dict)
    overlay: Callable[[Iterator[Prepared]], Iterator[Prepared]] | None = field(default=None, repr=False)

    @property
    def digest(self) -> str:
        """Hex SHA-256 of what was read: the one table's, or that of all names and digests."""
        digests = {name: source.digest for name, source in self.sources.items()}
        if len(digests) == 1:
            return next(iter(digests.values()))
        return hashlib.sha256("".join(f"{n}\n{d}\n" for n, d in sorted(digests.items())).encode()).hexdigest()

    @property
    def columns(self) -> dict[str, tuple[str, ...]]:
        """The columns of each file."""
        return {name: source.columns for name, source in self.sources.items()}

    def batches(self) -> Iterator[Prepared]:
        """All tables, parents first; raises InputError where rows hang on nothing and the policy refuses that."""
        return self._batches() if self.overlay is None else self.overlay(self._batches())

    def _batches(self) -> Iterator[Prepared]:
        links = {name: Link(name, wanted) for name, wanted in _taken(self.policy).items()}
        for table, rules in self.policy.tables.items():
            for batch in self.sources[table].batches():
                yield self._prepared(table, rules, batch, links)

    def _prepared(self, table: str, rules: TableRules, batch: pa.RecordBatch, links: Mapping[str, Link]) -> Prepared:
        whole = self._dated(table, batch)
        kept = all_rows(whole)
        above, places, orphans = None, None, 0
        if rules.parent is not None:
            above = links[rules.parent.table]
            places = above.places(whole.column(rules.parent.column))
            orphans = _orphans(table, rules, places)
            kept &= above.may_leave(places)
        whole = _derived(rules, whole, above, places)
        if self.policy.consent.column in rules.columns:
            kept &= consents(whole, self.policy.consent)
        unit = self._unit(table, whole, above, places)
        if table in links and rules.key is not None:
            links[table].add(whole.column(rules.key), _beside(whole, unit), kept)
        rest, stays = (None, None) if unit is None else (filtered(unit, kept), filtered(unit, ~kept))
        return Prepared(table, batch.num_rows, orphans, filtered(whole, kept), rest, kept.nonzero()[0], stays)

    def _dated(self, table: str, batch: pa.RecordBatch) -> pa.RecordBatch:
        for name in self.policy.tables[table].columns:
            reader = self.dates.get(self.policy.full_name(table, name))
            if reader is not None and name in batch.schema.names:
                batch = batch.set_column(
                    batch.schema.get_field_index(name), name, map_distinct(batch.column(name), reader)
                )
        return batch

    def _unit(
        self, table: str, batch: pa.RecordBatch, above: Link | None, places: np.ndarray | None
    ) -> pa.RecordBatch | None:
        owner = self.policy.owner_of_unit(table)
        if owner == table:
            return batch.select(list(self.policy.unit_columns))
        if owner is None or above is None or places is None:
            return None
        names = self.policy.unit_columns
        return of_columns(names, [above.take(_unit(name), places) for name in names])


def open_inputs(policy: Policy, data: Any) -> Inputs:
    """Open what a contributor handed over as the tables of a policy; raises InputError where it is not that."""
    sources = {name: rules.source.model_dump(exclude_none=True) for name, rules in policy.tables.items()}
    return Inputs(policy, open_tables(data, sources))


def consents(batch: pa.RecordBatch, consent: Consent) -> np.ndarray:
    """Bool per row: a clear yes where consent is asked for, no clear objection where it is not."""
    if consent.mode == "not_required" or consent.column is None:
        return all_rows(batch)
    yes = {word.casefold() for word in consent.yes}
    said = map_distinct(batch.column(consent.column), lambda v: v if v.strip().casefold() in yes else None)
    answer: np.ndarray = (said.is_valid() if consent.mode == "opt_in" else said.is_null()).to_numpy(
        zero_copy_only=False
    )
    return answer


def _taken(policy: Policy) -> dict[str, list[str]]:
    """The columns that children need of each parent: those that they derive, and the unit's."""
    found: dict[str, list[str]] = {}
    for table, rules in policy.tables.items():
        if rules.parent is None:
            continue
        wanted = found.setdefault(rules.parent.table, [])
        wanted += [made.parent for made in rules.derive.values() if made.parent is not None]
        if policy.owner_of_unit(table) not in (None, table):
            wanted += map(_unit, policy.unit_columns)
    return found


def _unit(column: str) -> str:
    """A name that no file can give a column: the unit's columns travel beside a parent's own."""
    return f"\0{column}"


def _beside(batch: pa.RecordBatch, unit: pa.RecordBatch | None) -> pa.RecordBatch:
    if unit is None:
        return batch
    for name in unit.schema.names:
        batch = with_column(batch, _unit(name), unit.column(name))
    return batch


def _derived(rules: TableRules, batch: pa.RecordBatch, above: Link | None, places: np.ndarray | None) -> pa.RecordBatch:
    for name, rule in rules.derive.items():
        if rule.from_ is not None and rule.do is not None:
            batch = with_column(batch, name, map_distinct(batch.column(rule.from_), derive(rule.do)))
        elif rule.parent is not None and above is not None and places is not None:
            batch = with_column(batch, name, above.take(rule.parent, places))
    return batch


def _orphans(table: str, rules: TableRules, places: np.ndarray) -> int:
    found = no_parent(places)
    if found and rules.parent is not None and rules.parent.orphans == "refuse":
        raise InputError(
            f"In the table {table}, {found} row(s) hang on no row of the table {rules.parent.table}.",
            hint="Give the whole parent table, or write orphans: drop, so that they stay and are counted.",
        )
    return found
