"""A recoding as a recipe: kept as JSON, applied to other records under the same classes. It stays with the contributor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from anonshare.codes.hierarchies import hierarchy as hierarchy_of
from anonshare.codes.tables import Table
from anonshare.disclosure.coded_table import Roles
from anonshare.disclosure.descent import Descent, FeatureName, Step
from anonshare.disclosure.models import model_of, spec_of
from anonshare.disclosure.privacy_model import PrivacyModel
from anonshare.disclosure.shapes_of_persons import Assignment
from anonshare.errors import AnonshareError, DisclosureError
from anonshare.shapes import Hierarchy

__all__ = ["Rules", "read_rules", "rules_json"]

VERSION = "recipe/1"


@dataclass(frozen=True)
class Rules:
    """What was decided: the roles of the columns, the models, and a level per column or the steps of a local recoding."""

    method: str
    roles: Roles
    models: tuple[PrivacyModel, ...]
    levels: tuple[int, ...] | None = None
    assigned: Assignment = field(default_factory=dict)
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
            "assigned": [
                [list(own), [[list(shape), count] for shape, count in ways]]
                for own, ways in sorted(rules.assigned.items())
            ],
            "descents": [[list(shape), _descent_json(one)] for shape, one in sorted(rules.descents.items())],
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
        raw = json.loads(data)
        {VERSION: None}[raw["recipe"]]
        as_of = None if raw["as_of"] is None else date.fromisoformat(raw["as_of"])
        roles = Roles(
            keys={str(name): _hierarchy(str(name), told, as_of) for name, told in raw["keys"]},
            flat=tuple(raw["flat"]),
            sensitive=tuple(raw["sensitive"]),
            insensitive=tuple(raw["insensitive"]),
            unit=tuple(raw["unit"]),
            missing=raw["missing"],
            as_of=as_of,
        )
        return Rules(
            method=str(raw["method"]),
            roles=roles,
            models=tuple(map(model_of, raw["models"])),
            levels=None if raw["levels"] is None else tuple(raw["levels"]),
            assigned={
                tuple(own): tuple((tuple(shape), count) for shape, count in ways) for own, ways in raw["assigned"]
            },
            descents={tuple(shape): _descent(one) for shape, one in raw["descents"]},
            sets=bool(raw["sets"]),
            suppressed={str(name): tuple(map(str, values)) for name, values in raw["suppressed"].items()},
            ties=bytes.fromhex(raw["ties"]),
        )
    except (AnonshareError, RecursionError, KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise DisclosureError(
            "This is no recipe of a recoding, or one of another version.", hint="It is what recipe.to_json() gave."
        ) from None


def _told(hierarchy: Hierarchy) -> str | list[list[str]]:
    """The rows of a hierarchy, or the name of one of the field."""
    return [list(row) for row in hierarchy.rows.values()] if isinstance(hierarchy, Table) else hierarchy.name


def _hierarchy(name: str, told: Any, as_of: date | None) -> Hierarchy:
    if isinstance(told, str):
        return hierarchy_of(told, as_of=as_of or date.min)
    return Table(name, {row[0]: tuple(row) for row in told})


def _descent_json(descent: Descent) -> dict[str, Any]:
    return {
        "features": [[one.column, one.position] for one in descent.features],
        "roots": list(descent.roots),
        "steps": [_step_json(step) for step in descent.steps],
    }


def _step_json(step: Step) -> dict[str, Any]:
    told = asdict(step)
    # a list, for labels are any text, and keys of JSON are sorted
    told["children"] = [[label, following] for label, following in step.children.items()]
    told["spare"] = None if step.spare is None else list(step.spare)
    return told


def _descent(raw: Mapping[str, Any]) -> Descent:
    steps = [
        Step(
            feature=int(one["feature"]),
            level=int(one["level"]),
            children={str(label): following for label, following in one["children"]},
            has_rest=bool(one["has_rest"]),
            rest=one["rest"],
            spare=None if one["spare"] is None else (str(one["spare"][0]), int(one["spare"][1])),
        )
        for one in raw["steps"]
    ]
    features = tuple(FeatureName(column, position) for column, position in raw["features"])
    return Descent(features, tuple(raw["roots"]), steps)
