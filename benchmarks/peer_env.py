"""Environments of their own for peers that pin older libraries than we use: made once, outside of the project."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["peer_python"]


def peer_python(name: str, *packages: str) -> Path | None:
    """The Python of an environment with these packages; None where it cannot be made (no index, no disk)."""
    folder = Path(tempfile.gettempdir()) / "anonshare-peers" / name
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "made"
    if done.is_file() and done.read_text("utf-8") == " ".join(packages):
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages]
        subprocess.run(install, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    done.write_text(" ".join(packages), "utf-8")
    return python
