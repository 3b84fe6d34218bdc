"""The everyday verbs on policy files: find one, check it, tell two versions apart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from anonshare.errors import Fault, PolicyError, ReleaseRefused
from anonshare.policy.lint import lint
from anonshare.policy.load import read_policy
from anonshare.policy.model import Policy
from anonshare.workspace import Workspace

__all__ = ["check_json", "check_policy", "policy_named"]


def policy_named(name: str | Path, home: Path) -> Policy:
    """A policy by path, or by name in the workspace ``home``; a path needs no workspace."""
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} and path.is_file():
        return read_policy(path)
    return Workspace.open(home).policy(name)


def check_policy(name: str | Path, home: Path) -> tuple[Fault, ...]:
    """Everything that is wrong with a policy: its form, its unfilled places, and rules between its keys."""
    try:
        return lint(policy_named(name, home))
    except (PolicyError, ReleaseRefused) as error:
        if not error.faults:
            raise
        return error.faults


def check_json(faults: tuple[Fault, ...]) -> dict[str, Any]:
    """The outcome as one object."""
    return {
        "check": "policy-check/1",
        "met": not faults,
        "faults": [{"where": f.where, "problem": f.problem, "remedy": f.remedy} for f in faults],
    }
