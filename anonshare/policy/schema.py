"""The JSON Schema of a policy file, for editors; the committed copy is compared by a test."""

from __future__ import annotations

import json

from anonshare.policy.model import Policy

__all__ = ["policy_schema"]


def policy_schema() -> bytes:
    """The schema as JSON text with a final newline."""
    schema = Policy.model_json_schema(by_alias=True)
    schema["$defs"]["Column"]["required"] = ["role"]  # what is done to it may be left out: see shorthand.py
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "anonshare policy/1"
    return (json.dumps(schema, indent=2, sort_keys=True) + "\n").encode()
