"""Whether memory stays flat over many notes: resident size after 20,000, 100,000 and 200,000, nearly all distinct."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from anonshare.detection.known import KnownValue
from benchmarks.detection_systems import ours
from benchmarks.notes_made import streamed

__all__ = ["resident", "run", "run_smoke", "sizes"]

MARKS = (20_000, 100_000, 200_000)
BATCH = 1_000
MIB = 1 << 20


def resident() -> int:
    """Bytes of this process that are in memory (Linux). Raises OSError where the system does not tell."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * 4096


def sizes(marks: Sequence[int], batch: int = BATCH) -> Iterator[tuple[int, int]]:
    """(notes read, resident bytes) at every mark."""
    notes = streamed(marks[-1])
    done = 0
    while part := list(islice(notes, batch)):
        known = [tuple(KnownValue(value, entity) for value, entity in note.known) for note in part]
        ours([note.text for note in part], known=known)
        done += len(part)
        if done in marks:
            yield done, resident()


def run() -> Iterator[str]:
    """The long one: an hour or so."""
    yield from _lines(MARKS)


def run_smoke() -> Iterator[str]:
    """The same in little: two minutes."""
    yield from _lines((2_000, 4_000, 8_000))


def _lines(marks: Sequence[int]) -> Iterator[str]:
    first = 0
    for count, size in sizes(marks):
        first = first or size
        yield f"{count} notes: {size / MIB:.0f} MiB resident, {(size - first) / MIB:+.0f} MiB since {marks[0]}"
