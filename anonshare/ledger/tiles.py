"""The files of a log as any web server can serve them: tiles of hashes, bundles of entries.

Source: C2SP tlog-tiles.md. A tile has up to 256 hashes (height 8), the one at the edge is partial and is written anew
under a new name. ``tile/L/N`` holds hashes, ``tile/entries/N`` the entries, each after its length in two bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from anonshare.errors import MalformedBundle
from anonshare.wire.merkle import HASH, Tree

__all__ = ["ENTRIES", "WIDTH", "content_of", "needed", "path_of", "split_bundle"]

HEIGHT = 8
WIDTH = 1 << HEIGHT
ENTRIES = "entries"
_PREFIX = HASH.to_bytes(2, "big")
_PATH = re.compile(r"tile/(entries|\d{1,2})/((?:x\d{3}/){0,6}\d{3})(?:\.p/(\d{1,3}))?\Z", re.ASCII)


def path_of(level: int | str, number: int, width: int = WIDTH) -> str:
    """The path of a tile below the log's prefix; ``level`` is ``entries`` for a bundle, ``width`` below 256 partial."""
    parts = [f"{number % 1000:03d}"]
    while number := number // 1000:
        parts.insert(0, f"x{number % 1000:03d}")
    return f"tile/{level}/{'/'.join(parts)}" + (f".p/{width}" if width < WIDTH else "")


def needed(size: int, since: int = 0) -> Iterator[str]:
    """The paths that a checkpoint of ``size`` needs; with ``since`` those alone that one of that size did not have."""
    yield from _row(ENTRIES, size, since)
    level = 0
    while count := size >> level * HEIGHT:
        yield from _row(level, count, since >> level * HEIGHT)
        level += 1


def content_of(path: str, tree: Tree, entries: Sequence[bytes]) -> bytes | None:
    """What stands at a path below the prefix; None where no log with this tree has such a file."""
    found = _PATH.match(path)
    if found is None:
        return None
    level, digits, partial = found.groups()
    number, width = int(digits.replace("/", "").replace("x", "")), int(partial or WIDTH)
    level = level if level == ENTRIES else int(level)
    start, end = number * WIDTH, number * WIDTH + width
    if path_of(level, number, width) != path or width == 0:
        return None
    whole = entries[start:end] if level == ENTRIES else tree.full(int(level) * HEIGHT, start, end)
    if len(whole) != width:
        return None
    return b"".join((_PREFIX + one if level == ENTRIES else one) for one in whole)


def split_bundle(data: bytes, count: int) -> tuple[bytes, ...]:
    """The ``count`` entries of a bundle; raises MalformedBundle where it has others than digests of 32 bytes."""
    step = len(_PREFIX) + HASH
    if len(data) != count * step or any(data[at : at + 2] != _PREFIX for at in range(0, len(data), step)):
        raise MalformedBundle("A bundle of entries of a log has other entries than digests.")
    return tuple(data[at + 2 : at + step] for at in range(0, len(data), step))


def _row(level: int | str, count: int, since: int) -> Iterator[str]:
    for number in range(since // WIDTH, -(-count // WIDTH)):
        width = min(WIDTH, count - number * WIDTH)
        if number * WIDTH + width > since:
            yield path_of(level, number, width)
