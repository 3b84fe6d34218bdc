"""Signed notes: a published example, one encoding, and signatures that are missing, wrong or unknown."""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed448 import Ed448PrivateKey
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
from anonshare.wire.note import (
    COSIGNATURE,
    MOST_LINES,
    SIZE,
    Line,
    Note,
    NoteKey,
    base64,
    decode,
    encode,
    number,
    sign,
    verify,
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = NoteKey("example.org/log", PRIVATE.public_key().public_bytes_raw())
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
OTHER_KEY = NoteKey("example.org/log", OTHER.public_key().public_bytes_raw())
TEXT = "one line\n\nand another\n"
NOTE = Note(TEXT, (sign(TEXT, KEY, PRIVATE.sign),))
WHOLE = encode(NOTE)

# the example of the Go package golang.org/x/mod/sumdb/note
PUBLISHED = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
PUBLISHED_KEY = "ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"


def test_a_published_note():
    """A note made by another implementation is read, its key id is ours, and it verifies."""
    key = NoteKey("PeterNeumann", b64decode(PUBLISHED_KEY)[1:])
    assert key.keyid.hex() == "c74f20a3"
    found = decode(PUBLISHED.encode())
    assert verify(found, key) == PUBLISHED.rpartition("\n\n")[0] + "\n"
    assert encode(found) == PUBLISHED.encode()


def test_what_is_encoded_is_decoded():
    """Decoding gives the note, whose text may hold empty lines, and the known key verifies it."""
    assert decode(WHOLE) == NOTE
    assert verify(decode(WHOLE), KEY) == TEXT


def test_every_change_is_refused():
    """A note cut or changed at any byte is refused."""
    for place in range(len(WHOLE)):
        flipped = WHOLE[:place] + bytes([WHOLE[place] ^ 1]) + WHOLE[place + 1 :]
        for data in (WHOLE[:place], flipped):
            with pytest.raises(BundleError):
                verify(decode(data), KEY)


def test_unknown_signatures_are_ignored():
    """Lines of other names, other ids, or other algorithms change nothing, wherever they stand."""
    strangers = (
        Line("stranger", KEY.keyid, b"x"),
        Line(KEY.name, OTHER_KEY.keyid, b"y" * 64),
        sign(TEXT, OTHER_KEY, OTHER.sign),
    )
    for lines in ((*strangers, *NOTE.lines), (*NOTE.lines, *strangers)):
        assert verify(decode(encode(Note(TEXT, lines))), KEY) == TEXT


def test_no_known_signature_is_refused():
    """A note that only strangers signed says nothing."""
    with pytest.raises(UntrustedSigner):
        verify(Note(TEXT, (sign(TEXT, OTHER_KEY, OTHER.sign),)), KEY)
    with pytest.raises(UntrustedSigner):
        verify(NOTE, replace(KEY, kind=COSIGNATURE))


def test_one_bad_signature_refuses_the_whole():
    """A wrong signature in the name of the known key refuses the note, even beside a right one."""
    bad = replace(NOTE.lines[0], signature=bytes(64))
    for lines in ((bad,), (bad, *NOTE.lines), (*NOTE.lines, bad), (replace(bad, signature=b"short"),)):
        with pytest.raises(SignatureError):
            verify(Note(TEXT, lines), KEY)


def test_signing_with_another_key_is_refused():
    """No line is made that its own key would not verify."""
    for key, signer in ((KEY, OTHER.sign), (replace(KEY, kind=COSIGNATURE), PRIVATE.sign)):
        with pytest.raises(UntrustedSigner):
            sign(TEXT, key, signer)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        TEXT.encode(),
        b"text\n\n",
        b"text\n\n\n",
        WHOLE[:-1],
        WHOLE + b"\n",
        WHOLE.replace(b"\n", b"\r\n"),
        WHOLE.replace(b"one", b"\tone"),
        WHOLE.replace(b"one", b"\xff"),
        b"\xef\xbb\xbf".join([b"", WHOLE]).replace("\u2014".encode(), b"-"),
        WHOLE.replace(b"example.org/log ", b"example.org/log  "),
        WHOLE.replace(b"example.org/log ", b"example.org+log "),
        WHOLE.replace(b"example.org/log ", b" "),
        WHOLE.replace(b"example.org/log ", "a\u00a0b ".encode()),
        WHOLE.replace(b"example.org/log ", "a\u2028b ".encode()),
        "text\n\n\u2014 name AAAAAA==\n".encode(),
        "text\n\n\u2014 name AAAAAAB=\n".encode(),
        "text\n\n\u2014 name AAAAAAA\n".encode(),
        "text\n\n\u2014 name \u0661AAAAAA=\n".encode(),
        "text\n\n\u2014 name\n".encode(),
    ],
)
def test_other_forms_are_refused(data):
    """A note has one encoding: other ends of lines, spaces, dashes, names or base64 are none."""
    with pytest.raises(MalformedBundle):
        decode(data)


def test_notes_without_an_encoding():
    """A text without its last newline, without signatures, or with text that is no UTF-8 is not written."""
    for wrong in (
        Note("text", NOTE.lines),
        Note(TEXT, ()),
        Note("\ud800\n", NOTE.lines),
        Note(TEXT, (Line("a b", bytes(4), b"x"),)),
        Note(TEXT, (Line("\ud800", bytes(4), b"x"),)),
        Note(TEXT, (Line("a", bytes(3), b"x"),)),
        Note(TEXT, (Line("a", bytes(4), b""),)),
    ):
        with pytest.raises(MalformedBundle):
            encode(wrong)


def test_size_is_limited():
    """Up to 64 signatures are read and no more, nor a note beyond half a mebibyte."""
    many = Note(TEXT, NOTE.lines * MOST_LINES)
    assert decode(encode(many)) == many
    extra = WHOLE.rpartition(b"\n\n")[2]
    for wrong in (encode(many) + extra, b"x" * SIZE + b"\n"):
        with pytest.raises(LimitExceeded):
            decode(wrong)
    with pytest.raises(LimitExceeded):
        encode(Note(TEXT, NOTE.lines * (MOST_LINES + 1)))


def test_keys_are_checked():
    """A key has a name that a line can bear and is Ed25519."""
    for name in ("", "a b", "a+b", "a\nb", "a\x00", "\u3000"):
        with pytest.raises(MalformedBundle):
            NoteKey(name, bytes(32))
    der = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    assert NoteKey.from_spki(KEY.name, PRIVATE.public_key().public_bytes(*der)) == KEY
    for wrong in (b"", b"\x30\x00", Ed448PrivateKey.generate().public_key().public_bytes(*der)):
        with pytest.raises(UntrustedSigner):
            NoteKey.from_spki(KEY.name, wrong)
    for key in (lambda: NoteKey("a", bytes(31)), lambda: NoteKey("a", bytes(32), 2)):
        with pytest.raises(UntrustedSigner):
            key()


@given(st.integers(0, 2**63 - 1))
def test_numbers_have_one_form(value):
    """Every number of 63 bits has its decimal form, and no other text is it."""
    text = str(value)
    assert number(text) == value
    for wrong in ("0" + text, "+" + text, "-" + text, text + " ", text + "\n", text + "_0", ""):
        with pytest.raises(MalformedBundle):
            number(wrong)


@pytest.mark.parametrize("text", [str(2**63), "9" * 30, "\u0661", "1e3"])
def test_other_numbers_are_refused(text):
    """A number too large, or in other digits, is refused."""
    with pytest.raises(MalformedBundle):
        number(text)


@given(st.binary(max_size=40))
def test_base64_has_one_form(data):
    """Bytes have one text, and no other text, with other slack bits, padding or spaces, is theirs."""
    text = b64encode(data).decode()
    assert base64(text) == data
    for wrong in (text + "=", text + "\n", " " + text, text + "A", "AB==" + text, text + "-_8=", text + "\u00e9"):
        with pytest.raises(MalformedBundle):
            base64(wrong)


@given(st.binary(max_size=300))
def test_noise_is_refused(data):
    """Whatever the bytes, a note that decodes encodes to them, and everything else is one error of ours."""
    tail = b"\n\n\xe2\x80\x94 n " + b64encode(b"keyid" + data) + b"\n"
    for whole in (data, data + tail):
        try:
            assert encode(decode(whole)) == whole
        except AnonshareError:
            continue
