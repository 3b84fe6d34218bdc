"""What has arrived at an agency's desk: every file judged on its own, so that one bad file stops no other."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from anonshare.errors import AnonshareError, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, write_private, writing
from anonshare.intake.notices import NOTICE_SUFFIX, open_notice
from anonshare.pipeline.desk import ingest, verify
from anonshare.pipeline.notices import take_notice
from anonshare.wire.strict_json import canonical
from anonshare.workspace import Workspace, now_utc

__all__ = ["Arrived", "inbox"]

NEUTRAL = re.compile(r"anon-[0-9a-f]{12}\.anonshare\.zip(?:\.age)?\Z")
LIMIT = 10_000
NOTICE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Arrived:
    """One file: its neutral name or its number, its state, the exit code and the words of a refusal.

    ``state`` is ``waiting`` (it verifies), ``known`` (in the store already), ``ingested``, ``early`` (one before it is
    missing) or ``refused``.
    """

    name: str
    size: int
    state: str
    code: int = 0
    words: str = ""


def inbox(home: Workspace, *, take: bool = False) -> tuple[Arrived, ...]:
    """Look at every file in ``inbox/``; with ``take`` ingest what verifies, in the order of streams and numbers.

    Notices come first: what they remove must not be taken in before. What was taken in moves to ``inbox/done``, what was
    refused to ``quarantine/`` beside a note that says why; a bundle that waits for an earlier one stays. Without
    ``take`` nothing moves. Raises WorkspaceError where the folder cannot be read.
    """
    home.must_be("agency")
    files = [(path, number) for number, path in enumerate(_files(home), 1)]
    if not take:
        return tuple(_looked(home, path, number) for path, number in files)
    found: dict[Path, Arrived] = {}
    waiting = sorted(files, key=lambda one: not _is_notice(one[0]))
    while waiting:
        # a bundle that arrived together with the one before it can be taken once that one was
        judged = {path: _taken(home, path, number) for path, number in waiting}
        found |= judged
        early = [one for one in waiting if judged[one[0]].state == "early"]
        if len(early) == len(waiting):
            break
        waiting = early
    return tuple(found[path] for path, _ in files)


def _is_notice(path: Path) -> bool:
    return path.name.endswith(NOTICE_SUFFIX)


def _files(home: Workspace) -> list[Path]:
    folder = make_private_dir(home.folder("inbox"), "the inbox")
    # a link could point at a file of the desk itself
    found = [p for p in sorted(folder.iterdir()) if p.is_file() and not p.is_symlink() and not p.name.startswith(".")]
    if len(found) > LIMIT:
        raise WorkspaceError(f"The inbox holds more than {LIMIT:,} files.", hint="Move some of them elsewhere.")
    return found


def _looked(home: Workspace, path: Path, number: int) -> Arrived:
    def look() -> Arrived:
        if _is_notice(path):
            open_notice(read_bytes(path, "notice", NOTICE_LIMIT), home.trust, now_utc(), home.id)
            return Arrived(_name(path, number), path.stat().st_size, "waiting")
        with verify(path, home) as verified:
            state = "known" if verified.order == "duplicate" else "waiting"
            return Arrived(_name(path, number), path.stat().st_size, state)

    return _judged(path, number, look)


def _judged(path: Path, number: int, attempt: Callable[[], Arrived]) -> Arrived:
    try:
        return attempt()
    except AnonshareError as error:
        size = path.stat().st_size if path.exists() else 0
        state = "early" if error.reason == "gap" else "refused"
        return Arrived(_name(path, number), size, state, error.exit_code, error.message)


def _name(path: Path, number: int) -> str:
    """A sender's own file name can hold a person's: only the neutral one is repeated."""
    return path.name if NEUTRAL.match(path.name) else f"file {number}"


def _taken(home: Workspace, path: Path, number: int) -> Arrived:
    name, size = _name(path, number), path.stat().st_size

    def take() -> Arrived:
        if _is_notice(path):
            return Arrived(name, size, "ingested" if take_notice(home, path).new else "known")
        with verify(path, home) as verified:
            receipt = ingest(verified, home)
        return Arrived(name, size, "known" if receipt.duplicate else "ingested")

    found = _judged(path, number, take)
    if found.state == "refused":
        if not _not_yet(found):
            _move(path, make_private_dir(home.folder("quarantine"), "the quarantine"), found)
        return found
    if found.state != "early":
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
