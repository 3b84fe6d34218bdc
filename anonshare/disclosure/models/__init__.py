"""Privacy models as objects: ``KAnonymity(11)``, ``DistinctLDiversity("outcome", 2)``, ``TCloseness("outcome", 0.2)``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from numbers import Integral, Real
from typing import Any

from anonshare.disclosure.json_values import members, text
from anonshare.disclosure.models.joint_l_diversity import JointLDiversity
from anonshare.disclosure.models.k_anonymity import KAnonymity
from anonshare.disclosure.models.km_anonymity import KMAnonymity
from anonshare.disclosure.models.l_diversity import DistinctLDiversity, EntropyLDiversity, RecursiveLDiversity
from anonshare.disclosure.models.risks import AverageRisk, JournalistRisk, MarketerRisk, ProsecutorRisk
from anonshare.disclosure.models.t_closeness import TCloseness
from anonshare.disclosure.privacy_model import PrivacyModel

__all__ = [
    "AverageRisk",
    "DistinctLDiversity",
    "EntropyLDiversity",
    "JointLDiversity",
    "JournalistRisk",
    "KAnonymity",
    "KMAnonymity",
    "MarketerRisk",
    "ProsecutorRisk",
    "RecursiveLDiversity",
    "TCloseness",
    "bound_models",
    "model_of",
    "sensitive_columns",
    "spec_of",
]

_MODELS: tuple[type[Any], ...] = (
    KAnonymity,
    DistinctLDiversity,
    EntropyLDiversity,
    RecursiveLDiversity,
    TCloseness,
    ProsecutorRisk,
    AverageRisk,
    JournalistRisk,
    MarketerRisk,
    KMAnonymity,
    JointLDiversity,
)
_LEARNED = {"items", "parts", "places", "whole"}
"""What a model learns of a table."""

_BY_NAME = {model.name: model for model in _MODELS}


def bound_models(
    models: Sequence[PrivacyModel], vocabulary: Mapping[str, Sequence[str | None]]
) -> tuple[PrivacyModel, ...]:
    """The models, each knowing which code of its column is which value."""
    return tuple(m if m.column is None else m.bound(vocabulary[m.column]) for m in models)


def sensitive_columns(models: Sequence[PrivacyModel]) -> tuple[str, ...]:
    """The columns of the table that models look at, each once."""
    found: list[str] = []
    for model in models:
        found += model.columns if isinstance(model, JointLDiversity) else [model.column] if model.column else []
    return tuple(dict.fromkeys(found))


def spec_of(model: PrivacyModel) -> dict[str, Any]:
    """The model as plain data, for a recipe."""
    told: Any = model
    return {
        "model": model.name,
        **{one.name: _plain(getattr(told, one.name)) for one in fields(told) if one.name not in _LEARNED},
    }


def _plain(value: Any) -> Any:
    """Numbers of numpy are none of JSON's."""
    return int(value) if isinstance(value, Integral) else float(value) if isinstance(value, Real) else value


def model_of(spec: object) -> PrivacyModel:
    """The model out of its plain data; raises NotThat or DisclosureError for what is none."""
    kind = _BY_NAME[text(spec.get("model") if isinstance(spec, dict) else None, _BY_NAME)]
    names = [one.name for one in fields(kind) if one.name not in _LEARNED]
    told = members(spec, ("model", *names))
    model: PrivacyModel = kind(**{name: _frozen(told[name]) for name in names})
    return model


def _frozen(value: Any) -> Any:
    """Lists, and lists in them, as tuples: no model has more."""
    if not isinstance(value, list):
        return value
    return tuple(tuple(one) if isinstance(one, list) else one for one in value)
