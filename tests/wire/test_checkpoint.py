"""Checkpoints and cosignatures: one form, a quorum of distinct witnesses, split views."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import BundleError, MalformedBundle, OutOfOrder, SignatureError, UntrustedSigner
from anonshare.wire.checkpoint import (
    Checkpoint,
    cosign,
    cosignatures,
    must_extend,
    opened,
    parse,
    quorum,
    text_of,
)
from anonshare.wire.merkle import EMPTY, Tree, leaf_hash
from anonshare.wire.note import COSIGNATURE, Line, Note, NoteKey, decode, encode, sign

TREE = Tree([leaf_hash(bytes([n])) for n in range(9)])
FORK = Tree([leaf_hash(bytes([n ^ 1])) for n in range(9)])
PRIVATE = [Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32) for n in range(5)]
LOG = NoteKey("example.org/log", PRIVATE[0].public_key().public_bytes_raw())
WITNESSES = [NoteKey(f"w{n}", PRIVATE[n].public_key().public_bytes_raw(), COSIGNATURE) for n in range(1, 5)]


def at(size, tree=TREE, origin=LOG.name):
    return Checkpoint(origin, size, tree.root(size))


def signed(checkpoint, witnesses=(), time=1_700_000_000):
    text = text_of(checkpoint)
    lines = [cosign(text, WITNESSES[n], time, PRIVATE[n + 1].sign) for n in witnesses]
    return Note(text, (sign(text, LOG, PRIVATE[0].sign), *lines))


def test_the_published_form():
    """The example of the specification is read, and written as it stands there."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    assert parse(text).size == 20852163
    assert text_of(parse(text)) == text
    assert parse(text + "extension\n").extensions == ("extension",)
    assert text_of(parse(text + "extension\n")) == text + "extension\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:2],
        lambda lines: ["", *lines[1:]],
        lambda lines: [lines[0], "09", lines[2]],
        lambda lines: [lines[0], "-9", lines[2]],
        lambda lines: [lines[0], "0", lines[2]],
        lambda lines: [lines[0], "9", lines[2][:-1]],
        lambda lines: [lines[0], "9", "AAAA"],
        lambda lines: [lines[0], "9", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],
        lambda lines: [*lines, ""],
        lambda lines: [*lines, "a", "", "b"],
        lambda lines: [*lines, "a\rb"],
    ],
)
def test_other_forms_are_refused(change):
    """A line missing, empty or in another form, and a root that does not fit the size, are refused."""
    lines = text_of(at(9)).split("\n")[:-1]
    assert parse("\n".join([*lines, ""])) == at(9)
    with pytest.raises(MalformedBundle):
        parse("\n".join([*change(lines), ""]))
    with pytest.raises(MalformedBundle):
        parse("\n".join(lines))


def test_checkpoints_without_a_text():
    """An origin of two lines, a negative size or a root of another length is not written."""
    for wrong in (
        replace(at(9), origin="a\nb"),
        replace(at(9), size=-1),
        replace(at(9), size=2**63),
        replace(at(9), root=b"short"),
        replace(at(9), extensions=("",)),
        replace(at(9), size=0),
    ):
        with pytest.raises(MalformedBundle):
            text_of(wrong)


def test_only_the_log_itself_is_opened():
    """The key's name is the origin: another origin under the key, or another key, is refused."""
    assert opened(signed(at(9)), LOG) == at(9)
    other = at(9, origin="example.org/other")
    for note, key in ((signed(other), LOG), (signed(at(9)), replace(LOG, public=WITNESSES[0].public))):
        with pytest.raises(UntrustedSigner):
            opened(note, key)


@given(st.lists(st.integers(0, 3), max_size=8))
def test_a_quorum_counts_witnesses_once(chosen):
    """However often a witness cosigned, and under however many names it is known, it counts once."""
    note = signed(at(9), chosen)
    double = [replace(one, name=one.name + "-again") for one in WITNESSES]
    assert quorum(note, WITNESSES + double + WITNESSES) == len(set(chosen))
    assert quorum(note, WITNESSES[:2]) == len(set(chosen) & {0, 1})


def test_one_key_under_two_names_is_one_witness():
    """A witness that cosigned under two names is still one."""
    text = text_of(at(9))
    alias = replace(WITNESSES[0], name="alias")
    lines = [cosign(text, key, 5, PRIVATE[1].sign) for key in (WITNESSES[0], alias)]
    assert len(cosignatures(Note(text, tuple(lines)), [WITNESSES[0], alias])) == 2
    assert quorum(Note(text, tuple(lines)), [WITNESSES[0], alias]) == 1


def test_the_latest_time_of_a_witness_counts():
    """Of several cosignatures of one witness the latest is given."""
    text = text_of(at(9))
    lines = [cosign(text, WITNESSES[0], time, PRIVATE[1].sign) for time in (7, 9, 8)]
    (found,) = cosignatures(Note(text, tuple(lines)), WITNESSES)
    assert (found.witness, found.time) == (WITNESSES[0], 9)


def test_every_changed_bit_of_a_cosignature_is_refused():
    """Neither time nor signature of a known witness can be changed; a stranger's line says nothing."""
    note = signed(at(9), [0])
    line = note.lines[1]
    for place in range(len(line.signature)):
        data = bytearray(line.signature)
        data[place] ^= 128
        with pytest.raises(SignatureError):
            quorum(replace(note, lines=(replace(line, signature=bytes(data)),)), WITNESSES)
    for wrong in (line.signature[:-1], line.signature + b"x", b"x"):
        with pytest.raises(SignatureError):
            quorum(replace(note, lines=(replace(line, signature=wrong),)), WITNESSES)
    assert quorum(replace(note, lines=(Line("w1", b"none", b"x"),)), WITNESSES) == 0


def test_a_cosignature_is_under_one_checkpoint():
    """A line taken to another checkpoint of the same log is refused."""
    line = signed(at(5), [0]).lines[1]
    with pytest.raises(SignatureError):
        quorum(replace(signed(at(9)), lines=(line,)), WITNESSES)


def test_a_log_signature_is_no_cosignature():
    """The log's own kind of signature never counts as a witness', nor a witness' as the log's."""
    note = signed(at(9))
    assert quorum(note, [replace(LOG, kind=COSIGNATURE)]) == 0
    with pytest.raises(SignatureError):
        quorum(note, [LOG])
    with pytest.raises(UntrustedSigner):
        cosign(note.text, LOG, 1, PRIVATE[0].sign)
    with pytest.raises(UntrustedSigner):
        cosign(note.text, WITNESSES[0], 1, PRIVATE[0].sign)
    for time in (-1, 2**63):
        with pytest.raises(MalformedBundle):
            cosign(note.text, WITNESSES[0], time, PRIVATE[1].sign)


@given(st.integers(0, 9), st.integers(0, 9))
def test_growth_is_accepted(old, more):
    """Every size continues every smaller one of the same log."""
    new = min(9, old + more)
    must_extend(at(old), at(new), TREE.consistency(old, new) if old else ())


@pytest.mark.parametrize(
    ("old", "new", "proof", "reason"),
    [
        (at(9), at(9, FORK), (), "fork"),
        (at(5), at(9, FORK), FORK.consistency(5), "fork"),
        (at(5), at(9), (), "fork"),
        (at(5), at(9), FORK.consistency(5), "fork"),
        (at(0), at(9), (EMPTY,), "fork"),
        (at(9), at(5), TREE.consistency(5), "rollback"),
        (at(9), at(0), (), "rollback"),
        (at(9), at(9, origin="other"), (), "origin"),
    ],
)
def test_what_does_not_continue_is_refused(old, new, proof, reason):
    """A split view (one size, two roots), a rewritten past, a truncated log and another log are told apart."""
    with pytest.raises(OutOfOrder) as caught:
        must_extend(old, new, proof)
    assert caught.value.reason == reason


def test_every_changed_byte_of_a_checkpoint_is_refused():
    """The whole way from bytes to a cosigned checkpoint refuses any flipped byte."""
    whole = encode(signed(at(9), [0]))
    assert quorum(decode(whole), WITNESSES) == 1
    for place in range(len(whole)):
        data = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        try:
            opened(decode(data), LOG)
            found = quorum(decode(data), WITNESSES)
        except BundleError:
            found = 0
        assert found == 0
