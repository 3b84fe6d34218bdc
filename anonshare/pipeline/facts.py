"""The signed facts of a release: what it promises, in the words that a receiver's audit recomputes."""

from __future__ import annotations

from typing import Any

from anonshare.pipeline.plan import Plan
from anonshare.pipeline.second_pass import UNIT, out_columns

__all__ = ["disclosure_facts", "release_facts"]


def disclosure_facts(plan: Plan) -> dict[str, Any]:
    """``data/facts/disclosure.json``: tables, their keys, the models promised, the aggregates.

    Shares are whole percents: an exact one would tell how many rows were held back.
    """
    policy = plan.policy
    return {
        "facts": "disclosure/1",
        "tables": [] if policy.table.release == "nothing" else [_table(plan)],
        "aggregates": [
            {
                "name": a.name,
                "path": f"data/{a.name}.parquet",
                "by": list(a.by),
                "count": a.count if a.count == "rows" else "person",
                "min_count": a.min_count,
                "complementary": True,
                "from_table": None if policy.table.release == "nothing" else policy.table_name,
            }
            for a in policy.aggregates
        ],
    }


def _table(plan: Plan) -> dict[str, Any]:
    policy = plan.policy
    rows, persons = 0, 0
    if plan.recoded is not None:
        kept = plan.recoded.recipe.kept
        rows, persons = int(kept.sum()), int((plan.recoded.recipe.signature >= 0).sum())
    kept_rows, kept_cells = plan.kept
    return {
        "name": policy.table_name,
        "path": f"data/{policy.table_name}.parquet",
        "unit": UNIT,
        "rows": rows,
        "persons": persons,
        "keys": [name for name, column in policy.columns().items() if column.is_key],
        "columns": [{"name": c.name, "role": c.role, "type": c.type} for c in out_columns(plan)],
        "models": [_model(model.model_dump(exclude_none=True)) for model in policy.disclosure.models],
        "recoding": policy.disclosure.recoding,
        "loss": f"{plan.recoded.recipe.loss:.2f}" if plan.recoded else "0.00",
        "kept_rows_percent": round(100 * kept_rows),
        "kept_cells_percent": round(100 * kept_cells),
    }


def _model(model: dict[str, Any]) -> dict[str, Any]:
    if "k_anonymity" in model:
        return {"model": "k_anonymity", "k": model["k_anonymity"]}
    return {"model": "l_diversity", **model["l_diversity"]}


def release_facts(plan: Plan) -> dict[str, Any]:
    """``data/facts/release.json``: consent, grading, handling, retention, what detection covered."""
    policy = plan.policy
    return {
        "facts": "release/1",
        "consent": policy.consent.mode,
        "grading": {"europol_source": policy.grading.source, "europol_information": policy.grading.information},
        "handling": {"europol": list(policy.handling.europol), "tlp": policy.handling.tlp},
        "retention": {"delete_by": policy.retention.delete_by, "review_by": policy.retention.review_by},
        "detection": [{"language": c.language, "names_covered": c.names} for c in plan.coverage],
        "gates": [outcome.gate.code for outcome in plan.outcomes if outcome.open],
    }
