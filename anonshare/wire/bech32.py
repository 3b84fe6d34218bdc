"""Bech32 (BIP 173) without its length limit, as age writes recipients and identities."""

from __future__ import annotations

from collections.abc import Iterable

from anonshare.errors import KeyFileError

__all__ = ["decode", "encode"]

ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """The lower-case text of ``data`` under ``prefix``."""
    values = _regroup(data, 8, 5, pad=True)
    check = _polymod([*_expand(prefix), *values, 0, 0, 0, 0, 0, 0]) ^ 1
    whole = [*values, *((check >> 5 * (5 - i)) & 31 for i in range(6))]
    return prefix + "1" + "".join(ALPHABET[v] for v in whole)


def decode(text: str, prefix: str) -> bytes:
    """The data of a text in one case with this prefix; raises KeyFileError (never with the text) otherwise."""
    folded = text.lower()
    body = folded.removeprefix(prefix + "1")
    values = [ALPHABET.find(c) for c in body]
    wrong = text not in {folded, text.upper()} or len(body) == len(folded) or len(values) < 6 or min(values) < 0
    if wrong or _polymod([*_expand(prefix), *values]) != 1:
        raise KeyFileError("A key is not written as age writes it.", hint="Was a character lost when it was copied?")
    data = _regroup(values[:-6], 5, 8, pad=False)
    return bytes(data)


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: Iterable[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for i in range(5):
            check ^= GENERATOR[i] if (top >> i) & 1 else 0
    return check


def _regroup(data: Iterable[int], source: int, target: int, *, pad: bool) -> list[int]:
    """Bits in groups of ``source`` as groups of ``target``; padding must be short and zero when it is taken off."""
    found, held, bits = [], 0, 0
    for value in data:
        held = (held << source) | value
        bits += source
        while bits >= target:
            bits -= target
            found.append((held >> bits) & ((1 << target) - 1))
    rest = held & ((1 << bits) - 1)
    if pad and bits:
        found.append(rest << (target - bits))
    elif not pad and (bits >= source or rest):
        raise KeyFileError("A key is not written as age writes it.")
    return found
