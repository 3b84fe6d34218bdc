"""Merkle trees over SHA-256: roots, and proofs that an entry is in a tree or that one tree continues another.

Sources: RFC 6962 section 2.1 (hashes), 2.1.1 and 2.1.2 (making proofs); RFC 9162 section 2.1.3.2 and 2.1.4.2 (verifying
them). Leaves and nodes are hashed under other prefixes, so that no node can be shown as an entry.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence

from anonshare.errors import InputError

__all__ = ["EMPTY", "HASH", "Tree", "leaf_hash", "node_hash", "root_of", "verify_consistency", "verify_inclusion"]

HASH = 32
EMPTY = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of an entry, H(0x00 || data); RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two neighbours, H(0x01 || left || right); RFC 6962 section 2.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a tree of these leaf hashes; of none it is the hash of nothing. RFC 6962 section 2.1."""
    return Tree(leaves).root()


class Tree:
    """A growing tree of leaf hashes.

    Every full subtree is hashed once and kept: an append costs one hash on average, a root or a proof a hash or two a
    level. Memory is twice the leaves.
    """

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    def __len__(self) -> int:
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Add a leaf hash; raises InputError where it is not 32 bytes."""
        if len(leaf) != HASH:
            raise InputError("A leaf of a Merkle tree is not a hash of 32 bytes.")
        self._levels[0].append(leaf)
        for level in range(len(self._levels)):
            row = self._levels[level]
            if len(row) % 2:
                return
            if level + 1 == len(self._levels):
                self._levels.append([])
            self._levels[level + 1].append(node_hash(row[-2], row[-1]))

    def full(self, level: int, start: int, end: int) -> tuple[bytes, ...]:
        """The roots of the full subtrees ``start`` to ``end`` (not with it) of 2**level leaves; fewer at the edge."""
        return tuple(self._levels[level][start:end]) if level < len(self._levels) else ()

    def root(self, size: int | None = None) -> bytes:
        """The root of the first ``size`` leaves (of all, if None); raises InputError where there are fewer."""
        size = self._size(size)
        return self._hash(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The audit path of a leaf in the first ``size`` leaves, from the leaf up; RFC 6962 section 2.1.1.

        Raises InputError where the tree has no such leaf.
        """
        size = self._size(size)
        if not 0 <= index < size:
            raise InputError("The Merkle tree has no leaf of that number.")
        start, end, path = 0, size, list[bytes]()
        while end - start > 1:
            middle = start + _split(end - start)
            path.append(self._hash(middle, end) if index < middle else self._hash(start, middle))
            start, end = (start, middle) if index < middle else (middle, end)
        return tuple(reversed(path))

    def consistency(self, old: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the first ``size`` leaves continue the first ``old``; RFC 6962 section 2.1.2.

        Raises InputError where ``old`` is not from 1 to ``size``: nothing is proven about an empty tree.
        """
        size = self._size(size)
        if not 0 < old <= size:
            raise InputError("A consistency proof is asked from a size that the Merkle tree never had.")
        start, end, path = 0, size, list[bytes]()
        while old != end:
            middle = start + _split(end - start)
            path.append(self._hash(middle, end) if old <= middle else self._hash(start, middle))
            start, end = (start, middle) if old <= middle else (middle, end)
        known = [self._hash(start, end)] if start else []
        return (*known, *reversed(path))

    def _size(self, size: int | None) -> int:
        if size is None:
            return len(self)
        if not 0 <= size <= len(self):
            raise InputError("The Merkle tree never had that size.")
        return size

    def _hash(self, start: int, end: int) -> bytes:
        """MTH of some leaves; every start that is asked for is a multiple of the power of two at or above the count."""
        count = end - start
        if count & (count - 1) == 0:
            level = count.bit_length() - 1
            return self._levels[level][start >> level]
        middle = start + _split(count)
        return node_hash(self._hash(start, middle), self._hash(middle, end))


def verify_inclusion(index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether ``proof`` shows the leaf hash at ``index`` in the tree of ``size`` leaves; RFC 9162 section 2.1.3.2."""
    if not 0 <= index < size or not _hashes([leaf, root, *proof]):
        return False
    node, last, found = index, size - 1, leaf
    for one in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(one, found)
            skipped = _trailing_zeros(node) if not node & 1 else 0
            node, last = node >> skipped, last >> skipped
        else:
            found = node_hash(found, one)
        node, last = node >> 1, last >> 1
    return last == 0 and hmac.compare_digest(found, root)


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether ``proof`` shows that the tree of ``new`` leaves continues that of ``old``; RFC 9162 section 2.1.4.2.

    Always False from an empty tree, which every tree continues: there is nothing to prove.
    """
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and hmac.compare_digest(old_root, new_root)
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not proof or not _hashes([old_root, new_root, *path]):
        return False
    before, after = _roots(old, new, path)
    return hmac.compare_digest(before, old_root) and hmac.compare_digest(after, new_root)


def _roots(old: int, new: int, path: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots that a path leads to; empty where it is longer or shorter than the sizes ask for."""
    node, last = old - 1, new - 1
    skipped = _trailing_zeros(old)
    node, last = node >> skipped, last >> skipped
    before = after = path[0]
    for one in path[1:]:
        if last == 0:
            return b"", b""
        if node & 1 or node == last:
            before, after = node_hash(one, before), node_hash(one, after)
            skipped = _trailing_zeros(node) if not node & 1 else 0
            node, last = node >> skipped, last >> skipped
        else:
            after = node_hash(after, one)
        node, last = node >> 1, last >> 1
    return (before, after) if last == 0 else (b"", b"")


def _split(count: int) -> int:
    """The largest power of two below ``count``."""
    return 1 << (count - 1).bit_length() - 1


def _trailing_zeros(number: int) -> int:
    """How often two divides ``number``, which is above zero."""
    return (number & -number).bit_length() - 1


def _hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH for value in values)
