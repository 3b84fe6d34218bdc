"""The published side of a log: reading it back, writing what is new, comparing every file with the entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anonshare.errors import AnonshareError, MalformedBundle
from anonshare.files import read_bytes, write_whole, writing
from anonshare.ledger import tiles
from anonshare.ledger.log_state import LogState, damaged
from anonshare.wire import note
from anonshare.wire.checkpoint import Checkpoint, parse
from anonshare.wire.merkle import Tree, leaf_hash

__all__ = ["CHECKPOINT", "View", "check_tiles", "extended", "read_view", "write_tiles"]

CHECKPOINT = "checkpoint"
_TILE_LIMIT = 1 << 14
_UNFINISHED = ".part-"


@dataclass(frozen=True, slots=True)
class View:
    """The published log: the note as it stands in the file, the checkpoint in it, its entries and their tree."""

    note: bytes
    checkpoint: Checkpoint | None
    entries: tuple[bytes, ...] = field(repr=False)
    tree: Tree = field(repr=False)


def read_view(public: Path, state: LogState) -> View:
    """What is published, its signature not verified.

    Raises LedgerError where entries and checkpoint do not fit each other, or do not continue ``state.published``.
    """
    try:
        view = _read(public) if (public / CHECKPOINT).exists() else View(b"", None, (), Tree())
        last = parse(note.decode(state.published).text) if state.published else None
        continues = last is None or view.tree.root(last.size) == last.root
    except AnonshareError:
        raise damaged() from None
    ours = view.checkpoint is None or view.checkpoint.origin == state.origin
    if not continues or not ours:
        raise damaged()
    return view


def extended(view: View, batch: Sequence[bytes]) -> View:
    """The view with a batch after its entries; its checkpoint is still the old one."""
    entries = (*view.entries, *batch)
    return View(view.note, view.checkpoint, entries, Tree(leaf_hash(one) for one in entries) if batch else view.tree)


def write_tiles(public: Path, view: View, since: int) -> None:
    """Write the tiles that a log of ``since`` entries did not have; raises StorageError where the disk refuses."""
    for path in tiles.needed(len(view.entries), since):
        target = public / path
        with writing("a tile of the log"):
            target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, tiles.content_of(path, view.tree, view.entries) or b"", "a tile of the log")


def check_tiles(public: Path, size: int, view: View) -> None:
    """Raise LedgerError where a tile that a log of ``size`` needs is missing, or any differs from those of ``view``."""
    found = set(_tiles_in(public))
    if not found.issuperset(tiles.needed(size)):
        raise damaged()
    for path in found:
        content = tiles.content_of(path, view.tree, view.entries)
        if content is None or read_bytes(public / path, "tile of the log") != content:
            raise damaged()


def _tiles_in(public: Path) -> Iterator[str]:
    for path in (public / "tile").rglob("*"):
        if not path.is_dir() and not path.name.startswith(_UNFINISHED):
            yield path.relative_to(public).as_posix()


def _read(public: Path) -> View:
    data = read_bytes(public / CHECKPOINT, "checkpoint of the log", note.SIZE)
    found = parse(note.decode(data).text)
    entries: list[bytes] = []
    while len(entries) < found.size:
        count = min(tiles.WIDTH, found.size - len(entries))
        path = public / tiles.path_of(tiles.ENTRIES, len(entries) // tiles.WIDTH, count)
        entries += tiles.split_bundle(read_bytes(path, "entries of the log", _TILE_LIMIT), count)
    tree = Tree(leaf_hash(one) for one in entries)
    if tree.root() != found.root:
        raise MalformedBundle("The entries of a log do not give the root of its checkpoint.")
    return View(data, found, tuple(entries), tree)
