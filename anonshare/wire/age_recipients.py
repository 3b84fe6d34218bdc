"""Whom an age file is for: X25519 and the hybrid post-quantum recipient, each able to wrap a file key.

Source: C2SP age.md, section "The X25519 recipient type" and "The ML-KEM-768 + X25519 recipient type" (HPKE,
draft-ietf-hpke-pq; the identity is a 32-byte seed that SHAKE-256 expands). A file recorded today and kept until a quantum
computer exists stays closed with the second.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonshare.errors import KeyFileError, MalformedBundle
from anonshare.wire import age_header, bech32
from anonshare.wire.age_header import Stanza

__all__ = ["FILE_KEY", "generate_identity", "identity_of", "is_hybrid", "recipient_of", "wrap"]

FILE_KEY = 16
TAG = 16
CLASSIC, HYBRID = "X25519", "mlkem768x25519"
LABEL = b"age-encryption.org/v1/X25519"
HYBRID_INFO = b"age-encryption.org/mlkem768x25519"
ENCAPSULATION = 1120
MLKEM_PUBLIC, MLKEM_SEED = 1184, 64
HYBRID_SECRET, HYBRID_PUBLIC = "age-secret-key-pq-", "age1pq"
CLASSIC_SECRET, CLASSIC_PUBLIC = "age-secret-key-", "age"
LOW_ORDER = "An age recipient is a point of low order."
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


def generate_identity(*, hybrid: bool = False) -> str:
    """A new secret identity, ``AGE-SECRET-KEY-1...`` or, for the post-quantum recipient, ``AGE-SECRET-KEY-PQ-1...``."""
    return bech32.encode(HYBRID_SECRET if hybrid else CLASSIC_SECRET, secrets.token_bytes(32)).upper()


def is_hybrid(recipient: str) -> bool:
    """Whether a recipient (``age1...``) is of the hybrid kind."""
    return recipient.startswith(HYBRID_PUBLIC + "1")


def recipient_of(identity: str) -> str:
    """The public recipient of an identity; raises KeyFileError where it is none."""
    return identity_of(identity).recipient


def identity_of(text: str) -> Identity:
    """The identity in a text; raises KeyFileError where it is none."""
    plain = text.strip()
    hybrid = plain.upper().startswith(HYBRID_SECRET.upper() + "1")
    raw = bech32.decode(plain, HYBRID_SECRET if hybrid else CLASSIC_SECRET)
    if len(raw) != 32:
        raise KeyFileError("An age identity has the wrong length.")
    return _Hybrid(raw) if hybrid else _Classic(raw)


@dataclass(frozen=True, slots=True)
class _Classic:
    """An X25519 identity."""

    _raw: bytes = field(repr=False)
    kind = CLASSIC

    @property
    def _key(self) -> X25519PrivateKey:
        return X25519PrivateKey.from_private_bytes(self._raw)

    @property
    def recipient(self) -> str:
        """The public recipient."""
        return bech32.encode(CLASSIC_PUBLIC, self._key.public_key().public_bytes_raw())

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key in a stanza of this kind; None where it is for somebody else, MalformedBundle where it is wrong."""
        share = _argument(stanza, 32)
        key = self._key
        try:
            shared = key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError:
            raise MalformedBundle(LOW_ORDER) from None
        wrapping = _derive(shared, share + key.public_key().public_bytes_raw())
        try:
            return ChaCha20Poly1305(wrapping).decrypt(bytes(12), stanza.body, None)
        except InvalidTag:
            return None


@dataclass(frozen=True, slots=True)
class _Hybrid:
    """An identity of ML-KEM-768 and X25519 together: whoever breaks one of them has gained nothing."""

    _raw: bytes = field(repr=False)
    kind = HYBRID

    @property
    def _key(self) -> hpke.MLKEM768X25519PrivateKey:
        wide = hashlib.shake_256(self._raw).digest(MLKEM_SEED + 32)
        lattice = MLKEM768PrivateKey.from_seed_bytes(wide[:MLKEM_SEED])
        return hpke.MLKEM768X25519PrivateKey(lattice, X25519PrivateKey.from_private_bytes(wide[MLKEM_SEED:]))

    @property
    def recipient(self) -> str:
        """The public recipient."""
        wide = hashlib.shake_256(self._raw).digest(MLKEM_SEED + 32)
        lattice = MLKEM768PrivateKey.from_seed_bytes(wide[:MLKEM_SEED]).public_key().public_bytes_raw()
        curve = X25519PrivateKey.from_private_bytes(wide[MLKEM_SEED:]).public_key().public_bytes_raw()
        return bech32.encode(HYBRID_PUBLIC, lattice + curve)

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key in a stanza of this kind; None where it is for somebody else, MalformedBundle where it is wrong."""
        share = _argument(stanza, ENCAPSULATION)
        # HPKE would say "not for us" where the curve's part of the encapsulation is one that no honest writer makes
        _must_be_a_point(share[ENCAPSULATION - 32 :])
        try:
            return SUITE.decrypt(share + stanza.body, self._key, HYBRID_INFO)
        except (InvalidTag, ValueError):
            return None


Identity = _Classic | _Hybrid


def wrap(file_key: bytes, recipients: Sequence[str]) -> list[Stanza]:
    """One stanza a recipient; raises KeyFileError for none, for one that is no recipient, and for a mixture of kinds.

    A file for a classic and a hybrid recipient is only as strong as the classic one, and would say otherwise.
    """
    if not recipients:
        raise KeyFileError("There is nobody to encrypt to.")
    if len({is_hybrid(one) for one in recipients}) != 1:
        raise KeyFileError("Classic and post-quantum recipients are not mixed in one file.")
    return [_wrap(file_key, one) for one in dict.fromkeys(recipients)]


def _wrap(file_key: bytes, recipient: str) -> Stanza:
    if is_hybrid(recipient):
        return _wrap_hybrid(file_key, recipient)
    public = _public(recipient, CLASSIC_PUBLIC, 32)
    ephemeral = X25519PrivateKey.generate()
    share = ephemeral.public_key().public_bytes_raw()
    try:
        shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise KeyFileError(LOW_ORDER) from None
    sealed = ChaCha20Poly1305(_derive(shared, share + public)).encrypt(bytes(12), file_key, None)
    return Stanza(CLASSIC, (age_header.base64(share),), sealed)


def _wrap_hybrid(file_key: bytes, recipient: str) -> Stanza:
    public = _public(recipient, HYBRID_PUBLIC, MLKEM_PUBLIC + 32)
    try:
        lattice = MLKEM768PublicKey.from_public_bytes(public[:MLKEM_PUBLIC])
    except ValueError:
        raise KeyFileError("An age recipient is no point of its lattice.") from None
    key = hpke.MLKEM768X25519PublicKey(lattice, X25519PublicKey.from_public_bytes(public[MLKEM_PUBLIC:]))
    sealed = SUITE.encrypt(file_key, key, HYBRID_INFO)
    return Stanza(HYBRID, (age_header.base64(sealed[:ENCAPSULATION]),), sealed[ENCAPSULATION:])


def _public(recipient: str, prefix: str, size: int) -> bytes:
    public = bech32.decode(recipient, prefix)
    if len(public) != size:
        raise KeyFileError("An age recipient has the wrong length.")
    return public


def _must_be_a_point(share: bytes) -> None:
    try:
        X25519PrivateKey.generate().exchange(X25519PublicKey.from_public_bytes(share))
    except ValueError:
        raise MalformedBundle(LOW_ORDER) from None


def _argument(stanza: Stanza, size: int) -> bytes:
    """The one argument of a stanza; all forms are checked before any public-key work."""
    share = age_header.unbase64(stanza.arguments[0]) if len(stanza.arguments) == 1 else b""
    if len(share) != size or len(stanza.body) != FILE_KEY + TAG:
        raise MalformedBundle("A recipient in the encrypted file's header is malformed.")
    return share


def _derive(secret: bytes, salt: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt, LABEL).derive(secret)
