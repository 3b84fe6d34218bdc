"""A request to reverse tokens, as the agency makes it and two custodians approve it."""

from __future__ import annotations

import hashlib
import secrets
from base64 import b64decode, b64encode
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from anonshare.bundle.encrypted import audience_recipients
from anonshare.errors import AnonshareError, InputError, UsageError
from anonshare.files import read_bytes, write_whole
from anonshare.pipeline.own_card import stamp
from anonshare.transforms.tokens import read_token
from anonshare.trust.card_file import newest
from anonshare.trust.keys import Signer, keyid, load_key
from anonshare.trust.model import validated
from anonshare.trust.reversals import APPROVAL_TYPE, ReversalRequest, read_reversal, sign_reversal
from anonshare.wire.dsse import Signature, pae
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["REQUEST_LIMIT", "approve_reversal", "read_signature", "request_lines", "request_reversal"]

REQUEST_LIMIT = 1 << 20
CARD_LIMIT = 4 << 20


def request_reversal(
    desk: Workspace,
    tokens: Sequence[str],
    *,
    contributor: str,
    case: str,
    basis: str,
    to: Path | str,
    emergency: Literal["vital-interest"] | None = None,
    wish: Literal["reverse", "rewrap"] = "reverse",
    reply_to: Path | str | None = None,
    now: datetime | None = None,
) -> Path:
    """Write a request of an agency, signed by its office, to a contributor; returns its path.

    ``tokens`` may be typed: case, spaces, i, l and o are repaired. ``reply_to`` is a card file (default: the own one).
    Raises UsageError where a token is none, or case and basis say nothing.
    """
    desk.must_be("agency")
    if not case.strip() or not basis.strip():
        raise UsageError("A request names its case and its legal basis.", hint='--case … --basis "…"')
    card = newest(read_bytes(Path(reply_to or desk.root / "card.dsse.json"), "contact card", CARD_LIMIT)).card
    raw = {
        "request": "reversal/1",
        "id": secrets.token_hex(16),
        "wish": wish,
        "contributor": contributor,
        "requester": desk.id,
        "case": case,
        "basis": basis,
        "emergency": emergency,
        "tokens": sorted(set(_repaired(tokens))),
        "reply_to": [recipient for _, recipient in audience_recipients([(card.id, card.recipients)])],
        "made": stamp(now or now_utc()),
    }
    path = Path(to)
    write_whole(path, sign_reversal(validated(ReversalRequest, raw, "request"), desk.office_key()), "request")
    return path


def _repaired(tokens: Sequence[str]) -> list[str]:
    found = [read_token(token) for token in tokens]
    wrong = [number for number, token in enumerate(found, 1) if token is None]
    if wrong or not found:
        raise UsageError(
            f"Token {wrong[0]} of {len(found)} is no token." if wrong else "A request names at least one token.",
            hint="Copy it as it stands in the bundle.",
        )
    return [token for token in found if token is not None]


def request_lines(path: Path | str) -> list[str]:
    """What a custodian decides on, in words; who made it is checked when it is answered."""
    found, payload = read_reversal(read_bytes(Path(path), "request", REQUEST_LIMIT))
    what = "whose they are" if found.wish == "reverse" else "which tokens they are today"
    return [
        f"{found.requester} asks {found.contributor} about {len(found.tokens)} token(s): {what}",
        f"case: {found.case}",
        f"basis: {found.basis}" + (f" (emergency: {found.emergency})" if found.emergency else ""),
        f"made: {found.made}; SHA-256 {hashlib.sha256(payload).hexdigest()}",
    ]


def approve_reversal(
    request: Path | str,
    *,
    key: Path | str | Signer,
    passphrase: bytes = b"",
    to: Path | str | None = None,
    now: datetime | None = None,
) -> Path:
    """Sign a request with a custodian's key; returns the path of the signature, in ``to`` or beside the request.

    Raises ExpiredBundle for a request that is too old, KeyFileError as ``load_key`` does.
    """
    found, payload = read_reversal(read_bytes(Path(request), "request", REQUEST_LIMIT))
    found.must_be_fresh(now or now_utc())
    signer = key if not isinstance(key, Path | str) else load_key(Path(key), passphrase)
    name = keyid(signer.spki())
    body = {
        "approval": "reversal-approval/1",
        "keyid": name,
        "payload_sha256": hashlib.sha256(payload).hexdigest(),
        "sig": b64encode(signer.sign(pae(APPROVAL_TYPE, payload))).decode(),
    }
    folder = Path(to) if to is not None else Path(request).parent
    path = folder / f"{Path(request).name.split('.')[0]}-{name[:8]}.approval"
    write_whole(path, canonical(body), "approval")
    return path


def read_signature(path: Path | str, payload: bytes) -> Signature:
    """The signature in a custodian's approval; raises InputError where it is none, or approves another request."""
    try:
        raw = parse(read_bytes(Path(path), "approval", 1 << 16))
        kind, given = raw["approval"], raw["payload_sha256"]
        signature = Signature(str(raw["keyid"]), b64decode(str(raw["sig"]), validate=True))
    except (AnonshareError, KeyError, ValueError, TypeError):
        raise InputError("This is no approval of a request.", hint="`anonshare reverse approve` makes it.") from None
    if kind != "reversal-approval/1" or given != hashlib.sha256(payload).hexdigest():
        raise InputError("The approval is for another request.", hint="Approve this one: anonshare reverse approve")
    return signature
