"""What a receiver demands of every bundle (``anonshare: requirements/1``)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from anonshare.errors import PolicyError
from anonshare.files import read_bytes
from anonshare.policy.base import Model, Slug, Text
from anonshare.policy.header import Duration
from anonshare.policy.load import SIZE_LIMIT, validate
from anonshare.policy.shelf import requirements_template
from anonshare.wire.safe_yaml import load as load_yaml

__all__ = ["FILE", "Least", "Requirements", "parse_requirements", "read_requirements", "requirements_schema"]

FILE = "requirements.yaml"
"""Its name in an agency's workspace."""


class Least(Model):
    """Numbers that no bundle may stay below: persons per class, persons per published cell, persons who signed."""

    k_anonymity: Annotated[int, Field(ge=2, le=10_000)] = 11
    min_count: Annotated[int, Field(ge=2, le=10_000)] = 11
    approvals: Annotated[int, Field(ge=1, le=20)] = 2


class Requirements(Model):
    """One file of requirements.

    ``recomputed`` names the promises that count only when the receiver recomputed them; ``handling`` the restrictions
    (Europol handling codes) that he can keep.
    """

    anonshare: Literal["requirements/1"]
    id: Slug
    title: Text
    least: Least = Least()
    recomputed: tuple[Literal["k_anonymity", "l_diversity", "cells", "identifiers"], ...] = ()
    delete_by: Literal["required", "optional"] = "required"
    handling: tuple[Literal["H0", "H1", "H2", "H3"], ...] = ("H0", "H1", "H2", "H3")
    max_age: Duration | None = None


def read_requirements(home: Path) -> Requirements:
    """The requirements of the workspace at ``home``; the shipped default where it has none of its own."""
    path = home / FILE
    if not path.is_file():
        return parse_requirements(requirements_template().encode())
    return parse_requirements(read_bytes(path, "requirements", SIZE_LIMIT))


def parse_requirements(text: bytes) -> Requirements:
    """The requirements in a YAML text; raises PolicyError with every fault."""
    raw = load_yaml(text, "the requirements")
    if not isinstance(raw, dict):
        raise PolicyError("The requirements must be a group of keys.", hint="Start from the default.")
    return validate(Requirements, raw, "requirements file")


def requirements_schema() -> bytes:
    """The JSON Schema as text with a final newline."""
    schema = Requirements.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "anonshare requirements/1"
    return (json.dumps(schema, indent=2, sort_keys=True) + "\n").encode()
