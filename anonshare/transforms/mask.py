"""The ends of a value stay, and a fixed number of mask characters stands for the rest, so that its length stays home."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Mask"]

LEAST_HIDDEN = 4
"""Letters and digits that a value must have beside the kept ones; a shorter one is masked wholly."""


@dataclass(frozen=True, slots=True)
class Mask(OfValue):
    """Letters and digits count, what stands between them is gone; idempotent where nothing is kept."""

    keep_first: int
    keep_last: int
    character: str
    length: int

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The kept ends around the mask."""
        mask = self.character * self.length
        text = "".join(c for c in unicodedata.normalize("NFKC", value) if c.isalnum())
        if len(text) < self.keep_first + self.keep_last + LEAST_HIDDEN:
            return mask
        return text[: self.keep_first] + mask + text[len(text) - self.keep_last :]


def _build(params: Any, _context: OperatorContext) -> Mask:
    return Mask(params.keep_first, params.keep_last, params.character, params.length)


OPERATOR = OperatorSpec("mask", leaves=True, build=_build)
