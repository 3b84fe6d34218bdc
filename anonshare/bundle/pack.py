"""Hash files, make the manifest over them, and write the container."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError

from anonshare.bundle.container import Entry, closing, local_header
from anonshare.bundle.derived import derived_files
from anonshare.bundle.names import MANIFEST
from anonshare.bundle.padding import PADDING, padded_size
from anonshare.bundle.statement import FORMAT, PAYLOAD_TYPE, FileEntry, Statement, statement_bytes
from anonshare.errors import InputError, MalformedBundle, PolicyError
from anonshare.wire.dsse import Envelope, Signature, encode

__all__ = ["FileContent", "describe", "envelope_entry", "make_manifest", "pack", "zeros"]

CHUNK = 256 << 10
"""Fits the second-level cache: what was read is hashed, summed and written from there."""
SIZES_TRIED = 16
STEPS = 6


@dataclass(frozen=True, slots=True)
class Zeros:
    """So many zeros, which nobody has to keep."""

    size: int

    def chunks(self) -> Iterator[bytes]:
        """The zeros, a part at a time."""
        part = bytes(min(self.size, CHUNK))
        for start in range(0, self.size, CHUNK):
            yield part[: self.size - start]


@dataclass(frozen=True, slots=True)
class FileContent:
    """The bytes of a file of the bundle, in memory, on the disk or zeros, and its role."""

    source: bytes | Path | Zeros = field(repr=False)
    role: Any

    def chunks(self) -> Iterator[bytes]:
        """The bytes, a part at a time."""
        if isinstance(self.source, Zeros):
            yield from self.source.chunks()
            return
        if isinstance(self.source, bytes):
            yield self.source
            return
        try:
            with self.source.open("rb", buffering=0) as handle:
                while chunk := handle.read(CHUNK):
                    yield chunk
        except OSError:
            raise InputError("A file of the draft cannot be read.", hint="Make the draft again.") from None


def describe(path: str, content: FileContent) -> FileEntry:
    """The manifest's entry for a file."""
    digest, crc, size = hashlib.sha256(), 0, 0
    for chunk in content.chunks():
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
    return FileEntry(path=path, size=size, crc32=f"{crc:08x}", sha256=digest.hexdigest(), role=content.role)


def zeros(size: int) -> FileContent:
    """The padding."""
    return FileContent(Zeros(size), "padding")


def make_manifest(
    contents: Mapping[str, FileContent], *, signatures: int, **fields: Any
) -> tuple[bytes, dict[str, FileContent]]:
    """The payload over ``contents`` with tag files and padding added, and all contents.

    ``signatures`` is the number of approvals to come; ``fields`` are those of Statement but for files, format and
    policy digest. The padding makes the whole container, manifest included, a size that Padmé allows.
    """
    entries = [describe(path, content) for path, content in contents.items()]
    whole = dict(contents)
    for path, data in derived_files(sorted(entries, key=lambda e: e.path)).items():
        whole[path] = FileContent(data, "tag")
        entries.append(describe(path, whole[path]))
    policy = [entry.sha256 for entry in entries if entry.role == "policy"]
    fields |= {"format": FORMAT, "policy_digest": policy[0] if policy else ""}
    payload, padding = _padded(entries, signatures, fields)
    whole[PADDING] = zeros(padding)
    return payload, whole


def _padded(entries: Sequence[FileEntry], signatures: int, fields: Mapping[str, Any]) -> tuple[bytes, int]:
    """The payload and the number of zeros with which the container has a padded size.

    The digits of that number stand in the manifest, so a size can be out of reach by a few bytes: then the next one.
    """
    target = padded_size(_trial(entries, signatures, fields, 0)[1])
    for _ in range(SIZES_TRIED):
        padding = 0
        for _ in range(STEPS):
            _, size = _trial(entries, signatures, fields, padding)
            if size == target:
                return _manifest(entries, fields, describe(PADDING, zeros(padding)))[1], padding
            padding = max(0, padding + target - size)
        target = padded_size(target + 1)
    raise MalformedBundle("No padding fits.")


def _trial(entries: Sequence[FileEntry], signatures: int, fields: Mapping[str, Any], padding: int) -> tuple[bytes, int]:
    """The payload over ``entries`` with so much padding, its digest left open, and the size of the whole container."""
    # a digest has one width whatever it says: the zeros are hashed once, when their number is known
    trial = FileEntry(path=PADDING, size=padding, crc32="0" * 8, sha256="0" * 64, role="padding")
    padded, payload = _manifest(entries, fields, trial)
    return payload, _size(padded, payload, signatures)


def _manifest(
    entries: Sequence[FileEntry], fields: Mapping[str, Any], padding: FileEntry
) -> tuple[list[FileEntry], bytes]:
    padded = sorted([*entries, padding], key=lambda e: e.path)
    try:
        statement = Statement(files=tuple(padded), **fields)
    except ValidationError:
        raise PolicyError(
            "The manifest cannot name what this release holds: a table's name is no file name on every system.",
            hint="Give tables short, plain names; con, aux and the like are devices on Windows.",
        ) from None
    return padded, statement_bytes(statement)


def _size(entries: Sequence[FileEntry], payload: bytes, signatures: int) -> int:
    """The size of the whole container once ``signatures`` Ed25519 signatures stand in it."""
    fake = tuple(Signature(f"{n:064x}", bytes(64)) for n in range(signatures))
    envelope = encode(Envelope(PAYLOAD_TYPE, payload, fake))
    whole = [envelope_entry(envelope), *(zip_entry(e) for e in sorted(entries, key=lambda e: e.path))]
    return sum(len(local_header(e)) + e.size for e in whole) + len(closing(whole))


def envelope_entry(envelope: bytes) -> Entry:
    """The container's first entry: the signed manifest."""
    return Entry(MANIFEST, len(envelope), zlib.crc32(envelope))


def zip_entry(entry: FileEntry) -> Entry:
    """The container's entry for a file of the manifest."""
    return Entry(entry.path, entry.size, int(entry.crc32, 16))


def pack(out: BinaryIO, envelope: bytes, entries: Sequence[FileEntry], contents: Mapping[str, FileContent]) -> None:
    """Write the container; raises MalformedBundle where a file is no longer what the manifest says.

    Sums alone are compared here: whoever packs verifies what was packed, every digest included, before anything leaves
    (gate G15), and hashing every byte twice more would double the cost.
    """
    whole = [envelope_entry(envelope), *(zip_entry(entry) for entry in entries)]
    out.write(local_header(whole[0]) + envelope)
    for entry, header in zip(entries, whole[1:], strict=True):
        out.write(local_header(header))
        crc, size = 0, 0
        for chunk in contents[entry.path].chunks():
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            out.write(chunk)
        if (size, f"{crc:08x}") != (entry.size, entry.crc32):
            raise MalformedBundle(
                "A file of the draft changed after the draft was fixed.", hint="Make the draft again."
            )
    out.write(closing(whole))
