"""Protected tables: computed from the rows that leave or, where no rows leave, from the rows that may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anonshare.disclosure.cells import ProtectedTable
from anonshare.disclosure.linked import own_rows
from anonshare.disclosure.table_audit import audit
from anonshare.disclosure.tables import count_cells, protect
from anonshare.engine.assemble import label_column
from anonshare.pipeline.recode import Recoded
from anonshare.policy.model import Policy
from anonshare.policy.records import Aggregate
from anonshare.shapes import Verdict

if TYPE_CHECKING:
    import numpy as np

__all__ = ["TableResult", "protected_tables", "table_of"]


@dataclass(frozen=True, slots=True)
class TableResult:
    """One protected table and what its audit says; ``columns`` are the names under which it is counted."""

    aggregate: Aggregate
    columns: tuple[str, ...]
    table: ProtectedTable
    verdict: Verdict


def protected_tables(policy: Policy, recoded: Recoded) -> tuple[TableResult, ...]:
    """Every aggregate of the policy, protected and audited."""
    return tuple(_one(policy, recoded, aggregate) for aggregate in policy.aggregates)


def table_of(policy: Policy, aggregate: Aggregate) -> str:
    """The table whose rows an aggregate counts."""
    found = policy.find(aggregate.by[0])
    return found[0] if found else ""


def _one(policy: Policy, recoded: Recoded, aggregate: Aggregate) -> TableResult:
    names = [column.name for column in recoded.rows.columns]
    by = tuple(found[1] for name in aggregate.by if (found := policy.find(name)))
    full = [policy.full_name(*found) for name in aggregate.by if (found := policy.find(name))]
    kept = recoded.recipe.kept & own_rows(recoded.rows, names.index(full[0]))
    labels = [_labels(recoded, names.index(name), kept) for name in full]
    persons: np.ndarray = recoded.rows.person[kept]
    by_rows = aggregate.count == "rows"
    unit = range(len(persons)) if by_rows else persons.tolist()
    cells = count_cells(by, labels, unit)
    table = protect(cells, aggregate.min_count)
    return TableResult(aggregate, by, table, audit(table.cells, by, aggregate.min_count))


def _labels(recoded: Recoded, column: int, kept: np.ndarray) -> list[str | None]:
    codes, levels = recoded.rows.values[kept, column], recoded.recipe.levels[kept, column]
    found: list[str | None] = label_column(recoded.rows.columns[column], codes, levels).to_pylist()
    return found
