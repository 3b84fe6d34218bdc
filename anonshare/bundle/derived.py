"""Files that follow from the manifest: the tags by which an extracted bundle is a BagIt bag (RFC 8493).

The verifier builds them again and compares; otherwise ``sha256sum -c`` could say something else than the signature.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from anonshare.bundle.statement import FileEntry

__all__ = ["BAGIT", "HASHES", "derived_files"]

BAGIT = "bagit.txt"
HASHES = "manifest-sha256.txt"


def derived_files(entries: Iterable[FileEntry]) -> Mapping[str, bytes]:
    """The tag files: the declaration, and a line ``<sha256>  <path>`` for every file below ``data/``."""
    lines = [f"{entry.sha256}  {entry.path}\n" for entry in entries if entry.path.startswith("data/")]
    return {
        BAGIT: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        HASHES: "".join(lines).encode("ascii"),
    }
