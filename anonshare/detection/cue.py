"""One pattern of the tables: what it finds, how sure it is, where that comes from, and what proves it."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What a pattern finds, with examples that it must find and counterexamples that it must not."""

    entity: str
    pattern: re.Pattern[str]
    score: float
    source: str
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
