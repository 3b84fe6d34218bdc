"""Notices at both ends: the contributor writes them, the agency's desk takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anonshare.errors import LedgerError, ReleaseRefused
from anonshare.files import make_private_dir, read_bytes, write_whole
from anonshare.intake.notices import NOTICE_SUFFIX, NOTICE_TYPE, Notice, open_notice, sign_notice
from anonshare.intake.state import ReceiverState
from anonshare.intake.store import Store
from anonshare.ledger.entries import Noticed, Released
from anonshare.ledger.ledger import Ledger
from anonshare.trust.keys import load_key
from anonshare.trust.roles import RoleCount, count_roles
from anonshare.wire.dsse import decode, pae
from anonshare.workspace import Workspace, now_utc

__all__ = ["Taken", "skip", "take_notice", "void"]

LIMIT = 1 << 20
STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that took effect: its words, and the rows that were removed from the store."""

    notice: Notice
    rows: int
    new: bool


def void(home: Workspace, stream: str, seq: int, *, keys: Mapping[Path | str, bytes], to: Path | str) -> Path:
    """Call a released bundle back: a notice, signed by at least one officer, for its recipient; returns its path.

    ``keys`` maps officers' key files to their passphrases. The ledger writes it down; the release stays in it, for what
    has left may have been read. Raises LedgerError where nothing left under this number.
    """
    home.must_be("contributor")
    found = [one for one in Ledger.open(home.folder("ledger")).releases(stream) if one.seq == seq]
    if not found:
        raise LedgerError(
            "Nothing left under this number of this stream.", hint="anonshare ledger show", reason="number"
        )
    return _write(home, _notice(home, "void", found[0], seq), keys, to, every_role=False)


def skip(
    home: Workspace, stream: str, seq: int, last: int, *, keys: Mapping[Path | str, bytes], to: Path | str
) -> Path:
    """Say that the numbers ``seq`` to ``last`` of a stream never come: a notice signed by all roles; returns its path.

    Raises LedgerError where one of them has left (that is a void), or they are not the next of the stream.
    """
    home.must_be("contributor")
    ledger = Ledger.open(home.folder("ledger"))
    known = {one.seq for one in ledger.releases(stream)}
    if not known or known & set(range(seq, last + 1)) or any(e.stream == stream for e in ledger.open_reservations()):
        raise LedgerError(
            "These numbers cannot be skipped: one has left, a draft is open, or the stream has not begun.",
            hint="Call a bundle that has left back with: anonshare void",
            reason="number",
        )
    return _write(home, _notice(home, "skip", ledger.releases(stream)[-1], seq, last), keys, to, every_role=True)


def _notice(home: Workspace, kind: str, of: Released, seq: int, last: int | None = None) -> Notice:
    return Notice(
        notice="notice/1",
        kind="void" if kind == "void" else "skip",
        contributor=home.id,
        recipient=of.recipients[0],
        stream=of.stream,
        seq=seq,
        to=seq if last is None else last,
        digest=of.digest if kind == "void" else None,
        created=now_utc().strftime(STAMP),
    )


def _write(
    home: Workspace, notice: Notice, keys: Mapping[Path | str, bytes], to: Path | str, *, every_role: bool
) -> Path:
    data = sign_notice(notice, [load_key(Path(path), secret) for path, secret in keys.items()])
    roles = _roles(home, data)
    if not (roles.met if every_role else roles.people):
        raise ReleaseRefused(
            f"The notice lacks a signature: {', '.join(roles.missing) or 'no officer of the card signed'}.",
            reason="G13",
        )
    folder = make_private_dir(Path(to), "the folder of notices")
    path = (
        folder
        / f"{notice.kind}-{notice.seq}-{(notice.digest or notice.created.replace(':', ''))[:16].lower()}{NOTICE_SUFFIX}"
    )
    with home.lock():
        write_whole(path, data, "notice")
        Ledger.open(home.folder("ledger")).notice(
            Noticed(notice.stream, notice.seq, notice.to, notice.kind, notice.digest, notice.created)
        )
    return path


def _roles(home: Workspace, data: bytes) -> RoleCount:
    envelope = decode(data)
    return count_roles(home.card, pae(NOTICE_TYPE, envelope.payload), envelope.signatures, now_utc())


def take_notice(home: Workspace, path: Path | str) -> Taken:
    """Let a notice take effect at the agency's desk, at once and once; raises as ``open_notice``.

    The rows of a bundle that is void leave the store; the bundle is refused from now on, whichever way it comes.
    """
    home.must_be("agency")
    now = now_utc()
    notice = open_notice(read_bytes(Path(path), "notice", LIMIT), home.trust, now, home.id)
    with home.lock():
        state = ReceiverState(home.root / "state.jsonl")
        if _known(notice, state):
            return Taken(notice, 0, new=False)
        rows = Store(home.root / "store.sqlite").remove(notice.digest, notice.contributor) if notice.digest else 0
        state.record(
            contributor=notice.contributor,
            stream=notice.stream,
            seq=notice.seq,
            to=notice.to,
            digest=notice.digest,
            outcome="voided" if notice.kind == "void" else "skipped",
            when=now.strftime(STAMP),
            trust=home.trust.version,
        )
    return Taken(notice, rows, new=True)


def _known(notice: Notice, state: ReceiverState) -> bool:
    if notice.digest is not None:
        return state.voided(notice.contributor, notice.digest)
    last = state.last(notice.contributor, notice.stream)
    return last is not None and last[0] >= notice.to
