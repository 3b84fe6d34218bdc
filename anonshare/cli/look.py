"""Looking before anything leaves: scan, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from anonshare.cli.app import Home, Json, app
from anonshare.cli.say import data, progress_bar


@app.command()
def scan(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook, CSV, Parquet, or a folder of Parquet.")],
    sheet: Annotated[str | None, typer.Option(help="The sheet of a workbook.")] = None,
    encoding: Annotated[str | None, typer.Option(help="How a CSV is written, e.g. cp1250; UTF-8 by itself.")] = None,
    language: Annotated[list[str] | None, typer.Option(help="A language of the notes, e.g. ro; once for each.")] = None,
    region: Annotated[str | None, typer.Option(help="Country of phone numbers without a code, e.g. RO.")] = None,
    as_json: Json = False,
) -> None:
    """What is in there: columns, kinds of identifiers, languages; counts, never a value."""
    from anonshare.pipeline.scan import scan as look
    from anonshare.pipeline.scan import scan_json, scan_lines

    source: dict[str, Any] = {k: v for k, v in (("sheet", sheet), ("encoding", encoding)) if v}
    found = look(file, source, languages=tuple(language or ()), region=region, progress=progress_bar())
    data(scan_json(found) if as_json else list(scan_lines(found)), as_json=as_json)


@app.command()
def explain(
    name: Annotated[str, typer.Argument(metavar="COLUMN|GATE|FIELD")],
    policy: Annotated[str | None, typer.Option("--policy", "-p", help="A policy of the workspace, or a path.")] = None,
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """Why: what a policy does with a column, what a gate checks, what a key of a policy means."""
    from anonshare.pipeline.explain import explain as why
    from anonshare.pipeline.policies import policy_named

    lines = why(name, policy_named(policy, home) if policy else None)
    data({"explain": "explain/1", "name": name, "lines": lines} if as_json else lines, as_json=as_json)
