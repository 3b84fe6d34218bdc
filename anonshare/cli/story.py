"""The command that tells the whole story."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import app
from anonshare.cli.say import data

SHOWN_LINES = 80


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="A new folder.")] = Path("demo"),
    people: Annotated[int, typer.Option(min=50, max=100_000, help="Generated persons.")] = 600,
) -> None:
    """The whole story on generated cases: plan, draft, two approvals, seal, verify, audit, ingest, three refusals."""
    from anonshare.pipeline.demo import demo as story

    started = time.monotonic()
    for number, step in enumerate(story(folder, people=people), 1):
        data(f"\n{number:2}. [{step.place}] {step.title}")
        data(f"      {line}" for line in step.said[:SHOWN_LINES])
        if step.file is not None:
            data(f"      -> {step.file}")
    opened = next((folder / "desk" / "opened").glob("*.anonshare.zip"))
    data(f"\nDone in {time.monotonic() - started:.0f} s. Everything stays in {folder}; check the bundle yourself:")
    data(f"  anonshare verify {opened} --trust {folder / 'desk' / 'trust.dsse.json'}")
