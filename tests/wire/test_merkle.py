"""Merkle trees: the published vectors, a tree defined as the RFC defines it, and forged proofs."""

from __future__ import annotations

import json
import os
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import InputError
from anonshare.wire.merkle import EMPTY, Tree, leaf_hash, node_hash, root_of, verify_consistency, verify_inclusion

VECTORS = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "merkle-rfc6962" / "testdata"
LEAVES = [leaf_hash(bytes([number])) for number in range(70)]
SIZES = st.integers(1, len(LEAVES))


def mth(leaves):
    """MTH as RFC 6962 section 2.1 writes it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else EMPTY
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(mth(leaves[:half]), mth(leaves[half:]))


def vectors(kind):
    for path in sorted((VECTORS / kind).rglob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        raw["proof"] = [b64decode(one or "") for one in raw["proof"] or []]
        yield path.relative_to(VECTORS), raw


def test_published_vectors():
    """Every published proof is accepted or refused as its authors say."""
    if not VECTORS.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    seen = 0
    for name, v in vectors("inclusion"):
        leaf, root = b64decode(v["leafHash"]), b64decode(v["root"])
        assert verify_inclusion(v["leafIdx"], v["treeSize"], leaf, v["proof"], root) is not v["wantErr"], name
        seen += 1
    for name, v in vectors("consistency"):
        one, two = b64decode(v["root1"]), b64decode(v["root2"])
        assert verify_consistency(v["size1"], v["size2"], one, two, v["proof"]) is not v["wantErr"], name
        seen += 1
    assert seen == 196


def test_the_root_is_the_rfcs():
    """Every size has the root of the recursive definition, also when it is asked for later."""
    tree = Tree()
    assert tree.root() == EMPTY == mth([])
    for size, leaf in enumerate(LEAVES, 1):
        tree.append(leaf)
        assert tree.root() == mth(LEAVES[:size]) == root_of(LEAVES[:size])
        assert len(tree) == size
    assert all(tree.root(size) == mth(LEAVES[:size]) for size in range(len(LEAVES) + 1))


@given(SIZES, st.data())
def test_every_leaf_is_included(size, data):
    """The proof made for a leaf holds for it, and for no other leaf, place, root or path."""
    index = data.draw(st.integers(0, size - 1))
    tree = Tree(LEAVES)
    root, proof = tree.root(size), tree.inclusion(index, size)
    assert verify_inclusion(index, size, LEAVES[index], proof, root)
    assert not verify_inclusion(index, size, leaf_hash(b"forged"), proof, root)
    assert not verify_inclusion(index, size, LEAVES[index], proof, leaf_hash(b"forged"))
    assert not verify_inclusion(index, size, LEAVES[index], (*proof, EMPTY), root)
    assert not verify_inclusion(index + size, size, LEAVES[index], proof, root)
    assert not proof or not verify_inclusion(index, size, LEAVES[index], proof[:-1], root)
    for place, one in enumerate(proof):
        forged = [*proof[:place], bytes([one[0] ^ 1]) + one[1:], *proof[place + 1 :]]
        assert not verify_inclusion(index, size, LEAVES[index], forged, root)
        assert not verify_inclusion(index, size, LEAVES[index], [*proof[:place], one[1:], *proof[place + 1 :]], root)


@given(SIZES, st.data())
def test_every_tree_continues_its_beginning(size, data):
    """The proof between two sizes holds, and for no other root, size or path."""
    old = data.draw(st.integers(1, size))
    tree = Tree(LEAVES)
    proof = tree.consistency(old, size)
    sound = (old, size, tree.root(old), tree.root(size))
    assert verify_consistency(*sound, proof)
    assert not verify_consistency(*sound, (*proof, EMPTY))
    assert not verify_consistency(old, size, EMPTY, tree.root(size), proof)
    assert not verify_consistency(old, size, tree.root(old), EMPTY, proof)
    assert not proof or not verify_consistency(*sound, proof[1:])
    for place, one in enumerate(proof):
        forged = [*proof[:place], bytes([one[0] ^ 1]) + one[1:], *proof[place + 1 :]]
        assert not verify_consistency(*sound, forged)


@given(SIZES, st.integers(0, len(LEAVES) - 1))
def test_a_tree_of_a_rewritten_past_is_not_consistent(size, place):
    """No honest proof maker shows that a log continues a past it has rewritten."""
    old = Tree(LEAVES[:size])
    other = Tree([leaf_hash(b"rewritten") if number == place else leaf for number, leaf in enumerate(LEAVES)])
    holds = verify_consistency(size, len(other), old.root(), other.root(), other.consistency(size))
    assert holds is (place >= size)


def test_nodes_are_no_leaves():
    """The children of a node, shown as the data of an entry, hash to something else."""
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@pytest.mark.parametrize(("old", "new"), [(0, 0), (0, 5), (6, 5), (-1, 5)])
def test_sizes_that_prove_nothing(old, new):
    """From an empty tree, or backwards, no proof is made and none is accepted."""
    tree = Tree(LEAVES[:5])
    assert not verify_consistency(old, new, EMPTY, tree.root(), [])
    with pytest.raises(InputError):
        tree.consistency(old, new)


def test_what_the_tree_does_not_have_is_refused():
    """A leaf that is no hash, a place or a size beyond the edge: each is refused."""
    tree = Tree(LEAVES[:5])
    for wrong in (
        lambda: tree.append(b"short"),
        lambda: tree.root(6),
        lambda: tree.root(-1),
        lambda: tree.inclusion(5),
        lambda: tree.inclusion(-1),
        lambda: tree.inclusion(3, 3),
        lambda: Tree([b""]),
    ):
        with pytest.raises(InputError):
            wrong()
    assert len(tree) == 5


def test_full_subtrees():
    """A level lists the roots of the full subtrees alone."""
    tree = Tree(LEAVES)
    assert tree.full(3, 0, 99) == tuple(mth(LEAVES[n * 8 : n * 8 + 8]) for n in range(8))
    assert tree.full(0, 68, 99) == tuple(LEAVES[68:])
    assert tree.full(20, 0, 1) == ()
