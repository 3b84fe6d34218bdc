"""Who was in which class of a release, as keyed digests: a private file beside the ledger, for comparing releases.

The digests are HMACs under the key of the ledger, made by the caller: nobody without that key can test a guess. The
file names nobody, but it says which digests stood together, so only its owner may read it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from pathlib import Path

from anonshare.errors import InputError, LedgerError
from anonshare.files import read_bytes, write_private

__all__ = ["WIDTH", "memberships_path", "read_memberships", "write_memberships"]

WIDTH = 16
"""Bytes of a digest of a person or class: 2**64 persons before two of them share one by chance."""

_MAGIC = b"anonshare memberships/1\n"
_ID = re.compile(r"[0-9a-f]{32}\Z")
_TAG = 32


def memberships_path(folder: Path, bundle_id: str) -> Path:
    """Where the memberships of a release lie; raises LedgerError where ``bundle_id`` is not 32 hex digits."""
    if not _ID.match(bundle_id):
        raise LedgerError("A bundle id is not of its form.", reason="entry")
    return folder / f"{bundle_id}.members"


def write_memberships(folder: Path, bundle_id: str, members: Mapping[bytes, bytes], key: bytes) -> Path:
    """Write person -> class (digests of 16 bytes) for a release, whole or not at all, readable by the owner (0600).

    The persons are sorted, so that the order of the source is gone, and a tag under ``key`` binds them to the bundle.
    """
    path = memberships_path(folder, bundle_id)
    if any(len(digest) != WIDTH for pair in members.items() for digest in pair):
        raise LedgerError(f"A digest of a membership is not {WIDTH} bytes long.", reason="entry")
    body = _MAGIC + b"".join(person + members[person] for person in sorted(members))
    write_private(path, body + _tag(key, bundle_id, body), "the memberships of the release")
    return path


def read_memberships(folder: Path, bundle_id: str, key: bytes) -> dict[bytes, bytes]:
    """The memberships of a release; raises LedgerError where they are missing, changed, of another bundle or key."""
    try:
        data = read_bytes(memberships_path(folder, bundle_id), "list of memberships")
    except InputError:
        raise _unknown() from None
    body, tag = data[:-_TAG], data[-_TAG:]
    if not hmac.compare_digest(tag, _tag(key, bundle_id, body)):
        raise _unknown()
    pairs = memoryview(body)[len(_MAGIC) :]
    step = 2 * WIDTH
    return {bytes(pairs[i : i + WIDTH]): bytes(pairs[i + WIDTH : i + step]) for i in range(0, len(pairs), step)}


def _tag(key: bytes, bundle_id: str, body: bytes) -> bytes:
    return hmac.digest(key, b"memberships\x00" + bundle_id.encode() + b"\x00" + body, "sha256")


def _unknown() -> LedgerError:
    return LedgerError(
        "It is not known who was in an earlier release: its list of memberships is missing or was changed.",
        hint="Restore the ledger from a backup; without it no further release can be compared.",
        reason="memberships",
    )
