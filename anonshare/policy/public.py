"""The public projection of a policy: what the recipient may know of it, and nothing that a list or a recipe holds.

Columns that stay are counted, not named: a header that people wrote can hold a name. Files, lists and hierarchies of
the contributor's own are referred to by name alone.
"""

from __future__ import annotations

from typing import Any

from anonshare.policy.model import Policy

__all__ = ["public_policy"]

HEADER = (
    "anonshare",
    "id",
    "title",
    "purpose",
    "controller",
    "recipient",
    "jurisdictions",
    "legal_basis",
    "agreement",
    "grading",
    "handling",
    "retention",
    "release",
)


def public_policy(policy: Policy) -> dict[str, Any]:
    """What stands in ``data/policy.yaml``: header, columns that leave, promises."""
    plain = policy.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        **{key: plain[key] for key in HEADER if key in plain},
        "retention": {key: value for key, value in plain["retention"].items() if key != "register_for"},
        "consent": {key: plain["consent"][key] for key in ("mode", "covers", "reason") if key in plain["consent"]},
        "records": {
            "unit": policy.records.units[0].name,
            "tables": {table: _table(table, plain, policy) for table in policy.counted},
        },
        "disclosure": plain["disclosure"],
        "aggregates": plain["aggregates"],
    }


def _table(table: str, plain: dict[str, Any], policy: Policy) -> dict[str, Any]:
    columns = policy.tables[table].columns
    raw = plain["records"]["tables"][table]["columns"]
    leaving = {name: _column(column.do.name, raw[name]) for name, column in columns.items() if column.leaves}
    return {"columns": leaving, "columns_that_stay": len(columns) - len(leaving)}


def _column(operator: str, raw: dict[str, Any]) -> dict[str, Any]:
    params = {key: value for key, value in raw["do"].get(operator, {}).items() if key != "as_of"}
    return {key: raw[key] for key in ("role", "known_to", "type", "kind")} | {"do": {operator: params}}
