"""No two of ten million tokens are equal: their first 80 bits are sorted, 16 characters a token, 100 MB in all."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np

from anonshare.transforms.mac import Mac
from anonshare.transforms.token_arrays import make_tokens

__all__ = ["equal_prefixes", "run", "run_smoke"]

TOKENS, PIECE = 10_000_000, 100_000
KEY = bytes(range(32))
ALPHABET = b"0123456789abcdefghjkmnpqrstvwxyz"
VALUE = np.zeros(256, np.uint64)
VALUE[np.frombuffer(ALPHABET, np.uint8)] = np.arange(32, dtype=np.uint64)


def _prefixes(tokens: list[str]) -> np.ndarray:
    """Ten bytes of each token as they sort: read from its characters, so that the encoding is measured as well."""
    letters = np.frombuffer("".join(tokens).encode(), np.uint8).reshape(len(tokens), -1)[:, -26:-10]
    bits = VALUE[letters]
    halves = [np.zeros(len(tokens), np.uint64) for _ in range(2)]
    for place in range(16):
        halves[place // 8] = halves[place // 8] << np.uint64(5) | bits[:, place]
    both = np.empty((len(tokens), 2), ">u8")
    both[:, 0], both[:, 1] = halves
    # 40 bits of each half: the upper three bytes are empty
    return np.ascontiguousarray(both.view(np.uint8).reshape(-1, 2, 8)[:, :, 3:]).reshape(-1, 10).view("S10").ravel()


def equal_prefixes(count: int, mac: Mac, kind: str = "ph") -> int:
    """Tokens of ``count`` numbers in a row whose first 80 bits another one has too; no collision without them."""
    found = np.empty(count, "S10")
    for start in range(0, count, PIECE):
        numbers = range(start, min(start + PIECE, count))
        macs = mac.many(b"+40%010d" % number for number in numbers)
        found[start : numbers.stop] = _prefixes(make_tokens(kind, macs))
    found.sort()
    return int((found[1:] == found[:-1]).sum())


def _line(count: int) -> str:
    begun = time.process_time()
    equal = equal_prefixes(count, Mac.of(KEY))
    chance = count * (count - 1) / 2 / 2**80
    seconds = time.process_time() - begun
    return f"{count:,} tokens: {equal} pairs with equal first 80 bits (by chance {chance:.0e}), {seconds:.1f} s CPU"


def run() -> Iterator[str]:
    yield _line(TOKENS)


def run_smoke() -> Iterator[str]:
    yield _line(100_000)
