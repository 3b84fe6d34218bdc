"""Keys of tokens: one root secret, and below it one key for each purpose, so that no two purposes can be joined."""

from __future__ import annotations

import hashlib
import hmac

from anonshare.errors import KeyFileError
from anonshare.transforms.mac import Mac

__all__ = ["KEY_BYTES", "hkdf", "key_id", "subkey"]

KEY_BYTES = 32
_VERSION = "anonshare/v1"
_HASH_BYTES = 32


def hkdf(secret: bytes, *, salt: bytes = b"", info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA-256 (RFC 5869): ``length`` bytes, at most 255 * 32; raises ValueError for more."""
    if not 0 < length <= 255 * _HASH_BYTES:
        raise ValueError("HKDF-SHA-256 gives 1 to 8160 bytes")
    expand = Mac.of(hmac.digest(salt, secret, hashlib.sha256))
    block, out = b"", b""
    while len(out) < length:
        block = expand(block + info + bytes([len(out) // _HASH_BYTES + 1]))
        out += block
    return out[:length]


def subkey(root: bytes, *, programme: str, domain: str, entity: str, operator: str, epoch: str) -> bytes:
    """The key of 32 bytes for one programme, recipient domain, entity type, operator and epoch.

    Each part is length-prefixed: (a, bc) and (ab, c) must not share a key. Raises KeyFileError where the root secret
    has not 32 bytes.
    """
    if len(root) != KEY_BYTES:
        raise KeyFileError("The root secret of the tokens is not 32 bytes long.", hint="Restore it from a backup.")
    parts = [part.encode() for part in (_VERSION, programme, domain, entity, operator, epoch)]
    return hkdf(root, info=b"".join(len(part).to_bytes(4, "big") + part for part in parts))


def key_id(key: bytes) -> str:
    """The outward name of a subkey, 16 hex digits; it tells keys apart and nothing of them."""
    return Mac.of(key)(b"key-id")[:8].hex()
