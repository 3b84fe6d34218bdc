"""What a reservation forbids: another draft under its number, and a release without it."""

from __future__ import annotations

from anonshare.errors import LedgerError
from anonshare.ledger.entries import Reserved

__all__ = ["not_reserved", "same_draft"]


def same_draft(held: Reserved, wanted: Reserved) -> Reserved:
    """The reservation that is held, where it is the one that is wanted; raises LedgerError otherwise."""
    if (held.seq, held.bundle_id, held.input_digest, held.policy_digest) != (
        wanted.seq,
        wanted.bundle_id,
        wanted.input_digest,
        wanted.policy_digest,
    ):
        raise LedgerError(
            f"Number {held.seq} of this stream is reserved by another draft.",
            hint="Seal that draft, or give it up.",
            reason="open-draft",
        )
    return held


def not_reserved() -> LedgerError:
    """The refusal of a bundle that holds no number."""
    return LedgerError(
        "This bundle holds no open reservation in the ledger.",
        hint="It was released, given up, or drafted elsewhere: draft again.",
        reason="not-reserved",
    )
