"""A workspace in one sealed file.

The file is a line of JSON and an age ciphertext. The line holds nothing but the one identity that opens the ciphertext,
itself sealed under the workspace's passphrase (Argon2id, AES-GCM). Whose backup it is and from when stands inside, where
nobody can read or change it without the passphrase.
"""

from __future__ import annotations

import io
import tarfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from anonshare.errors import StorageError, UsageError, WorkspaceError
from anonshare.files import read_bytes, staging_dir, write_private, writing
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.setup import PAPER
from anonshare.trust.keys import load_key
from anonshare.trust.vault import sealed
from anonshare.wire.age import encrypt, generate_identity, recipient_of
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["ABOUT", "FILES", "HEADER_LIMIT", "RECORD", "backup", "made_before"]

RECORD = "backups.json"
ABOUT = "backup.json"
"""The first member: whose backup it is, from when, and where its ledger ends."""

FILES = "files"
LEFT_OUT = {"opened", ".lock"}
"""Verified bundles can be opened again from the inbox; locks belong to a machine."""

UNFINISHED = (".staging-", ".part-")
HEADER_LIMIT = 1 << 14
MOST_DATES = 100


def backup(home: Workspace, to: Path | str, *, now: datetime | None = None) -> Path:
    """Write the whole workspace into one new file that only its passphrase opens; returns the path.

    Raises UsageError for a file inside the workspace, StorageError where the file exists, KeyFileError where the
    passphrase is not that of the workspace's keys, WorkspaceError where the workspace holds a link.
    """
    target = Path(to)
    if target.resolve().is_relative_to(home.root.resolve()):
        raise UsageError("A backup inside the workspace is lost with it.", hint="Name a file elsewhere: --to FILE")
    if target.exists():
        raise StorageError("There is a file of this name already.", hint="A backup is never overwritten.")
    secret = home.passphrase()
    # one that was mistyped would make a file that nobody opens on the day it is needed
    load_key(home.root / "keys" / "office.key", secret)
    stamp = (now or now_utc()).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = generate_identity()
    header = {"backup": "backup/1", "key": b64encode(sealed(identity.encode(), "backup", secret)).decode()}
    with home.lock():
        with staging_dir(home.root, "the backup") as stage:
            _pack(home, stage / "all.tar", stamp)
            with _new(target) as out, (stage / "all.tar").open("rb") as source:
                out.write(canonical(header) + b"\n")
                encrypt(source, out, [recipient_of(identity)])
        made = [*made_before(home), stamp][-MOST_DATES:]
        record = canonical({"backups": "backups/1", "last": stamp, "made": made})
        write_private(home.root / RECORD, record, "the record of backups")
    return target


def made_before(home: Workspace) -> tuple[str, ...]:
    """When backups were made, as far as the workspace knows: each still holds what was destroyed here since."""
    path = home.root / RECORD
    if not path.is_file():
        return ()
    raw = parse(read_bytes(path, "record of backups", 1 << 16))
    return tuple(str(one) for one in raw.get("made", [raw["last"]]))


@contextmanager
def _new(target: Path) -> Iterator[BinaryIO]:
    with staging_dir(target.parent, "the backup") as stage:
        part = stage / "backup"
        with writing("the backup"):
            with part.open("wb") as out:
                yield out
            part.chmod(0o600)
            part.rename(target)


def _pack(home: Workspace, to: Path, stamp: str) -> None:
    with writing("the backup"), tarfile.open(to, "w") as tar:
        about = _about(home, stamp)
        info = tarfile.TarInfo(ABOUT)
        info.size = len(about)
        tar.addfile(info, io.BytesIO(about))
        for path in sorted(home.root.rglob("*")):
            inside = path.relative_to(home.root)
            if _belongs(inside):
                _add(tar, path, inside.as_posix())


def _about(home: Workspace, stamp: str) -> bytes:
    entries = len(Ledger.open(home.folder("ledger")).entries()) if home.kind == "contributor" else 0
    return canonical(
        {
            "about": "backup/1",
            "id": home.id,
            "root": ",".join(home.roots),
            "when": stamp,
            "entries": entries,
        }
    )


def _belongs(inside: Path) -> bool:
    if inside.parts[0] in LEFT_OUT or inside.name.endswith(".lock") or inside.name == PAPER:
        return False
    return not any(part.startswith(UNFINISHED) for part in inside.parts)


def _add(tar: tarfile.TarFile, path: Path, name: str) -> None:
    if path.is_symlink() or not (path.is_dir() or path.is_file()):
        raise WorkspaceError(
            "The workspace holds a link or another thing that is no file, which a backup cannot hold.",
            hint="Put the file itself into the workspace instead of a link to it.",
        )
    info = tarfile.TarInfo(f"{FILES}/{name}")
    if path.is_dir():
        info.type = tarfile.DIRTYPE
        tar.addfile(info)
        return
    with path.open("rb") as stream:
        info.size = path.stat().st_size
        tar.addfile(info, stream)
