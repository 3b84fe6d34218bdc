"""Sealed secrets: token roots, the ledger's key, age identities; under a passphrase.

Argon2id (RFC 9106, section 4: second recommended option, 64 MiB, 3 passes, 4 lanes) and AES-256-GCM.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from anonshare.errors import AnonshareError, KeyFileError
from anonshare.files import read_bytes, too_open, write_private
from anonshare.wire.strict_json import canonical, parse

__all__ = ["boxed", "open_sealed", "open_secret", "seal_secret", "sealed", "unboxed"]

MEMORY_KIB = 64 << 10
PASSES = 3
LANES = 4
SIZE_LIMIT = 64 << 10


def _key(passphrase: bytes, salt: bytes) -> bytes:
    return Argon2id(salt=salt, length=32, iterations=PASSES, lanes=LANES, memory_cost=MEMORY_KIB).derive(passphrase)


def sealed(secret: bytes, kind: str, passphrase: bytes) -> bytes:
    """``secret`` under a passphrase, bound to its ``kind``, as bytes."""
    if not passphrase:
        raise KeyFileError("A secret is not saved without a passphrase.")
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    box = AESGCM(_key(passphrase, salt)).encrypt(nonce, secret, kind.encode())
    parts = {"salt": salt, "nonce": nonce, "box": box}
    body = {name: b64encode(value).decode() for name, value in parts.items()}
    return canonical({"sealed": "sealed/1", "kind": kind, "kdf": "argon2id", **body})


def open_sealed(data: bytes, kind: str, passphrase: bytes, what: str = "sealed secret") -> bytes:
    """The secret in what ``sealed`` gave; raises KeyFileError with one text for a wrong passphrase and damaged bytes."""
    found = _opened(data, kind, passphrase)
    if found is None:
        raise KeyFileError(
            f"A {what} does not open with this passphrase.", hint="Check the passphrase of this workspace."
        )
    return found


def seal_secret(path: Path, secret: bytes, kind: str, passphrase: bytes) -> None:
    """Write ``secret`` under a passphrase, bound to its ``kind``, readable by its owner alone."""
    write_private(path, sealed(secret, kind, passphrase), "sealed secret")


def open_secret(path: Path, kind: str, passphrase: bytes) -> bytes:
    """The secret of this ``kind`` in a file; raises KeyFileError with one text for a wrong passphrase and a damaged file."""
    data = read_bytes(path, "sealed secret", SIZE_LIMIT)
    if too_open(path):
        raise KeyFileError("A sealed secret can be read by others.", hint="chmod 600 on the files in keys/.")
    return open_sealed(data, kind, passphrase)


def _opened(data: bytes, kind: str, passphrase: bytes) -> bytes | None:
    """The secret, or None for whatever stands in the way: the reasons are not told apart."""
    try:
        raw = parse(data, limit=len(data))  # whoever read it has bounded it
        salt, nonce, box = (b64decode(raw[name], validate=True) for name in ("salt", "nonce", "box"))
        if (raw["sealed"], raw["kind"], raw["kdf"], len(salt)) != ("sealed/1", kind, "argon2id", 16):
            return None
        return AESGCM(_key(passphrase, salt)).decrypt(nonce, box, kind.encode())
    except (AnonshareError, InvalidTag, KeyError, ValueError, TypeError):
        return None


def boxed(data: bytes, kind: str, key: bytes) -> bytes:
    """``data`` under a secret that is at hand (32 bytes or more), bound to its ``kind``: at most 2 GiB."""
    nonce = secrets.token_bytes(12)
    return nonce + AESGCM(_sub_key(key, kind)).encrypt(nonce, data, kind.encode())


def unboxed(data: bytes, kind: str, key: bytes, what: str) -> bytes:
    """What ``boxed`` was given; raises KeyFileError for other bytes, another kind or key."""
    try:
        return AESGCM(_sub_key(key, kind)).decrypt(data[:12], data[12:], kind.encode())
    except (InvalidTag, ValueError):
        raise KeyFileError(
            f"A {what} is damaged, or not of this workspace.", hint="Restore it from a backup."
        ) from None


def _sub_key(key: bytes, kind: str) -> bytes:
    return hmac.digest(key, b"box\x00" + kind.encode(), "sha256")
