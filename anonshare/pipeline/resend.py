"""Send again what left, byte for byte: the same bundle under the same number, for a file that was lost on its way."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from anonshare.bundle.encrypted import decrypt_and_verify
from anonshare.errors import LedgerError
from anonshare.files import make_private_dir, staging_dir, writing
from anonshare.ledger.entries import Released
from anonshare.ledger.ledger import Ledger
from anonshare.workspace import Workspace

__all__ = ["resend", "sent_path"]


def sent_path(home: Workspace, digest: str) -> Path:
    """Where the sealed file of a release is kept."""
    return home.folder("sent") / f"{digest[:16]}.anonshare.zip.age"


def resend(home: Workspace, stream: str, seq: int, to: Path | str) -> Path:
    """Copy the sealed file of a release into the folder ``to`` once more; returns its path there.

    Nothing is signed, drawn or counted anew. It is opened with the own archive key and checked first: raises LedgerError
    where nothing left under this number, where the copy is gone or is another bundle, and what ``verify`` raises.
    """
    home.must_be("contributor")
    released = _released(home, stream, seq)
    kept = sent_path(home, released.digest)
    if not kept.is_file():
        raise LedgerError(
            "The sealed file of this release is not kept here any more.",
            hint="Restore a backup that holds it.",
            reason="sent",
        )
    with staging_dir(home.root, "the check of what is sent again") as stage:
        _must_be(home, kept, released, stage)
    target = make_private_dir(Path(to), "the folder of releases") / f"anon-{released.bundle_id[:12]}.anonshare.zip.age"
    with staging_dir(target.parent, "the release") as stage, writing("the release"):
        shutil.copyfile(kept, stage / "again")
        (stage / "again").replace(target)
    return target


def _released(home: Workspace, stream: str, seq: int) -> Released:
    ledger = Ledger.open(home.folder("ledger"))
    for one in ledger.releases(stream):
        if one.seq == seq and not ledger.voided(stream, seq):
            return one
    raise LedgerError(
        "Nothing left under this number of this stream, or it was called back.",
        hint="anonshare ledger show",
        reason="number",
    )


def _must_be(home: Workspace, kept: Path, released: Released, stage: Path) -> None:
    """Judged at the time at which it left: keys that ended since then undo nothing, one that was stolen before does."""
    left = datetime.fromisoformat(released.when)
    verified = decrypt_and_verify(
        kept, home.identities(), stage, trust=home.trust, state=None, now=left, receiver=home.id
    )
    with verified:
        if verified.digest != released.digest:
            raise LedgerError("What is kept under this number is another bundle than the one that left.", reason="sent")
