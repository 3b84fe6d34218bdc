"""Addresses of wallets, proven by their own check sums: Base58Check, Bech32 and Bech32m; forms where there is none.

Bitcoin: BIP 13, BIP 173, BIP 350. TRON: Base58Check with version 0x41. Ethereum: EIP-55 needs Keccak, which the
standard library lacks, so 40 hexadecimal digits behind ``0x`` are its form. Monero: 95 or 106 characters of Base58.
"""

from __future__ import annotations

import re
from hashlib import sha256

__all__ = ["base58check", "bitcoin_valid", "tron_valid", "wallet_form"]

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
BECH32M = 0x2BC830A3
_VALUE58 = {c: i for i, c in enumerate(BASE58)}
_VALUE32 = {c: i for i, c in enumerate(BECH32)}
_FORM = re.compile(r"0x[0-9a-fA-F]{40}\Z|[48][1-9A-HJ-NP-Za-km-z]{94}(?:[1-9A-HJ-NP-Za-km-z]{11})?\Z")
LEGACY_VERSIONS = frozenset({0x00, 0x05, 0x1E, 0x30, 0x32, 0x6F, 0xC4})
"""Bitcoin P2PKH and P2SH, Dogecoin, Litecoin (two), the test network (two)."""
LONGEST = 110


def base58check(text: str) -> bytes | None:
    """The 21 bytes (version and hash) that a Base58Check text of 25 to 35 characters carries; None where it is none."""
    if not 25 <= len(text) <= 35:
        return None
    number = 0
    for c in text:
        value = _VALUE58.get(c)
        if value is None:
            return None
        number = number * 58 + value
    if number >= 1 << 200:
        return None
    data = number.to_bytes(25, "big")
    zeros = len(text) - len(text.lstrip("1"))
    if len(data) - len(data.lstrip(b"\0")) != zeros:
        return None
    return data[:21] if sha256(sha256(data[:21]).digest()).digest()[:4] == data[21:] else None


def bitcoin_valid(text: str) -> bool:
    """Whether a text is an address of Bitcoin or of its near relatives, by its check sum."""
    if text[:4].lower() in {"bc1q", "bc1p", "tb1q", "tb1p", "ltc1"}:
        return _segwit_valid(text)
    data = base58check(text)
    return data is not None and data[0] in LEGACY_VERSIONS


def tron_valid(text: str) -> bool:
    """Whether a text is an address of TRON, by its check sum."""
    data = base58check(text)
    return data is not None and data[0] == 0x41


def wallet_form(text: str) -> bool:
    """Whether a text has the form of an address of Ethereum or Monero; there is no proof in it."""
    return _FORM.match(text) is not None


def _segwit_valid(text: str) -> bool:
    """Version 0 is closed by Bech32's constant, later versions by Bech32m's (BIP 350)."""
    folded = text.lower()
    if text not in {folded, text.upper()} or len(text) > LONGEST:
        return False
    prefix, _, body = folded.rpartition("1")
    if any(c not in _VALUE32 for c in body) or len(body) < 8:
        return False
    values = [_VALUE32[c] for c in body]
    check = 1
    for value in [*(ord(c) >> 5 for c in prefix), 0, *(ord(c) & 31 for c in prefix), *values]:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i in range(5):
            check ^= GENERATOR[i] if (top >> i) & 1 else 0
    return check == (BECH32M if values[0] else 1)
