"""Signing keys: Ed25519 in encrypted PKCS#8 files (RFC 8032, RFC 5958), and the face that other signers share."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from anonshare.errors import KeyFileError, UntrustedSigner
from anonshare.files import read_bytes, too_open, write_private

__all__ = [
    "ALGORITHMS",
    "FileSigner",
    "Signer",
    "generate_key",
    "key_of",
    "keyid",
    "load_key",
    "save_key",
    "verify_signature",
]

ALGORITHMS = ("ed25519",)
SIZE_LIMIT = 64 << 10


class Signer(Protocol):
    """Whoever signs: ``spki()`` is the public key as DER, ``sign`` the signature over the bytes given."""

    def spki(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        ...

    def sign(self, data: bytes) -> bytes:
        """The signature over ``data``."""
        ...


@dataclass(frozen=True, slots=True)
class FileSigner:
    """An Ed25519 key in memory."""

    _key: Ed25519PrivateKey = field(repr=False)

    def spki(self) -> bytes:
        """The public key, SubjectPublicKeyInfo in DER."""
        form = serialization.PublicFormat.SubjectPublicKeyInfo
        return self._key.public_key().public_bytes(serialization.Encoding.DER, form)

    def sign(self, data: bytes) -> bytes:
        """The 64 bytes of the signature over ``data``."""
        return self._key.sign(data)

    def seed(self) -> bytes:
        """The 32 secret bytes, for a key that is written on paper."""
        return self._key.private_bytes_raw()

    def pem(self, passphrase: bytes) -> bytes:
        """The private key as encrypted PKCS#8 PEM, which OpenSSL reads as well."""
        return self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase),
        )


def generate_key() -> FileSigner:
    """A new key."""
    return FileSigner(Ed25519PrivateKey.generate())


def key_of(seed: bytes) -> FileSigner:
    """The key of 32 secret bytes."""
    return FileSigner(Ed25519PrivateKey.from_private_bytes(seed))


def keyid(spki: bytes) -> str:
    """The name of a key: hex SHA-256 of its SPKI."""
    return hashlib.sha256(spki).hexdigest()


def save_key(path: Path, signer: FileSigner, passphrase: bytes) -> None:
    """Write a key file under a passphrase, readable by its owner alone; raises KeyFileError for an empty passphrase."""
    if not passphrase:
        raise KeyFileError("A key is not saved without a passphrase.")
    write_private(path, signer.pem(passphrase), "key file")


def load_key(path: Path, passphrase: bytes) -> FileSigner:
    """The key in a file.

    Raises KeyFileError where others may read the file, where it is not encrypted, and with one text for a wrong
    passphrase and a damaged file: they cannot be told apart.
    """
    data = read_bytes(path, "key file", SIZE_LIMIT)
    if too_open(path):
        raise KeyFileError("The key file can be read by others.", hint="chmod 600 on the file; then change the key.")
    if b"ENCRYPTED" not in data:
        raise KeyFileError("The key file is not protected by a passphrase.", hint="Make a new key: anonshare keys new")
    try:
        key = serialization.load_pem_private_key(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError(
            "The key file does not open with this passphrase.", hint="Check the passphrase and the file."
        )
    return FileSigner(key)


def public_key(alg: str, spki: bytes) -> Ed25519PublicKey:
    """The public key of a trust store's entry; raises UntrustedSigner where algorithm and key do not fit."""
    try:
        key = serialization.load_der_public_key(spki) if alg in ALGORITHMS else None
    except (ValueError, UnsupportedAlgorithm):
        key = None
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    if not isinstance(key, Ed25519PublicKey) or key.public_bytes(serialization.Encoding.DER, form) != spki:
        raise UntrustedSigner("A key on a card is not of the algorithm that the card names.")
    return key


def verify_signature(alg: str, spki: bytes, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``data`` is by this key; the algorithm is the trust store's, never the sender's."""
    try:
        public_key(alg, spki).verify(signature, data)
    except InvalidSignature:
        return False
    return True
