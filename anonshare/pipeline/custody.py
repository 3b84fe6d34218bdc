"""The root of an epoch on paper, in shares for several people, and back from a few of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from anonshare.errors import KeyFileError, StorageError, UsageError
from anonshare.files import make_private_dir, read_bytes, write_private, writing
from anonshare.ledger.entries import KeyDestroyed, KeyRotated
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.own_card import stamp
from anonshare.trust.keyring import Keyring, complete, decode_keyring, fingerprint
from anonshare.trust.keys import load_key
from anonshare.trust.shares import join, read_sheet, sheets
from anonshare.trust.vault import open_secret
from anonshare.workspace import KEYRING, Workspace, now_utc

__all__ = ["recover_key", "split_key"]

SHEET_LIMIT = 1 << 16


def split_key(home: Workspace, folder: Path | str, *, shares: int = 3, threshold: int = 2) -> tuple[Path, ...]:
    """Write the current epoch's root as sheets, one a custodian, of which any ``threshold`` restore it.

    The folder is outside of the workspace: to be printed from, and emptied. Raises UsageError for other numbers, for a
    folder inside, StorageError where sheets of this epoch lie there already.
    """
    home.must_be("contributor")
    place = Path(folder)
    if place.resolve().is_relative_to(home.root.resolve()):
        raise UsageError("Shares beside the key that they restore are lost with it.", hint="Name a folder elsewhere.")
    epoch, root = home.token_key()
    pages = sheets(root, epoch, home.title, shares=shares, threshold=threshold)
    make_private_dir(place, "the folder of the sheets")
    paths = tuple(place / f"epoch-{epoch}-share-{number}.txt" for number in range(1, shares + 1))
    if any(path.exists() for path in paths):
        raise StorageError("The folder holds sheets of this epoch already.", hint="Choose a new folder.")
    # a workspace from before there were epochs gets its list: what comes back from paper is compared with it
    if epoch not in home.fingerprints():
        home.save_keyring(home.keyring())
    for path, page in zip(paths, pages, strict=True):
        write_private(path, page.encode(), "sheet")
    return paths


def recover_key(home: Workspace, given: Sequence[Path | str], *, now: datetime | None = None) -> str:
    """Put a root back that the keyring lost, or make the keyring anew where its file is lost; returns the epoch.

    A root is taken that has the fingerprint on the workspace's list, and no other. A keyring that opens keeps what it
    holds, and a damaged file is put aside. Raises KeyFileError, with nothing written, for anything else.
    """
    home.must_be("contributor")
    # a wrong passphrase looks like a damaged keyring: with it a good one would be replaced
    load_key(home.root / "keys" / "office.key", home.passphrase())
    root = join([read_sheet(_text(Path(path))) for path in given])
    with home.lock():
        epoch = _epoch_of(root, home.fingerprints())
        ring = _completed(home).recover(epoch, root)
        path = home.root / KEYRING
        if path.is_file() and _opens(home) is None:
            with writing("the keyring"):
                path.rename(path.with_name(f"tokens.damaged-{stamp(now or now_utc()).replace(':', '')}"))
        home.save_keyring(ring)
    return epoch


def _text(path: Path) -> str:
    return read_bytes(path, "sheet", SHEET_LIMIT).decode("utf-8", "replace")


def _epoch_of(root: bytes, known: dict[str, str]) -> str:
    """The epoch whose fingerprint this root has."""
    for epoch, digest in known.items():
        if fingerprint(root, epoch) == digest:
            return epoch
    raise KeyFileError(
        "The shares restore no key of this workspace: its list of epochs has no such fingerprint.",
        hint="Are the sheets this organisation's? If keys/epochs.json is lost, restore it from a backup.",
        reason="fingerprint",
    )


def _opens(home: Workspace) -> Keyring | None:
    path = home.root / KEYRING
    if not path.is_file():
        return None
    try:
        return decode_keyring(open_secret(path, "tokens", home.passphrase()))
    except KeyFileError:
        return None


def _completed(home: Workspace) -> Keyring:
    """The keyring as far as it opens, with every epoch that the list and the ledger know of."""
    entries = Ledger.open(home.folder("ledger")).entries()
    began = {entry.epoch: entry.when for entry in entries if isinstance(entry, KeyRotated)}
    destroyed = {entry.epoch: entry.when for entry in entries if isinstance(entry, KeyDestroyed)}
    ring = _opens(home)
    return complete(ring.epochs if ring else {}, home.fingerprints(), began, destroyed)
