"""The signed facts of a release: what it promises, in the words that a receiver's audit recomputes."""

from __future__ import annotations

from typing import Any

from anonshare.pipeline.notes import coverage_facts
from anonshare.pipeline.plan import Plan
from anonshare.pipeline.second_pass import UNIT, out_columns
from anonshare.pipeline.tables import table_of

__all__ = ["disclosure_facts", "release_facts"]


def disclosure_facts(plan: Plan) -> dict[str, Any]:
    """``data/facts/disclosure.json``: tables, their keys, the models promised, the aggregates.

    Shares are whole percents: an exact one would tell how many rows were held back.
    """
    policy = plan.policy
    tables = [_table(plan, table) for table in policy.released]
    return {
        "facts": "disclosure/1",
        "tables": tables,
        "linked": _linked(plan) if len(tables) > 1 else None,
        "aggregates": [
            {
                "name": a.name,
                "path": f"data/{a.name}.parquet",
                "by": [found[1] for name in a.by if (found := policy.find(name))],
                "count": a.count if a.count == "rows" else "person",
                "min_count": a.min_count,
                "complementary": True,
                "from_table": table_of(policy, a) if policy.released else None,
            }
            for a in policy.aggregates
        ],
    }


def _linked(plan: Plan) -> dict[str, Any]:
    """What is promised of the rows of a person in all tables together; the tables one by one promise it as well."""
    return {"tables": list(plan.policy.released), "models": _models(plan)}


def _models(plan: Plan, table: str | None = None) -> list[dict[str, Any]]:
    """The models as promised; an l-diversity belongs to the table of its column."""
    found: list[dict[str, Any]] = []
    for model in plan.policy.disclosure.models:
        if model.k_anonymity:
            found.append({"model": "k_anonymity", "k": model.k_anonymity})
        at = plan.policy.find(model.l_diversity.column) if model.l_diversity else None
        if at is not None and model.l_diversity is not None and table in (None, at[0]):
            where = {} if table else {"table": at[0]}
            found.append({"model": "l_diversity", **where, "column": at[1], "l": model.l_diversity.l})
    return found


def _table(plan: Plan, table: str) -> dict[str, Any]:
    policy = plan.policy
    rows, persons = _counts(plan, table)
    kept_rows, kept_cells = plan.kept
    return {
        "name": table,
        "path": f"data/{table}.parquet",
        "unit": UNIT,
        "rows": rows,
        "persons": persons,
        "keys": [name for name, column in policy.tables[table].columns.items() if column.is_key],
        "columns": [{"name": c.name, "role": c.role, "type": c.type} for c in out_columns(plan, table)],
        "models": _models(plan, table),
        "recoding": policy.disclosure.recoding,
        "loss": f"{plan.recoded.recipe.loss:.2f}" if plan.recoded else "0.00",
        "kept_rows_percent": round(100 * kept_rows),
        "kept_cells_percent": round(100 * kept_cells),
    }


def _counts(plan: Plan, table: str) -> tuple[int, int]:
    """Rows and persons of a table that leave."""
    if plan.recoded is None:
        return 0, 0
    rows = plan.recoded.rows
    here = plan.recoded.recipe.kept
    if rows.table is not None:
        here = here & (rows.table == plan.policy.counted.index(table))
    return int(here.sum()), len(set(rows.person[here].tolist()))


def release_facts(plan: Plan) -> dict[str, Any]:
    """``data/facts/release.json``: consent, grading, handling, retention, what detection covered."""
    policy = plan.policy
    return {
        "facts": "release/1",
        "consent": policy.consent.mode,
        "grading": {"europol_source": policy.grading.source, "europol_information": policy.grading.information},
        "handling": {"europol": list(policy.handling.europol), "tlp": policy.handling.tlp},
        "retention": {"delete_by": policy.retention.delete_by, "review_by": policy.retention.review_by},
        "detection": coverage_facts(policy, plan.coverage),
        "gates": [outcome.gate.code for outcome in plan.outcomes if outcome.open],
    }
