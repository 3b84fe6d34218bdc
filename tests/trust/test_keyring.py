"""Epochs of the keys of tokens: drawn anew, ended, destroyed, and never two side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import KeyFileError
from anonshare.trust.keyring import Epoch, Keyring, complete, decode_keyring, epoch_words, fingerprint
from anonshare.wire.strict_json import canonical, parse

DAY = "2026-03-01T12:00:00Z"
LATER = "2026-06-01T12:00:00Z"
ROOT = bytes(range(32))


@given(st.binary(min_size=32, max_size=32))
def test_a_bare_root_is_the_first_epoch(root):
    """The 32 bytes of a workspace from before there were epochs are the root of epoch 1, and stay it when written anew."""
    ring = decode_keyring(root)
    assert (ring.current, ring.current_root()) == ("1", root)
    assert decode_keyring(ring.encode()) == ring


@given(st.integers(0, 4), st.sets(st.integers(1, 4)))
def test_a_keyring_comes_back(turns, gone):
    """Whatever was rotated and destroyed, the bytes of a keyring give it back, and no bytes of a destroyed root are left."""
    ring = Keyring.new(DAY)
    for _ in range(turns):
        ring = ring.rotate(LATER)
    roots = {name: one.root for name, one in ring.epochs.items()}
    ended = [str(one) for one in gone if str(one) in ring.epochs and str(one) != ring.current]
    for name in ended:
        ring = ring.destroy(name, LATER)
    assert decode_keyring(ring.encode()) == ring
    assert len(set(roots.values())) == len(roots)
    assert all(ring.epochs[name].root is None and ring.epochs[name].state == "destroyed" for name in ended)
    assert ring.current_root() == roots[ring.current]


def test_an_epoch_ends_and_can_be_read_until_it_is_destroyed():
    """Rotating begins another root under the next name, and the one before stays readable."""
    first = Keyring.new(DAY)
    second = first.rotate(LATER)
    assert (second.current, second.next_epoch()) == ("2", "3")
    assert second.root("1") == first.current_root() != second.current_root()
    assert [one.state for one in second.epochs.values()] == ["ended", "current"]
    gone = second.destroy("1", LATER)
    with pytest.raises(KeyFileError, match="destroyed"):
        gone.root("1")
    assert gone.destroy("1", "2027-01-01T00:00:00Z") is gone


def test_what_does_not_exist_or_is_in_use_is_not_destroyed():
    """The current epoch, and one that there is not, are refused."""
    for name in ("1", "9", "x"):
        with pytest.raises(KeyFileError):
            Keyring.new(DAY).destroy(name, LATER)


def test_a_destroyed_root_does_not_come_back():
    """Paper shares of a destroyed epoch restore nothing, and a root that is there is not replaced."""
    gone = Keyring.new(DAY).rotate(LATER).destroy("1", LATER)
    with pytest.raises(KeyFileError, match="does not come back"):
        gone.recover("1", ROOT)
    with pytest.raises(KeyFileError, match="nothing to recover"):
        gone.recover("2", ROOT)


def test_nothing_secret_is_shown():
    """Neither repr nor error of a keyring holds a byte of a root."""
    ring = Keyring("1", {"1": Epoch(ROOT, DAY)})
    assert "root" not in repr(ring)
    assert repr(ROOT) not in repr(ring) + str(ring)


@pytest.mark.parametrize(
    "change",
    [
        {"current": "2"},
        {"keyring": "keyring/2"},
        {"more": 1},
        {"epochs": {}},
        {"epochs": {"0": {"root": None, "created": DAY, "ended": None, "destroyed": None}}},
        {"epochs": {"1": {"root": "c2hvcnQtYnV0LWxvbmctZW5vdWdo", "created": DAY, "ended": None, "destroyed": None}}},
        {"epochs": {"1": {"root": None, "created": "canary", "ended": None, "destroyed": None}}},
    ],
)
def test_a_damaged_keyring_is_refused(change):
    """Another form, a root of another length, or a current epoch that is missing: one refusal, without a value."""
    raw = {**parse(Keyring.new(DAY).encode()), **change}
    with pytest.raises(KeyFileError, match="damaged") as caught:
        decode_keyring(canonical(raw))
    assert "canary" not in str(caught.value)


def test_a_destroyed_epoch_with_a_root_is_refused():
    """What says that it is destroyed and still holds a root was not written by us."""
    ring = Keyring.new(DAY).rotate(LATER)
    forged = Keyring("2", {**ring.epochs, "1": replace(ring.epochs["1"], destroyed=LATER)})
    with pytest.raises(KeyFileError, match="damaged"):
        decode_keyring(forged.encode())


def test_fingerprints_tell_roots_and_epochs_apart():
    """The fingerprint of a root is another one in another epoch, and twelve words say it."""
    digests = {fingerprint(root, epoch) for root in (ROOT, bytes(32)) for epoch in ("1", "2")}
    assert len(digests) == 4
    assert len(epoch_words(digests.pop()).split()) == 12
    gone = Keyring.new(DAY).rotate(LATER).destroy("1", LATER)
    assert gone.fingerprints().keys() == {"2"}


def test_an_older_keyring_is_noticed():
    """A keyring that lacks an epoch of the public list, or holds another root for one, is not the newest."""
    ring = Keyring.new(DAY)
    ring.must_be_newest(ring.fingerprints())
    ring.rotate(LATER).destroy("1", LATER).must_be_newest(ring.fingerprints())
    for known in (ring.rotate(LATER).fingerprints(), Keyring.new(DAY).fingerprints()):
        with pytest.raises(KeyFileError, match="not the newest"):
            ring.must_be_newest(known)


def test_a_lost_keyring_is_laid_out_anew():
    """From the list and the ledger come all epochs: the newest is current, the others are lost or destroyed."""
    ring = complete({}, ["1", "2", "10"], {"2": LATER, "10": LATER}, {"1": LATER})
    assert ring.current == "10"
    assert {name: one.state for name, one in ring.epochs.items()} == {"1": "destroyed", "2": "lost", "10": "lost"}
    with pytest.raises(KeyFileError, match="lost"):
        ring.current_root()
    assert ring.recover("10", ROOT).current_root() == ROOT
