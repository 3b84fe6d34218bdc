"""An append-only log of what was sent: 32-byte digests of payloads, published as static files under signed checkpoints.

``public/`` is the folder to serve (C2SP tlog-tiles.md, height 8, checkpoint of tlog-checkpoint.md); ``private/`` beside
it holds what waits and what was said last, and is never served. An entry names no contributor, number or time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from anonshare.errors import InputError, LedgerError
from anonshare.files import locked, make_private_dir, write_whole, writing
from anonshare.ledger.log_files import CHECKPOINT, View, extended, write_tiles
from anonshare.ledger.log_reading import PublishedLog, unpublished
from anonshare.ledger.log_state import LogState, write_state
from anonshare.ledger.schedule import Schedule, filled
from anonshare.trust.keys import Signer
from anonshare.wire import note
from anonshare.wire.checkpoint import Checkpoint, cosignatures, opened, text_of
from anonshare.wire.merkle import HASH

__all__ = ["Log"]

_LOCK = ".lock"


class Log(PublishedLog):
    """The log in a folder, to be written as well.

    Calls that write raise WorkspaceError where another process does, and StorageError where the disk refuses.
    """

    @classmethod
    def create(cls, folder: Path, origin: str) -> Log:
        """A new log, nothing published; raises LedgerError where there is one, MalformedBundle for a bad origin."""
        note.NoteKey(origin, bytes(32))
        log = cls(folder, origin)
        if log._private.exists() or log.public.exists():
            raise LedgerError("There is a log in this folder already.", reason="exists")
        with writing("the folder of the log"):
            log.public.mkdir(parents=True)
        make_private_dir(log._private, "the private folder of the log")
        write_state(log._private, LogState(origin))
        return log

    def append(self, digests: Iterable[bytes]) -> int:
        """Let digests wait to be published; those that wait or are in the log already change nothing.

        Returns how many are new. Raises InputError, and takes none, where one is not 32 bytes.
        """
        wanted = dict.fromkeys(digests)
        if any(len(one) != HASH for one in wanted):
            raise InputError("An entry of a log is a digest of 32 bytes and nothing else.")
        with self._writing() as (state, view):
            known = {*view.entries, *state.batch, *state.waiting}
            new = tuple(one for one in wanted if one not in known)
            write_state(self._private, replace(state, waiting=state.waiting + new))
        return len(new)

    def publish(self, signer: Signer, previous: bytes | None = None) -> bytes:
        """Publish all that waits, at once and without dummies; returns the signed checkpoint.

        Raises UntrustedSigner or SignatureError where the last checkpoint is not by this signer (or by ``previous``,
        the SPKI of the key before). A log with a schedule uses ``publish_on`` and never this.
        """
        with self._signing(signer, previous) as (state, view):
            return self._publish(self._drawn(state, view, state.waiting), view, signer)

    def publish_on(
        self, schedule: Schedule, signer: Signer, now: datetime, previous: bytes | None = None
    ) -> bytes | None:
        """Publish what the schedule asks for at ``now``, with the batches that were missed; None where nothing is due.

        To be called by a timer: called only when somebody reports, the time of the files would say so. Raises as
        ``publish``, and InputError for a time without zone or far ahead.
        """
        with self._signing(signer, previous) as (state, view):
            due = schedule.size_at(now) - len(view.entries)
            if due <= 0:
                return None
            return self._publish(self._drawn(state, view, filled(state.waiting, due)), view, signer)

    def add_cosignatures(self, data: bytes, witnesses: Sequence[note.NoteKey]) -> int:
        """Take over what known witnesses cosigned under the current checkpoint; returns how many lines are new.

        Raises SignatureError where one of theirs is wrong, InputError where it is under another checkpoint.
        """
        theirs = note.decode(data)
        cosignatures(theirs, witnesses)
        known = {(one.name, one.keyid) for one in witnesses}
        with self._writing() as (state, view):
            mine = note.decode(view.note) if view.checkpoint else None
            if mine is None or mine.text != theirs.text:
                raise InputError("The cosignatures are under another checkpoint than the one published last.")
            claimed = [one for one in theirs.lines if (one.name, one.keyid) in known]
            lines = tuple(dict.fromkeys([*mine.lines, *claimed]))
            self._say(note.encode(replace(mine, lines=lines)), state)
        return len(lines) - len(mine.lines)

    @contextmanager
    def _writing(self) -> Iterator[tuple[LogState, View]]:
        with locked(self._private / _LOCK):
            yield self._read()

    @contextmanager
    def _signing(self, signer: Signer, previous: bytes | None) -> Iterator[tuple[LogState, View]]:
        """After the last checkpoint was verified, and what a crash interrupted was finished."""
        with self._writing() as (state, view):
            self._must_be_ours(view, signer, previous)
            if state.batch:
                self._publish(state, view, signer)
            yield self._read()

    def _must_be_ours(self, view: View, signer: Signer, previous: bytes | None) -> None:
        """Nothing is added to entries that somebody else published in this folder."""
        if view.checkpoint is None:
            return
        signed = note.decode(view.note)
        keys = [note.NoteKey.from_spki(self._origin, spki) for spki in (signer.spki(), previous) if spki]
        known = [key for key in keys if note.signatures_of(signed, key)]
        opened(signed, (known or keys)[0])

    def _drawn(self, state: LogState, view: View, batch: Sequence[bytes]) -> LogState:
        """The state with a batch to publish, written down first: after a crash the same one is published."""
        taken = set(batch)
        waiting = tuple(one for one in state.waiting if one not in taken)
        drawn = replace(state, base=len(view.entries), batch=tuple(batch), waiting=waiting)
        write_state(self._private, drawn)
        return drawn

    def _publish(self, state: LogState, view: View, signer: Signer) -> bytes:
        batch = unpublished(state, view)
        if batch or view.checkpoint is None:
            grown = extended(view, batch)
            write_tiles(self.public, grown, len(view.entries))
            text = text_of(Checkpoint(self._origin, len(grown.entries), grown.tree.root()))
            key = note.NoteKey.from_spki(self._origin, signer.spki())
            data = note.encode(note.Note(text, (note.sign(text, key, signer.sign),)))
        else:
            data = view.note
        self._say(data, replace(state, batch=()))
        return data

    def _say(self, data: bytes, state: LogState) -> None:
        # a state behind its checkpoint is a crash, a checkpoint behind its state a rollback: so the file goes first
        write_whole(self.public / CHECKPOINT, data, "the checkpoint of the log")
        write_state(self._private, replace(state, published=data))
