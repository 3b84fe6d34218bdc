"""Walk through the container in its one order: every header must be the expected one, every content the signed one."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence

from anonshare.bundle.container import closing, local_header
from anonshare.bundle.derived import derived_files
from anonshare.bundle.names import MANIFEST
from anonshare.bundle.pack import envelope_entry, zip_entry
from anonshare.bundle.padding import PADDING
from anonshare.bundle.source import Source
from anonshare.bundle.statement import FileEntry
from anonshare.errors import LimitExceeded, MalformedBundle
from anonshare.wire.strict_json import SIZE

__all__ = ["malformed", "read_contents", "read_manifest"]

FIRST_HEADER = 30 + len(MANIFEST)
ZEROS = bytes(256 << 10)


def malformed() -> MalformedBundle:
    """The one refusal of bytes that no honest packer writes."""
    return MalformedBundle(
        "The file is not a bundle, or was changed after it was sealed.", hint="Ask the contributor to send it again."
    )


def read_manifest(source: Source) -> bytes:
    """The bytes of the first entry; raises LimitExceeded before it reads too many, MalformedBundle."""
    head = source.exactly(FIRST_HEADER)
    if len(head) != FIRST_HEADER or head[:4] != b"PK\3\4" or head[30:] != MANIFEST.encode():
        raise malformed()
    (size,) = struct.unpack("<I", head[18:22])
    if size > 2 * SIZE:
        raise LimitExceeded("The manifest is larger than any honest one.")
    data = source.exactly(size)
    if len(data) != size or local_header(envelope_entry(data)) != head:
        raise malformed()
    return data


def read_contents(source: Source, manifest: bytes, files: Sequence[FileEntry]) -> dict[str, int]:
    """Check all entries after the manifest, the directory and the end; where each content begins, by path.

    The CRC-32 of a content is not computed again: its SHA-256 is, the packer compared both, and a second sum over every
    byte costs a third of the whole (measured). A signer who signs a wrong one troubles ``unzip`` and deceives nobody.
    """
    entries = [envelope_entry(manifest), *(zip_entry(entry) for entry in files)]
    expected = derived_files(files)
    if {e.path for e in files if e.role == "tag"} != expected.keys() or files[-1].path != PADDING:
        raise malformed()
    if any((entry.role == "padding") != (entry.path == PADDING) for entry in files):
        raise malformed()
    offsets = {}
    for entry, header in zip(files, entries[1:], strict=True):
        wanted = local_header(header)
        if source.exactly(len(wanted)) != wanted:
            raise malformed()
        offsets[entry.path] = source.position
        _content(source, entry, expected.get(entry.path))
    end = closing(entries)
    if source.exactly(len(end) + 1) != end:
        raise malformed()
    return offsets


def _content(source: Source, entry: FileEntry, expected: bytes | None) -> None:
    """Hash one content in a stream; padding must be zeros, tag files must be what follows from the manifest."""
    if expected is not None and entry.size != len(expected):
        raise malformed()
    digest, left, kept = hashlib.sha256(), entry.size, []
    for chunk in source.chunks(entry.size):
        digest.update(chunk)
        left -= len(chunk)
        if entry.role == "padding" and bytes(chunk) != ZEROS[: len(chunk)]:
            raise malformed()
        if expected is not None:
            kept.append(bytes(chunk))
    if left or digest.hexdigest() != entry.sha256 or (expected is not None and b"".join(kept) != expected):
        raise malformed()
