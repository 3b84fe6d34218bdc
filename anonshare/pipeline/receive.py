"""What comes back to a contributor: an agency's signed receipt, checked against the ledger and kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from anonshare.errors import InputError, LedgerError, MalformedBundle, UntrustedSigner
from anonshare.files import make_private_dir, read_bytes, write_private
from anonshare.intake.receipt import Receipt, open_receipt
from anonshare.ledger.entries import Released
from anonshare.ledger.ledger import Ledger
from anonshare.trust.card import ContactCard
from anonshare.workspace import Workspace

__all__ = ["Awaited", "Received", "open_by_any", "receipts_awaited", "receive"]

LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt that was kept: whose, of which release, and whether it was new, known, or differs from one before."""

    agency: str
    stream: str
    seq: int
    rows: int
    outcome: Literal["kept", "known", "differs"]
    path: Path


@dataclass(frozen=True, slots=True)
class Awaited:
    """A release for which a recipient has sent no receipt."""

    stream: str
    seq: int
    digest: str
    recipient: str
    when: str


def receive(file: Path | str, home: Workspace) -> Received:
    """Check a signed receipt and keep it in ``receipts/``.

    Raises UntrustedSigner where no pinned agency signed it, LedgerError where it is of no release of this ledger to
    that agency. A second receipt with other content is kept beside the first.
    """
    home.must_be("contributor")
    data = read_bytes(Path(file), "receipt", LIMIT)
    receipt, card = open_by_any(data, home)
    released = _released(home, receipt)
    if card.id not in released.recipients:
        raise LedgerError("The receipt is by an agency that this release was not for.", reason="receipt")
    with home.lock():
        return _keep(home, receipt, data)


def open_by_any(data: bytes, home: Workspace) -> tuple[Receipt, ContactCard]:
    """A receipt and the card of the pinned agency that signed it; raises UntrustedSigner where none did."""
    for card in home.trust.organisations():
        if card.kind != "agency":
            continue
        try:
            return open_receipt(data, card), card
        except (UntrustedSigner, MalformedBundle):
            continue
    raise UntrustedSigner(
        "The file is no receipt that a pinned agency signed.", hint="Is the agency's card pinned? anonshare trust show"
    )


def _released(home: Workspace, receipt: Receipt) -> Released:
    for entry in Ledger.open(home.folder("ledger")).releases(receipt.stream):
        if (entry.seq, entry.digest, entry.bundle_id) == (receipt.seq, receipt.digest, receipt.bundle_id):
            return entry
    raise LedgerError(
        "The receipt is of no release in this ledger.",
        hint="Is it another office's? If this workspace was restored: anonshare ledger recover FILE",
        reason="receipt",
    )


def _keep(home: Workspace, receipt: Receipt, data: bytes) -> Received:
    folder = make_private_dir(home.folder("receipts"), "the folder of receipts")
    for number in range(1, 100):
        suffix = "" if number == 1 else f".{number}"
        path = folder / f"{receipt.digest[:16]}.{receipt.agency}{suffix}.receipt.json"
        if path.is_file() and read_bytes(path, "receipt", LIMIT) == data:
            return _received(receipt, "known", path)
        if not path.exists():
            write_private(path, data, "receipt")
            return _received(receipt, "kept" if number == 1 else "differs", path)
    raise InputError("There are too many receipts of this release.", hint="Ask the agency why it signs again.")


def _received(receipt: Receipt, outcome: Literal["kept", "known", "differs"], path: Path) -> Received:
    return Received(receipt.agency, receipt.stream, receipt.seq, sum(receipt.rows.values()), outcome, path)


def receipts_awaited(home: Workspace) -> tuple[Awaited, ...]:
    """Releases without a receipt, one entry for each recipient that is silent."""
    folder = home.folder("receipts")
    names = {path.name for path in folder.glob("*.receipt.json")} if folder.is_dir() else set()
    return tuple(
        Awaited(entry.stream, entry.seq, entry.digest, agency, entry.when)
        for entry in Ledger.open(home.folder("ledger")).releases()
        for agency in entry.recipients
        if f"{entry.digest[:16]}.{agency}.receipt.json" not in names
    )
