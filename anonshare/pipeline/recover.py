"""A restored ledger beside what recipients signed: what left after the backup is found and written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anonshare.errors import LedgerError, MalformedBundle, UntrustedSigner
from anonshare.files import read_bytes, write_whole
from anonshare.intake.state import ReceiverState
from anonshare.intake.stream_heads import Head, StreamHeads, open_heads, sign_heads
from anonshare.ledger.entries import Lost, Recovered
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.receive import open_by_any
from anonshare.workspace import Workspace, now_utc

__all__ = ["Recovery", "recover", "write_heads"]

LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Recovery:
    """What was compared: the agencies that spoke, and the releases that are lost to this ledger."""

    agencies: tuple[str, ...]
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """What one signed file says: by whom, when, of which numbers; ``whole`` where it names every last number."""

    agency: str
    when: str
    heads: tuple[Head, ...]
    whole: bool


def write_heads(desk: Workspace, contributor: str, to: Path | str, *, now: datetime | None = None) -> Path:
    """Sign, as an agency, the last number of every stream of a contributor; returns the path of the file."""
    desk.must_be("agency")
    seen = ReceiverState(desk.root / "state.jsonl").heads(contributor)
    heads = StreamHeads(
        heads="heads/1",
        agency=desk.id,
        contributor=contributor,
        as_of=_stamp(now),
        streams=tuple(Head(stream=s, seq=n, digest=d) for s, (n, d) in sorted(seen.items())),
    )
    path = Path(to)
    write_whole(path, sign_heads(heads, desk.office_key()), "list of heads")
    return path


def recover(home: Workspace, files: Sequence[Path | str], *, by: str, now: datetime | None = None) -> Recovery:
    """Compare a restored ledger with signed heads and receipts, write down what it lacks, and take its mark away.

    ``by`` is who answers for it. Every pinned agency must have signed its heads after the restore: earlier words do not
    know what left between the backup and the loss, and a receipt says that a number arrived, not that no later one
    did. Receipts and earlier heads still count for what they show to be lost. Raises LedgerError where an agency is
    silent, holds other bytes under a number of this ledger, or where the ledger is not a restored one.
    """
    home.must_be("contributor")
    with home.lock():
        ledger = Ledger.open(home.folder("ledger"))
        restored = ledger.restored
        if restored is None:
            raise LedgerError("The ledger was not restored: there is nothing to recover.", reason="current")
        said = [_read(home, Path(file)) for file in files]
        lost = _lost(ledger, said)
        if not (lost or ledger.lost()):
            _all_spoke(home, said, restored.when)
        agencies = tuple(sorted({one.agency for one in said}))
        ledger.recovered(lost, Recovered(agencies, by, _stamp(now)))
    return Recovery(agencies, lost)


def _stamp(now: datetime | None) -> str:
    return (now or now_utc()).strftime("%Y-%m-%dT%H:%M:%SZ")


def _read(home: Workspace, path: Path) -> _Said:
    data = read_bytes(path, "receipt or list of heads", LIMIT)
    for card in home.trust.organisations():
        if card.kind != "agency":
            continue
        try:
            heads = open_heads(data, card)
        except (UntrustedSigner, MalformedBundle):
            continue
        if heads.contributor != home.id:
            raise LedgerError("A list of heads is about another contributor.", reason="heads")
        return _Said(heads.agency, heads.as_of, heads.streams, whole=True)
    receipt, card = open_by_any(data, home)
    if receipt.contributor != home.id:
        raise LedgerError("A receipt is about another contributor.", reason="heads")
    head = Head(stream=receipt.stream, seq=receipt.seq, digest=receipt.digest)
    return _Said(card.id, receipt.received_at, (head,), whole=False)


def _all_spoke(home: Workspace, said: Sequence[_Said], since: str) -> None:
    fresh = {one.agency for one in said if one.whole and one.when >= since}
    silent = sorted(card.id for card in home.trust.organisations() if card.kind == "agency" and card.id not in fresh)
    if silent:
        raise LedgerError(
            f"No heads that were signed after the restore were given by: {', '.join(silent)}.",
            hint="Ask each for its heads: anonshare ledger head --contributor ID --to FILE (in the agency's workspace).",
            reason="silent",
        )


def _lost(ledger: Ledger, said: Sequence[_Said]) -> tuple[Lost, ...]:
    known = {(entry.stream, entry.seq): entry.digest for entry in ledger.releases()}
    missed = {(entry.stream, entry.seq) for entry in ledger.lost()}
    found: dict[tuple[str, int], Lost] = {}
    for one in said:
        for head in one.heads:
            if known.get((head.stream, head.seq), head.digest) != head.digest:
                raise LedgerError(
                    f"An agency holds other bytes under number {head.seq} of a stream than this ledger released.",
                    hint="Two workspaces released in one stream. Keep both as evidence and ask the agencies.",
                    reason="fork",
                )
            for seq in range(1, head.seq + 1):
                if (head.stream, seq) in known or (head.stream, seq) in missed:
                    continue
                digest = head.digest if seq == head.seq else None
                was = found.get((head.stream, seq))
                if was is None or was.digest is None:
                    found[head.stream, seq] = Lost(head.stream, seq, digest, one.agency, one.when)
    return tuple(found[key] for key in sorted(found))
