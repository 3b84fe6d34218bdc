"""The life of the keys of tokens: epochs begin, end, and are destroyed."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from anonshare.errors import KeyFileError
from anonshare.files import writing
from anonshare.ledger.entries import KeyDestroyed, Restored
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import made_before
from anonshare.pipeline.own_card import stamp
from anonshare.trust.keyring import Keyring, epoch_words
from anonshare.workspace import KEYRING, Workspace, now_utc

__all__ = ["Destroyed", "EpochState", "destroy_key", "epochs", "rotate_key"]

OLD = "keys/.part-old-keyring"


@dataclass(frozen=True, slots=True)
class EpochState:
    """One epoch: its state, the words of its fingerprint (none for one that this version never saw), its times."""

    epoch: str
    state: Literal["current", "ended", "destroyed", "lost"]
    words: str
    created: str | None
    ended: str | None
    destroyed: str | None


@dataclass(frozen=True, slots=True)
class Destroyed:
    """What was done: ``new`` unless it had been done before. ``backups`` are those, by date, that still hold the key."""

    epoch: str
    when: str
    new: bool
    backups: tuple[str, ...]


def epochs(home: Workspace) -> tuple[EpochState, ...]:
    """All epochs, the oldest first, with what anybody may know of them."""
    ring = home.keyring()
    known = {**home.fingerprints(), **ring.fingerprints()}
    return tuple(
        EpochState(
            name,
            one.state,
            epoch_words(known[name]) if name in known else "",
            one.created,
            one.ended,
            one.destroyed,
        )
        for name, one in sorted(ring.epochs.items(), key=lambda pair: int(pair[0]))
    )


def rotate_key(home: Workspace, *, now: datetime | None = None) -> str:
    """Begin a new epoch; returns its name. The one before can be read, by the register and by ``rewrap``, until destroyed.

    What is drafted from now on has tokens that cannot be joined with those of before.
    """
    home.must_be("contributor")
    when = stamp(now or now_utc())
    with home.lock():
        ring = _newest(home)
        # the ledger first: a crash in between leaves the number to the next run, and never an epoch that it lacks
        Ledger.open(home.folder("ledger")).key_rotated(ring.next_epoch(), when)
        home.save_keyring(ring.rotate(when))
    return ring.next_epoch()


def destroy_key(home: Workspace, epoch: str, *, by: str, reason: str, now: datetime | None = None) -> Destroyed:
    """Destroy the root of an epoch that has ended: nobody makes or tests its tokens again.

    Raises KeyFileError for the current epoch, LedgerError while a release under it has a day of deletion that is still
    to come. A second time changes nothing. What was copied before, in backups and on paper, is beyond our reach.
    """
    home.must_be("contributor")
    when = stamp(now or now_utc())
    with home.lock():
        ring = _newest(home)
        gone = ring.destroy(epoch, when)
        ended = ring.epochs[epoch].ended or when
        ledger = Ledger.open(home.folder("ledger"))
        keys = sorted({key for e in ledger.keyed_bundles() if e.epoch == epoch for key in e.key_ids})
        # the ledger first: from here on no release is made under the epoch, and a run after a crash ends what was begun
        ledger.key_destroyed(KeyDestroyed(epoch, tuple(keys), by, reason, when), ended=ended)
        if gone is not ring:
            _rewrite(home, gone)
        restored = {entry.made for entry in ledger.entries() if isinstance(entry, Restored)}
    backups = tuple(sorted({one for one in (*made_before(home), *restored) if one <= when}))
    return Destroyed(epoch, gone.epochs[epoch].destroyed or when, gone is not ring, backups)


def _newest(home: Workspace) -> Keyring:
    ring = home.keyring()
    ring.must_be_newest(home.fingerprints())
    return ring


def _rewrite(home: Workspace, ring: Keyring) -> None:
    """The keyring anew, and the bytes of the old file overwritten where the file system lets us keep hold of them."""
    path, old = home.root / KEYRING, home.root / OLD
    with suppress(OSError):
        old.unlink(missing_ok=True)
        os.link(path, old)
    home.save_keyring(ring)
    if home.keyring() != ring:
        raise KeyFileError("The keyring was not written as it should be.", hint="Run it again.")
    if old.exists():
        with writing("the keyring"):
            with old.open("r+b") as out:
                out.write(secrets.token_bytes(old.stat().st_size))
                out.flush()
                os.fsync(out.fileno())
            old.unlink()
