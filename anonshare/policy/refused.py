"""Operators that other tools have and that do not exist here, each with the reason and what to use instead."""

from __future__ import annotations

__all__ = ["refusal"]

_HASH = (
    "does not exist here: all 10^8 mobile numbers of a country are hashed in 24 s on one core",
    "use pseudonymize, whose key never leaves",
)
_SHAPED = (
    "does not exist here: an encrypted number looks like a real one and is taken for somebody's",
    "use pseudonymize, or pseudonymize_reversible where it must be turned back",
)
_ENCRYPT = ("does not exist under this name", "use pseudonymize_reversible, which is authenticated (AES-SIV)")
_CUT = ("does not exist here: the part that stays is found in a list of all values", "use mask or generalize")
_REPLACE = ("does not exist under this name", "use redact for one mark, surrogate for invented values")

_REASONS = {
    **dict.fromkeys(
        "hash hashed hashing saltedhash checksum digest fingerprint crc32 md5 sha sha1 sha2 sha3 sha224 sha256 sha384"
        " sha512 sha3224 sha3256 sha3384 sha3512 blake2 blake2b blake2s blake3 ripemd160 bcrypt scrypt argon2 argon2id"
        " pbkdf2".split(),
        _HASH,
    ),
    **dict.fromkeys("fpe fpeff1 fpeff3 ff1 ff3 ff31 formatpreserving".split(), _SHAPED),
    **dict.fromkeys("encrypt aes aescbc aesecb aesgcm aessiv decrypt".split(), _ENCRYPT),
    **dict.fromkeys("hmac hmacsha256 token tokenize".split(), ("does not exist under this name", "use pseudonymize")),
    **dict.fromkeys("truncate substring".split(), _CUT),
    **dict.fromkeys("replace fake faker".split(), _REPLACE),
}


def refusal(name: str) -> tuple[str, str] | None:
    """Why an operator does not exist, and the remedy; None for a name of which nothing is known."""
    return _REASONS.get("".join(c for c in name.casefold() if c.isalnum()))
