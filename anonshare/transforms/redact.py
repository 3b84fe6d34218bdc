"""A cell becomes one fixed mark of its type: it says that there was a value, and nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anonshare.transforms.entities import WORDS
from anonshare.transforms.spec import OfValue, OperatorContext, OperatorSpec

__all__ = ["OPERATOR", "Redact"]


@dataclass(frozen=True, slots=True)
class Redact(OfValue):
    """Any value becomes the mark; idempotent."""

    mark: str

    def __call__(self, value: str, person: str = "") -> str | None:  # noqa: ARG002  one signature for all operators
        """The mark, ``<PHONE_NUMBER>``."""
        return self.mark


def _build(params: Any, context: OperatorContext) -> Redact:
    return Redact(f"<{WORDS.get(params.entity or context.entity or '', 'VALUE')}>")


OPERATOR = OperatorSpec("redact", leaves=True, build=_build)
