"""The signed facts of the tokens: how each column's are made, under which key, and who alone holds it."""

from __future__ import annotations

from typing import Any

from anonshare.pipeline.plan import Plan
from anonshare.policy.token_kinds import TokenKind, token_kind

__all__ = ["token_facts"]


def token_facts(plan: Plan) -> dict[str, Any] | None:
    """``data/facts/pseudonyms.json``; None where no column leaves as tokens and no note leaves masked.

    Ids of keys, never keys (EDPB 01/2025: who may reverse what must be told). A sealed mapping has no key.
    """
    policy, domain = plan.policy, plan.domain
    if domain is None:
        return None
    columns = [
        _column(plan, table, name, kind)
        for table in policy.released
        for name, column in policy.tables[table].columns.items()
        if (kind := token_kind(policy, name, column)) is not None
    ]
    notes = [
        {"table": table, "column": name, "names_by": column.do.masked.accept}
        for table in policy.released
        for name, column in policy.tables[table].columns.items()
        if column.do.masked is not None
    ]
    if not columns and not notes:
        return None
    return {
        "facts": "pseudonyms/1",
        "domain": domain.name,
        "epoch": domain.epoch or None,
        "keys_held_by": plan.home.id,
        "columns": columns,
        "masked_notes": notes,
    }


def _column(plan: Plan, table: str, name: str, kind: TokenKind) -> dict[str, Any]:
    keyed = plan.domain is not None and kind.operator != "tokenize_vault" and kind.entity is not None
    key_id = plan.domain.key_id(str(kind.entity), kind.operator, kind.scope) if keyed and plan.domain else None
    return {
        "table": table,
        "column": name,
        "operator": kind.operator,
        "entity": kind.entity,
        "scope": kind.scope,
        "key_id": key_id,
    }
