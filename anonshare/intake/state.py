"""What the receiver remembers of streams: his own hash-chained record of first acceptance, his trusted time."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from anonshare.errors import WorkspaceError
from anonshare.wire.chain import ChainFile

__all__ = ["ReceiverState"]


class ReceiverState:
    """The chained file of a receiver; every call reads and checks it. Raises WorkspaceError where it was changed."""

    def __init__(self, path: Path) -> None:
        self._chain = ChainFile(path, "receiver-state", WorkspaceError)

    def seen(self, digest: str) -> bool:
        """Whether a bundle with this digest was accepted."""
        return any(r["digest"] == digest and r["outcome"] == "accepted" for r in self._chain.read())

    def last(self, contributor: str, stream: str) -> tuple[int, str] | None:
        """Number and digest of the last bundle of a stream, accepted or refused; None for a new stream."""
        found = [r for r in self._chain.read() if (r["contributor"], r["stream"]) == (contributor, stream)]
        return (found[-1]["seq"], found[-1]["digest"]) if found else None

    def heads(self, contributor: str) -> dict[str, tuple[int, str]]:
        """The last number and digest of every stream of a contributor."""
        mine = [r for r in self._chain.read() if r["contributor"] == contributor]
        return {str(r["stream"]): (int(r["seq"]), str(r["digest"])) for r in sorted(mine, key=lambda r: int(r["seq"]))}

    def record(
        self,
        *,
        contributor: str,
        stream: str,
        seq: int,
        digest: str,
        outcome: Literal["accepted", "refused"],
        when: str,
    ) -> None:
        """Write down a bundle's fate. An authentic bundle that was refused advances the stream as well."""
        self._chain.append(
            {
                "contributor": contributor,
                "stream": stream,
                "seq": seq,
                "digest": digest,
                "outcome": outcome,
                "when": when,
            }
        )
