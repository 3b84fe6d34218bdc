"""Pack an approved draft, encrypt it to its audience, check it with the recipient's code, and write it into the ledger."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from anonshare.bundle.encrypted import holds, seal_to
from anonshare.bundle.pack import pack
from anonshare.bundle.padding import padded_size
from anonshare.bundle.statement import PAYLOAD_TYPE, Statement, parse_statement
from anonshare.bundle.verify import verify as verify_bundle
from anonshare.errors import AnonshareError, ReleaseRefused, WorkspaceError
from anonshare.files import make_private_dir, staging_dir, writing
from anonshare.gates.facts import ReleaseFacts, SealFacts
from anonshare.gates.table import check_gates, refuse_if_any
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.approve import must_be_fresh, read_approval
from anonshare.pipeline.draft import Draft, open_draft
from anonshare.pipeline.resend import sent_path
from anonshare.pipeline.transparency import log_digest
from anonshare.trust.roles import RoleCount, count_roles
from anonshare.wire.dsse import Envelope, Signature, encode, pae
from anonshare.workspace import Workspace, now_utc

__all__ = ["Release", "seal"]


@dataclass(frozen=True, slots=True)
class Release:
    """What was sealed: the encrypted file, the digest that names the bundle, its place in the stream."""

    path: Path
    digest: str
    stream: str
    seq: int


def seal(
    draft: Draft | Path | str, approvals: Sequence[Path | str], to: Path | str, *, home: Workspace | None = None
) -> Release:
    """Seal a draft with its approvals into ``to/NAME.anonshare.zip.age``.

    ``draft`` is a Draft or the folder of one (then ``home`` is needed). All or nothing: raises ReleaseRefused (G13,
    G14, G15) before anything is written to ``to``; the draft stays open and can be sealed again with the same bytes.
    """
    work = draft if isinstance(draft, Draft) else open_draft(draft, home)
    now = now_utc()
    payload = work.payload
    statement = parse_statement(payload)
    must_be_fresh(statement, now)
    signatures = tuple(sorted((read_approval(path, payload) for path in approvals), key=lambda s: s.keyid))
    counted = _roles(work, statement, payload, signatures, now)
    target = make_private_dir(Path(to), "the folder of releases")
    with work.home.lock(), staging_dir(target, "the release") as stage:
        _must_be_open(work)
        plain, sealed = stage / f"{work.name}.anonshare.zip", stage / f"{work.name}.anonshare.zip.age"
        _pack(work, statement, payload, signatures, plain)
        # dropped with this function: nobody reads the file back afterwards but its audience
        key = seal_to(sealed, plain, [entry.recipient for entry in statement.audience])
        facts = SealFacts(
            residue=0,
            approved=counted.met,
            missing_roles=counted.missing,
            encrypted=holds(sealed, plain, key),
            padded=plain.stat().st_size == padded_size(plain.stat().st_size),
            self_verified=_accepted(work, plain, now),
        )
        refuse_if_any(check_gates(ReleaseFacts(work.policy, now.date(), seal=facts), ("seal",)))
        final, digest = target / sealed.name, hashlib.sha256(payload).hexdigest()
        ledger = Ledger.open(work.home.folder("ledger"))
        # a key is never destroyed while what it made may still leave, so this stands in the ledger before anything leaves
        ledger.keyed(work.keyed())
        make_private_dir(work.home.folder("sent"))
        # before anything leaves: a log that is damaged refuses, and a digest that waits in vain is noise among noise
        log_digest(work.home, digest)
        with writing("the release"):
            shutil.copyfile(sealed, stage / "kept")
            (stage / "kept").replace(sent_path(work.home, digest))
            sealed.replace(final)
        work.keep_memberships()
        work.keep_register()
        ledger.release(
            stream=statement.stream,
            seq=statement.seq,
            bundle_id=statement.bundle_id,
            digest=digest,
            recipients=tuple(sorted({entry.id for entry in statement.audience} - {work.home.id})),
            approvals=tuple(person.person for person in counted.people),
            when=statement.created,
        )
        # what left is in sent/, encrypted: the plain files have no more use, and would be a second copy to guard
        shutil.rmtree(work.folder, ignore_errors=True)
    return Release(final, digest, statement.stream, statement.seq)


def _must_be_open(work: Draft) -> None:
    ledger = Ledger.open(work.home.folder("ledger"))
    # before anything stands in the folder of releases: what is there may be sent
    ledger.must_be_current()
    reserved = {entry.bundle_id for entry in ledger.open_reservations()}
    if work.bundle_id not in reserved:
        raise WorkspaceError("This draft was sealed or given up already.", hint="Plan and draft again.")


def _roles(
    work: Draft, statement: Statement, payload: bytes, signatures: Sequence[Signature], now: datetime
) -> RoleCount:
    """G13 before anything is packed: who signed, and which roles are missing."""
    if len({s.keyid for s in signatures}) != len(signatures):
        raise ReleaseRefused(
            "The same approval was given twice.", hint="Each role signs with a key of its own.", reason="G13"
        )
    counted = count_roles(
        work.home.card, pae(PAYLOAD_TYPE, payload), signatures, now, required=statement.required_roles
    )
    facts = SealFacts(approved=counted.met, missing_roles=counted.missing)
    outcome = [
        o for o in check_gates(ReleaseFacts(work.policy, now.date(), seal=facts), ("seal",)) if o.gate.code == "G13"
    ]
    refuse_if_any(outcome)
    return counted


def _pack(work: Draft, statement: Statement, payload: bytes, signatures: Sequence[Signature], plain: Path) -> None:
    envelope = encode(Envelope(PAYLOAD_TYPE, payload, tuple(signatures)))
    with writing("the bundle"), plain.open("wb") as out:
        pack(out, envelope, statement.files, work.contents())


def _accepted(work: Draft, plain: Path, now: datetime) -> bool:
    """Whether the recipient's code accepts the plain bytes from the disk."""
    recipient = work.policy.recipient.card
    try:
        with verify_bundle(plain, trust=work.home.trust, state=None, now=now, receiver=recipient):
            return True
    except AnonshareError:
        return False
