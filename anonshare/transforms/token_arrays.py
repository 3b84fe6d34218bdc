"""Many tokens at once: the same form as ``make_token`` gives, a fifth of the time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from anonshare.transforms.tokens import ALPHABET, MAC_BYTES, PRIME, make_token

__all__ = ["make_tokens"]

_PIECE = 1 << 15
"""Tokens made at once: the arrays between stay within the caches of a processor."""
_CODES = 13
"""Ten bits each: twelve of the body, one of the check."""
_PAIRS = np.frombuffer("".join(a + b for a in ALPHABET for b in ALPHABET).encode(), np.uint16)
_CARRY = np.uint64((1 << 40) % PRIME)
_MODULUS = np.uint64(PRIME)


def make_tokens(kind: str, macs: Sequence[bytes]) -> list[str]:
    """``make_token(kind, mac)`` for each of the codes; raises PolicyError as that does."""
    if not macs:
        return []
    prefix = make_token(kind, min(macs, key=len))[: -2 * _CODES]
    return [token for start in range(0, len(macs), _PIECE) for token in _piece(prefix, macs[start : start + _PIECE])]


def _piece(prefix: str, macs: Sequence[bytes]) -> Iterator[str]:
    raw = np.frombuffer(b"".join(mac[:MAC_BYTES] for mac in macs), np.uint8)
    pairs = np.ascontiguousarray(_PAIRS[_codes(raw.reshape(-1, 3, 5))]).view(np.uint8)
    heads = np.broadcast_to(np.frombuffer(prefix.encode(), np.uint8), (len(macs), len(prefix)))
    text = np.concatenate([heads, pairs], axis=1).tobytes().decode("ascii")
    width = len(prefix) + 2 * _CODES
    return (text[start : start + width] for start in range(0, len(text), width))


def _codes(fifths: np.ndarray) -> np.ndarray:
    """The thirteen numbers of ten bits of each code, given as three groups of five bytes."""
    padded = np.zeros((len(fifths), 3, 8), np.uint8)
    padded[:, :, 3:] = fifths
    groups = padded.view(">u8").reshape(-1, 3).astype(np.uint64)
    codes = np.empty((len(fifths), _CODES), np.uint16)
    for place in range(_CODES - 1):
        group, within = divmod(place, 4)
        codes[:, place] = groups[:, group] >> np.uint64(30 - 10 * within) & np.uint64(1023)
    high, middle, low = (groups[:, group] % _MODULUS for group in range(3))
    codes[:, -1] = ((high * _CARRY + middle) * _CARRY + low) % _MODULUS
    return codes
