"""What the ledger forbids of the keys of tokens: two epochs for a bundle, and the end of one that is still in use."""

from __future__ import annotations

from collections.abc import Iterable

from anonshare.errors import LedgerError
from anonshare.ledger.entries import Entry, Keyed, Released, Reserved

__all__ = ["must_be_over", "same_keys", "unkeyed"]


def same_keys(held: Keyed, wanted: Keyed) -> Keyed:
    """What stands there, where it is what is wanted; raises LedgerError where a bundle would have two epochs."""
    if (held.epoch, held.key_ids, held.delete_at) != (wanted.epoch, wanted.key_ids, wanted.delete_at):
        raise LedgerError("The ledger says already with which keys, and until when, this bundle left.", reason="keyed")
    return held


def unkeyed(releases: Iterable[Released], keyed: Iterable[Keyed]) -> tuple[Released, ...]:
    """Releases of which the ledger does not say with which keys they left."""
    known = {entry.bundle_id for entry in keyed}
    return tuple(entry for entry in releases if entry.bundle_id not in known)


def must_be_over(
    epoch: str,
    ended: str,
    now: str,
    *,
    entries: Iterable[Entry],
    waiting: Iterable[Reserved],
    unknown: Iterable[Released],
) -> None:
    """Raise LedgerError where something under an epoch, which ended at ``ended``, is still in use at ``now``.

    A bundle is in use until its recipient deletes it, and for ever where no day was agreed. A draft that was begun
    before the end may hold tokens of the epoch, and so may a release of which the ledger says nothing: both count.
    """
    running = [e for e in entries if isinstance(e, Keyed) and e.epoch == epoch and e.key_ids]
    running = [e for e in running if e.delete_at is None or e.delete_at > now]
    if running:
        last = max(e.delete_at or "9999" for e in running)
        until = "no day of deletion was agreed" if last == "9999" else f"the last one is deleted at {last}"
        raise LedgerError(
            f"{len(running)} release(s) under epoch {epoch} are in use: {until}.",
            hint="Destroy the key after that day.",
            reason="epoch-in-use",
        )
    drafts = sum(entry.when <= ended for entry in waiting)
    if drafts:
        raise LedgerError(
            f"{drafts} draft(s) from before the end of epoch {epoch} are open.",
            hint="Seal them, or give them up: anonshare status",
            reason="epoch-in-use",
        )
    silent = sum(entry.when <= ended for entry in unknown)
    if silent:
        raise LedgerError(
            f"Of {silent} release(s) before the end of epoch {epoch} it is not known until when they are in use.",
            hint="They left before the ledger wrote that down: the key stays.",
            reason="epoch-in-use",
        )
