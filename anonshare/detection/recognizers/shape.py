"""One row of the table of shapes: an identifier that its own form, or its check digit, tells without a label."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Shape"]


@dataclass(frozen=True)
class Shape:
    """A class of identifiers by its form.

    ``at`` says where ``pattern`` is tried: ``number`` at the places of ``Reading.numbers`` alone (anchored, so it needs
    no look-behind), ``anywhere`` by a search, and then only in texts that hold one of the literals ``needs`` (compared
    in folded case). The span is the group ``it`` where the pattern has one. ``check`` proves what stands there (a check
    digit, a range); ``proof`` says that what passes can hardly be anything else, and then the span's score is 1.
    ``countries`` limits a weak shape to policies that name one of them (ISO alpha-2); empty: always.
    ``examples`` hold the identifier between « and », ``counterexamples`` hold none. ``source`` is the norm or register.
    """

    entity: str
    pattern: re.Pattern[str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    source: str
    score: float = 0.6
    at: Literal["number", "anywhere"] = "number"
    needs: tuple[str, ...] = ()
    check: Callable[[str], bool] | None = None
    proof: bool = False
    countries: frozenset[str] = frozenset()
