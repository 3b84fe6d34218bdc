"""The organisation's append-only log: what left, as digests alone, in files that any web server can show.

Whoever has an old checkpoint sees when a later one takes something back; whoever has a proof shows, offline and years
later, that a bundle was there on its day. No coin, no chain of strangers, and erasing the records stays possible.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from anonshare.bundle.verified import VerifiedBundle
from anonshare.errors import AnonshareError, InputError, LedgerError, MalformedBundle, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, write_private, write_whole
from anonshare.ledger.ledger import Ledger
from anonshare.ledger.log import Log
from anonshare.ledger.schedule import Schedule
from anonshare.trust.store import TrustStore
from anonshare.wire import tlog_proof
from anonshare.wire.checkpoint import Checkpoint, must_extend, opened
from anonshare.wire.note import Note, NoteKey, decode, encode
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["InLog", "check_log", "log_digest", "must_have_log", "prove", "publish_log", "start_log", "verify_proof"]

FOLDER, SCHEDULE, SEEN = "log", "schedule.json", "log-seen"
PROOF_LIMIT = 1 << 20


def _origin(organisation: str) -> str:
    return f"anonshare/{organisation}"


def start_log(home: Workspace, *, every_days: int = 7, batch: int = 4, now: datetime | None = None) -> Path:
    """Make the log and its schedule: ``batch`` entries each ``every_days`` days, whatever happens; the folder to serve.

    Raises LedgerError where there is one, InputError for a schedule that is none.
    """
    start = now or now_utc()
    Schedule(start, timedelta(days=every_days), batch)
    plan = {"schedule": "schedule/1", "start": int(start.timestamp()), "every_days": every_days, "batch": batch}
    with home.lock():
        log = Log.create(make_private_dir(home.folder(FOLDER), "the folder of the log"), _origin(home.id))
        write_private(home.folder(FOLDER) / SCHEDULE, canonical(plan), "the schedule of the log")
        log.publish(home.office_key())
    return log.public


def log_digest(home: Workspace, digest: str) -> None:
    """Let the digest of a payload wait for the next batch; nothing where the organisation keeps no log."""
    if home.folder(FOLDER).is_dir():
        Log.open(home.folder(FOLDER), _origin(home.id)).append([bytes.fromhex(digest)])


def publish_log(home: Workspace, *, now: datetime | None = None) -> bool:
    """Publish what the schedule asks for, to be called by a timer; False where nothing is due.

    Raises LedgerError where there is no log, where it was changed, or where the workspace came back from a backup: a
    log that is set back would say two things under one number.
    """
    if home.kind == "contributor":
        Ledger.open(home.folder("ledger")).must_be_current()
    with home.lock():
        must_have_log(home)
        log, schedule = Log.open(home.folder(FOLDER), _origin(home.id)), _schedule(home)
        return log.publish_on(schedule, home.office_key(), now or now_utc()) is not None


def check_log(home: Workspace) -> Checkpoint:
    """The checkpoint of the own log after every file was recomputed; raises LedgerError where one was changed."""
    must_have_log(home)
    return Log.open(home.folder(FOLDER), _origin(home.id)).check(home.card.office_der)


def prove(home: Workspace, digest: str, to: Path | str, *, since: int | None = None) -> Path:
    """Write the proof that a payload is in the published log, a sidecar beside its bundle; returns its path.

    ``since`` is the size that its reader saw before: the proof then shows as well that the log only grew since then.
    Raises InputError where the payload waits for its batch or never came, or the log never had that size.
    """
    must_have_log(home)
    log = Log.open(home.folder(FOLDER), _origin(home.id))
    proof = tlog_proof.decode(log.inclusion(bytes.fromhex(digest)))
    if since is not None:
        hashes = [b64encode(one).decode() for one in log.consistency(since)]
        proof = replace(proof, extra=canonical({"consistency": hashes, "from": since}))
    path = make_private_dir(Path(to), "the folder of proofs") / f"{digest[:16]}{tlog_proof.SUFFIX}"
    write_whole(path, tlog_proof.encode(proof), "proof")
    return path


@dataclass(frozen=True, slots=True)
class InLog:
    """A bundle stood in its contributor's log: how large the log was, and the size seen before with which it was compared.

    ``seen`` is None where this desk saw nothing before; ``compared`` whether the log is shown to continue that.
    """

    size: int
    seen: int | None = None
    compared: bool = False


def verify_proof(path: Path | str, verified: VerifiedBundle, trust: TrustStore, desk: Workspace | None = None) -> InLog:
    """What a proof says of a verified bundle; the card's office key is the log's. ``desk`` remembers what it saw.

    A proof that is there and false is as bad as a false signature: raises MalformedBundle with reason ``proof``, and
    OutOfOrder where the log does not continue what the desk saw before.
    """
    data = read_bytes(Path(path), "proof", PROOF_LIMIT)
    card = trust.organisation(verified.statement.contributor)
    try:
        key, proof = NoteKey.from_spki(_origin(card.id), card.office_der), tlog_proof.decode(data)
        found, since = tlog_proof.verify(proof, bytes.fromhex(verified.digest), key), _since(proof.extra)
    except AnonshareError:
        raise MalformedBundle(
            "The proof beside the bundle is false: it does not show this bundle in its contributor's log.",
            hint="Keep bundle and proof as evidence, and ask the contributor.",
            reason="proof",
        ) from None
    if desk is None:
        return InLog(found.size)
    return _compared(desk.folder(SEEN) / f"{card.id}.note", key, proof.checkpoint, found, since)


def _since(extra: bytes) -> tuple[int, tuple[bytes, ...]] | None:
    """The consistency proof that a proof carries: from which size, and its hashes. Raises MalformedBundle."""
    if not extra:
        return None
    raw = parse(extra)
    try:
        hashes = tuple(b64decode(str(one), validate=True) for one in raw["consistency"])
        return int(raw["from"]), hashes
    except (KeyError, TypeError, ValueError):
        raise MalformedBundle("The consistency proof is not of its form.") from None


def _compared(
    path: Path, key: NoteKey, signed: Note, new: Checkpoint, since: tuple[int, tuple[bytes, ...]] | None
) -> InLog:
    """The newest checkpoint that was shown to continue the one before stays; an older or unconnected one changes nothing."""
    if not path.is_file():
        make_private_dir(path.parent)
        write_private(path, encode(signed), "the checkpoint seen last")
        return InLog(new.size)
    try:
        old = opened(decode(read_bytes(path, "checkpoint seen last", PROOF_LIMIT)), key)
    except AnonshareError:
        # signed by an office key before the one of today: nothing to compare with
        return InLog(new.size)
    if new.size == old.size:
        must_extend(old, new, ())
        return InLog(new.size, old.size, compared=True)
    if since is None or since[0] != old.size or new.size < old.size:
        return InLog(new.size, old.size)
    must_extend(old, new, since[1])
    write_private(path, encode(signed), "the checkpoint seen last")
    return InLog(new.size, old.size, compared=True)


def _schedule(home: Workspace) -> Schedule:
    path = home.folder(FOLDER) / SCHEDULE
    raw = parse(read_bytes(path, "schedule of the log", 1 << 12))
    try:
        start = datetime.fromtimestamp(raw["start"], tz=now_utc().tzinfo)
        return Schedule(start, timedelta(days=raw["every_days"]), raw["batch"])
    except (KeyError, TypeError, ValueError, OverflowError, InputError):
        raise WorkspaceError("The schedule of the log is damaged.", hint="Restore the folder from a backup.") from None


def must_have_log(home: Workspace) -> None:
    """Raise LedgerError where the organisation keeps no log."""
    if not home.folder(FOLDER).is_dir():
        raise LedgerError(
            "This organisation keeps no log.", hint="Start one: anonshare ledger log --start", reason="missing"
        )
