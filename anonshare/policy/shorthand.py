"""What people may leave out or write shorter in a policy, made explicit before it is validated."""

from __future__ import annotations

from typing import Any

from anonshare.policy.operators import Do
from anonshare.policy.refused import refusal
from anonshare.registry import OPERATORS

__all__ = ["DEFAULT_DO", "expand"]

DEFAULT_DO = {
    "direct_identifier": "drop",
    "quasi_identifier": "keep",
    "sensitive": "keep",
    "insensitive": "keep",
    "narrative": "withhold",
    "internal": "drop",
}
"""What is done to a column of which only the role is said; what is kept is still recoded."""


def expand(raw: Any) -> Any:
    """A copy of a policy as YAML gives it, with each column's ``do`` written out; anything odd is left for the model."""
    try:
        tables = raw["records"]["tables"]
        columns = {name: {c: _column(rule) for c, rule in table["columns"].items()} for name, table in tables.items()}
    except (KeyError, TypeError, AttributeError):
        return raw
    whole = {name: {**table, "columns": columns[name]} for name, table in tables.items()}
    return {**raw, "records": {**raw["records"], "tables": whole}}


def _column(rule: Any) -> Any:
    if not isinstance(rule, dict):
        return rule
    role = rule.get("role")
    return {**rule, "do": _do(rule.get("do", DEFAULT_DO.get(role, "drop") if isinstance(role, str) else "drop"))}


def _do(given: Any) -> Any:
    """``drop`` means ``{drop: {}}``; the name of an installed extension means ``{extension: {name: …}}``."""
    if isinstance(given, str):
        given = {given: {}}
    if not isinstance(given, dict) or len(given) != 1:
        return given
    (name, params), *_ = given.items()
    if not isinstance(name, str) or refusal(name) is not None:
        return given
    if name not in Do.model_fields and name in OPERATORS:
        return {"extension": {"name": name, "params": params or {}}}
    return given if params is not None else {name: {}}
