"""An officer approves a draft on any machine: from a file with the manifest, the policy, the plan and the report.

The file holds no record. What the officer signs is the manifest itself (DSSE, pre-authentication encoding over the
in-toto Statement), and the manifest holds the digest of every byte that will leave; there is no second signature.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from anonshare.bundle.statement import PAYLOAD_TYPE, Statement, parse_statement
from anonshare.errors import AnonshareError, InputError, MalformedBundle, ReleaseRefused
from anonshare.files import read_bytes, write_whole
from anonshare.trust.keys import Signer, keyid, load_key
from anonshare.wire.dsse import Signature, pae
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import now_utc

__all__ = ["Request", "approval_request", "approve", "must_be_fresh", "open_request", "read_approval"]

REQUEST_LIMIT = 32 << 20
DRAFT_LIFE = timedelta(days=30)
SHOWN = ("data/policy.yaml", "data/report.html")
NAMES = ("statement.json", "plan.txt", *SHOWN)


@dataclass(frozen=True, slots=True)
class Request:
    """What an officer decides on: the statement that he signs, the words of the plan, the report."""

    payload: bytes
    statement: Statement
    plan: str
    report: bytes

    @property
    def digest(self) -> str:
        """Hex SHA-256 of the payload: the identity of the bundle to be."""
        return hashlib.sha256(self.payload).hexdigest()


def approval_request(payload: bytes, plan: str, policy: bytes, report: bytes) -> bytes:
    """``NAME.approval.zip``: everything that an officer needs to decide, and no record."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in zip(NAMES, (payload, plan.encode(), policy, report), strict=True):
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def open_request(path: Path | str) -> Request:
    """Read an approval file and check that report and policy are those that the statement names.

    Raises InputError where the file is none, MalformedBundle where what is shown is not what would be signed.
    """
    parts = _parts(read_bytes(Path(path), "approval file", REQUEST_LIMIT))
    statement = parse_statement(parts["statement.json"])
    named = {entry.path: entry.sha256 for entry in statement.files}
    for name in SHOWN:
        if named.get(name) != hashlib.sha256(parts[name]).hexdigest():
            raise MalformedBundle(
                "The approval file shows another report or policy than the one that would be signed.",
                hint="Ask the contributor's office for the file again.",
            )
    return Request(parts["statement.json"], statement, parts["plan.txt"].decode(), parts["data/report.html"])


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            small = sum(entry.file_size for entry in archive.infolist()) <= REQUEST_LIMIT
            if small and tuple(archive.namelist()) == NAMES:
                parts = {name: archive.read(name) for name in NAMES}
    except (zipfile.BadZipFile, ValueError, RuntimeError, NotImplementedError, OSError):
        parts = {}
    if not parts:
        raise InputError("This is no approval file.", hint="It ends in .approval.zip and was made by `draft`.")
    return parts


def must_be_fresh(statement: Statement, now: datetime) -> None:
    """Raise ReleaseRefused where a draft is too old: what was true of its records need not be true any more."""
    if now - datetime.fromisoformat(statement.created) > DRAFT_LIFE:
        raise ReleaseRefused(
            f"The draft is older than {DRAFT_LIFE.days} days and has expired.",
            hint="Plan and draft again.",
            reason="G13",
        )


def approve(
    request: Path | str, *, key: Path | str | Signer, passphrase: bytes = b"", to: Path | str | None = None
) -> Path:
    """Sign the statement of an approval file with an officer's key; returns the path of the ``.approval``.

    ``key`` is a key file with its passphrase, or a Signer (a token or a service that holds the key).

    ``to`` is a folder (default: beside the request). Raises as ``open_request`` and ``load_key`` do.
    """
    asked = open_request(request)
    must_be_fresh(asked.statement, now_utc())
    signer = key if not isinstance(key, Path | str) else load_key(Path(key), passphrase)
    signature = signer.sign(pae(PAYLOAD_TYPE, asked.payload))
    name = keyid(signer.spki())
    body = canonical(
        {
            "approval": "approval/1",
            "keyid": name,
            "payload_sha256": asked.digest,
            "sig": b64encode(signature).decode(),
        }
    )
    folder = Path(to) if to is not None else Path(request).parent
    path = folder / f"{Path(request).name.removesuffix('.approval.zip')}-{name[:8]}.approval"
    write_whole(path, body, "approval")
    return path


def read_approval(path: Path | str, payload: bytes) -> Signature:
    """The signature in an ``.approval``; raises InputError where it is none, or approves something else."""
    try:
        raw = parse(read_bytes(Path(path), "approval", 1 << 16))
        kind, given, name = raw["approval"], raw["payload_sha256"], raw["keyid"]
        signature = Signature(str(name), b64decode(str(raw["sig"]), validate=True))
    except (AnonshareError, KeyError, ValueError, TypeError):
        raise InputError("This is no approval.", hint="It ends in .approval and was made by `approve`.") from None
    if kind != "approval/1" or given != hashlib.sha256(payload).hexdigest():
        raise InputError("The approval is for another draft.", hint="Approve the file that this draft made.")
    return signature
