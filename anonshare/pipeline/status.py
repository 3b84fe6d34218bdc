"""Where a workspace stands: what is open, what is awaited, what ends soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError
from anonshare.files import read_bytes
from anonshare.intake.store import Store
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import RECORD
from anonshare.pipeline.next_step import next_step
from anonshare.pipeline.officers import single_holders
from anonshare.pipeline.receive import Awaited, receipts_awaited
from anonshare.pipeline.root_keys import at_hand
from anonshare.policy.load import read_policy
from anonshare.wire.strict_json import parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["SOON", "Ends", "Open", "Status", "status", "status_json", "status_lines"]

SOON = timedelta(days=90)
BACKUP_AGE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Open:
    """A draft that is neither sealed nor given up; ``next`` says what it waits for."""

    stream: str
    seq: int
    since: str
    folder: str
    next: str


@dataclass(frozen=True, slots=True)
class Ends:
    """Something that ends within 90 days, or has ended."""

    what: str
    when: date
    over: bool


@dataclass(frozen=True, slots=True)
class Status:
    """One workspace at one day. ``arrived`` counts files in an agency's inbox; ``stale`` is the time of the backup."""

    id: str
    kind: str
    exercise: bool
    drafts: tuple[Open, ...] = ()
    awaited: tuple[Awaited, ...] = ()
    ends: tuple[Ends, ...] = ()
    releases: int = 0
    stale: str | None = None
    lost: int = 0
    arrived: int = 0
    backup: str | None = None
    backup_due: bool = True
    alone: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()


def status(home: Workspace, *, now: datetime | None = None) -> Status:
    """Look at a workspace; reads no secret and changes nothing. Raises LedgerError where the ledger is damaged."""
    when = now or now_utc()
    last = _last_backup(home)
    due = last is None or datetime.fromisoformat(last) < when - BACKUP_AGE
    ends = tuple(sorted(_ends(home, when.date()), key=lambda one: one.when))
    if home.kind == "agency":
        folder = home.folder("inbox")
        arrived = sum(path.is_file() for path in folder.iterdir()) if folder.is_dir() else 0
        return Status(
            home.id,
            home.kind,
            home.exercise,
            ends=ends,
            arrived=arrived,
            backup=last,
            backup_due=due,
            alone=single_holders(home.card, when),
            roots=_roots(home),
        )
    ledger = Ledger.open(home.folder("ledger"))
    drafts = tuple(
        Open(e.stream, e.seq, e.when, f"drafts/{e.bundle_id}", next_step(home, e.bundle_id, when))
        for e in ledger.open_reservations()
    )
    return Status(
        home.id,
        home.kind,
        home.exercise,
        drafts,
        receipts_awaited(home),
        ends,
        len(ledger.releases()),
        ledger.stale_since,
        len(ledger.lost()),
        backup=last,
        backup_due=due,
        alone=single_holders(home.card, when),
        roots=_roots(home),
    )


def _roots(home: Workspace) -> tuple[str, ...]:
    """Root keys that ought to be with their holders; an exercise has nothing to lose."""
    return () if home.exercise else at_hand(home)


def _last_backup(home: Workspace) -> str | None:
    path = home.root / RECORD
    return str(parse(read_bytes(path, "record of backups", 1 << 12))["last"]) if path.is_file() else None


def _ends(home: Workspace, today: date) -> Iterator[Ends]:
    yield from _soon(today, _keys(home))
    if home.kind == "contributor":
        yield from _soon(today, _agreements(home))
    elif (home.root / "store.sqlite").is_file():
        yield from _soon(today, _deletions(home))


def _soon(today: date, found: Iterator[tuple[str, date]]) -> Iterator[Ends]:
    for what, when in found:
        if when <= today + SOON:
            yield Ends(what, when, when < today)


def _agreements(home: Workspace) -> Iterator[tuple[str, date]]:
    for path in sorted(home.folder("policies").glob("*.yaml")):
        policy = _policy_end(path)
        if policy is not None:
            yield f"agreement of the policy {path.stem}", policy


def _policy_end(path: Path) -> date | None:
    try:
        return read_policy(path).agreement.valid_until
    except AnonshareError:
        # a template that is not filled in yet has no end
        return None


def _keys(home: Workspace) -> Iterator[tuple[str, date]]:
    store = home.trust
    yield "trust store (anonshare trust renew)", datetime.fromisoformat(store.expires).date()
    for card in store.organisations():
        yield f"contact card of {card.id}", datetime.fromisoformat(card.expires).date()
        for person in card.people:
            for key in person.keys:
                if key.valid_until is not None and key.status == "valid":
                    yield f"key of {person.name} ({card.id})", datetime.fromisoformat(key.valid_until).date()


def _deletions(home: Workspace) -> Iterator[tuple[str, date]]:
    for stream, seq, day in Store(home.root / "store.sqlite").due():
        yield f"records of {stream}, number {seq}: to be deleted", datetime.fromisoformat(day).date()


def status_json(found: Status) -> dict[str, Any]:
    """The status as one object."""
    return {
        "status": "status/1",
        "id": found.id,
        "kind": found.kind,
        "exercise": found.exercise,
        "releases": found.releases,
        "drafts": [
            {"stream": d.stream, "seq": d.seq, "since": d.since, "folder": d.folder, "next": d.next}
            for d in found.drafts
        ],
        "awaited": [
            {"stream": a.stream, "seq": a.seq, "recipient": a.recipient, "since": a.when} for a in found.awaited
        ],
        "ends": [{"what": e.what, "when": e.when.isoformat(), "over": e.over} for e in found.ends],
        "stale_since": found.stale,
        "lost": found.lost,
        "arrived": found.arrived,
        "last_backup": found.backup,
        "backup_due": found.backup_due,
        "single_holders": list(found.alone),
        "root_keys_here": list(found.roots),
    }


def status_lines(found: Status) -> Iterator[str]:
    """The status in words, what must be done first."""
    yield f"{found.id} ({found.kind}{', exercise' if found.exercise else ''})"
    if found.stale is not None:
        yield f"! restored from a backup of {found.stale}: nothing can be released before anonshare ledger recover"
    if found.lost:
        yield f"! {found.lost} release(s) are lost to the ledger: restore a backup that holds them"
    for role in found.alone:
        yield f"! only one person can sign as {role}: if that person is away, nothing leaves"
    if found.roots:
        yield f"! root keys lie in the workspace: {', '.join(found.roots)} (hand out with anonshare keys take; print paper)"
    if found.kind == "agency":
        yield f"inbox: {found.arrived} file(s)" + (" (anonshare inbox)" if found.arrived else "")
    else:
        yield f"released: {found.releases}"
        yield f"open drafts: {len(found.drafts) or 'none'}"
        yield from (f"  number {d.seq} of {d.stream}, since {d.since}: {d.next} ({d.folder})" for d in found.drafts)
        yield f"receipts awaited: {len(found.awaited) or 'none'}"
        yield from (f"  {a.recipient}: number {a.seq} of {a.stream}, released {a.when}" for a in found.awaited)
    yield f"ends within 90 days: {len(found.ends) or 'nothing'}"
    yield from (f"  {e.when}{' (over)' if e.over else ''}: {e.what}" for e in found.ends)
    yield f"last backup: {found.backup or 'never'}" + (" - make one: anonshare backup FILE" if found.backup_due else "")
