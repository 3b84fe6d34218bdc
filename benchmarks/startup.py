"""CPU of ``--help`` and ``verify`` beside that of a Python that imports the base libraries alone."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import anonshare as an

BASE = "import typer, rich.console, cryptography.hazmat.primitives.asymmetric.ed25519, pydantic, yaml"


def cpu(*command: str, rounds: int = 5) -> float:
    found = []
    for _ in range(rounds):
        before = os.times()
        subprocess.run(command, capture_output=True, check=True)
        after = os.times()
        found.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return min(found)


def run():
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "demo"
        for _ in an.demo(root, people=120):
            pass
        (opened,) = (root / "desk" / "opened").glob("*.zip")
        trust = root / "desk" / "trust.dsse.json"
        base = cpu(sys.executable, "-c", BASE)
        yield f"base libraries alone: {base:.2f} s CPU"
        for words in (["--help"], ["verify", str(opened), "--trust", str(trust)]):
            used = cpu(sys.executable, "-m", "anonshare", *words)
            yield f"anonshare {words[0]}: {used:.2f} s CPU, {used / base:.2f}x the base libraries"
