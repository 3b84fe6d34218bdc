"""A bundle that was verified: the only type that has tables. It reads from the handle that was verified."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, BinaryIO, Self

from anonshare.bundle.source import FileSource
from anonshare.bundle.statement import FileEntry, Statement
from anonshare.errors import InputError, MalformedBundle
from anonshare.registry import READERS
from anonshare.shapes import RecordSource
from anonshare.trust.roles import SignedBy
from anonshare.wire.strict_json import parse

__all__ = ["Check", "VerifiedBundle"]

READ_LIMIT = 4 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One check that was passed: a stable id, and words."""

    id: str
    words: str


@dataclass(frozen=True)
class VerifiedBundle:
    """What ``verify`` returns, and nothing else does. A context manager: it holds the file that was verified.

    ``order`` is ``first``, ``next``, ``duplicate`` or ``not checked``; ``signed_by`` are the persons who count,
    ``uncounted`` valid signatures by keys that do not count any more, ``unknown`` signatures nobody here knows;
    ``accepted_at`` when this reader first accepted it, where he has, ``trust_version`` the store it was judged by.
    """

    statement: Statement
    digest: str
    order: str
    accepted_at: str | None
    signed_by: tuple[SignedBy, ...]
    uncounted: tuple[SignedBy, ...]
    unknown: int
    trust_version: int
    checks: tuple[Check, ...]
    _handle: BinaryIO = field(repr=False)
    _offsets: Mapping[str, int] = field(repr=False)

    @property
    def files(self) -> tuple[FileEntry, ...]:
        """The entries of the manifest."""
        return self.statement.files

    def read(self, path: str) -> bytes:
        """The bytes of a file, hashed again as they are read; raises InputError where the bundle has no such file."""
        entry = next((entry for entry in self.files if entry.path == path), None)
        if entry is None or entry.size > READ_LIMIT:
            raise InputError("The bundle has no such file, or it is too large to be read at once.")
        self._handle.seek(self._offsets[path])
        data = FileSource(self._handle).exactly(entry.size)
        if hashlib.sha256(data).hexdigest() != entry.sha256:
            raise MalformedBundle("The file was changed after it was verified.")
        return data

    def facts(self, room: str) -> dict[str, Any]:
        """The signed facts of a room: what it promises."""
        return parse(self.read(f"data/facts/{room}.json"))

    @property
    def tables(self) -> Mapping[str, RecordSource]:
        """The tables by name, decoded from the verified bytes when they are asked for."""
        return _Tables(self)

    def close(self) -> None:
        """Let go of the file."""
        self._handle.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Tables(Mapping[str, RecordSource]):
    """Table name -> source, over the Parquet files below ``data/``."""

    def __init__(self, bundle: VerifiedBundle) -> None:
        self._bundle = bundle
        self._paths = {
            entry.path.removeprefix("data/").removesuffix(".parquet"): entry.path
            for entry in bundle.files
            if entry.role == "data" and entry.path.endswith(".parquet")
        }

    def __getitem__(self, name: str) -> RecordSource:
        source: RecordSource = READERS["parquet"](self._bundle.read(self._paths[name]), name=name)
        return source

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
