"""Authentic, and acceptable here: for us, in time, in the order of its stream."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from anonshare.bundle.statement import Statement
from anonshare.errors import ExpiredBundle, NotForUs, OutOfOrder

__all__ = ["StreamState", "for_us", "in_order", "in_time"]


class StreamState(Protocol):
    """What a receiver remembers of streams; digests are those of payloads."""

    def accepted_at(self, digest: str) -> str | None:
        """When a bundle was first accepted here (UTC), None where it never was."""
        ...

    def voided(self, contributor: str, digest: str) -> bool:
        """Whether this contributor, and no other, has called a bundle back."""
        ...

    def last(self, contributor: str, stream: str) -> tuple[int, str | None] | None:
        """Number and digest of the last bundle of a stream."""
        ...

    def at(self, contributor: str, stream: str, seq: int) -> str | None:
        """The digest that was seen under a number, None where that number never came."""
        ...


def for_us(statement: Statement, receiver: str) -> None:
    """Raise NotForUs where ``receiver`` is not in the signed audience: age alone cannot stop that a bundle is passed on."""
    if receiver not in {entry.id for entry in statement.audience}:
        raise NotForUs("The bundle is signed for somebody else.", hint="Delete it and tell who sent it.")


def in_time(statement: Statement, now: datetime) -> None:
    """Raise ExpiredBundle after the last day on which the bundle may be accepted."""
    if statement.not_after is not None and now.strftime("%Y-%m-%dT%H:%M:%SZ") > statement.not_after:
        raise ExpiredBundle("The time in which the bundle may be accepted has passed.", hint="Ask for a new one.")


def in_order(statement: Statement, digest: str, state: StreamState | None) -> str:
    """``first``, ``next``, ``duplicate`` or ``not checked``.

    Raises OutOfOrder, its reason saying which: ``voided``, ``replay``, ``rollback``, ``gap`` or ``fork``.
    """
    if state is None:
        return "not checked"
    if state.voided(statement.contributor, digest):
        raise OutOfOrder("The contributor has called this bundle back.", hint="Delete the file.", reason="voided")
    if state.accepted_at(digest) is not None:
        return "duplicate"
    number, before = state.last(statement.contributor, statement.stream) or (0, None)
    if statement.seq <= number:
        raise _behind(statement, number, state.at(statement.contributor, statement.stream, statement.seq), digest)
    if statement.seq > number + 1:
        raise OutOfOrder(
            f"Number {statement.seq} follows number {number}: bundles are missing.",
            hint="Ask the contributor for those between.",
            reason="gap",
        )
    if statement.prev != before:
        raise OutOfOrder(
            "The bundle does not follow the one that came last: keep both as evidence, and ask the contributor.",
            reason="fork",
        )
    return "next" if number else "first"


def _behind(statement: Statement, number: int, known: str | None, digest: str) -> OutOfOrder:
    if known == digest:
        return OutOfOrder("This bundle was refused here before, and is again: a replay.", reason="replay")
    if known is not None:
        return OutOfOrder(
            "Two different bundles have the same number: keep both as evidence, and ask the contributor.", reason="fork"
        )
    return OutOfOrder(
        f"Number {statement.seq} of the stream comes after number {number}: a rollback.", reason="rollback"
    )
