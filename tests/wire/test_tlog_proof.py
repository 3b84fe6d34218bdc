"""Proofs in one file: one encoding, the published example's form, forgeries, a quorum."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import (
    AnonshareError,
    BundleError,
    LimitExceeded,
    MalformedBundle,
    SignatureError,
    UntrustedSigner,
)
from anonshare.wire.checkpoint import Checkpoint, cosign, text_of
from anonshare.wire.merkle import Tree, leaf_hash
from anonshare.wire.note import COSIGNATURE, Note, NoteKey, sign
from anonshare.wire.tlog_proof import EXTRA_LIMIT, Proof, decode, encode, verify

DATA = [bytes([n]) * 32 for n in range(21)]
TREE = Tree([leaf_hash(one) for one in DATA])
PRIVATE = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(4)]
LOG = NoteKey("example.org/log", PRIVATE[0].public_key().public_bytes_raw())
WITNESSES = [NoteKey(f"w{n}", PRIVATE[n].public_key().public_bytes_raw(), COSIGNATURE) for n in range(1, 4)]


def note_of(tree=TREE, size=21, witnesses=()):
    text = text_of(Checkpoint(LOG.name, size, tree.root(size)))
    cosigned = [cosign(text, WITNESSES[n], 9, PRIVATE[n + 1].sign) for n in witnesses]
    return Note(text, (sign(text, LOG, PRIVATE[0].sign), *cosigned))


def proof_of(index, size=21, witnesses=(), extra=b""):
    return Proof(index, TREE.inclusion(index, size), note_of(TREE, size, witnesses), extra)


@given(st.integers(1, 21), st.data(), st.binary(max_size=40))
def test_every_entry_is_proven(size, data, extra):
    """What is encoded is decoded, and shows the entry in the tree, and no other entry."""
    index = data.draw(st.integers(0, size - 1))
    found = decode(encode(proof_of(index, size, extra=extra)))
    assert found == proof_of(index, size, extra=extra)
    assert verify(found, DATA[index], LOG).size == size
    with pytest.raises(SignatureError) as caught:
        verify(found, DATA[index - 1] if size > 1 else b"other", LOG)
    assert caught.value.reason == "inclusion"


def test_the_form_of_the_specification():
    """The lines stand in the order of the specification, the checkpoint verbatim after an empty line."""
    data = encode(proof_of(3, extra=b"more")).decode()
    head, _, rest = data.partition("\n\n")
    assert head.split("\n")[:3] == ["c2sp.org/tlog-proof@v1", "extra bW9yZQ==", "index 3"]
    assert len(head.split("\n")) == 3 + len(TREE.inclusion(3))
    assert rest.startswith("example.org/log\n21\n")
    alone = encode(proof_of(0, 1)).decode()
    assert alone.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nexample.org/log\n1\n")


def test_every_change_is_refused():
    """A proof cut or changed at any byte is refused."""
    whole = encode(proof_of(5))
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        for data in (whole[:place], flipped):
            with pytest.raises(BundleError):
                verify(decode(data), DATA[5], LOG)


def test_a_forged_path_is_refused():
    """A path of another entry, another tree or another length does not lead to the root."""
    proof = proof_of(5)
    forged = (
        replace(proof, index=6),
        replace(proof, path=proof.path[:-1]),
        replace(proof, path=TREE.inclusion(6)),
        replace(proof, path=(*proof.path, bytes(32))),
        replace(proof, checkpoint=note_of(TREE, 20)),
    )
    for one in forged:
        with pytest.raises(SignatureError) as caught:
            verify(decode(encode(one)), DATA[5], LOG)
        assert caught.value.reason == "inclusion"


def test_a_tree_of_ones_own_is_refused():
    """Whoever lacks the log's key makes no proof, however good the path."""
    text = proof_of(5).checkpoint.text
    mine = replace(LOG, public=WITNESSES[0].public)
    forged = replace(proof_of(5), checkpoint=Note(text, (sign(text, mine, PRIVATE[1].sign),)))
    with pytest.raises(UntrustedSigner):
        verify(forged, DATA[5], LOG)


@pytest.mark.parametrize("cosigned", [(), (0,), (0, 2), (0, 1, 2)])
@pytest.mark.parametrize("least", [0, 1, 2, 3])
def test_a_quorum_is_reached_or_not(cosigned, least):
    """The proof holds exactly where as many of the witnesses cosigned as are asked for."""
    proof = decode(encode(proof_of(5, witnesses=cosigned)))
    if len(cosigned) >= least:
        assert verify(proof, DATA[5], LOG, WITNESSES, least).size == 21
        return
    with pytest.raises(SignatureError) as caught:
        verify(proof, DATA[5], LOG, WITNESSES, least)
    assert caught.value.reason == "quorum"


def test_a_log_is_no_witness_of_itself():
    """A cosignature by the log's own key does not count."""
    text = proof_of(5).checkpoint.text
    own = replace(LOG, kind=COSIGNATURE)
    lines = (*proof_of(5).checkpoint.lines, cosign(text, own, 9, PRIVATE[0].sign))
    with pytest.raises(SignatureError):
        verify(replace(proof_of(5), checkpoint=Note(text, lines)), DATA[5], LOG, [own], 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"@v1", b"@v2"),
        (b"index 5", b"index 05"),
        (b"index 5", b"index -5"),
        (b"index 5", b"index  5"),
        (b"index 5\n", b""),
        (b"index 5", b"extra \nindex 5"),
        (b"index 5", b"extra AB==\nindex 5"),
        (b"index 5", b"extra AA==\nextra AA==\nindex 5"),
        (b"index 5\n", b"index 5\nAAAA\n"),
        (b"index 5\n", b"index 5\r\n"),
        (b"index 5", "index \u0665".encode()),
        (b"index 5", b"Index 5"),
    ],
)
def test_other_forms_are_refused(old, new):
    """Another version, order, number or base64 is no proof."""
    whole = encode(proof_of(5))
    assert whole.count(old) == 1
    with pytest.raises(MalformedBundle):
        decode(whole.replace(old, new))


def test_size_is_limited():
    """More hashes than 63, or more extra data than the limit, are neither written nor read."""
    for wrong in (
        replace(proof_of(5), path=(bytes(32),) * 64),
        replace(proof_of(5), extra=bytes(EXTRA_LIMIT + 1)),
    ):
        with pytest.raises(LimitExceeded):
            encode(wrong)
    for data in (b"x" * (1 << 18), encode(proof_of(5)).replace(b"index 5\n", b"index 5\n" + b"A" * 43 * 4000)):
        with pytest.raises(LimitExceeded):
            decode(data)
    with pytest.raises(MalformedBundle):
        encode(replace(proof_of(5), path=(b"short",)))


@given(st.binary(max_size=200))
def test_noise_is_refused(data):
    """Whatever the bytes, one error of ours."""
    for whole in (data, b"c2sp.org/tlog-proof@v1\n" + data, b"c2sp.org/tlog-proof@v1\nindex 0\n\n" + data):
        with pytest.raises(AnonshareError):
            verify(decode(whole), b"", LOG)
