"""What has arrived at an agency's desk: every file judged on its own, so that one bad file stops no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anonshare.errors import AnonshareError, WorkspaceError
from anonshare.files import make_private_dir, write_private, writing
from anonshare.pipeline.desk import ingest, verify
from anonshare.wire.strict_json import canonical
from anonshare.workspace import Workspace

__all__ = ["Arrived", "inbox"]

NEUTRAL = re.compile(r"anon-[0-9a-f]{12}\.anonshare\.zip(?:\.age)?\Z")
LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file: its neutral name or its number, its state, the exit code and the words of a refusal.

    ``state`` is ``waiting`` (it verifies), ``known`` (in the store already), ``ingested`` or ``refused``.
    """

    name: str
    size: int
    state: str
    code: int = 0
    words: str = ""
    stream: str = ""
    seq: int = 0


def inbox(home: Workspace, *, take: bool = False) -> tuple[Arrived, ...]:
    """Look at every file in ``inbox/``; with ``take`` ingest what verifies, in the order of streams and numbers.

    What was taken in moves to ``inbox/done``, what was refused to ``quarantine/`` beside a note that says why. Without
    ``take`` nothing moves. Raises WorkspaceError where the folder cannot be read.
    """
    home.must_be("agency")
    files = _files(home)
    looked = {path: _looked(home, path, number) for number, path in enumerate(files, 1)}
    if not take:
        return tuple(looked.values())
    order = sorted(files, key=lambda path: (looked[path].stream, looked[path].seq))
    taken = {path: _taken(home, path, number, looked[path]) for number, path in enumerate(order, 1)}
    return tuple(taken[path] for path in files)


def _files(home: Workspace) -> list[Path]:
    folder = make_private_dir(home.folder("inbox"), "the inbox")
    # a link could point at a file of the desk itself
    found = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.is_symlink() and not p.name.startswith(".")]
    if len(found) > LIMIT:
        raise WorkspaceError(f"The inbox holds more than {LIMIT:,} files.", hint="Move some of them elsewhere.")
    return found


def _looked(home: Workspace, path: Path, number: int) -> Arrived:
    def look() -> Arrived:
        with verify(path, home) as verified:
            s = verified.statement
            state = "known" if verified.order == "duplicate" else "waiting"
            return Arrived(_name(path, number), path.stat().st_size, state, stream=s.stream, seq=s.seq)

    return _judged(path, number, look)


def _judged(path: Path, number: int, attempt: Callable[[], Arrived]) -> Arrived:
    try:
        return attempt()
    except AnonshareError as error:
        size = path.stat().st_size if path.exists() else 0
        return Arrived(_name(path, number), size, "refused", error.exit_code, error.message)


def _name(path: Path, number: int) -> str:
    """A sender's own file name can hold a person's: only the neutral one is repeated."""
    return path.name if NEUTRAL.match(path.name) else f"file {number}"


def _taken(home: Workspace, path: Path, number: int, was: Arrived) -> Arrived:
    def take() -> Arrived:
        with verify(path, home) as verified:
            receipt = ingest(verified, home)
            s = verified.statement
        state = "known" if receipt.duplicate else "ingested"
        return Arrived(was.name, was.size, state, stream=s.stream, seq=s.seq)

    # judged anew: an earlier bundle of the stream may have been taken in since
    found = _judged(path, number, take)
    if found.state == "refused":
        if not _not_yet(found):
            _move(path, make_private_dir(home.folder("quarantine"), "the quarantine"), found)
        return found
    _move(path, make_private_dir(home.folder("inbox") / "done", "the inbox"), None)
    return found


def _not_yet(found: Arrived) -> bool:
    """Whether the fault is the desk's own (disk, passphrase): then the file stays where it is."""
    return found.code not in {4, 5}


def _move(path: Path, folder: Path, refused: Arrived | None) -> None:
    target = folder / path.name
    number = 2
    while target.exists():
        target = folder / f"{number}-{path.name}"
        number += 1
    with writing("the inbox"):
        path.rename(target)
    if refused is not None:
        why = {"refused": "refused/1", "code": refused.code, "words": refused.words}
        write_private(target.with_name(f"{target.name}.why.json"), canonical(why), "quarantine")
