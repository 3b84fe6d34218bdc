"""policy check, policy diff, policy schema."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, policy_app
from anonshare.cli.say import data

Name = Annotated[str, typer.Argument(metavar="POLICY", help="A policy of the workspace, or the path of one.")]


@policy_app.command("check")
def check(policy: Name, home: Home = Path(), as_json: Json = False) -> None:
    """Everything that is wrong with a policy, each with its place and a remedy; exits with 1 where anything is."""
    from anonshare.pipeline.policies import check_json, check_policy

    faults = check_policy(policy, home)
    if as_json:
        data(check_json(faults), as_json=True)
    else:
        data(f"{f}" + (f" -> {f.remedy}" if f.remedy else "") for f in faults)
        data([] if faults else ["The policy is complete."])
    if faults:
        raise typer.Exit(1)


@policy_app.command("diff")
def diff(old: Name, new: Name, home: Home = Path(), as_json: Json = False) -> None:
    """Two versions in a lawyer's words: what the new one gives more, what less."""
    from anonshare.pipeline.policies import policy_named
    from anonshare.policy.diff import differences

    found = differences(policy_named(old, home), policy_named(new, home))
    if as_json:
        changes = [{"where": d.where, "direction": d.direction, "words": d.words} for d in found]
        data({"diff": "policy-diff/1", "changes": changes}, as_json=True)
        return
    for direction, title in (("more", "Gives more"), ("less", "Gives less"), ("other", "Other changes")):
        lines = [f"  {d.where}: {d.words}" for d in found if d.direction == direction]
        data([f"{title}:", *lines] if lines else [])
    data([] if found else ["Nothing differs."])


@policy_app.command("schema")
def schema() -> None:
    """The JSON Schema of policies, for editors."""
    from anonshare.policy.schema import policy_schema

    data(policy_schema().decode().rstrip())
