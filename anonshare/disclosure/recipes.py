"""A recoding as a recipe: kept as JSON, applied to other records under the same classes. It stays with the contributor."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, get_args

from anonshare.codes.hierarchies import hierarchy as hierarchy_of
from anonshare.codes.tables import Table, hierarchy_of_rows
from anonshare.disclosure.coded_table import Missing, Roles
from anonshare.disclosure.descent import Descent
from anonshare.disclosure.json_values import (
    NotThat,
    items,
    key_of_hex,
    members,
    parsed,
    text,
    texts,
    truth,
    whole,
    without_twins,
)
from anonshare.disclosure.keys import MAX_HEIGHT
from anonshare.disclosure.models import KMAnonymity, model_of, sensitive_columns, spec_of
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.recipe_steps import assigned_json, descents_json, read_assigned, read_descents
from anonshare.disclosure.shapes_of_persons import Assignment
from anonshare.errors import AnonshareError, DisclosureError
from anonshare.shapes import Hierarchy

__all__ = ["Rules", "read_rules", "rules_json"]

VERSION = "recipe/1"
_MEMBERS = (
    *("recipe", "method", "keys", "as_of", "flat", "sensitive", "insensitive", "unit", "missing", "models"),
    *("levels", "assigned", "descents", "sets", "suppressed", "ties"),
)


@dataclass(frozen=True)
class Rules:
    """What was decided: the roles of the columns, the models, and a level per column or the steps of a local recoding."""

    method: str
    roles: Roles
    models: tuple[PrivacyModel, ...]
    levels: tuple[int, ...] | None = None
    assigned: Assignment = field(default_factory=dict, repr=False)
    descents: Mapping[tuple[int, ...], Descent] = field(default_factory=dict, repr=False)
    sets: bool = False
    suppressed: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Values that leave no cell of a column of sets."""
    ties: bytes = field(default=b"", repr=False)
    """The key that decides among persons who are alike."""


def rules_json(rules: Rules) -> bytes:
    """The rules as canonical JSON; it holds labels of hierarchies, and is for nobody but the contributor."""
    roles = rules.roles
    return json.dumps(
        {
            "recipe": VERSION,
            "method": rules.method,
            # a list, for the order of the columns is that of the levels
            "keys": [[name, _told(hierarchy)] for name, hierarchy in roles.keys.items()],
            "as_of": None if roles.as_of is None else roles.as_of.isoformat(),
            "flat": list(roles.flat),
            "sensitive": list(roles.sensitive),
            "insensitive": list(roles.insensitive),
            "unit": list(roles.unit),
            "missing": roles.missing,
            "models": [spec_of(model) for model in rules.models],
            "levels": None if rules.levels is None else list(rules.levels),
            "assigned": assigned_json(rules.assigned),
            "descents": descents_json(rules.descents),
            "sets": rules.sets,
            "suppressed": {name: list(values) for name, values in rules.suppressed.items()},
            "ties": rules.ties.hex(),
        },
        ensure_ascii=False,
        sort_keys=True,
    ).encode()


def read_rules(data: bytes) -> Rules:
    """The rules out of their JSON; raises DisclosureError where it is none, without a word of what it holds."""
    try:
        return _rules(members(parsed(data), _MEMBERS))
    except (AnonshareError, NotThat):
        raise DisclosureError(
            "This is no recipe of a recoding, or one of another version.", hint="It is what recipe.to_json() gave."
        ) from None


def _rules(raw: Mapping[str, Any]) -> Rules:
    text(raw["recipe"], [VERSION])
    models = tuple(map(model_of, items(raw["models"])))
    roles = _roles(raw, models)
    heights = [*(one.height for one in roles.keys.values()), *(1 for _ in roles.flat)]
    assigned, descents = read_assigned(raw["assigned"]), read_descents(raw["descents"], heights)
    levels = None if raw["levels"] is None else _levels(raw["levels"], heights)
    method = text(raw["method"], ["global" if levels is not None else "local"])
    if {kept for ways in assigned.values() for kept, _ in ways} != descents.keys() or (levels is not None and assigned):
        raise NotThat
    return Rules(
        method=method,
        roles=roles,
        models=models,
        levels=levels,
        assigned=assigned,
        descents=descents,
        sets=truth(raw["sets"]),
        suppressed=_suppressed(raw["suppressed"], models),
        ties=key_of_hex(raw["ties"]),
    )


def _roles(raw: Mapping[str, Any], models: Sequence[PrivacyModel]) -> Roles:
    as_of = None if raw["as_of"] is None else _day(raw["as_of"])
    pairs = [items(one, 2) for one in items(raw["keys"])]
    keys = without_twins((text(name), _hierarchy(name, told, as_of)) for name, told in pairs)
    flat, sensitive, insensitive, unit = (texts(raw[role]) for role in ("flat", "sensitive", "insensitive", "unit"))
    named = [*keys, *flat, *sensitive, *insensitive, *unit]
    if not models or sensitive != sensitive_columns(models) or len(set(named)) != len(named):
        raise NotThat
    missing: Missing = text(raw["missing"], get_args(Missing))  # type: ignore[assignment]  # one of them
    return Roles(keys, flat, sensitive, insensitive, unit, missing, as_of)


def _day(raw: object) -> date:
    try:
        day = date.fromisoformat(text(raw))
    except ValueError:
        raise NotThat from None
    text(raw, [day.isoformat()])
    return day


def _levels(raw: object, heights: Sequence[int]) -> tuple[int, ...]:
    return tuple(whole(one, 0, height) for one, height in zip(items(raw, len(heights)), heights, strict=True))


def _suppressed(raw: object, models: Sequence[PrivacyModel]) -> dict[str, tuple[str, ...]]:
    columns = {model.of for model in models if isinstance(model, KMAnonymity)}
    return {name: texts(values) for name, values in members(raw, columns).items()}


def _told(hierarchy: Hierarchy) -> str | list[list[str]]:
    """The rows of a hierarchy, or the name of one of the field."""
    return [list(row) for row in hierarchy.rows.values()] if isinstance(hierarchy, Table) else hierarchy.name


def _hierarchy(name: str, told: object, as_of: date | None) -> Hierarchy:
    if isinstance(told, str):
        if as_of is None:
            raise NotThat
        return hierarchy_of(text(told), as_of=as_of)
    rows = [tuple(map(text, items(row))) for row in items(told)]
    made = hierarchy_of_rows(name, rows)
    # neither space nor a root is left to take away
    if list(made.rows.values()) != rows or made.height > MAX_HEIGHT:
        raise NotThat
    return made
