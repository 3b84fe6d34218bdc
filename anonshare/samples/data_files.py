"""The lists from which samples are drawn, as data."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["sample_data"]


@cache
def sample_data(name: str) -> dict[str, Any]:
    """A data file of this room: ``names`` or ``notes``."""
    raw: dict[str, Any] = json.loads((files("anonshare.samples") / "data" / f"{name}.json").read_text("utf-8"))
    return raw
