"""The layout of tiles: the paths and counts of the specification, and nothing beside them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import MalformedBundle
from anonshare.ledger.tiles import content_of, needed, path_of, split_bundle
from anonshare.wire.merkle import Tree, leaf_hash

ENTRIES = tuple(n.to_bytes(32, "big") for n in range(600))
TREE = Tree(leaf_hash(one) for one in ENTRIES)


def test_the_paths_of_the_specification():
    """The examples of the specification have the paths and counts that it gives."""
    assert path_of(0, 1234067) == "tile/0/x001/x234/067"
    assert path_of("entries", 0, 112) == "tile/entries/000.p/112"
    paths = [path for path in needed(70_000) if "entries" not in path]
    assert len([path for path in paths if path.startswith("tile/0/") and ".p" not in path]) == 273
    assert [path for path in paths if ".p" in path] == ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    assert list(needed(256)) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert list(needed(0)) == []


@given(st.integers(0, 600), st.integers(0, 600))
def test_growing_writes_what_is_new(one, two):
    """What a smaller log needed and what is written after make up all that the larger one needs."""
    small, large = sorted((one, two))
    assert set(needed(large)) <= {*needed(small), *needed(large, small)}
    assert not {*needed(small)} & {*needed(large, small)}


@given(st.integers(0, 600))
def test_every_needed_tile_has_its_content(size):
    """Each tile holds as many hashes or entries as its name says, and bundles give the entries back."""
    for path in needed(size):
        width = int(path.partition(".p/")[2] or 256)
        content = content_of(path, TREE, ENTRIES)
        assert len(content) == width * (34 if "entries" in path else 32)
    bundles = [content_of(path, TREE, ENTRIES) for path in needed(size) if "entries" in path]
    assert b"".join(b"".join(split_bundle(one, len(one) // 34)) for one in bundles) == b"".join(ENTRIES[:size])


def test_a_tile_above_hashes_the_tile_below():
    """A hash of level 1 is the root of a full tile of level 0."""
    assert content_of("tile/1/000.p/2", TREE, ENTRIES)[32:] == Tree(TREE.full(0, 256, 512)).root()


@pytest.mark.parametrize(
    "path",
    [
        "checkpoint",
        "tile/0/003",
        "tile/0/002",
        "tile/0/002.p/89",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/00/000",
        "tile/64/000",
        "tile/1/000",
        "tile/0/x000/000",
        "tile/0/../000",
        "tile/0/000\n",
        "tile/other/000",
    ],
)
def test_other_paths_have_no_content(path):
    """A path beyond the edge of the log, or not in its one form, belongs to no log."""
    assert content_of(path, TREE, ENTRIES) is None


def test_other_entries_are_refused():
    """A bundle with an entry of another length, or of another count, is refused."""
    bundle = content_of("tile/entries/002.p/2", TREE, ENTRIES)
    assert split_bundle(bundle, 2) == ENTRIES[512:514]
    for data, count in ((bundle, 1), (bundle[:-1], 2), (b"\x00\x21" + bundle[2:], 2), (b"", 1)):
        with pytest.raises(MalformedBundle):
            split_bundle(data, count)
