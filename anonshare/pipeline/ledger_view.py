"""The ledger for people: what left, to whom, on whose word; and whether the file can be relied on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from anonshare.errors import AnonshareError
from anonshare.ledger.entries import (
    Entry,
    KeyDestroyed,
    Keyed,
    KeyRotated,
    Lost,
    Noticed,
    Recovered,
    Released,
    Reserved,
    Restored,
    Voided,
)
from anonshare.ledger.ledger import Ledger
from anonshare.ledger.memberships import memberships_path
from anonshare.pipeline.doctor import Finding
from anonshare.workspace import Workspace

__all__ = ["check_json", "check_ledger", "ledger_json", "ledger_lines"]

KINDS: dict[type[Entry], str] = {
    Reserved: "reserved",
    Released: "released",
    Voided: "given up",
    Lost: "lost",
    Restored: "restored",
    Recovered: "recovered",
    Noticed: "noticed",
    Keyed: "keyed",
    KeyRotated: "key rotated",
    KeyDestroyed: "key destroyed",
}
SHOWN = (
    "stream",
    "seq",
    "when",
    "recipients",
    "recipient",
    "approvals",
    "agencies",
    "by",
    "made",
    "budget",
    "digest",
    "epoch",
    "delete_at",
    "reason",
)


def ledger_json(home: Workspace) -> dict[str, Any]:
    """All entries as one object; digests of inputs and policies stay inside."""
    entries = [_entry(entry) for entry in Ledger.open(home.folder("ledger")).entries()]
    return {"ledger": "ledger/1", "entries": entries}


def _entry(entry: Entry) -> dict[str, Any]:
    plain = {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(entry).items() if key in SHOWN}
    return {"entry": KINDS[type(entry)], **plain}


def ledger_lines(home: Workspace) -> Iterator[str]:
    """All entries in words, in the order in which they were written."""
    entries = Ledger.open(home.folder("ledger")).entries()
    yield f"{sum(isinstance(e, Released) for e in entries)} release(s), {len(entries)} entries"
    for entry in entries:
        if isinstance(entry, Released):
            to, by = ", ".join(entry.recipients), ", ".join(entry.approvals)
            yield f"{entry.when}  released   number {entry.seq} of {entry.stream}, to {to}, approved by {by}"
        elif isinstance(entry, Restored):
            yield f"{entry.when}  restored   from a backup of {entry.made}"
        elif isinstance(entry, Recovered):
            yield f"{entry.when}  recovered  by {entry.by}, with {', '.join(entry.agencies) or 'no agency'}"
        elif isinstance(entry, KeyRotated):
            yield f"{entry.when}  rotated    epoch {entry.epoch} of the keys of tokens begins"
        elif isinstance(entry, KeyDestroyed):
            yield f"{entry.when}  destroyed  the key of epoch {entry.epoch}, by {entry.by}: {entry.reason}"
        else:
            yield f"{entry.when or '-':<20}  {KINDS[type(entry)]:<9}  number {entry.seq} of {entry.stream}"


def check_ledger(home: Workspace) -> tuple[Finding, ...]:
    """Whether the chain is whole, every release has its memberships, and nothing left that it does not know."""
    folder = home.folder("ledger")
    try:
        ledger = Ledger.open(folder)
        releases = ledger.releases()
    except AnonshareError as error:
        return (Finding("chain", False, error.message),)
    absent = sum(not memberships_path(folder, entry.bundle_id).is_file() for entry in releases)
    since, lost = ledger.stale_since, len(ledger.lost())
    return (
        Finding("chain", True, f"{len(ledger.entries())} entries, whole"),
        Finding(
            "memberships", not absent, f"missing for {absent} of {len(releases)} release(s)" if absent else "there"
        ),
        Finding("up to date", since is None, f"restored from a backup of {since}" if since else "not restored"),
        Finding("complete", not lost, f"{lost} release(s) lost" if lost else "no release is lost"),
    )


def check_json(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The findings as one object."""
    return {
        "check": "ledger-check/1",
        "met": all(f.ok for f in findings),
        "findings": [{"check": f.check, "ok": f.ok, "words": f.words} for f in findings],
    }
