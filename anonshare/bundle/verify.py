"""Verify a bundle: one check after another, each with its own refusal. Bytes in, a VerifiedBundle out.

Order of the checks (FORMAT.md, section 7), after python-tuf's trusted metadata set:

1.  The first header says how long the manifest is, and is what an honest packer writes.       malformed, limit
2.  The envelope is canonical DSSE.                                                            malformed, limit
3.  Persons of one pinned organisation signed it, and meet its thresholds.                    trust, signature
4.  Only then is the payload read: a closed statement, of that organisation, its roles met.    malformed, unsupported
5.  Every entry has the header that is expected and the content that is signed.                malformed
6.  Tag files and padding are what follows from the manifest.                                  malformed
7.  Directory and end record are the expected bytes, and nothing comes after them.             malformed
8.  We are in the audience, in time, and in the order of the stream.                           audience, expired, order

There is no way to leave a check out. The bytes are read once; what is read later is hashed again from the same file.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from anonshare.bundle.acceptance import StreamState, for_us, in_order, in_time
from anonshare.bundle.authentic import Judgement, authentic, meets
from anonshare.bundle.source import FileSource, Source
from anonshare.bundle.statement import Statement, parse_statement
from anonshare.bundle.verified import Check, VerifiedBundle
from anonshare.bundle.walk import read_contents, read_manifest
from anonshare.errors import InputError
from anonshare.trust.roles import RoleCount
from anonshare.trust.store import TrustStore
from anonshare.wire.dsse import decode

__all__ = ["Finding", "StreamState", "check", "verify"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the checks found, before anybody may read the contents."""

    statement: Statement
    digest: str
    order: str
    accepted_at: str | None
    roles: RoleCount
    trust_version: int
    offsets: dict[str, int]

    def bundle(self, handle: BinaryIO) -> VerifiedBundle:
        """The verified bundle over the file that holds the bytes that were checked."""
        return VerifiedBundle(
            statement=self.statement,
            digest=self.digest,
            order=self.order,
            accepted_at=self.accepted_at,
            signed_by=self.roles.people,
            uncounted=self.roles.uncounted,
            unknown=self.roles.unknown,
            trust_version=self.trust_version,
            checks=_passed(self),
            _handle=handle,
            _offsets=self.offsets,
        )


def verify(path: Path, *, trust: TrustStore, state: StreamState | None, now: datetime, receiver: str) -> VerifiedBundle:
    """Verify the opened bundle at ``path`` for ``receiver`` (an organisation's id) at the time ``now``.

    ``state`` None leaves the order of the stream unchecked, and the result says so. The file is read once; what is
    read later is hashed again from the same handle. Raises BundleError or NotAcceptable, InputError for no file.
    """
    try:
        handle = path.open("rb", buffering=0)
    except OSError:
        raise InputError("The bundle cannot be opened.", hint="Check the path.") from None
    try:
        found = check(FileSource(handle), trust=trust, state=state, now=now, receiver=receiver)
    except OSError:
        handle.close()
        raise InputError("The bundle cannot be read.", hint="Is it a file, on a disk that works?") from None
    except BaseException:
        handle.close()
        raise
    return found.bundle(handle)


def check(source: Source, *, trust: TrustStore, state: StreamState | None, now: datetime, receiver: str) -> Finding:
    """All checks over bytes that are read once; raises BundleError or NotAcceptable."""
    data = read_manifest(source)
    envelope = decode(data)
    digest = hashlib.sha256(envelope.payload).hexdigest()
    accepted_at = state.accepted_at(digest) if state is not None else None
    when = Judgement.of(now, accepted_at)
    card, _ = authentic(envelope, trust, when)
    statement = parse_statement(envelope.payload)
    roles = meets(statement, envelope, card, when)
    offsets = read_contents(source, data, statement.files)
    for_us(statement, receiver)
    in_time(statement, when.at)
    order = in_order(statement, digest, state)
    return Finding(statement, digest, order, accepted_at, roles, trust.version, offsets)


def _passed(found: Finding) -> tuple[Check, ...]:
    s = found.statement
    people = ", ".join(f"{one.person} ({'/'.join(one.roles)})" for one in found.roles.people)
    return (
        Check("container", "every byte is the expected one"),
        Check("signatures", f"{len(found.roles.people)} of {sum(s.required_roles.values())} roles: {people}"),
        Check("manifest", f"{len(s.files)} files have the signed digests"),
        Check("audience", "it is for this organisation"),
        Check("time", "no date in it has passed"),
        Check("order", f"number {s.seq}: {found.order}"),
    )
