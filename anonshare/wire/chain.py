"""Append-only files of JSON lines, each naming the hash of the one before."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonshare.errors import AnonshareError
from anonshare.files import append_line, read_bytes
from anonshare.wire.strict_json import canonical, parse

__all__ = ["START", "ChainFile"]

START = "0" * 64
SIZE_LIMIT = 1 << 30


class ChainFile:
    """A hash-chained file of records of one ``kind``; ``error`` is raised where the chain is broken.

    A record that was changed, removed, added or moved breaks the chain at its number. Records cut off at the end leave
    a shorter chain that is whole in itself: only what others hold (receipts, manifests) shows that.
    """

    def __init__(self, path: Path, kind: str, error: type[AnonshareError]) -> None:
        self._path = path
        self._kind = kind
        self._error = error

    def read(self) -> tuple[dict[str, Any], ...]:
        """All records, checked; empty where the file does not exist yet."""
        return tuple(record for record, _ in self._checked())

    def head(self) -> str:
        """Hex SHA-256 of the last line; 64 zeros for an empty chain."""
        checked = self._checked()
        return checked[-1][1] if checked else START

    def append(self, record: Mapping[str, Any]) -> dict[str, Any]:
        """Add a record (its keys must not be kind, number, prev or check); returns it as it was written."""
        checked = self._checked()
        prev = checked[-1][1] if checked else START
        whole = {**record, "kind": self._kind, "number": len(checked) + 1, "prev": prev}
        whole["check"] = _check(whole)
        append_line(self._path, canonical(whole), f"the {self._kind}")
        return whole

    def _checked(self) -> list[tuple[dict[str, Any], str]]:
        if not self._path.exists():
            return []
        data = read_bytes(self._path, self._kind, SIZE_LIMIT)
        if data and not data.endswith(b"\n"):
            raise self._broken(data.count(b"\n") + 1)
        found: list[tuple[dict[str, Any], str]] = []
        prev = START
        for number, line in enumerate(data.splitlines(), 1):
            record = self._record(line, number)
            expected = (self._kind, number, prev, _check(record))
            if tuple(record.get(key) for key in ("kind", "number", "prev", "check")) != expected:
                raise self._broken(number)
            prev = hashlib.sha256(line).hexdigest()
            found.append((record, prev))
        return found

    def _record(self, line: bytes, number: int) -> dict[str, Any]:
        try:
            return parse(line)
        except AnonshareError:
            raise self._broken(number) from None

    def _broken(self, number: int) -> AnonshareError:
        return self._error(
            f"The {self._kind} is damaged at record {number}: it was changed after it was written.",
            hint="Restore the folder from a backup, and keep this copy as evidence.",
        )


def _check(record: Mapping[str, Any]) -> str:
    """The digest of a record's own content: no later record vouches for the last one."""
    return hashlib.sha256(canonical({key: value for key, value in record.items() if key != "check"})).hexdigest()
