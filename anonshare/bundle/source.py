"""Where the bytes of a bundle come from: a file, or an encrypted one that is opened while it is checked. Read once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

__all__ = ["FileSource", "OpeningSource", "Source"]

BUFFER = 256 << 10
"""Fits the second-level cache: hashing reads what was just written."""


class Source(Protocol):
    """Bytes that are read forward, once. ``position`` is the number of bytes that were given."""

    position: int

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes, or fewer at the end."""
        ...

    def chunks(self, size: int) -> Iterator[memoryview]:
        """The next ``size`` bytes in parts, or fewer at the end; a part is valid until the next one is asked for."""
        ...


class FileSource:
    """A file without a buffer of its own: every byte is copied once, into a buffer that is used again."""

    def __init__(self, handle: BinaryIO) -> None:
        self._handle = handle
        self._view = memoryview(bytearray(BUFFER))
        self.position = 0

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes, or fewer at the end."""
        return b"".join(bytes(part) for part in self.chunks(size))

    def chunks(self, size: int) -> Iterator[memoryview]:
        """The next ``size`` bytes in parts, or fewer at the end."""
        while size > 0:
            # a raw read may give less than what was asked for
            got = self._handle.readinto(self._view[: min(size, BUFFER)])  # type: ignore[attr-defined]  # an unbuffered file has it
            if not got:
                return
            self.position += got
            size -= got
            yield self._view[:got]


class OpeningSource:
    """Plain parts, as they are decrypted, each written to ``out`` as well; what is checked is what is written."""

    def __init__(self, parts: Iterator[bytes], out: BinaryIO) -> None:
        self._parts = parts
        self._out = out
        self._left = memoryview(b"")
        self.position = 0

    def exactly(self, size: int) -> bytes:
        """The next ``size`` bytes, or fewer at the end."""
        return b"".join(bytes(part) for part in self.chunks(size))

    def chunks(self, size: int) -> Iterator[memoryview]:
        """The next ``size`` bytes in parts, or fewer at the end, which stands for a stream that ended as it should."""
        while size > 0:
            if not self._left:
                part = next(self._parts, b"")
                if not part:
                    return
                self._out.write(part)
                self._left = memoryview(part)
            piece, self._left = self._left[:size], self._left[size:]
            self.position += len(piece)
            size -= len(piece)
            yield piece
