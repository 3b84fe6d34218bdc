"""age v1 files (age-encryption.org/v1) in streams, on ``cryptography`` alone.

Source: C2SP age.md. Nothing that was decrypted counts before the stream has ended: a cut file shows only there.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonshare.errors import MalformedBundle, NotForUs
from anonshare.wire import age_header
from anonshare.wire.age_header import Stanza
from anonshare.wire.age_recipients import (
    FILE_KEY,
    Identity,
    generate_identity,
    identity_of,
    is_hybrid,
    recipient_of,
    wrap,
)

__all__ = ["FileKey", "decrypt", "decrypted", "encrypt", "generate_identity", "is_hybrid", "recipient_of"]

CHUNK = 64 << 10
TAG = 16
NONCE = 16


@dataclass(frozen=True, slots=True)
class FileKey:
    """The key of one file: with it its writer reads back what stands on the disk, whoever it is for. Then it is dropped."""

    secret: bytes = field(repr=False)


def encrypt(source: BinaryIO, out: BinaryIO, recipients: Sequence[str]) -> FileKey:
    """Encrypt a stream to recipients of one kind, at least one; raises KeyFileError otherwise. Returns the file's key."""
    secret = secrets.token_bytes(FILE_KEY)
    header = age_header.encode(wrap(secret, recipients))
    nonce = secrets.token_bytes(NONCE)
    out.write(header + age_header.mac_line(_mac(secret, header)) + nonce)
    cipher = ChaCha20Poly1305(_derive(secret, nonce, b"payload"))
    counter, chunk = 0, _exactly(source, CHUNK)
    while True:
        following = _exactly(source, CHUNK)
        out.write(cipher.encrypt(_nonce(counter, last=not following), chunk, None))
        if not following:
            return FileKey(secret)
        counter, chunk = counter + 1, following


def decrypt(source: BinaryIO, out: BinaryIO, identities: Sequence[str]) -> None:
    """Decrypt a stream into ``out``; what was written counts only once this returns.

    Raises NotForUs where no identity opens it, MalformedBundle for anything that age does not write.
    """
    out.writelines(decrypted(source, identities))


def decrypted(source: BinaryIO, keys: Sequence[str] | FileKey) -> Iterator[bytes]:
    """The plain bytes, 64 KiB at a time, for identities or for the key that ``encrypt`` returned; raises as ``decrypt``."""
    header, stanzas, given = age_header.read(source)
    secret = keys.secret if isinstance(keys, FileKey) else _unwrap(stanzas, [identity_of(key) for key in keys])
    if not secrets.compare_digest(_mac(secret, header), given):
        raise MalformedBundle("The header of the encrypted file was changed.")
    nonce = _exactly(source, NONCE)
    if len(nonce) != NONCE:
        raise MalformedBundle("The encrypted file is cut off.")
    yield from _payload(source, ChaCha20Poly1305(_derive(secret, nonce, b"payload")))


def _derive(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, label).derive(secret)


def _mac(secret: bytes, header: bytes) -> bytes:
    mac = hmac.HMAC(_derive(secret, b"", b"header"), hashes.SHA256())
    mac.update(header)
    return mac.finalize()


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Up to ``size`` bytes: a raw pipe may give less at a time."""
    first = source.read(size)
    if len(first) in {0, size}:
        return first
    parts, size = [first], size - len(first)
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _payload(source: BinaryIO, cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    counter, chunk = 0, _exactly(source, CHUNK + TAG)
    while True:
        following = _exactly(source, CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(counter, last=not following), chunk, None)
        except (InvalidTag, ValueError):
            raise MalformedBundle("The encrypted file was changed or cut off.") from None
        if not plain and counter:
            raise MalformedBundle("The encrypted file ends in an empty part.")
        yield plain
        if not following:
            return
        counter, chunk = counter + 1, following


def _unwrap(stanzas: Sequence[Stanza], identities: Sequence[Identity]) -> bytes:
    if any(stanza.kind == "scrypt" for stanza in stanzas) and len(stanzas) > 1:
        raise MalformedBundle("The header of the encrypted file mixes a password with recipients.")
    for stanza in stanzas:
        for identity in identities:
            found = identity.unwrap(stanza) if identity.kind == stanza.kind else None
            if found is not None:
                return found
    raise NotForUs("No identity here opens the encrypted file.", hint="Is it for another agency, or for an older key?")
