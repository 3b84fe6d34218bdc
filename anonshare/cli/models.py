"""The models that read notes: what is installed, by digest, and how one is added."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, app
from anonshare.cli.say import data, words


@app.command()
def models(
    policy: Annotated[
        str | None, typer.Option("--policy", "-p", help="A policy: the digests it allows count as allowed.")
    ] = None,
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """What reads the notes: every installed model by its digest, and how one is added. Exits with 1 where one is refused."""
    from anonshare.detection.models import installed_models, models_json, models_lines
    from anonshare.pipeline.policies import policy_named

    allowed = frozenset(policy_named(policy, home).allowed_models) if policy else frozenset()
    found = installed_models(allowed)
    data(models_json(found) if as_json else list(models_lines(found)), as_json=as_json)
    refused = [f"{one.package} {one.version}" for one in found if one.state == "refused"]
    if refused:
        words(f"anonshare: no model of ours, but a package that squats the name: {', '.join(refused)}. Remove it.")
        raise typer.Exit(1)
