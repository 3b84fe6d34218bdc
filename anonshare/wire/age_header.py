"""The text header of an age file: a version line, recipient stanzas, a MAC line; read with limits."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from anonshare.errors import MalformedBundle

__all__ = ["MOST_STANZAS", "Stanza", "base64", "encode", "mac_line", "read", "unbase64"]

VERSION = b"age-encryption.org/v1\n"
MOST_STANZAS = 64
MOST_BYTES = 256 << 10
LINE = 64
ARGUMENT = re.compile(rb"[\x21-\x7e]+\Z")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One recipient: its kind, its arguments, and the wrapped file key."""

    kind: str
    arguments: tuple[str, ...]
    body: bytes = field(repr=False)


def base64(data: bytes) -> str:
    """Base64 without padding."""
    return b64encode(data).decode().rstrip("=")


def unbase64(text: str) -> bytes:
    """The data of canonical base64 without padding; raises MalformedBundle."""
    try:
        data = b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        data = None
    if data is None or base64(data) != text:
        raise _malformed()
    return data


def _malformed() -> MalformedBundle:
    return MalformedBundle("The header of the encrypted file is malformed.")


def encode(stanzas: Sequence[Stanza]) -> bytes:
    """The header up to and including ``---``, over which the MAC is taken."""
    out = [VERSION]
    for stanza in stanzas:
        out.append(f"-> {' '.join((stanza.kind, *stanza.arguments))}\n".encode())
        text = base64(stanza.body)
        lines = [text[i : i + LINE] for i in range(0, len(text) + 1, LINE)]
        out.append("".join(line + "\n" for line in lines).encode())
    return b"".join(out) + b"---"


def mac_line(mac: bytes) -> bytes:
    """What follows ``---`` in the last line of the header."""
    return f" {base64(mac)}\n".encode()


def read(source: BinaryIO) -> tuple[bytes, tuple[Stanza, ...], bytes]:
    """The header's bytes up to ``---``, its stanzas, its MAC; the stream stands at the nonce. Raises MalformedBundle."""
    lines = _Lines(source)
    if lines.next() != VERSION:
        raise _malformed()
    stanzas: list[Stanza] = []
    while True:
        line = lines.next()
        if line.startswith(b"---"):
            break
        if len(stanzas) == MOST_STANZAS:
            raise _malformed()
        stanzas.append(_stanza(line, lines))
    if not stanzas or not line.startswith(b"--- "):
        raise _malformed()
    mac = unbase64(_ascii(line[4:-1]))
    if len(mac) != 32:
        raise _malformed()
    return lines.whole()[: -len(line)] + b"---", tuple(stanzas), mac


class _Lines:
    """Lines of the header, bounded in all."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._read = bytearray()

    def next(self) -> bytes:
        line = self._source.readline(MOST_BYTES)
        self._read += line
        if not line.endswith(b"\n") or len(self._read) > MOST_BYTES:
            raise _malformed()
        return line

    def whole(self) -> bytes:
        return bytes(self._read)


def _stanza(line: bytes, lines: _Lines) -> Stanza:
    if not line.startswith(b"-> "):
        raise _malformed()
    words = line[3:-1].split(b" ")
    if not all(ARGUMENT.match(word) for word in words):
        raise _malformed()
    body = bytearray()
    while True:
        part = lines.next()[:-1]
        if len(part) > LINE:
            raise _malformed()
        body += part
        if len(part) < LINE:
            break
    kind, *arguments = (word.decode("ascii") for word in words)
    return Stanza(kind, tuple(arguments), unbase64(_ascii(bytes(body))))


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError:
        raise _malformed() from None
