"""No person moves a table by more than was declared: of each person's cells a stable sample stays, the same at every run.

The sample is by a keyed function of person and cell: who has many rows cannot be found by asking again, and a count that
is repeated over the same records is over the same sample.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from anonshare.disclosure.arrays import np

__all__ = ["bounded"]


def bounded(
    person: np.ndarray, cell: np.ndarray, people: Sequence[str], labels: Sequence[str], most: int, secret: bytes
) -> np.ndarray:
    """Of the pairs (``person``, ``cell``), int64 per row: the distinct ones, at most ``most`` for each person; int64 (pairs, 2).

    ``people`` and ``labels`` are their texts.
    """
    pairs = np.unique(np.stack([person, cell], axis=1), axis=0)
    key = hashlib.blake2b(secret, digest_size=32, person=b"bounding").digest()
    own = np.array([_digest(key, who) for who in people], dtype=np.uint64)
    place = np.array([_digest(key, label) for label in labels], dtype=np.uint64)
    rank = _mixed(own[pairs[:, 0]] ^ _mixed(place[pairs[:, 1]]))
    order = np.lexsort((pairs[:, 1], rank, pairs[:, 0]))
    first = np.searchsorted(pairs[order, 0], pairs[order, 0])
    return np.asarray(pairs[order[np.arange(len(order)) - first < most]])


def _digest(key: bytes, text: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, key=key).digest(), "little"
    )


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """The finalizer of splitmix64 (Steele, Lea, Flood 2014): orders that no simple relation of the digests survives."""
    mixed = numbers.astype(np.uint64)
    with np.errstate(over="ignore"):
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
