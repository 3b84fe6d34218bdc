"""What a series keeps between two releases, beside the ledger: who left in which class, with which rows, and who waits.

It names persons and holds their records, so it lies encrypted under the key of the ledger. A file that is missing, older
than the ledger or damaged stops the series: a release beside unknown ones cannot be judged.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from anonshare.disclosure.series_memory import Memory, memory_json, read_memory
from anonshare.errors import AnonshareError, LedgerError
from anonshare.files import read_bytes, write_private
from anonshare.trust.vault import boxed, unboxed
from anonshare.wire.strict_json import canonical, parse

__all__ = ["PastRelease", "SeriesKept", "read_series", "series_path", "write_series"]

KIND = "series"
LIMIT = 1 << 31


@dataclass(frozen=True, slots=True)
class PastRelease:
    """A release that was drafted: its bundle, its day, how many persons came with it, and how many waited after it."""

    bundle_id: str
    day: date
    came: int
    waiting: int


@dataclass(frozen=True, slots=True)
class SeriesKept:
    """``memory`` is what a series remembers; ``tables`` are, by table, the rows of all who are out there, as bytes."""

    stream: str
    releases: tuple[PastRelease, ...]
    memory: Memory = field(repr=False)
    tables: Mapping[str, bytes] = field(repr=False)

    @property
    def bundle_id(self) -> str:
        """The last release of the series."""
        return self.releases[-1].bundle_id


def series_path(folder: Path, stream: str) -> Path:
    """Where it lies: the name of a stream would tell whoever sees the folder for whom it is."""
    return folder / f"series-{hashlib.sha256(stream.encode()).hexdigest()[:16]}.sealed"


def write_series(folder: Path, kept: SeriesKept, key: bytes) -> None:
    """Write it into ``folder``, whole or not at all, under the key of the ledger."""
    parts = {"memory": memory_json(kept.memory), **{f"table {name}": data for name, data in kept.tables.items()}}
    head = {
        "kept": "series-kept/1",
        "stream": kept.stream,
        "releases": [[one.bundle_id, one.day.isoformat(), one.came, one.waiting] for one in kept.releases],
        "parts": [[name, len(data)] for name, data in parts.items()],
    }
    plain = b"".join([canonical(head), b"\n", *parts.values()])
    write_private(series_path(folder, kept.stream), boxed(zlib.compress(plain, 1), KIND, key), "memory of the series")


def read_series(folder: Path, stream: str, key: bytes) -> SeriesKept | None:
    """What is kept of a stream; None where there is no file. Raises LedgerError or KeyFileError for one that is wrong."""
    path = series_path(folder, stream)
    if not path.is_file():
        return None
    box = unboxed(read_bytes(path, "memory of the series", LIMIT), KIND, key, "memory of a series")
    try:
        head, _, rest = zlib.decompress(box).partition(b"\n")
        told = parse(head)
        parts = dict(_parts(told["parts"], rest))
        kept = SeriesKept(
            stream=str(told["stream"]),
            releases=tuple(PastRelease(b, date.fromisoformat(day), came, w) for b, day, came, w in told["releases"]),
            memory=read_memory(parts.pop("memory")),
            tables={name.removeprefix("table "): data for name, data in parts.items()},
        )
    except (AnonshareError, KeyError, TypeError, ValueError, zlib.error):
        raise _damaged() from None
    if told["kept"] != "series-kept/1" or kept.stream != stream or not kept.releases:
        raise _damaged()
    return kept


def _parts(told: list[tuple[str, int]], rest: bytes) -> Iterator[tuple[str, bytes]]:
    start = 0
    for name, size in told:
        yield name, rest[start : start + size]
        start += size


def _damaged() -> LedgerError:
    return LedgerError(
        "What the series remembers is damaged, or of another version.",
        hint="Restore the ledger from a backup; without it no further release can be compared.",
        reason="series",
    )
