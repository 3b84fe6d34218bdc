"""Signed notes: a text of lines under signatures that each name their key.

Source: C2SP signed-note.md v1.0.0 (c2sp.org/signed-note). Of its algorithms Ed25519 alone is read (RFC 8032): type 0x01
for notes and type 0x04 for cosignatures (see ``checkpoint``). A text means nothing before a signature of a known key was
verified.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from anonshare.errors import LimitExceeded, MalformedBundle, SignatureError, UntrustedSigner

__all__ = ["COSIGNATURE", "ED25519", "MOST_LINES", "Line", "Note", "NoteKey", "Sign", "base64", "decode", "encode"]
__all__ += ["number", "sign", "signatures_of", "verify"]

ED25519, COSIGNATURE = 0x01, 0x04
MOST_LINES = 64
SIZE = 512 << 10
DASH = "\u2014"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
NUMBER = re.compile(r"(0|[1-9][0-9]{0,18})\Z")

Sign = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class NoteKey:
    """A public key (32 bytes, RFC 8032) under the name that its signature lines bear, for one type of signature.

    Raises MalformedBundle for a name that no line can bear, UntrustedSigner for a key or type that is not ours.
    """

    name: str
    public: bytes
    kind: int = ED25519

    def __post_init__(self) -> None:
        _check_name(self.name)
        if len(self.public) != 32 or self.kind not in {ED25519, COSIGNATURE}:
            raise UntrustedSigner("A key of a note is no Ed25519 key.")

    @classmethod
    def from_spki(cls, name: str, spki: bytes, kind: int = ED25519) -> NoteKey:
        """The key whose SubjectPublicKeyInfo in DER is ``spki``; raises UntrustedSigner where it is not Ed25519."""
        try:
            key = serialization.load_der_public_key(spki)
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, Ed25519PublicKey):
            raise UntrustedSigner("A key of a note is no Ed25519 key.")
        return cls(name, key.public_bytes_raw(), kind)

    @property
    def keyid(self) -> bytes:
        """The first four bytes of SHA-256(name || 0x0A || type || public key); a hint, never a proof."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:4]

    def signed(self, data: bytes, signature: bytes) -> bool:
        """Whether ``signature`` over ``data`` is by this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, data)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class Line:
    """A signature line: the name and id of the key, and the bytes of the signature."""

    name: str
    keyid: bytes
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends in a newline, and the signature lines under it in the order of the file."""

    text: str = field(repr=False)
    lines: tuple[Line, ...]


def encode(note: Note) -> bytes:
    """The bytes of a note; raises MalformedBundle or LimitExceeded where it has no encoding."""
    if not note.text.endswith("\n") or CONTROL.search(note.text):
        raise MalformedBundle("The text of a note does not end in a newline, or has control characters.")
    if not note.lines:
        raise MalformedBundle("A note has no signature.")
    if len(note.lines) > MOST_LINES:
        raise LimitExceeded(f"A note has more than {MOST_LINES} signatures.")
    return _utf8(note.text + "\n" + "".join(_encode_line(line) for line in note.lines))


def decode(data: bytes) -> Note:
    """The note of which ``data`` is the encoding, not verified; raises MalformedBundle or LimitExceeded."""
    if len(data) > SIZE:
        raise LimitExceeded(f"A note is larger than {SIZE:,} bytes.")
    try:
        text, found, under = data.decode("utf-8").rpartition("\n\n")
    except UnicodeDecodeError:
        raise MalformedBundle("A note is not UTF-8.") from None
    if not found or not under.endswith("\n"):
        raise MalformedBundle("A note has no signatures under an empty line, or does not end in a newline.")
    if under.count("\n") > MOST_LINES:
        raise LimitExceeded(f"A note has more than {MOST_LINES} signatures.")
    note = Note(text + "\n", tuple(_decode_line(line) for line in under[:-1].split("\n")))
    if encode(note) != data:
        raise MalformedBundle("A note is not written in its one encoding.")
    return note


def sign(text: str, key: NoteKey, signer: Sign) -> Line:
    """A signature line over ``text`` by the holder of ``key``; raises UntrustedSigner where ``signer`` is another."""
    signature = signer(_utf8(text))
    if key.kind != ED25519 or not key.signed(_utf8(text), signature):
        raise UntrustedSigner("A note was not signed by the key that it would name.")
    return Line(key.name, key.keyid, signature)


def signatures_of(note: Note, key: NoteKey) -> tuple[bytes, ...]:
    """The signatures that claim to be by ``key``, unverified: name and id are its own. Lines of others are ignored."""
    return tuple(line.signature for line in note.lines if (line.name, line.keyid) == (key.name, key.keyid))


def verify(note: Note, key: NoteKey) -> str:
    """The text of a note that ``key`` has signed.

    Raises SignatureError where any signature in the name of the key is wrong, UntrustedSigner where there is none.
    """
    claimed = signatures_of(note, key)
    if not claimed or key.kind != ED25519:
        raise UntrustedSigner("A note is not signed by the key that is known for it.")
    if not all(key.signed(note.text.encode(), signature) for signature in claimed):
        raise SignatureError("A signature of a known key under a note is wrong.")
    return note.text


def base64(text: str) -> bytes:
    """What ``text`` is the canonical base64 of (RFC 4648 section 4); raises MalformedBundle where it is not."""
    try:
        data = b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = None
    if data is None or b64encode(data).decode() != text:
        raise MalformedBundle("A part of a note is not canonical base64.")
    return data


def number(text: str) -> int:
    """The number from 0 to 2**63 - 1 that ``text`` is the decimal form of; raises MalformedBundle for anything else."""
    if not NUMBER.match(text) or int(text) >= 1 << 63:
        raise MalformedBundle("A number in a note is not decimal, has leading zeroes or is too large.")
    return int(text)


def _encode_line(line: Line) -> str:
    _check_name(line.name)
    if len(line.keyid) != 4 or not line.signature:
        raise MalformedBundle("A signature line of a note has no key id or no signature.")
    return f"{DASH} {line.name} {b64encode(line.keyid + line.signature).decode()}\n"


def _decode_line(text: str) -> Line:
    dash, _, rest = text.partition(" ")
    name, _, encoded = rest.partition(" ")
    data = base64(encoded)
    if dash != DASH or len(data) < 5:
        raise MalformedBundle("A signature line of a note is not one.")
    return Line(name, data[:4], data[4:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(c.isspace() for c in name) or CONTROL.search(name):
        raise MalformedBundle("The name of a key is empty, or has a space, a plus or a control character.")
    _utf8(name)


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise MalformedBundle("A note is not UTF-8.") from None
