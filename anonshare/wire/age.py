"""age v1 files (age-encryption.org/v1) with X25519 recipients, in streams, on ``cryptography`` alone.

Source: C2SP age.md. Nothing that was decrypted may be used before ``decrypt`` returns: a cut file shows only at its end.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonshare.errors import KeyFileError, MalformedBundle, NotForUs
from anonshare.wire import age_header, bech32
from anonshare.wire.age_header import Stanza

__all__ = ["decrypt", "encrypt", "generate_identity", "recipient_of"]

CHUNK = 64 << 10
TAG = 16
FILE_KEY = 16
LABEL = b"age-encryption.org/v1/X25519"
LOW_ORDER = "An age recipient is a point of low order."


def generate_identity() -> str:
    """A new secret identity, ``AGE-SECRET-KEY-1…``."""
    return bech32.encode("age-secret-key-", secrets.token_bytes(32)).upper()


def recipient_of(identity: str) -> str:
    """The public recipient (``age1…``) of an identity; raises KeyFileError where it is none."""
    return bech32.encode("age", _private(identity).public_key().public_bytes_raw())


def _private(identity: str) -> X25519PrivateKey:
    raw = bech32.decode(identity.strip(), "age-secret-key-")
    if len(raw) != 32:
        raise KeyFileError("An age identity has the wrong length.")
    return X25519PrivateKey.from_private_bytes(raw)


def _derive(secret: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, label).derive(secret)


def _mac(file_key: bytes, header: bytes) -> bytes:
    mac = hmac.HMAC(_derive(file_key, b"", b"header"), hashes.SHA256())
    mac.update(header)
    return mac.finalize()


def encrypt(source: BinaryIO, out: BinaryIO, recipients: Sequence[str]) -> None:
    """Encrypt a stream to X25519 recipients (at least one); raises KeyFileError for one that is none."""
    if not recipients:
        raise KeyFileError("There is nobody to encrypt to.")
    file_key = secrets.token_bytes(FILE_KEY)
    stanzas = [_wrap(file_key, recipient) for recipient in dict.fromkeys(recipients)]
    header = age_header.encode(stanzas)
    nonce = secrets.token_bytes(16)
    out.write(header + age_header.mac_line(_mac(file_key, header)) + nonce)
    cipher = ChaCha20Poly1305(_derive(file_key, nonce, b"payload"))
    counter, chunk = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        out.write(cipher.encrypt(_nonce(counter, last=not following), chunk, None))
        if not following:
            return
        counter, chunk = counter + 1, following


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _wrap(file_key: bytes, recipient: str) -> Stanza:
    public = bech32.decode(recipient, "age")
    if len(public) != 32:
        raise KeyFileError("An age recipient has the wrong length.")
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise KeyFileError(LOW_ORDER) from None
    key = _derive(shared, share + public, LABEL)
    return Stanza("X25519", (age_header.base64(share),), ChaCha20Poly1305(key).encrypt(bytes(12), file_key, None))


def decrypt(source: BinaryIO, out: BinaryIO, identities: Sequence[str]) -> None:
    """Decrypt a stream into ``out``; what was written counts only once this returns.

    Raises NotForUs where no identity opens it, MalformedBundle for anything that age does not write.
    """
    header, stanzas, given = age_header.read(source)
    file_key = _unwrap(stanzas, [_private(identity) for identity in identities])
    mac = hmac.HMAC(_derive(file_key, b"", b"header"), hashes.SHA256())
    mac.update(header)
    if not secrets.compare_digest(mac.finalize(), given):
        raise MalformedBundle("The header of the encrypted file was changed.")
    nonce = _exactly(source, 16)
    if len(nonce) != 16:
        raise MalformedBundle("The encrypted file is cut off.")
    _payload(source, out, ChaCha20Poly1305(_derive(file_key, nonce, b"payload")))


def _exactly(source: BinaryIO, size: int) -> bytes:
    """Up to ``size`` bytes: a raw pipe may give less at a time."""
    parts = []
    while size and (part := source.read(size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _payload(source: BinaryIO, out: BinaryIO, cipher: ChaCha20Poly1305) -> None:
    counter, chunk = 0, _exactly(source, CHUNK + TAG)
    while True:
        following = _exactly(source, CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(counter, last=not following), chunk, None)
        except (InvalidTag, ValueError):
            raise MalformedBundle("The encrypted file was changed or cut off.") from None
        if not plain and counter:
            raise MalformedBundle("The encrypted file ends in an empty part.")
        out.write(plain)
        if not following:
            return
        counter, chunk = counter + 1, following


def _unwrap(stanzas: Sequence[Stanza], identities: Sequence[X25519PrivateKey]) -> bytes:
    if any(s.kind == "scrypt" for s in stanzas) and len(stanzas) > 1:
        raise MalformedBundle("The header of the encrypted file mixes a password with recipients.")
    for stanza in stanzas:
        if stanza.kind == "X25519":
            share = _share(stanza)
            for identity in identities:
                found = _open(stanza, share, identity)
                if found is not None:
                    return found
    raise NotForUs("No identity here opens the encrypted file.", hint="Is it for another agency, or for an older key?")


def _share(stanza: Stanza) -> bytes:
    share = age_header.unbase64(stanza.arguments[0]) if len(stanza.arguments) == 1 else b""
    if len(share) != 32 or len(stanza.body) != FILE_KEY + TAG:
        raise MalformedBundle("A recipient in the encrypted file's header is malformed.")
    return share


def _open(stanza: Stanza, share: bytes, identity: X25519PrivateKey) -> bytes | None:
    try:
        shared = identity.exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise MalformedBundle(LOW_ORDER) from None
    key = _derive(shared, share + identity.public_key().public_bytes_raw(), LABEL)
    try:
        return ChaCha20Poly1305(key).decrypt(bytes(12), stanza.body, None)
    except InvalidTag:
        return None
