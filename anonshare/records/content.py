"""The bytes of an input, read several times and found the same each time."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anonshare.errors import InputError

__all__ = ["Content", "content_of"]


@dataclass(frozen=True, slots=True)
class Content:
    """A file, or bytes in memory; ``digest`` is the hex SHA-256 of them when they were first read."""

    digest: str
    _source: Path | bytes = field(repr=False)
    _stamp: tuple[int, int] = field(repr=False)

    @contextmanager
    def opened(self) -> Iterator[BinaryIO]:
        """The bytes from their start; raises InputError where the file changed since it was first read."""
        if isinstance(self._source, bytes):
            yield io.BytesIO(self._source)
            return
        with _open(self._source) as stream:
            self._same(os.fstat(stream.fileno()))
            yield stream
            # by path, not by handle: the reader of the stream may have closed it
            self._same(self._source.stat())

    def _same(self, status: os.stat_result) -> None:
        if _stamp(status) != self._stamp:
            raise InputError(
                "The input file changed while it was read.", hint="Close the program that writes it and run again."
            )


def content_of(data: Path | str | bytes) -> Content:
    """What a path or bytes hold; raises InputError where a file is missing or cannot be read."""
    if isinstance(data, bytes):
        return Content(hashlib.sha256(data).hexdigest(), data, (len(data), 0))
    path = Path(data)
    with _open(path) as stream:
        stamp = _stamp(os.fstat(stream.fileno()))
        return Content(hashlib.file_digest(stream, "sha256").hexdigest(), path, stamp)


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


@contextmanager
def _open(path: Path) -> Iterator[io.BufferedReader]:
    try:
        with path.open("rb") as stream:
            yield stream
    except FileNotFoundError:
        raise InputError("There is no input file at the path given.", hint="Check the path.") from None
    except OSError:
        raise InputError(
            "The input file cannot be read.", hint="Check that it is a file and that you may read it."
        ) from None
