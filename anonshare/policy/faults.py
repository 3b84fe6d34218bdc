"""Turn pydantic's errors into ours: all at once, with path, nearest name and remedy, and without what was given.

Words come from the table below by error type; ``msg`` and ``ctx`` of foreign types repeat the input and are never
used. Keys are the author's own words: an unknown one may be named to him.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from anonshare.errors import Fault
from anonshare.policy.refused import refusal

__all__ = ["faults_of"]

WORDS = {
    "missing": "is missing",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "date_from_datetime_parsing": "must be a date such as 2026-01-31",
    "date_parsing": "must be a date such as 2026-01-31",
    "date_type": "must be a date such as 2026-01-31",
    "literal_error": "is not one of the words allowed here",
    "string_pattern_mismatch": "has characters that are not allowed here",
    "string_too_short": "must not be empty",
    "string_too_long": "is too long",
    "too_short": "needs at least one entry",
    "too_long": "has too many entries",
    "greater_than_equal": "is too small",
    "less_than_equal": "is too large",
    "model_type": "must be a group of keys",
    "dict_type": "must be a group of keys",
    "tuple_type": "must be a list",
    "extra_forbidden": "is not a key that exists here",
}


def faults_of(error: ValidationError, root: type[BaseModel]) -> tuple[Fault, ...]:
    """Every finding of ``error``, located in a document of the model ``root``."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    return tuple(_fault(dict(one), root) for one in found)


def _fault(one: Mapping[str, Any], root: type[BaseModel]) -> Fault:
    location = [str(part) for part in one["loc"] if not _is_noise(part)]
    where = ".".join(location) or "the file"
    if one["type"] == "rule":
        return Fault(where, str(one["msg"]))
    remedy = None
    if one["type"] == "extra_forbidden":
        refused = refusal(location[-1]) if "do" in location[-2:-1] else None
        if refused is not None:
            return Fault(where, *refused)
        remedy = _nearest(str(one["loc"][-1]), _keys_at(root, location[:-1]))
    elif one["type"] == "literal_error":
        remedy = _choices(root, location)
    return Fault(where, WORDS.get(one["type"], "is not valid here"), remedy)


def _is_noise(part: object) -> bool:
    """Union branches and validators put their own labels into the path."""
    return isinstance(part, str) and ("[" in part or part in {"constrained-str", "tuple", "is-instance"})


def _nearest(key: str, known: Iterable[str]) -> str:
    names = sorted(known)
    near = get_close_matches(key, names, 1, 0.5)
    return f"did you mean {near[0]!r}?" if near else f"keys here: {', '.join(names)}"


def _keys_at(model: type[BaseModel], location: list[str]) -> list[str]:
    found = _model_at(model, location)
    return [field.alias or name for name, field in found.model_fields.items()] if found else []


def _choices(model: type[BaseModel], location: list[str]) -> str | None:
    parent = _model_at(model, location[:-1])
    field = _field(parent, location[-1]) if parent else None
    words = _literals(field.annotation) if field is not None else []
    return f"one of: {', '.join(words)}" if words else None


def _field(model: type[BaseModel], key: str) -> Any:
    return next((f for name, f in model.model_fields.items() if key in {name, f.alias}), None)


def _literals(annotation: Any) -> list[str]:
    arguments = getattr(annotation, "__args__", ())
    if arguments and all(isinstance(a, (str, int)) for a in arguments):
        return [str(a) for a in arguments]
    return [word for a in arguments for word in _literals(a)]


def _model_at(model: type[BaseModel], location: list[str]) -> type[BaseModel] | None:
    for position, key in enumerate(location):
        field = _field(model, key)
        if field is None:
            return None
        inner = _models_in(field.annotation)
        if not inner:
            return None
        rest = location[position + 1 :]
        if _is_container(field.annotation) and rest:
            rest = rest[1:]
        return _model_at(inner[0], rest)
    return model


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in getattr(annotation, "__args__", ()) for model in _models_in(part)]


def _is_container(annotation: Any) -> bool:
    return getattr(annotation, "__origin__", None) in {dict, tuple, list}
