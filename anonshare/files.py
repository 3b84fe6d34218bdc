"""All platform code: private folders, whole-or-nothing writes, locks, file modes.

POSIX modes where there are any; on Windows encryption alone protects key files. Every failure of the system becomes
our own error, which names the folder's role and never a cell, and leaves no partial file behind.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from anonshare.errors import InputError, StorageError, WorkspaceError

__all__ = [
    "POSIX",
    "append_line",
    "locked",
    "make_private_dir",
    "read_bytes",
    "staging_dir",
    "too_open",
    "write_private",
    "write_whole",
]

POSIX = os.name == "posix"
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


def _storage_error(error: OSError, what: str) -> StorageError:
    if error.errno in _FULL:
        return StorageError(f"The disk is full: {what} was not written.", hint="Free some space and run it again.")
    if error.errno in _READ_ONLY:
        return StorageError(
            f"The folder does not allow writing: {what} was not written.", hint="Choose a folder that you own."
        )
    return StorageError(f"The system could not write {what} ({errno.errorcode.get(error.errno or 0, 'unknown')}).")


@contextmanager
def writing(what: str) -> Iterator[None]:
    """Turn the system's own errors about writing ``what`` into StorageError."""
    try:
        yield
    except OSError as error:
        raise _storage_error(error, what) from None


def read_bytes(path: Path, what: str, limit: int | None = None) -> bytes:
    """The bytes of a file; raises InputError where it is missing, unreadable or larger than ``limit`` bytes."""
    try:
        if limit is not None and path.stat().st_size > limit:
            raise InputError(f"{what} is larger than {limit:,} bytes.", hint="Is it the right file?")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no {what} at the path given.", hint="Check the path.") from None
    except OSError:
        raise InputError(f"{what} cannot be read.", hint="Check that it is a file and that you may read it.") from None


def make_private_dir(path: Path, what: str = "the folder") -> Path:
    """Make a folder that only its owner may enter (0700), with its parents; an existing one is left as it is."""
    with writing(what):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write_whole(path: Path, data: bytes, what: str, mode: int = 0o644) -> None:
    """Write a file whole or not at all: a temporary neighbour, synced, then renamed."""
    with writing(what):
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            if POSIX:
                os.chmod(name, mode)
            os.replace(name, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise


def write_private(path: Path, data: bytes, what: str) -> None:
    """Write a secret: readable by its owner alone (0600)."""
    write_whole(path, data, what, mode=0o600)


def too_open(path: Path) -> bool:
    """Whether others than the owner may read the file; always False where the platform has no modes."""
    return POSIX and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def append_line(path: Path, line: bytes, what: str) -> None:
    """Append one line and sync it; a short write is cut off again, so that a file never ends in half a line."""
    with writing(what):
        with open(path, "ab") as out:
            start = out.seek(0, os.SEEK_END)
            try:
                out.write(line + b"\n")
                out.flush()
                os.fsync(out.fileno())
            except BaseException:
                with suppress(OSError):
                    os.truncate(path, start)
                raise
        if POSIX:
            os.chmod(path, 0o600)


@contextmanager
def staging_dir(parent: Path, what: str) -> Iterator[Path]:
    """A private folder for work in progress, removed at the end whatever happens; rename out of it what is done."""
    make_private_dir(parent, what)
    with writing(what):
        folder = Path(tempfile.mkdtemp(dir=parent, prefix=".staging-"))
    try:
        yield folder
    except OSError as error:
        raise _storage_error(error, what) from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold an exclusive lock on ``path``; raises WorkspaceError where another process holds it."""
    with writing("the lock"):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _lock(handle)
        except OSError:
            raise WorkspaceError(
                "Another process is using this workspace.", hint="Wait until it has ended, then run it again."
            ) from None
        yield
    finally:
        os.close(handle)
