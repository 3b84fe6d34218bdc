"""Verify a bundle: one check after another, each with its own refusal. Bytes in, a VerifiedBundle out.

Order of the checks (FORMAT.md, section 6), after python-tuf's trusted metadata set:

1.  The first header says how long the manifest is, and is what an honest packer writes.       malformed, limit
2.  The envelope is canonical DSSE.                                                            malformed, limit
3.  Persons of one pinned organisation signed it, and meet its thresholds.                    trust, signature
4.  Only then is the payload read: a closed statement, of that organisation, its roles met.    malformed, unsupported
5.  Every entry has the header that is expected and the content that is signed.                malformed
6.  Tag files and padding are what follows from the manifest.                                  malformed
7.  Directory and end record are the expected bytes, and nothing comes after them.             malformed
8.  We are in the audience, in time, and in the order of the stream.                           audience, expired, order

There is no way to leave a check out.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from anonshare.bundle.container import closing, local_header
from anonshare.bundle.derived import derived_files
from anonshare.bundle.names import MANIFEST
from anonshare.bundle.pack import envelope_entry, zip_entry
from anonshare.bundle.padding import PADDING
from anonshare.bundle.statement import PAYLOAD_TYPE, FileEntry, Statement, parse_statement
from anonshare.bundle.verified import Check, VerifiedBundle
from anonshare.errors import (
    ExpiredBundle,
    InputError,
    LimitExceeded,
    MalformedBundle,
    NotForUs,
    OutOfOrder,
    SignatureError,
    UntrustedSigner,
)
from anonshare.trust.card import ContactCard
from anonshare.trust.roles import RoleCount, count_roles
from anonshare.trust.store import TrustStore
from anonshare.wire.dsse import Envelope, decode, pae
from anonshare.wire.strict_json import SIZE

__all__ = ["StreamState", "verify"]

CHUNK = 1 << 20
FIRST_HEADER = 30 + len(MANIFEST)


class StreamState(Protocol):
    """What a receiver remembers of streams."""

    def seen(self, digest: str) -> bool:
        """Whether a bundle with this digest was accepted before."""
        ...

    def last(self, contributor: str, stream: str) -> tuple[int, str] | None:
        """Number and digest of the last bundle of a stream."""
        ...


def verify(path: Path, *, trust: TrustStore, state: StreamState | None, now: datetime, receiver: str) -> VerifiedBundle:
    """Verify the opened bundle at ``path`` for ``receiver`` (an organisation's id) at the time ``now``.

    ``state`` None leaves the order of the stream unchecked, and the result says so. The file is read once; what is
    read later is hashed again from the same handle. Raises BundleError or NotAcceptable, InputError for no file.
    """
    try:
        handle = path.open("rb")
    except OSError:
        raise InputError("The bundle cannot be opened.", hint="Check the path.") from None
    try:
        return _verify(handle, trust, state, now, receiver)
    except BaseException:
        handle.close()
        raise


def _verify(
    handle: BinaryIO, trust: TrustStore, state: StreamState | None, now: datetime, receiver: str
) -> VerifiedBundle:
    data = _manifest(handle)
    envelope = decode(data)
    card, roles = _authentic(envelope, trust, now)
    statement = parse_statement(envelope.payload)
    _meets(statement, envelope, card, now)
    offsets = _contents(handle, data, statement.files)
    digest = hashlib.sha256(envelope.payload).hexdigest()
    _for_us(statement, receiver)
    _in_time(statement, now)
    order = _in_order(statement, digest, state)
    return VerifiedBundle(
        statement=statement,
        digest=digest,
        order=order,
        signed_by=roles.people,
        uncounted=roles.uncounted,
        unknown=roles.unknown,
        checks=_passed(statement, roles, order),
        _handle=handle,
        _offsets=offsets,
    )


def _read(handle: BinaryIO, size: int) -> bytes:
    """Exactly ``size`` bytes, or fewer at the end of the file: a raw read may give less at a time."""
    parts = []
    while size > 0 and (part := handle.read(min(size, CHUNK))):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _malformed() -> MalformedBundle:
    return MalformedBundle(
        "The file is not a bundle, or was changed after it was sealed.", hint="Ask the contributor to send it again."
    )


def _manifest(handle: BinaryIO) -> bytes:
    head = _read(handle, FIRST_HEADER)
    if len(head) != FIRST_HEADER or head[:4] != b"PK\3\4" or head[30:] != MANIFEST.encode():
        raise _malformed()
    (size,) = struct.unpack("<I", head[18:22])
    if size > 2 * SIZE:
        raise LimitExceeded("The manifest is larger than any honest one.")
    data = _read(handle, size)
    if len(data) != size or local_header(envelope_entry(data)) != head:
        raise _malformed()
    return data


def _authentic(envelope: Envelope, trust: TrustStore, now: datetime) -> tuple[ContactCard, RoleCount]:
    """The pinned organisation whose persons signed; nothing of the payload is read yet."""
    if envelope.payload_type != PAYLOAD_TYPE:
        raise _malformed()
    message = pae(PAYLOAD_TYPE, envelope.payload)
    given = {signature.keyid for signature in envelope.signatures}
    counts = [
        (card, count_roles(card, message, envelope.signatures, now))
        for card in trust.organisations()
        if given & {key.keyid for person in card.people for key in person.keys}
    ]
    if not counts:
        raise UntrustedSigner(
            "Nobody whose key is trusted here signed this bundle.", hint="Is the contributor's contact card up to date?"
        )
    met = [one for one in counts if one[1].met]
    if not met:
        missing = ", ".join(counts[0][1].missing)
        raise SignatureError(f"Fewer persons signed than the roles demand; missing: {missing}.")
    return met[0]


def _meets(statement: Statement, envelope: Envelope, card: ContactCard, now: datetime) -> None:
    """The bundle's own demands: the organisation that signed is the one it names, and further roles signed too."""
    if statement.contributor != card.id or statement.exercise != card.exercise or card.kind != "contributor":
        raise UntrustedSigner("The bundle does not come from the organisation whose persons signed it.")
    message = pae(PAYLOAD_TYPE, envelope.payload)
    roles = count_roles(card, message, envelope.signatures, now, required=statement.required_roles)
    if not roles.met:
        raise SignatureError(f"Fewer persons signed than the bundle demands; missing: {', '.join(roles.missing)}.")


def _contents(handle: BinaryIO, manifest: bytes, files: Sequence[FileEntry]) -> dict[str, int]:
    entries = [envelope_entry(manifest), *(zip_entry(entry) for entry in files)]
    expected = derived_files(files)
    if {e.path for e in files if e.role == "tag"} != expected.keys() or files[-1].path != PADDING:
        raise _malformed()
    offsets = {}
    for entry, header in zip(files, entries[1:], strict=True):
        wanted = local_header(header)
        if _read(handle, len(wanted)) != wanted:
            raise _malformed()
        offsets[entry.path] = handle.tell()
        _content(handle, entry, expected.get(entry.path))
    end = closing(entries)
    if _read(handle, len(end) + 1) != end:
        raise _malformed()
    return offsets


def _content(handle: BinaryIO, entry: FileEntry, expected: bytes | None) -> None:
    """Hash one file in a stream; padding must be zeros, tag files must be what follows from the manifest."""
    digest, crc, left = hashlib.sha256(), 0, entry.size
    kept = b""
    while left > 0 and (chunk := handle.read(min(left, CHUNK))):
        digest.update(chunk)
        crc = zlib.crc32(chunk, crc)
        left -= len(chunk)
        if entry.role == "padding" and chunk.count(0) != len(chunk):
            raise _malformed()
        if expected is not None:
            kept += chunk
    if left or digest.hexdigest() != entry.sha256 or crc != int(entry.crc32, 16):
        raise _malformed()
    if (entry.role == "padding") != (entry.path == PADDING) or (expected is not None and kept != expected):
        raise _malformed()


def _for_us(statement: Statement, receiver: str) -> None:
    if receiver not in {entry.id for entry in statement.audience}:
        raise NotForUs("The bundle is signed for somebody else.", hint="Delete it and tell who sent it.")


def _in_time(statement: Statement, now: datetime) -> None:
    if statement.not_after is not None and now.strftime("%Y-%m-%dT%H:%M:%SZ") > statement.not_after:
        raise ExpiredBundle("The time in which the bundle may be accepted has passed.", hint="Ask for a new one.")


def _in_order(statement: Statement, digest: str, state: StreamState | None) -> str:
    if state is None:
        return "not checked"
    if state.seen(digest):
        return "duplicate"
    last = state.last(statement.contributor, statement.stream)
    number, before = last if last is not None else (0, None)
    if statement.seq == number and digest != before:
        raise OutOfOrder("Two different bundles have the same number: keep both as evidence.", reason="fork")
    if statement.seq <= number:
        raise OutOfOrder(f"Number {statement.seq} of the stream comes after number {number}: a replay or rollback.")
    if statement.seq > number + 1:
        raise OutOfOrder(
            f"Number {statement.seq} follows number {number}: bundles are missing.",
            hint="Ask the contributor for those between.",
            reason="gap",
        )
    if statement.prev != before:
        raise OutOfOrder("The bundle does not follow the one that was accepted last.", reason="fork")
    return "next" if number else "first"


def _passed(statement: Statement, roles: RoleCount, order: str) -> tuple[Check, ...]:
    people = ", ".join(f"{one.person} ({'/'.join(one.roles)})" for one in roles.people)
    return (
        Check("container", "every byte is the expected one"),
        Check("signatures", f"{len(roles.people)} of {sum(statement.required_roles.values())} roles: {people}"),
        Check("manifest", f"{len(statement.files)} files have the signed digests"),
        Check("audience", "it is for this organisation"),
        Check("time", "no date in it has passed"),
        Check("order", f"number {statement.seq}: {order}"),
    )
