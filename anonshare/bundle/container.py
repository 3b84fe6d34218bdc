"""The container: a ZIP of stored entries of which every byte follows from names, sizes and checksums.

The verifier builds the headers that it expects and compares; no ZIP parser touches unverified bytes, and a ZIP bomb
cannot be written, because nothing is compressed. Source of the fields: APPNOTE 6.3.10, sections 4.3.7 to 4.3.16.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["MOST_ENTRIES", "Entry", "closing", "local_header"]

MOST_ENTRIES = 4096
BIG = 0xFFFFFFFF
DOS_DATE = 33
MADE_BY = 0x0314
MODE = 0o100644 << 16
VERSION, VERSION_64 = 20, 45


@dataclass(frozen=True, slots=True)
class Entry:
    """What the headers of one entry are made of; ``crc`` is the CRC-32 of its bytes."""

    name: str
    size: int
    crc: int


def local_header(entry: Entry) -> bytes:
    """The bytes before an entry's content."""
    name = entry.name.encode("ascii")
    if entry.size < BIG:
        return (
            struct.pack(
                "<4sHHHHHIIIHH", b"PK\3\4", VERSION, 0, 0, 0, DOS_DATE, entry.crc, entry.size, entry.size, len(name), 0
            )
            + name
        )
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size)
    head = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", VERSION_64, 0, 0, 0, DOS_DATE, entry.crc, BIG, BIG, len(name), 20)
    return head + name + extra


def _central(entry: Entry, offset: int) -> bytes:
    name = entry.name.encode("ascii")
    large = [entry.size, entry.size] if entry.size >= BIG else []
    large += [offset] if offset >= BIG else []
    extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    size = min(entry.size, BIG)
    return struct.pack(
        "<4sHHHHHHIIIHHHHHII",
        b"PK\1\2", MADE_BY, VERSION_64 if large else VERSION, 0, 0, 0, DOS_DATE, entry.crc, size, size,
        len(name), len(extra), 0, 0, 0, MODE, min(offset, BIG),
    ) + name + extra  # fmt: skip


def closing(entries: Sequence[Entry]) -> bytes:
    """The central directory and the end records: all bytes after the last entry."""
    offset, directory = 0, []
    for entry in entries:
        directory.append(_central(entry, offset))
        offset += len(local_header(entry)) + entry.size
    central = b"".join(directory)
    return central + _end(len(entries), len(central), offset)


def _end(count: int, length: int, offset: int) -> bytes:
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, length, min(offset, BIG), 0)
    if offset < BIG:
        return end
    record = struct.pack(
        "<4sQHHIIQQQQ", b"PK\6\6", 44, MADE_BY, VERSION_64, 0, 0, count, count, length, offset
    )  # fmt: skip
    return record + struct.pack("<4sIQI", b"PK\6\7", 0, offset + length, 1) + end
