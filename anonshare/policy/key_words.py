"""What every key of a policy means, in the words of the model that holds it."""

from __future__ import annotations

import inspect
from typing import Any, get_args

from pydantic import BaseModel

from anonshare.policy.model import Policy

__all__ = ["key_words"]

DEEPEST = 7


def key_words() -> dict[str, str]:
    """Dotted path of a key -> its meaning; keys below names that the author chooses are told once."""
    return _fields(Policy)


def _fields(model: type[BaseModel], path: str = "") -> dict[str, str]:
    """Dotted paths of keys and what their group says of itself."""
    found: dict[str, str] = {}
    for name, field in model.model_fields.items():
        key = f"{path}{field.alias or name}"
        inner = next((one for one in _models(field.annotation)), None)
        words = inspect.cleandoc((inner or model).__doc__ or "").replace("\n", " ")
        found[key] = words if inner else f"a key of {path.rstrip('.') or 'the policy'}. {words}"
        if inner is not None and key.count(".") < DEEPEST:
            found |= _fields(inner, f"{key}.")
    return found


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for inner in get_args(annotation) for model in _models(inner)]
