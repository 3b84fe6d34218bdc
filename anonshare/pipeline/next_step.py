"""What an open draft waits for: approvals of roles, or the seal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from anonshare.bundle.statement import PAYLOAD_TYPE, parse_statement
from anonshare.errors import AnonshareError, InputError
from anonshare.files import read_bytes
from anonshare.pipeline.approve import read_approval
from anonshare.trust.roles import count_roles
from anonshare.wire.dsse import Signature, pae
from anonshare.workspace import Workspace

__all__ = ["next_step"]


def next_step(home: Workspace, bundle_id: str, now: datetime) -> str:
    """In words, by the approvals that lie beside the draft; an approval kept elsewhere is not seen. Reads no secret."""
    folder = home.folder("drafts") / bundle_id
    try:
        payload = read_bytes(folder / "statement.json", "draft", 16 << 20)
        required = parse_statement(payload).required_roles
        signatures = tuple({s.keyid: s for s in _beside(folder, payload)}.values())
        missing = count_roles(home.card, pae(PAYLOAD_TYPE, payload), signatures, now, required=required).missing
    except AnonshareError:
        return "its files are gone or damaged; give it up: anonshare draft --replace"
    return f"waits for approval by {', '.join(missing)}" if missing else "can be sealed: anonshare seal"


def _beside(folder: Path, payload: bytes) -> Iterator[Signature]:
    for path in sorted(folder.glob("*.approval")):
        try:
            yield read_approval(path, payload)
        except InputError:
            # of an earlier draft, or no approval: it counts for nothing here
            continue
