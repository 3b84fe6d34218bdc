"""The organisation's append-only log: what left, as digests alone, in files that any web server can show.

Whoever has an old checkpoint sees when a later one takes something back; whoever has a proof shows, offline and years
later, that a bundle was there on its day. No coin, no chain of strangers, and erasing the records stays possible.
"""

from __future__ import annotations

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
from anonshare.wire.checkpoint import Checkpoint
from anonshare.wire.note import NoteKey
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["check_log", "log_digest", "must_have_log", "prove", "publish_log", "start_log", "verify_proof"]

FOLDER, SCHEDULE = "log", "schedule.json"
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


def prove(home: Workspace, digest: str, to: Path | str) -> Path:
    """Write the proof that a payload is in the published log, a sidecar beside its bundle; returns its path.

    Raises InputError where it waits for its batch, or never came.
    """
    must_have_log(home)
    data = Log.open(home.folder(FOLDER), _origin(home.id)).inclusion(bytes.fromhex(digest))
    path = make_private_dir(Path(to), "the folder of proofs") / f"{digest[:16]}{tlog_proof.SUFFIX}"
    write_whole(path, data, "proof")
    return path


def verify_proof(path: Path | str, verified: VerifiedBundle, trust: TrustStore) -> int:
    """The size of its contributor's log under which a verified bundle stood; the card's office key is the log's.

    A proof that is there and false is as bad as a false signature: raises MalformedBundle with reason ``proof``.
    """
    data = read_bytes(Path(path), "proof", PROOF_LIMIT)
    card = trust.organisation(verified.statement.contributor)
    try:
        key = NoteKey.from_spki(_origin(card.id), card.office_der)
        return tlog_proof.verify(tlog_proof.decode(data), bytes.fromhex(verified.digest), key).size
    except AnonshareError:
        raise MalformedBundle(
            "The proof beside the bundle is false: it does not show this bundle in its contributor's log.",
            hint="Keep bundle and proof as evidence, and ask the contributor.",
            reason="proof",
        ) from None


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
