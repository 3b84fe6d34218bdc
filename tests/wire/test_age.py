"""age files: the published vectors, another implementation, every truncation."""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from pathlib import Path

import pyrage
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import AnonshareError, KeyFileError, MalformedBundle, NotForUs
from anonshare.wire import age_header, bech32
from anonshare.wire.age import decrypt, decrypted, encrypt, generate_identity, is_hybrid, recipient_of

KIT = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "age-testkit"
IDENTITY = generate_identity()


def vectors():
    """(name, header fields, identities, body) of every vector without armour."""
    for path in sorted(p for p in KIT.rglob("*") if p.is_file()):
        head, _, body = path.read_bytes().partition(b"\n\n")
        lines = [line.partition(": ") for line in head.decode(errors="replace").split("\n")]
        fields = {key: value for key, _, value in lines if key != "identity"}
        if "expect" not in fields or fields.get("armored") == "yes":
            continue
        identities = [v for k, _, v in lines if k == "identity"]
        yield path.name, fields, identities, zlib.decompress(body) if fields.get("compressed") == "zlib" else body


def test_published_vectors():
    """Vectors for X25519 and the hybrid recipient give exactly the expected class; those with a password no plaintext."""
    if not KIT.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    classes = {"success": "success", "no match": "no match"}
    seen = 0
    for name, fields, identities, body in vectors():
        out = io.BytesIO()
        try:
            decrypt(io.BytesIO(body), out, identities)
            got = "success"
            assert hashlib.sha256(out.getvalue()).hexdigest() == fields["payload"], name
        except NotForUs:
            got = "no match"
        except MalformedBundle:
            got = "malformed"
        if name.startswith("scrypt"):
            assert got != "success", name
        else:
            assert got == classes.get(fields["expect"], "malformed"), name
        seen += 1
    assert seen == 110


@settings(max_examples=25)
@given(st.sampled_from([0, 1, 65535, 65536, 65537, 131072, 140000]), st.binary(min_size=1, max_size=1))
def test_another_implementation_agrees(size, fill):
    """What we encrypt pyrage decrypts, and the other way round, at the borders of chunks."""
    data = fill * size
    out, back = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(data), out, [recipient_of(IDENTITY)])
    assert pyrage.decrypt(out.getvalue(), [pyrage.x25519.Identity.from_str(IDENTITY)]) == data
    theirs = pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(recipient_of(IDENTITY))])
    decrypt(io.BytesIO(theirs), back, [IDENTITY])
    assert back.getvalue() == data


def test_every_truncation_and_flip_is_refused():
    """A file cut or changed anywhere is refused by one of our errors."""
    out = io.BytesIO()
    encrypt(io.BytesIO(b"the whole truth"), out, [recipient_of(IDENTITY)])
    whole = out.getvalue()
    for place in range(len(whole)):
        flipped = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        for data in (whole[:place], flipped):
            with pytest.raises((MalformedBundle, NotForUs)):
                decrypt(io.BytesIO(data), io.BytesIO(), [IDENTITY])
    with pytest.raises(MalformedBundle):
        decrypt(io.BytesIO(whole + b"x"), io.BytesIO(), [IDENTITY])


def test_short_reads_are_read_on():
    """A source that gives little at a time is read to its end."""

    class Drip(io.BytesIO):
        def read(self, size=-1):
            return super().read(min(size, 1000) if size > 0 else size)

    out, back = io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(bytes(70_000)), out, [recipient_of(IDENTITY)])
    decrypt(Drip(out.getvalue()), back, [IDENTITY])
    assert back.getvalue() == bytes(70_000)


def test_recipients_and_identities_are_checked():
    """No recipient, a wrong one, a point of low order, a wrong identity: each is an error without the text."""
    low = bech32.encode("age", bytes(32))
    short = bech32.encode("age", bytes(31))
    for recipients in ([], ["age1nonsense"], [low], [short], [recipient_of(IDENTITY).replace("1", "2", 1)]):
        with pytest.raises(KeyFileError):
            encrypt(io.BytesIO(b"x"), io.BytesIO(), recipients)
    with pytest.raises(KeyFileError):
        recipient_of(bech32.encode("age-secret-key-", bytes(31)).upper())
    with pytest.raises(NotForUs):
        out = io.BytesIO()
        encrypt(io.BytesIO(b"x"), out, [recipient_of(generate_identity())])
        decrypt(io.BytesIO(out.getvalue()), io.BytesIO(), [IDENTITY])


@given(st.binary(max_size=200))
def test_the_hybrid_recipient(data):
    """What is encrypted to post-quantum recipients each of them opens, and nobody else."""
    one, two, stranger = (generate_identity(hybrid=True) for _ in range(3))
    out = io.BytesIO()
    encrypt(io.BytesIO(data), out, [recipient_of(one), recipient_of(two)])
    for identity in (one, two):
        back = io.BytesIO()
        decrypt(io.BytesIO(out.getvalue()), back, [IDENTITY, identity])
        assert back.getvalue() == data
    with pytest.raises(NotForUs):
        decrypt(io.BytesIO(out.getvalue()), io.BytesIO(), [IDENTITY, stranger])
    assert is_hybrid(recipient_of(one))
    assert not is_hybrid(recipient_of(IDENTITY))


def test_kinds_of_recipients_are_not_mixed():
    """A file for a classic and a hybrid recipient is refused: it would be as weak as the classic one."""
    both = [recipient_of(generate_identity(hybrid=True)), recipient_of(IDENTITY)]
    with pytest.raises(KeyFileError, match="mixed"):
        encrypt(io.BytesIO(b"x"), io.BytesIO(), both)
    wrong = bech32.encode("age1pq", b"\xff" * 1216)
    for recipient in (wrong, bech32.encode("age1pq", bytes(1215))):
        with pytest.raises(KeyFileError):
            encrypt(io.BytesIO(b"x"), io.BytesIO(), [recipient])


@given(st.binary(max_size=200))
def test_the_writer_reads_back_with_the_key_of_the_file(data):
    """The key that encrypt returns opens the file; that of another file opens nothing."""
    out, other = io.BytesIO(), io.BytesIO()
    key = encrypt(io.BytesIO(data), out, [recipient_of(IDENTITY)])
    wrong = encrypt(io.BytesIO(data), other, [recipient_of(IDENTITY)])
    assert b"".join(decrypted(io.BytesIO(out.getvalue()), key)) == data
    with pytest.raises(MalformedBundle):
        list(decrypted(io.BytesIO(out.getvalue()), wrong))
    assert key.secret.hex() not in repr(key)


def test_too_many_stanzas():
    """A header with more than 64 recipients is refused before any public-key work."""
    many = age_header.encode([age_header.Stanza("X25519", ("a",), bytes(32))] * 65)
    with pytest.raises(MalformedBundle):
        age_header.read(io.BytesIO(many + age_header.mac_line(bytes(32))))
    with pytest.raises(MalformedBundle):
        age_header.read(io.BytesIO(age_header.VERSION + b"-> x\n" + b"A" * 300_000 + b"\n"))


@given(st.binary(max_size=60))
def test_bech32_round_trip(data):
    """Bech32 text decodes to its data in either case, and in no mixed one."""
    text = bech32.encode("age", data)
    assert bech32.decode(text, "age") == data == bech32.decode(text.upper(), "age")
    for wrong in (text[:-1], text[:-1] + ("q" if text[-1] != "q" else "p"), "x" + text, text[:-1] + "b"):
        with pytest.raises(KeyFileError):
            bech32.decode(wrong, "age")


@given(st.binary(max_size=400))
def test_noise_is_refused(data):
    """Whatever the bytes, one error of ours."""
    with pytest.raises(AnonshareError):
        decrypt(io.BytesIO(data), io.BytesIO(), [IDENTITY])
