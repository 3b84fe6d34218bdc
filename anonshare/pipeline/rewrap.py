"""Tokens of an earlier epoch as tokens of today: for the tokens of one approved request, never for a column.

A mapping from old to new tokens in a bundle would undo the change of the key for everybody who holds both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from anonshare.errors import ReleaseRefused
from anonshare.pipeline.register import RegisterRow
from anonshare.pipeline.reversal import Answered, Hit, answer_with
from anonshare.trust.reversals import Found
from anonshare.workspace import Workspace

__all__ = ["Retoken", "answer_rewrap", "rewrap"]

Retoken = Callable[[str, str], str | None]
"""The token, under the current epoch, of what the source holds for a person (his unit text) in a column; or None."""


def rewrap(tokens: Iterable[str], register: Iterable[RegisterRow], retoken: Retoken) -> Mapping[str, str]:
    """Old token -> token of today, of those whose value the source still holds.

    Raises ReleaseRefused where one would become two: the source has changed since, and nobody can say which it was.
    """
    wanted, made = set(tokens), dict[str, str]()
    for row in register:
        for column, token in sorted(row.tokens.items()):
            new = retoken(row.unit_text, column) if token in wanted else None
            if new is not None and made.setdefault(token, new) != new:
                raise ReleaseRefused(
                    "A token would become two: the records behind it differ in the source today.", reason="rewrap"
                )
    return made


def answer_rewrap(
    home: Workspace,
    request: Path | str,
    approvals: Sequence[Path | str],
    *,
    identities: Sequence[str],
    retoken: Retoken,
    to: Path | str,
    now: datetime | None = None,
) -> Answered:
    """Answer a request whose wish is ``rewrap``, under the same approvals, limits, log and seal as a reversal."""

    def fill(hits: Sequence[Hit]) -> tuple[Found, ...]:
        made = rewrap({hit.token for hit in hits}, [hit.row for hit in hits], retoken)
        return tuple(Found(token=old, now=new) for old, new in sorted(made.items()))

    return answer_with(home, request, approvals, wish="rewrap", fill=fill, identities=identities, to=to, now=now)
