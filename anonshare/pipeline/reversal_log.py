"""The log of reversals: who was told, for which case, on whose word. Never a token, and never a person in the records."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from anonshare.errors import LedgerError
from anonshare.files import write_private
from anonshare.pipeline.own_card import stamp
from anonshare.wire.chain import ChainFile
from anonshare.workspace import Workspace

__all__ = ["FILE", "ReversalLog"]

FILE = "reversals.jsonl"
_HEAD = "reversals.head"
DAY = timedelta(days=1)


class ReversalLog:
    """A hash-chained file of a contributor; every call checks it whole and raises LedgerError where it was changed."""

    def __init__(self, home: Workspace) -> None:
        self._chain = ChainFile(home.root / FILE, "reversal", LedgerError)
        self._head = home.root / _HEAD

    def entries(self) -> tuple[dict[str, Any], ...]:
        """All entries, the oldest first."""
        found = self._chain.read()
        self._must_end(found)
        return found

    def answered(self, digest: str) -> str | None:
        """The reference under which a request (hex SHA-256) was answered, None where it never was."""
        mine = [e for e in self.entries() if e["entry"] == "answered" and e["request"] == digest]
        return str(mine[0]["reference"]) if mine else None

    def told(self, now: datetime) -> int:
        """How many tokens were answered within the last day."""
        since = stamp(now - DAY)
        return sum(int(e["tokens"]) for e in self.entries() if e["entry"] == "answered" and e["when"] > since)

    def custodians(self) -> str | None:
        """The digest of the list of custodians that was appointed last."""
        mine = [e for e in self.entries() if e["entry"] == "appointed"]
        return str(mine[-1]["digest"]) if mine else None

    def write(self, entry: str, **record: Any) -> None:
        """Add an entry."""
        self.entries()
        self._chain.append({"entry": entry, **record})
        write_private(self._head, self._chain.head().encode(), "the head of the log of reversals")

    def _must_end(self, found: tuple[dict[str, Any], ...]) -> None:
        """The chain ends where it ended last, or one entry later: a crash may fall between the line and the head."""
        held = self._head.read_text("ascii") if self._head.is_file() else None
        expected = {self._chain.head(), str(found[-1]["prev"])} if found else {None}
        if held not in expected and not (held is None and len(found) <= 1):
            raise LedgerError(
                "The log of reversals does not end where it ended last: entries were cut off.",
                hint="Restore the folder from a backup, and keep this copy as evidence.",
                reason="damaged",
            )
