"""Read a policy whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from anonshare.errors import Fault, PolicyError, ReleaseRefused
from anonshare.files import read_bytes
from anonshare.policy.faults import faults_of
from anonshare.policy.model import Policy
from anonshare.policy.shorthand import expand
from anonshare.wire.safe_yaml import load as load_yaml

__all__ = ["parse_policy", "placeholders", "policy_digest", "read_policy", "validate"]

SIZE_LIMIT = 1 << 20
PLACEHOLDER = re.compile(r"^<[^<>]{1,200}>$")
M = TypeVar("M", bound=BaseModel)


def read_policy(path: Path | str) -> Policy:
    """The policy in a YAML file; raises as ``parse_policy`` does, InputError where the file cannot be read."""
    return parse_policy(read_bytes(Path(path), "policy file", SIZE_LIMIT))


def parse_policy(text: str | bytes) -> Policy:
    """The policy in a YAML text.

    Raises ReleaseRefused (G1) for placeholders that a template still holds, PolicyError with all faults otherwise.
    """
    raw = load_yaml(text, "the policy")
    if not isinstance(raw, dict):
        raise PolicyError("The policy must be a group of keys.", hint="Start from a shelf policy.")
    open_places = [Fault(where, "still holds a placeholder", "fill it in") for where in placeholders(raw)]
    if open_places:
        raise ReleaseRefused(
            f"The policy still holds {len(open_places)} placeholder(s) of its template.",
            hint="Fill in what stands between < and >.",
            reason="G1",
            faults=tuple(open_places),
        )
    return validate(Policy, expand(raw), "policy")


def validate(model: type[M], raw: Any, what: str) -> M:
    """``raw`` (of YAML) as a strict model; raises PolicyError with every fault, its path and the nearest name."""
    try:
        return model.model_validate_json(json.dumps(raw))
    except ValidationError as error:
        found = faults_of(error, model)
    except (TypeError, ValueError):
        found = (Fault("the file", "holds something that no key can be"),)
    raise PolicyError(
        f"The {what} has {len(found)} fault(s); the first: {found[0]}.",
        hint=found[0].remedy or "Mend them and run it again.",
        faults=found,
    ) from None


def placeholders(value: Any, where: str = "") -> Iterator[str]:
    """The paths at which a template's ``<placeholder>`` still stands."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from placeholders(inner, f"{where}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from placeholders(inner, f"{where}[{number}]")
    elif isinstance(value, str) and PLACEHOLDER.match(value):
        yield where


def policy_digest(policy: Policy) -> str:
    """Hex SHA-256 of what the policy means: its canonical JSON, so that comments and order of keys do not count."""
    plain = policy.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return hashlib.sha256(json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
