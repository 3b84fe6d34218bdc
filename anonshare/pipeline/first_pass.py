"""The first pass over the record batches: what must be known of all rows before one of them can leave.

Key columns and persons become numbers, every value of the other columns that would leave is scanned, and notes are
scanned though they stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from anonshare.engine.coding import Coded, RowCoder
from anonshare.engine.mapping import map_distinct
from anonshare.gates.facts import ColumnFacts
from anonshare.identifiers.checks import residual
from anonshare.pipeline.inputs import Inputs, Prepared
from anonshare.pipeline.near import NearRows, near_rows
from anonshare.policy.model import Policy
from anonshare.shapes import Operator, Progress
from anonshare.transforms.tokens import check_token

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["FirstPass", "Read", "first_pass", "key_names", "sensitive_names"]


@dataclass(frozen=True, slots=True)
class Read:
    """Rows of one table: read, hanging on nothing, and left after consent."""

    rows: int = 0
    orphans: int = 0
    left: int = 0


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What the first pass knows. ``notes`` maps a distinct note to its number of rows and never leaves the process."""

    read: Mapping[str, Read]
    coded: Coded
    columns: Mapping[str, ColumnFacts]
    notes: Mapping[str, int] = field(repr=False)
    near: tuple[NearRows, ...] = ()

    @property
    def rows_in(self) -> int:
        """The rows of all tables."""
        return sum(read.rows for read in self.read.values())

    @property
    def rows_left(self) -> int:
        """The rows of all tables that may leave."""
        return sum(read.left for read in self.read.values())


def key_names(policy: Policy) -> list[str]:
    """The full names of the columns over which k is judged, table by table."""
    return [n for table in policy.counted for n, column in policy.columns_of(table).items() if column.is_key]


def sensitive_names(policy: Policy) -> list[str]:
    """The full names of the columns with a promise of l-diversity, in the order of the models."""
    found = [policy.find(model.column) for model in policy.disclosure.l_diversity]
    return [policy.full_name(*one) for one in found if one is not None]


def first_pass(
    inputs: Inputs, operators: Mapping[str, Operator], places: frozenset[str], progress: Progress
) -> FirstPass:
    """Read everything once. ``operators`` are those of columns that leave and are no keys."""
    policy = inputs.policy
    keys = key_names(policy)
    coder = RowCoder([*keys, *sensitive_names(policy)], policy.unit_columns)
    scans = {name: _Scan(operator, places) for name, operator in operators.items() if name not in keys}
    notes: Counter[str] = Counter()
    read = dict.fromkeys(policy.tables, Read())
    numbers: dict[str, list[int]] = {table: [] for table in policy.tables}
    for part in inputs.batches():
        was = read[part.table]
        numbers[part.table] += (part.kept + was.rows).tolist()
        read[part.table] = Read(was.rows + part.read, was.orphans + part.orphans, was.left + part.rows.num_rows)
        progress("reading", sum(one.rows for one in read.values()), None)
        columns = _full_names(policy, part)
        if part.table in policy.counted and part.unit is not None:
            coder.add(part.unit, _coded(columns, keys, operators), policy.counted.index(part.table))
        for name in scans.keys() & columns.keys():
            scans[name].add(columns[name])
        notes.update(_notes(policy, part.table, columns))
    coded = coder.finish()
    columns_found = {name: scan.facts() for name, scan in scans.items()}
    return FirstPass(read, coded, columns_found, notes, near_rows(inputs, coded, numbers))


def _full_names(policy: Policy, part: Prepared) -> dict[str, pa.Array]:
    names = [policy.full_name(part.table, name) for name in part.rows.schema.names]
    return dict(zip(names, part.rows.columns, strict=True))


def _coded(columns: Mapping[str, pa.Array], keys: list[str], operators: Mapping[str, Operator]) -> dict[str, pa.Array]:
    """Key columns that an operator makes (codes read from notes) are coded as made."""
    made = {n: map_distinct(columns[n], operators[n]) for n in keys if n in operators and n in columns}
    return {**columns, **made}


def _notes(policy: Policy, table: str, columns: Mapping[str, pa.Array]) -> list[str]:
    rules = policy.columns_of(table)
    narrative = [n for n, column in rules.items() if column.role == "narrative" and column.do.name != "drop"]
    return [text for name in narrative for text in columns[name].drop_null().to_pylist()]


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
