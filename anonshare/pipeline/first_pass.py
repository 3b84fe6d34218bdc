"""The first pass over the record batches: what must be known of all rows before one of them can leave.

Rows without consent leave first. Then columns are derived, key columns and persons become numbers, every value of the
other columns that would leave is scanned, and notes are scanned though they stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.engine.assemble import with_column
from anonshare.engine.coding import Coded, RowCoder
from anonshare.engine.mapping import map_distinct
from anonshare.gates.facts import ColumnFacts
from anonshare.identifiers.checks import residual
from anonshare.policy.header import Consent
from anonshare.policy.model import Policy
from anonshare.shapes import Operator, Progress, RecordSource
from anonshare.transforms.derive import derive
from anonshare.transforms.tokens import check_token

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FirstPass", "consented", "first_pass"]


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the first pass knows. ``notes`` maps a distinct note to its number of rows and never leaves the process."""

    rows_in: int
    coded: Coded
    columns: Mapping[str, ColumnFacts]
    notes: Mapping[str, int] = field(repr=False)


def consented(batch: pa.RecordBatch, consent: Consent) -> pa.RecordBatch:
    """The rows that may leave: a clear yes where consent is asked for, no clear objection where it is not."""
    if consent.mode == "not_required" or consent.column is None:
        return batch
    yes = {word.casefold() for word in consent.yes}
    said = map_distinct(batch.column(consent.column), lambda v: v if v.strip().casefold() in yes else None)
    return batch.filter(said.is_valid() if consent.mode == "opt_in" else said.is_null())


def prepared_batches(policy: Policy, source: RecordSource) -> Iterator[tuple[int, pa.RecordBatch]]:
    """Each batch with its derived columns and without rows that may not leave, beside its original number of rows."""
    for batch in source.batches():
        rows = batch.num_rows
        for name, rule in policy.table.derive.items():
            batch = with_column(batch, name, map_distinct(batch.column(rule.from_), derive(rule.do)))  # noqa: PLW2901  the batch grows
        yield rows, consented(batch, policy.consent)


def first_pass(
    policy: Policy,
    source: RecordSource,
    operators: Mapping[str, Operator],
    places: frozenset[str],
    progress: Progress,
) -> FirstPass:
    """Read everything once. ``operators`` are those of columns that leave and are no keys."""
    keys = [name for name, column in policy.columns().items() if column.is_key]
    models = [model.column for model in policy.disclosure.l_diversity]
    narrative = [n for n, c in policy.columns().items() if c.role == "narrative" and c.do.name != "drop"]
    coder = RowCoder([*keys, *models], policy.unit_columns)
    scans = {name: _Scan(operator, places) for name, operator in operators.items()}
    notes: Counter[str] = Counter()
    read = 0
    for rows, batch in prepared_batches(policy, source):
        read += rows
        progress("reading", read, None)
        keyed = _coded_keys(batch, keys, operators)
        coder.add(keyed)
        for name, scan in scans.items():
            if name not in keys:
                scan.add(batch.column(name))
        for name in narrative:
            notes.update(text for text in batch.column(name).to_pylist() if text is not None)
    return FirstPass(read, coder.finish(), {n: s.facts() for n, s in scans.items() if n not in keys}, notes)


def _coded_keys(batch: pa.RecordBatch, keys: list[str], operators: Mapping[str, Operator]) -> pa.RecordBatch:
    """Key columns that an operator makes (codes read from notes) are coded as made."""
    for name in keys:
        if name in operators:
            made = map_distinct(batch.column(name), operators[name])
            batch = batch.set_column(batch.schema.get_field_index(name), name, made)
    return batch


class _Scan:
    """Counts over every distinct value that leaves of one column, as its operator makes it."""

    def __init__(self, operator: Operator, places: frozenset[str]) -> None:
        self._operator = operator
        self._places = places
        self._made: set[str] = set()
        self._filled = 0

    def add(self, array: pa.Array) -> None:
        """Look at a batch; a date shift depends on the person, and makes dates alone."""
        if self._operator.per_person:
            return
        made = map_distinct(array, self._operator)
        self._filled += len(made) - made.null_count
        self._made.update(made.unique().drop_null().to_pylist())

    def facts(self) -> ColumnFacts:
        """The counts over all batches."""
        kinds = Counter(kind for value in self._made for kind in residual(value))
        named = sum(any(place in value.casefold() for place in self._places) for value in self._made)
        tokens = bool(self._made) and all(check_token(value) for value in self._made)
        return ColumnFacts(len(self._made), self._filled, dict(kinds), named, tokens)
