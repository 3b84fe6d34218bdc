"""Notes become the codes that a lexicon finds in them, and nothing else of the text leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "SEPARATOR", "ExtractCodes"]

SEPARATOR = ";"
"""Between codes of one cell, as HTCDS writes a field of several answers."""


@dataclass(frozen=True, slots=True)
class ExtractCodes(OfValue):
    """``find(text)`` gives the codes in a text; they leave sorted and once each, so their order tells nothing."""

    find: Callable[[str], tuple[str, ...]] = field(repr=False)

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The codes joined by ``;``, None where the lexicon finds none."""
        return SEPARATOR.join(sorted(set(self.find(value)))) or None


def _build(params: Any, _context: OperatorContext) -> ExtractCodes:
    from anonshare.codes.lexicons import lexicon

    return ExtractCodes(lexicon(params.lexicon).find)


OPERATOR = OperatorSpec("codes", leaves=True, build=_build)
