"""Custodians of a contributor: made with a key and an identity of their own, appointed by the office, replaced."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from anonshare.errors import InputError, UntrustedSigner, UsageError, WorkspaceError
from anonshare.files import read_bytes, write_whole, writing
from anonshare.pipeline.officers import new_officer
from anonshare.pipeline.own_card import stamp
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.trust.custodians import ROLES, Custodian, Custodians, open_custodians, sign_custodians
from anonshare.trust.model import validated
from anonshare.trust.vault import open_secret, seal_secret
from anonshare.wire.age import generate_identity, recipient_of
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace, now_utc

__all__ = ["CUSTODIANS", "appoint", "custodians", "dismiss", "has_custodians", "identity_in", "new_custodian"]

CUSTODIANS = "custodians.json"
IDENTITY = "identity.sealed"
NAMES = (CUSTODIANS, f"{CUSTODIANS}.new")
LIMIT = 1 << 18


def new_custodian(folder: Path | str, *, name: str, role: str, passphrase: bytes) -> Path:
    """A custodian's folder: ``officer.key``, ``identity.sealed`` (both under his passphrase), ``person.json`` to hand over.

    Returns the path of ``person.json``. The key approves requests, the identity opens his half of the registers.
    """
    person = new_officer(folder, name=name, roles=(role,), passphrase=passphrase)
    identity = generate_identity(hybrid=True)
    seal_secret(person.parent / IDENTITY, identity.encode(), "identity", passphrase)
    public = {**parse(person.read_bytes()), "recipient": recipient_of(identity)}
    write_whole(person, canonical(public), "person file")
    return person


def identity_in(path: Path | str, passphrase: bytes) -> list[str]:
    """The age identities in a custodian's ``identity.sealed``."""
    return open_secret(Path(path), "identity", passphrase).decode("ascii").split()


def has_custodians(home: Workspace) -> bool:
    """Whether two roles have custodians, so that registers can be written."""
    return _begun(home) and len(custodians(home).roles) == ROLES


def _begun(home: Workspace) -> bool:
    return any((home.root / name).is_file() for name in NAMES)


def custodians(home: Workspace) -> Custodians:
    """Who they are; raises WorkspaceError where there are none, UntrustedSigner where the list is not the last one."""
    if not _begun(home):
        raise WorkspaceError(
            "There are no custodians.",
            hint="anonshare keys new FOLDER --custodian, then: anonshare custody add FOLDER/person.json",
            reason="custodians",
        )
    last = ReversalLog(home).custodians()
    # a crash while the list was changed leaves the new one under the second name
    for name in NAMES:
        path = home.root / name
        data = read_bytes(path, "list of custodians", LIMIT) if path.is_file() else b""
        if hashlib.sha256(data).hexdigest() == last:
            return open_custodians(data, home.card.office_der, home.id)
    raise UntrustedSigner("The list of custodians is not the last that was appointed.", reason="custodians")


def appoint(home: Workspace, person: Path | str, *, now: datetime | None = None) -> Custodians:
    """Take a custodian in by his ``person.json``; for a person who is there already the new key and identity count.

    Registers that were written before stay sealed to those who were custodians then.
    """
    home.must_be("contributor")
    new = _custodian(read_bytes(Path(person), "person file", LIMIT))
    kept = custodians(home).held if _begun(home) else ()
    return _save(home, [*(one for one in kept if one.person != new.person), new], now)


def dismiss(home: Workspace, person: str, *, now: datetime | None = None) -> Custodians:
    """Take a custodian (his id) off the list: his approvals count no more. What he can open, he can still open."""
    home.must_be("contributor")
    held = custodians(home).held
    if person not in {one.person for one in held}:
        raise UsageError("There is no custodian of this id.", hint="anonshare custody show")
    return _save(home, [one for one in held if one.person != person], now)


def _save(home: Workspace, held: list[Custodian], now: datetime | None) -> Custodians:
    when = stamp(now or now_utc())
    raw = {
        "custodians": "custodians/1",
        "office": home.id,
        "made": when,
        "held": [one.model_dump(mode="json") for one in sorted(held, key=lambda one: (one.role, one.person))],
    }
    value = validated(Custodians, raw, "custodians")
    data = sign_custodians(value, home.office_key())
    waiting = home.root / f"{CUSTODIANS}.new"
    with home.lock():
        write_whole(waiting, data, "list of custodians")
        ReversalLog(home).write("appointed", digest=hashlib.sha256(data).hexdigest(), when=when)
        with writing("list of custodians"):
            waiting.replace(home.root / CUSTODIANS)
    return value


def _custodian(data: bytes) -> Custodian:
    raw = parse(data)
    try:
        (role,) = raw["roles"]
        given = {"role": role, "person": raw["id"], "name": raw["name"], "spki": raw["spki"]}
        return validated(Custodian, {**given, "recipient": raw["recipient"]}, "custodian")
    except (KeyError, ValueError, TypeError):
        raise InputError(
            "This is no person file of a custodian.",
            hint="It is the person.json that `anonshare keys new FOLDER --custodian` made, with one role.",
        ) from None
