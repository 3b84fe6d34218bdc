"""A workspace out of the one sealed file that ``backup`` wrote, whole or not at all."""

from __future__ import annotations

import tarfile
from base64 import b64decode
from datetime import datetime
from pathlib import Path

from anonshare.errors import AnonshareError, BundleError, InputError, NotAcceptable, WorkspaceError
from anonshare.files import make_private_dir, staging_dir, writing
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import ABOUT, FILES, HEADER_LIMIT
from anonshare.places import must_be_local
from anonshare.trust.vault import open_sealed
from anonshare.wire.age import decrypt
from anonshare.wire.strict_json import parse
from anonshare.workspace import MARKER, Workspace, now_utc

__all__ = ["restore"]

MEMBER_LIMIT = 1_000_000


def restore(file: Path | str, to: Path | str, *, passphrase: bytes, now: datetime | None = None) -> Workspace:
    """Make the workspace of a backup in a new or empty folder, whole or not at all.

    Its ledger writes down that it was restored, and releases nothing until ``recover`` has compared it. Raises
    WorkspaceError where the folder holds something (another workspace above all), is on a network drive or is copied
    to a cloud, KeyFileError for a wrong passphrase, InputError for a file that is no whole backup.
    """
    source, root = Path(file), Path(to)
    identity = open_sealed(_key(source), "backup", passphrase, "backup").decode()
    must_be_local(root)
    make_private_dir(root.parent, "the folder of the workspace")
    with staging_dir(root.parent, "the workspace") as stage:
        whole = make_private_dir(stage / FILES)
        about = _unpack(source, identity, stage)
        _must_be_free(root, about["root"])
        made = Workspace.open(whole)
        if (made.id, ",".join(made.roots)) != (about["id"], about["root"]):
            raise _no_backup()
        if made.kind == "contributor":
            stamp = (now or now_utc()).strftime("%Y-%m-%dT%H:%M:%SZ")
            Ledger.open(make_private_dir(whole / "ledger")).restore(about["when"], stamp)
        with writing("the workspace"):
            if root.exists():
                root.rmdir()
            whole.rename(root)
    return Workspace.open(root)


def _key(source: Path) -> bytes:
    """The sealed identity in the first line; no more of the file is read."""
    try:
        with source.open("rb") as stream:
            header = parse(stream.readline(HEADER_LIMIT).removesuffix(b"\n"))
        if header.keys() == {"backup", "key"} and header["backup"] == "backup/1":
            return b64decode(str(header["key"]), validate=True)
    except FileNotFoundError:
        raise InputError("There is no backup at the path given.", hint="Check the path.") from None
    except (AnonshareError, OSError, ValueError):
        pass
    raise _no_backup()


def _no_backup() -> InputError:
    return InputError(
        "The file is no backup of a workspace, or it is damaged.", hint="Is it the right file, and whole?"
    )


def _must_be_free(root: Path, pinned: str) -> None:
    if not root.exists():
        return
    if not root.is_dir():
        raise WorkspaceError("There is a file of this name.", hint="Name a new folder: --to FOLDER")
    if (root / MARKER).is_file() and ",".join(Workspace.open(root).roots) != pinned:
        raise WorkspaceError(
            "This is a backup of another workspace than the one in the folder.", hint="Restore it into a new folder."
        )
    if any(root.iterdir()):
        raise WorkspaceError("The folder is not empty.", hint="Move what is there away, or choose a new folder.")


def _unpack(source: Path, identity: str, stage: Path) -> dict[str, str]:
    """The files of the backup below ``stage``, and what its first member says of it."""
    try:
        with source.open("rb") as stream, writing("the workspace"), (stage / "all.tar").open("wb") as out:
            stream.readline(HEADER_LIMIT)
            decrypt(stream, out, [identity])
        with tarfile.open(stage / "all.tar") as members, writing("the workspace"):
            for number, member in enumerate(members):
                _member(members, member, stage, number)
        about = parse((stage / ABOUT).read_bytes())
        return {name: str(about[name]) for name in ("id", "root", "when")}
    except (tarfile.TarError, EOFError, KeyError, FileNotFoundError):
        raise _no_backup() from None
    except (BundleError, NotAcceptable):
        # what age says of a stranger's bundle would mislead here
        raise _no_backup() from None


def _member(tar: tarfile.TarFile, member: tarfile.TarInfo, into: Path, number: int) -> None:
    """Write one file or folder; anything else, or a path that leads out, is no backup of ours."""
    if number > MEMBER_LIMIT or not (member.isreg() or member.isdir()) or not _leads_in(member.name):
        raise _no_backup()
    target = into / member.name
    if member.isdir():
        make_private_dir(target)
        return
    make_private_dir(target.parent)
    stream = tar.extractfile(member)
    if stream is None or target.exists():
        raise _no_backup()
    with target.open("wb") as out:
        while chunk := stream.read(1 << 20):
            out.write(chunk)
    target.chmod(0o600)


def _leads_in(name: str) -> bool:
    """Whether a name is the one of our own making: the first member's, or of a file below ours."""
    parts = name.split("/")
    plain = all(part not in {"", ".", ".."} and "\\" not in part for part in parts)
    drive = any(len(part) > 1 and part[1] == ":" for part in parts)
    return plain and not drive and (name == ABOUT or (parts[0] == FILES and len(parts) > 1))
