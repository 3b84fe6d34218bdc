"""What the receiver remembers of streams: his own hash-chained record of first acceptance, his trusted time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from anonshare.errors import WorkspaceError
from anonshare.wire.chain import ChainFile

__all__ = ["Outcome", "ReceiverState"]

Outcome = Literal["accepted", "refused", "voided", "skipped", "restarted", "clock"]
STAMP = "%Y-%m-%dT%H:%M:%SZ"
TOLERANCE = timedelta(minutes=5)
COUNTED = {"accepted", "refused", "restarted"}


class ReceiverState:
    """The chained file of a receiver; every call reads and checks it. Raises WorkspaceError where it was changed.

    Outcomes: a bundle is ``accepted`` or ``refused`` (it was authentic, so its number is taken); its contributor has
    ``voided`` a bundle, ``skipped`` numbers, or ``restarted`` the stream by his card. ``clock`` says that times before it
    were written by a clock that was wrong.
    """

    def __init__(self, path: Path) -> None:
        self._chain = ChainFile(path, "receiver-state", WorkspaceError)

    def accepted_at(self, digest: str) -> str | None:
        """When a bundle with this digest was first accepted; None where it never was."""
        return next((str(r["when"]) for r in self._of(digest) if r["outcome"] == "accepted"), None)

    def seen(self, digest: str) -> bool:
        """Whether a bundle with this digest was accepted."""
        return self.accepted_at(digest) is not None

    def voided(self, contributor: str, digest: str) -> bool:
        """Whether this contributor has called it back; what others say of it counts for nothing."""
        return any((r["outcome"], r["contributor"]) == ("voided", contributor) for r in self._of(digest))

    def last(self, contributor: str, stream: str) -> tuple[int, str | None] | None:
        """Number and digest of the last bundle of a stream, accepted or refused; None for a new stream.

        Numbers after it that were voided or skipped count as come; a skipped one has the digest of the one before.
        """
        found = self._stream(contributor, stream)
        counted = [r for r in found if r["outcome"] in COUNTED]
        last = (int(counted[-1]["seq"]), counted[-1]["digest"] or None) if counted else None
        return _past_gaps(last, found)

    def at(self, contributor: str, stream: str, seq: int) -> str | None:
        """The digest that was seen under a number; None where that number never came."""
        found = [
            r
            for r in self._stream(contributor, stream)
            if r["seq"] == seq and r["outcome"] not in {"skipped", "restarted"}
        ]
        return str(found[-1]["digest"]) if found else None

    def heads(self, contributor: str) -> dict[str, tuple[int, str]]:
        """The last number and digest of every stream of a contributor."""
        streams = {str(r["stream"]): None for r in self._chain.read() if r["contributor"] == contributor}
        found = {stream: self.last(contributor, stream) for stream in streams}
        return {
            stream: (last[0], last[1]) for stream, last in found.items() if last is not None and last[1] is not None
        }

    def check_clock(self, now: datetime) -> None:
        """Raise WorkspaceError where the clock stands before the last record: it would judge by a time that has passed."""
        since: list[str] = []
        for record in self._chain.read():
            since = [str(record["when"])] if record["outcome"] == "clock" else [*since, str(record["when"])]
        newest = max(since, default=None)
        if newest is not None and now + TOLERANCE < datetime.strptime(newest, STAMP).replace(tzinfo=UTC):
            raise WorkspaceError(
                "The clock of this machine stands before what was recorded here last.",
                hint="Set the clock. Was it wrong when that was recorded? Then: anonshare trust clock",
            )

    def trust_version(self) -> int:
        """The newest version of the trust store by which a bundle was judged here; 0 at first."""
        return max((int(r.get("trust", 0)) for r in self._chain.read()), default=0)

    def record(
        self,
        *,
        contributor: str,
        stream: str,
        seq: int,
        digest: str | None,
        outcome: Outcome,
        when: str,
        to: int | None = None,
        trust: int = 0,
    ) -> None:
        """Write down a bundle's fate; ``to`` is the last of the numbers skipped, ``trust`` the version of the store."""
        self._chain.append(
            {
                "contributor": contributor,
                "stream": stream,
                "seq": seq,
                "to": seq if to is None else to,
                "digest": digest or "",
                "outcome": outcome,
                "when": when,
                "trust": trust,
            }
        )

    def _of(self, digest: str) -> list[dict[str, Any]]:
        return [r for r in self._chain.read() if r["digest"] == digest]

    def _stream(self, contributor: str, stream: str) -> list[dict[str, Any]]:
        return [r for r in self._chain.read() if (r["contributor"], r["stream"]) == (contributor, stream)]


def _past_gaps(last: tuple[int, str | None] | None, found: list[dict[str, Any]]) -> tuple[int, str | None] | None:
    """``last`` moved over the numbers after it that were voided or skipped, whenever those notices came."""
    gaps: Mapping[int, dict[str, Any]] = {int(r["seq"]): r for r in found if r["outcome"] in {"voided", "skipped"}}
    number, digest = last or (0, None)
    while (gap := gaps.get(number + 1)) is not None:
        number = int(gap["to"])
        digest = str(gap["digest"]) if gap["outcome"] == "voided" else digest
    return (number, digest) if number else None
