"""The chained file of a ledger: read and checked as a whole, one entry written at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from anonshare.errors import LedgerError
from anonshare.files import locked, read_bytes, write_private
from anonshare.ledger.entries import Entry, from_record, to_record
from anonshare.wire.chain import ChainFile
from anonshare.wire.strict_json import canonical

__all__ = ["Book"]

_FILE, _HEAD, _LOCK = "ledger.jsonl", "ledger.head", ".ledger.lock"


class Book:
    """Entries in a folder of their own.

    Every call reads and checks the whole chain: raises LedgerError where a line was changed, moved, removed or added.
    Lines cut off at the end are seen as long as ``ledger.head`` beside it was not set back as well.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chain = ChainFile(folder / _FILE, "ledger", LedgerError)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """The ledger in an existing folder, empty at first; raises LedgerError where it is damaged or no folder."""
        if not folder.is_dir():
            raise LedgerError(
                "There is no folder for the ledger.",
                hint="Set the workspace up with anonshare setup.",
                reason="missing",
            )
        ledger = cls(folder)
        ledger.entries()
        return ledger

    def entries(self) -> tuple[Entry, ...]:
        """All entries in the order in which they were written."""
        records = self._chain.read()
        self._check_head(len(records), str(records[-1]["prev"]) if records else "")
        return tuple(from_record(record, number) for number, record in enumerate(records, 1))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with locked(self._folder / _LOCK):
            yield

    def _append(self, entry: Entry) -> None:
        self._chain.append(to_record(entry))
        state = {"count": len(self._chain.read()), "head": self._chain.head()}
        write_private(self._folder / _HEAD, canonical(state), "the head of the ledger")

    def _check_head(self, count: int, previous: str) -> None:
        """The chain ends where it ended last, or one entry later: a crash may fall between the line and the head."""
        path = self._folder / _HEAD
        if not path.exists() and count <= 1:
            return
        expected = [(count, self._chain.head()), (count - 1, previous)]
        if not path.exists() or read_bytes(path, "head of the ledger", 1 << 10) not in [
            canonical({"count": number, "head": head}) for number, head in expected
        ]:
            raise LedgerError(
                "The ledger does not end where it ended last: entries were cut off, or its head was changed.",
                hint="Restore the folder from a backup, and keep this copy as evidence.",
                reason="damaged",
            )
