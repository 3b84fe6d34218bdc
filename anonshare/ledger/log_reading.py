"""What can be asked of a log: its size, proofs, and whether every file is as it was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

from anonshare.errors import AnonshareError, InputError, LedgerError
from anonshare.ledger.log_files import View, check_tiles, extended, read_view
from anonshare.ledger.log_state import LogState, damaged, read_state
from anonshare.wire import note, tlog_proof
from anonshare.wire.checkpoint import Checkpoint, cosignatures, opened

__all__ = ["PublishedLog", "check_copy", "unpublished"]

PUBLIC, PRIVATE = "public", "private"


class PublishedLog:
    """The log in a folder; its origin is the name of its key, ``public`` the folder to serve.

    Every call reads the files and recomputes the tree: raises LedgerError where entries do not give the root of the
    checkpoint, or the checkpoint does not continue the last one published from here.
    """

    def __init__(self, folder: Path, origin: str) -> None:
        self.public = folder / PUBLIC
        self._private = folder / PRIVATE
        self._origin = origin

    @classmethod
    def open(cls, folder: Path, origin: str) -> Self:
        """The log in a folder; raises LedgerError where there is none, it has another origin, or it is damaged."""
        log = cls(folder, origin)
        if not log._private.is_dir():
            raise LedgerError("There is no log in this folder.", hint="Create one first.", reason="missing")
        log._read()
        return log

    @property
    def size(self) -> int:
        """How many entries are published."""
        return len(self._read()[1].entries)

    @property
    def waiting(self) -> int:
        """How many digests wait to be published."""
        return len(self._read()[0].waiting)

    def inclusion(self, digest: bytes) -> bytes:
        """The tlog-proof that a digest is in the published log; raises InputError where it is not."""
        view = self._read()[1]
        if digest not in view.entries:
            raise InputError("This digest is not in the published log.", hint="It may wait for its period.")
        index = view.entries.index(digest)
        return tlog_proof.encode(tlog_proof.Proof(index, view.tree.inclusion(index), note.decode(view.note)))

    def consistency(self, old: int) -> tuple[bytes, ...]:
        """The proof that the published log continues its first ``old`` entries (RFC 6962 section 2.1.2).

        Empty from an empty log; raises InputError where the log never had that size.
        """
        tree = self._read()[1].tree
        return tree.consistency(old) if old else ()

    def check(self, public: bytes, witnesses: Sequence[note.NoteKey] = ()) -> Checkpoint:
        """The checkpoint, after all was recomputed; ``public`` is the log's key as SPKI.

        Raises LedgerError where nothing is published, a signature is wrong, a tile was changed or is missing, or a file
        is among them that no log with these entries has. Cosignatures count for the witnesses given alone.
        """
        state, view = self._read()
        log = note.NoteKey.from_spki(self._origin, public)
        return _check(self.public, view, log, witnesses, unpublished(state, view))

    def _read(self) -> tuple[LogState, View]:
        state = read_state(self._private)
        if state.origin != self._origin:
            raise LedgerError("The log in this folder has another origin.", reason="origin")
        view = read_view(self.public, state)
        if state.batch and len(view.entries) not in {state.base, state.base + len(state.batch)}:
            raise damaged()
        return state, view


def check_copy(public: Path, log: note.NoteKey, witnesses: Sequence[note.NoteKey] = ()) -> Checkpoint:
    """The checkpoint of a copy of somebody's public folder, after all was recomputed; raises as ``PublishedLog.check``.

    A copy says nothing of what the log showed to others: compare its checkpoint with ``checkpoint.must_extend``.
    """
    return _check(public, read_view(public, LogState(log.name)), log, witnesses, ())


def unpublished(state: LogState, view: View) -> tuple[bytes, ...]:
    """The batch that was drawn and is not under the published checkpoint yet."""
    return state.batch if len(view.entries) == state.base else ()


def _check(
    public: Path, view: View, log: note.NoteKey, witnesses: Sequence[note.NoteKey], batch: Sequence[bytes]
) -> Checkpoint:
    try:
        signed = note.decode(view.note)
        found = opened(signed, log)
        cosignatures(signed, witnesses)
        check_tiles(public, len(view.entries), extended(view, batch))
    except AnonshareError:
        raise damaged() from None
    return found
