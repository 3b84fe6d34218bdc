"""What has left: numbers reserved, released and given up, in one chained file.

A number belongs to one bundle. It is reserved before anything random is drawn, and released after the bytes have left,
so that a crash in between shows as an open reservation and never as a second bundle with the same number.
"""

from __future__ import annotations

from anonshare.errors import LedgerError
from anonshare.ledger.book import Book
from anonshare.ledger.entries import (
    Entry,
    KeyDestroyed,
    Keyed,
    KeyRotated,
    Lost,
    Noticed,
    Recovered,
    Released,
    Reserved,
    Restored,
    Voided,
    to_record,
)
from anonshare.ledger.key_rules import must_be_over, same_keys, unkeyed
from anonshare.ledger.reserved import not_reserved, same_draft

__all__ = ["Ledger"]


class Ledger(Book):
    """The ledger of a contributor in a folder of its own."""

    def releases(self, stream: str | None = None) -> tuple[Released, ...]:
        """What has left, of one stream or of all."""
        return tuple(e for e in self.entries() if isinstance(e, Released) and stream in (None, e.stream))

    def open_reservations(self) -> tuple[Reserved, ...]:
        """Numbers that are neither released nor given up, at most one a stream."""
        found: dict[str, Reserved] = {}
        for entry in self.entries():
            if isinstance(entry, Reserved):
                found[entry.stream] = entry
            elif isinstance(entry, Released | Voided):
                found.pop(entry.stream, None)
        return tuple(found.values())

    def next_number(self, stream: str) -> tuple[int, str | None]:
        """The number that the next bundle of a stream has, and the digest of the one before it (None for the first).

        While a draft is open its number is the next one still: ``reserve`` refuses it to any other bundle.
        """
        gone = [e for e in self.entries() if isinstance(e, Released | Lost) and e.stream == stream]
        skipped = [e.to for e in self._notices(stream, "skip")]
        number = max([*(entry.seq for entry in gone), *skipped], default=0)
        last = max((e for e in gone if e.digest is not None), key=lambda entry: entry.seq, default=None)
        return number + 1, last.digest if last else None

    def voided(self, stream: str, seq: int) -> bool:
        """Whether the release with this number was called back."""
        return any(entry.seq == seq for entry in self._notices(stream, "void"))

    def notice(self, entry: Noticed) -> None:
        """Write down a notice that goes out."""
        with self._writing():
            self._append(entry)

    def _notices(self, stream: str, kind: str) -> list[Noticed]:
        return [e for e in self.entries() if isinstance(e, Noticed) and (e.stream, e.notice) == (stream, kind)]

    def lost(self) -> tuple[Lost, ...]:
        """Releases that recipients have seen and this ledger knows nothing of."""
        return tuple(entry for entry in self.entries() if isinstance(entry, Lost))

    @property
    def restored(self) -> Restored | None:
        """The backup from which the ledger came back, None where it never did or was compared since.

        It stands in the chain: no file can be removed to make a restored ledger look current.
        """
        found: Restored | None = None
        for entry in self.entries():
            if isinstance(entry, Restored):
                found = entry
            elif isinstance(entry, Recovered):
                found = None
        return found

    @property
    def stale_since(self) -> str | None:
        """The time of the backup from which the ledger was restored, None where it is up to date."""
        restored = self.restored
        return restored.made if restored else None

    def must_be_current(self) -> None:
        """Raise LedgerError where the ledger does not know, or cannot judge, all that has left."""
        if self.restored is not None:
            raise LedgerError(
                "The ledger was restored from a backup: what left after it is not in it, and a release could undo it.",
                hint="Ask every agency for its signed heads, then: anonshare ledger recover FILE...",
                reason="stale",
            )
        if self.lost():
            raise LedgerError(
                "Releases are lost to this ledger: nobody can say who was in them, so no other can be compared.",
                hint="Restore a newer backup, one that holds them.",
                reason="lost",
            )

    def restore(self, made: str, when: str) -> Restored:
        """Write down that the ledger came back at ``when`` from a backup made at ``made``: it is stale from now on."""
        entry = Restored(made, when)
        with self._writing():
            self._append(entry)
        return entry

    def recovered(self, lost: tuple[Lost, ...], entry: Recovered) -> None:
        """Write down what was lost and who compared; the ledger is stale no more. Entries are checked before any is."""
        entries: tuple[Entry, ...] = (*lost, entry)
        for one in entries:
            to_record(one)
        with self._writing():
            for one in entries:
                self._append(one)

    def reserve(
        self,
        *,
        stream: str,
        seq: int,
        bundle_id: str,
        policy_digest: str,
        input_digest: str,
        when: str,
        persons: int | None = None,
        rows: int | None = None,
        budget: str = "0",
    ) -> Reserved:
        """Take the next number of a stream for a bundle; the same bundle again changes nothing (a run after a crash).

        Raises LedgerError where another bundle holds an open reservation, or ``seq`` is not the next number.
        """
        entry = Reserved(stream, seq, bundle_id, policy_digest, input_digest, when, persons, rows, budget)
        with self._writing():
            self.must_be_current()
            held = self._open(stream)
            if held is not None:
                return same_draft(held, entry)
            if seq != self.next_number(stream)[0]:
                raise LedgerError(
                    f"Number {seq} is not the next one of this stream.", hint="Draft again.", reason="number"
                )
            self._append(entry)
        return entry

    def release(
        self,
        *,
        stream: str,
        seq: int,
        bundle_id: str,
        digest: str,
        recipients: tuple[str, ...],
        approvals: tuple[str, ...],
        when: str,
    ) -> Released:
        """Write down that a reserved bundle has left; the same one again changes nothing.

        Raises LedgerError where the number is not reserved for this bundle, or left with other bytes.
        """
        entry = Released(stream, seq, bundle_id, digest, recipients, approvals, when)
        with self._writing():
            for earlier in self.releases(stream):
                if (earlier.seq, earlier.bundle_id, earlier.digest) == (seq, bundle_id, digest):
                    return earlier
            held = self._open(stream)
            if held is None or (held.seq, held.bundle_id) != (seq, bundle_id):
                raise not_reserved()
            self.must_be_current()
            self._append(entry)
        return entry

    def void(self, *, bundle_id: str, when: str | None = None) -> Voided:
        """Give up an open reservation of which nothing has left; its number is free again.

        Raises LedgerError where the bundle holds none. A bundle that may have left must not be voided here: another one
        would get its number, and its receiver could not tell them apart from a fork.
        """
        with self._writing():
            self.must_be_current()
            held = next((entry for entry in self.open_reservations() if entry.bundle_id == bundle_id), None)
            if held is None:
                raise not_reserved()
            entry = Voided(held.stream, held.seq, bundle_id, when)
            self._append(entry)
        return entry

    def keyed(self, entry: Keyed) -> Keyed:
        """Write down under which epoch a bundle leaves; the same again changes nothing.

        Raises LedgerError where the bundle holds no number, has another epoch already, or its epoch was destroyed.
        """
        with self._writing():
            known: tuple[Reserved | Released, ...] = (*self.open_reservations(), *self.releases())
            if (entry.stream, entry.seq, entry.bundle_id) not in {(e.stream, e.seq, e.bundle_id) for e in known}:
                raise not_reserved()
            held = next((e for e in self.keyed_bundles() if e.bundle_id == entry.bundle_id), None)
            if held is not None:
                return same_keys(held, entry)
            if entry.epoch in self.destroyed_epochs():
                raise LedgerError(f"The key of epoch {entry.epoch} was destroyed.", hint="Draft again.")
            self._append(entry)
        return entry

    def keyed_bundles(self) -> tuple[Keyed, ...]:
        """Under which epoch each bundle left."""
        return tuple(entry for entry in self.entries() if isinstance(entry, Keyed))

    def destroyed_epochs(self) -> frozenset[str]:
        """The epochs whose roots were destroyed."""
        return frozenset(entry.epoch for entry in self.entries() if isinstance(entry, KeyDestroyed))

    def key_rotated(self, epoch: str, when: str) -> None:
        """Write down that a new epoch begins; the same one again changes nothing (a run after a crash)."""
        with self._writing():
            if not any(isinstance(e, KeyRotated) and e.epoch == epoch for e in self.entries()):
                self._append(KeyRotated(epoch, when))

    def key_destroyed(self, entry: KeyDestroyed, *, ended: str) -> None:
        """Write down that the root of an epoch, which ended at ``ended``, is destroyed; a second time changes nothing.

        Raises LedgerError where something under it is in use, or the ledger does not know all that has left.
        """
        with self._writing():
            if entry.epoch in self.destroyed_epochs():
                return
            self.must_be_current()
            must_be_over(
                entry.epoch,
                ended,
                entry.when,
                entries=self.entries(),
                waiting=self.open_reservations(),
                unknown=unkeyed(self.releases(), self.keyed_bundles()),
            )
            self._append(entry)

    def _open(self, stream: str) -> Reserved | None:
        return next((entry for entry in self.open_reservations() if entry.stream == stream), None)
