"""Whose records the tokens of a bundle stand for: written when it leaves, opened by two custodians together.

``register/BUNDLE.age`` is a signed line and an age file inside another: the inner one for the custodians of one role,
the outer one for those of the other. The line, signed by the office, binds bundle, end and bytes. A register outlives the keys
of its tokens: whoever withdraws must be found, and a question about a record be answered, after they are destroyed.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from anonshare.errors import AnonshareError, InputError, LedgerError, MalformedBundle, NotForUs
from anonshare.files import make_private_dir, staging_dir, writing
from anonshare.pipeline.custodians import custodians
from anonshare.pipeline.own_card import stamp
from anonshare.trust.envelopes import opened, signed
from anonshare.wire.age import decrypted, encrypt
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = [
    "RegisterRow",
    "bundles_of_unit",
    "expire_registers",
    "find_in_register",
    "keep_register",
    "open_register",
    "records_of_token",
    "registers",
    "write_register",
]

REGISTER_TYPE = "application/vnd.anonshare.register+json"
HEAD_LIMIT = 1 << 14
ROW_LIMIT = 1 << 20
_ID = re.compile(r"[0-9a-f]{32}\Z")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z\Z")


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A person as the policy's unit names him, his records in the source, and his tokens by column."""

    unit_text: str = field(repr=False)
    record_ids: tuple[str, ...] = field(repr=False)
    tokens: Mapping[str, str] = field(repr=False)


def registers(home: Workspace) -> tuple[str, ...]:
    """The ids of the bundles that have a register."""
    return tuple(sorted(path.stem for path in home.folder("register").glob("*.age")))


def write_register(
    home: Workspace, bundle_id: str, rows: Iterable[RegisterRow], keep_until: str, *, to: Path | None = None
) -> Path:
    """Seal the register of a bundle until ``keep_until`` (UTC, RFC 3339); written again, it replaces itself.

    ``to`` is the file of a draft, from which ``keep_register`` takes it over when the bundle leaves.
    Nothing of it stands on the disk in the clear, at no time. Raises WorkspaceError where two roles have no custodians.
    """
    home.must_be("contributor")
    if not _TIME.match(keep_until):
        raise LedgerError("The end of a register is no time of the form 2026-01-31T00:00:00Z.", reason="entry")
    path, held = to or _path(home, bundle_id), custodians(home)
    held.must_be_complete()
    first, second = held.roles
    make_private_dir(path.parent, "the folder of registers")
    with staging_dir(home.root, "the register") as stage, writing("the register"):
        inner, outer = stage / "inner", stage / "outer"
        with inner.open("wb") as out:
            encrypt(io.BufferedReader(_Lines(rows)), out, held.recipients(first))
        with inner.open("rb") as source, outer.open("wb") as out:
            encrypt(source, out, held.recipients(second))
        head = {"register": "register/1", "bundle_id": bundle_id, "keep_until": keep_until, "made": stamp(now_utc())}
        with outer.open("rb") as source:
            head["sha256"] = hashlib.file_digest(source, "sha256").hexdigest()
        whole = stage / "whole"
        with whole.open("wb") as out, outer.open("rb") as source:
            out.write(signed(REGISTER_TYPE, canonical(head), home.office_key()) + b"\n")
            while chunk := source.read(1 << 20):
                out.write(chunk)
        whole.chmod(0o600)
        whole.replace(path)
    return path


def keep_register(home: Workspace, bundle_id: str, waiting: Path) -> None:
    """Take over the register of a bundle that leaves now; one that was taken over already stays."""
    path = _path(home, bundle_id)
    if not waiting.is_file() and path.is_file():
        return
    make_private_dir(path.parent, "the folder of registers")
    with writing("the register"):
        waiting.replace(path)


def open_register(home: Workspace, bundle_id: str, identities: Sequence[str]) -> tuple[RegisterRow, ...]:
    """All rows of a register; raises as ``find_in_register``."""
    return find_in_register(home, bundle_id, identities, lambda _row: True)


def find_in_register(
    home: Workspace, bundle_id: str, identities: Sequence[str], wanted: Callable[[RegisterRow], bool]
) -> tuple[RegisterRow, ...]:
    """The rows of a register that are wanted, once all of it was read and found whole.

    Raises NotForUs where the identities are not of one custodian of each role, InputError where there is no register,
    UntrustedSigner or MalformedBundle where it was changed.
    """
    path = _path(home, bundle_id)
    if not path.is_file():
        raise InputError("There is no register of this bundle.", hint="It may have expired: anonshare ledger show")
    with path.open("rb") as source, staging_dir(home.root, "the register") as stage:
        _must_be_whole(home, bundle_id, source)
        try:
            with (stage / "inner").open("wb") as out:
                out.writelines(decrypted(source, identities))
            with (stage / "inner").open("rb") as inner:
                return tuple(row for row in _rows(decrypted(inner, identities)) if wanted(row))
        except NotForUs:
            raise NotForUs(
                "The register opens with the identities of two custodians, one of each role, and not with these.",
                hint="Name both: --identity A/identity.sealed --identity B/identity.sealed",
            ) from None


def bundles_of_unit(home: Workspace, unit_text: str, identities: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Bundle -> record ids of the bundles in which a person is, for a withdrawal. The text is the one that was written."""
    found: dict[str, tuple[str, ...]] = {}
    for bundle_id in registers(home):
        rows = find_in_register(home, bundle_id, identities, lambda row: row.unit_text == unit_text)
        if rows:
            found[bundle_id] = tuple(dict.fromkeys(record for row in rows for record in row.record_ids))
    return found


def records_of_token(home: Workspace, bundle_id: str, token: str, identities: Sequence[str]) -> tuple[str, ...]:
    """The record ids behind a token of a bundle, for a question about it; empty where it is not in there."""
    rows = find_in_register(home, bundle_id, identities, lambda row: token in row.tokens.values())
    return tuple(dict.fromkeys(record for row in rows for record in row.record_ids))


def expire_registers(home: Workspace, *, now: datetime | None = None) -> tuple[str, ...]:
    """Remove the registers whose end has come; returns the ids of their bundles."""
    when, gone = stamp(now or now_utc()), []
    with home.lock():
        for bundle_id in registers(home):
            path = _path(home, bundle_id)
            with path.open("rb") as source:
                until = str(_head(home, bundle_id, source)["keep_until"])
            if until <= when:
                with writing("the register"):
                    path.unlink()
                gone.append(bundle_id)
    return tuple(gone)


def _path(home: Workspace, bundle_id: str) -> Path:
    if not _ID.match(bundle_id):
        raise LedgerError("A bundle id is not of its form.", reason="entry")
    return home.folder("register") / f"{bundle_id}.age"


def _head(home: Workspace, bundle_id: str, source: BinaryIO) -> dict[str, Any]:
    line = source.readline(HEAD_LIMIT).removesuffix(b"\n")
    head = parse(opened(line, REGISTER_TYPE, home.card.office_der, "register"))
    if head.get("bundle_id") != bundle_id:
        raise MalformedBundle("A register is another bundle's: files were exchanged.")
    return head


def _must_be_whole(home: Workspace, bundle_id: str, source: BinaryIO) -> None:
    """Anybody can encrypt to a custodian: only what the office signed is a register."""
    head = _head(home, bundle_id, source)
    start, digest = source.tell(), hashlib.sha256()
    while chunk := source.read(1 << 20):
        digest.update(chunk)
    if digest.hexdigest() != head["sha256"]:
        raise MalformedBundle("The register was changed after it was written.", hint="Restore it from a backup.")
    source.seek(start)


class _Lines(io.RawIOBase):
    """Rows as a stream of lines, so that millions of them are never in memory, nor on the disk in the clear."""

    def __init__(self, rows: Iterable[RegisterRow]) -> None:
        self._rows, self._rest = iter(rows), b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        while not self._rest:
            row = next(self._rows, None)
            if row is None:
                return 0
            self._rest = _line(row)
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _line(row: RegisterRow) -> bytes:
    # pairs, for the name of a column may hold what a key of canonical JSON may not
    tokens = sorted([column, token] for column, token in row.tokens.items())
    line = canonical({"unit": row.unit_text, "records": list(row.record_ids), "tokens": tokens})
    if len(line) > ROW_LIMIT:
        raise LedgerError("A row of the register is too long.", hint="Write the records of a person as several rows.")
    return line + b"\n"


def _rows(chunks: Iterator[bytes]) -> Iterator[RegisterRow]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from map(_row, lines)
    if rest:
        raise MalformedBundle("The register ends in half a row.")


def _row(line: bytes) -> RegisterRow:
    try:
        raw = parse(line, limit=ROW_LIMIT)
        tokens = {str(column): str(token) for column, token in raw["tokens"]}
        return RegisterRow(str(raw["unit"]), tuple(map(str, raw["records"])), tokens)
    except (AnonshareError, KeyError, TypeError, ValueError):
        raise MalformedBundle("A row of the register is not of its form.") from None
