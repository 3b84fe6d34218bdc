"""Protected tables: computed from the rows that leave or, where no rows leave, from the rows that may."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from anonshare.disclosure.cells import ProtectedTable
from anonshare.disclosure.table_audit import audit
from anonshare.disclosure.tables import count_cells, protect
from anonshare.engine.assemble import label_column
from anonshare.pipeline.recode import Recoded
from anonshare.policy.model import Policy
from anonshare.policy.records import Aggregate
from anonshare.shapes import Verdict

if TYPE_CHECKING:
    import numpy as np

__all__ = ["TableResult", "protected_tables"]


@dataclass(frozen=True, slots=True)
class TableResult:
    """One protected table and what its audit says."""

    aggregate: Aggregate
    table: ProtectedTable
    verdict: Verdict


def protected_tables(policy: Policy, recoded: Recoded) -> tuple[TableResult, ...]:
    """Every aggregate of the policy, protected and audited."""
    return tuple(_one(recoded, aggregate) for aggregate in policy.aggregates)


def _one(recoded: Recoded, aggregate: Aggregate) -> TableResult:
    names = [column.name for column in recoded.rows.columns]
    labels = [_labels(recoded, names.index(name)) for name in aggregate.by]
    kept = recoded.recipe.kept
    persons: np.ndarray = recoded.rows.person[kept]
    by_rows = aggregate.count == "rows"
    unit = range(len(persons)) if by_rows else persons.tolist()
    cells = count_cells(aggregate.by, labels, unit)
    table = protect(cells, aggregate.min_count)
    return TableResult(aggregate, table, audit(table.cells, aggregate.by, aggregate.min_count))


def _labels(recoded: Recoded, column: int) -> list[str | None]:
    kept = recoded.recipe.kept
    codes, levels = recoded.rows.values[kept, column], recoded.recipe.levels[kept, column]
    found: list[str | None] = label_column(recoded.rows.columns[column], codes, levels).to_pylist()
    return found
