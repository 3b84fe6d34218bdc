"""A workspace in one sealed file, and out of it again.

The file is a line of JSON and an age ciphertext. The line names the workspace and holds the one identity that opens the
ciphertext, itself sealed under the workspace's passphrase (Argon2id, AES-GCM).
"""

from __future__ import annotations

import tarfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from anonshare.errors import AnonshareError, InputError, StorageError, UsageError, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, staging_dir, write_private, writing
from anonshare.ledger.ledger import STALE
from anonshare.trust.vault import open_sealed, sealed
from anonshare.wire.age import decrypt, encrypt, generate_identity, recipient_of
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import MARKER, Workspace, now_utc

__all__ = ["RECORD", "backup", "restore"]

RECORD = "backups.json"
LEFT_OUT = {"opened", ".lock"}
"""Verified bundles can be opened again from the inbox; locks belong to a machine."""

HEADER_LIMIT = 1 << 14
MEMBER_LIMIT = 1_000_000


def backup(home: Workspace, to: Path | str, *, now: datetime | None = None) -> Path:
    """Write the whole workspace into one new file that only its passphrase opens; returns the path.

    Raises UsageError for a file inside the workspace, StorageError where the file exists.
    """
    target = Path(to)
    if target.resolve().is_relative_to(home.root.resolve()):
        raise UsageError("A backup inside the workspace is lost with it.", hint="Name a file elsewhere: --to FILE")
    if target.exists():
        raise StorageError("There is a file of this name already.", hint="A backup is never overwritten.")
    stamp = (now or now_utc()).strftime("%Y-%m-%dT%H:%M:%SZ")
    identity = generate_identity()
    box = b64encode(sealed(identity.encode(), "backup", home.passphrase())).decode()
    header = {
        "backup": "backup/1",
        "id": home.id,
        "root": b64encode(home.root_spki).decode(),
        "when": stamp,
        "key": box,
    }
    with home.lock():
        with staging_dir(home.root, "the backup") as stage:
            _pack(home.root, stage / "all.tar", stage.name)
            with _new(target) as out, (stage / "all.tar").open("rb") as source:
                out.write(canonical(header) + b"\n")
                encrypt(source, out, [recipient_of(identity)])
        write_private(home.root / RECORD, canonical({"backups": "backups/1", "last": stamp}), "the record of backups")
    return target


@contextmanager
def _new(target: Path) -> Iterator[BinaryIO]:
    with staging_dir(target.parent, "the backup") as stage:
        part = stage / "backup"
        with writing("the backup"):
            with part.open("wb") as out:
                yield out
            part.chmod(0o600)
            part.rename(target)


def _pack(root: Path, to: Path, stage: str) -> None:
    with writing("the backup"), tarfile.open(to, "w") as tar:
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root)
            if inside.parts[0] in LEFT_OUT | {stage} or path.name.endswith(".lock") or path.is_symlink():
                continue
            info = tarfile.TarInfo(inside.as_posix())
            if path.is_dir():
                info.type = tarfile.DIRTYPE
                tar.addfile(info)
            elif path.is_file():
                with path.open("rb") as stream:
                    info.size = path.stat().st_size
                    tar.addfile(info, stream)


def restore(file: Path | str, to: Path | str, *, passphrase: bytes) -> Workspace:
    """Make the workspace of a backup in a new or empty folder, whole or not at all.

    Its ledger is marked as restored: it releases nothing until ``recover`` has compared it. Raises WorkspaceError where
    the folder holds something (another workspace above all), KeyFileError for a wrong passphrase, InputError for a
    file that is no whole backup.
    """
    source, root = Path(file), Path(to)
    header = _header(source)
    _must_be_free(root, header)
    identity = open_sealed(b64decode(str(header["key"])), "backup", passphrase, "backup").decode()
    make_private_dir(root.parent, "the folder of the workspace")
    with staging_dir(root.parent, "the workspace") as stage:
        whole = make_private_dir(stage / "workspace")
        _unpack(source, identity, stage / "all.tar", whole)
        made = Workspace.open(whole)
        if made.id != header["id"] or b64encode(made.root_spki).decode() != header["root"]:
            raise _no_backup()
        if made.kind == "contributor":
            mark = canonical({"stale": "stale/1", "since": str(header["when"])})
            write_private(whole / "ledger" / STALE, mark, "the mark of a restored ledger")
        with writing("the workspace"):
            if root.exists():
                root.rmdir()
            whole.rename(root)
    return Workspace.open(root)


def _header(source: Path) -> dict[str, Any]:
    line = read_bytes(source, "backup").split(b"\n", 1)[0]
    try:
        header = parse(line) if len(line) <= HEADER_LIMIT else {}
        complete = header["backup"] == "backup/1" and {"id", "root", "when", "key"} <= header.keys()
        b64decode(str(header["key"]), validate=True)
    except (AnonshareError, KeyError, ValueError):
        complete = False
    if not complete:
        raise _no_backup() from None
    return header


def _no_backup() -> InputError:
    return InputError(
        "The file is no backup of a workspace, or it is damaged.", hint="Is it the right file, and whole?"
    )


def _must_be_free(root: Path, header: dict[str, Any]) -> None:
    if not root.exists() or not any(root.iterdir()):
        return
    if (root / MARKER).is_file():
        here = Workspace.open(root)
        if b64encode(here.root_spki).decode() != header["root"]:
            raise WorkspaceError(
                "This is a backup of another workspace than the one in the folder.",
                hint="Restore it into a new folder.",
            )
    raise WorkspaceError("The folder is not empty.", hint="Move what is there away, or choose a new folder.")


def _unpack(source: Path, identity: str, tar: Path, into: Path) -> None:
    try:
        with source.open("rb") as stream, tar.open("wb") as out:
            stream.readline(HEADER_LIMIT)
            decrypt(stream, out, [identity])
        with tarfile.open(tar) as members:
            for number, member in enumerate(members):
                _member(members, member, into, number)
    except (tarfile.TarError, OSError, EOFError):
        raise _no_backup() from None
    except AnonshareError as error:
        # what age says of a stranger's bundle would mislead here
        raise (error if isinstance(error, InputError | WorkspaceError) else _no_backup()) from None


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path, number: int) -> None:
    """Write one file or folder; anything else, or a path that leads out, is no backup of ours."""
    path = Path(member.name)
    if path.is_absolute() or ".." in path.parts or number > MEMBER_LIMIT or not (member.isfile() or member.isdir()):
        raise _no_backup()
    target = into / path
    if member.isdir():
        make_private_dir(target)
        return
    make_private_dir(target.parent)
    stream = tar.extractfile(member)
    if stream is None:
        raise _no_backup()
    with target.open("wb") as out:
        while chunk := stream.read(1 << 20):
            out.write(chunk)
    target.chmod(0o600)
