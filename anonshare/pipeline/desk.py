"""The agency's desk: verify, audit, ingest. Verifying needs the base install alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anonshare.bundle.encrypted import decrypt_and_verify
from anonshare.bundle.verified import VerifiedBundle
from anonshare.bundle.verify import verify as verify_bundle
from anonshare.errors import InputError, UntrustedSigner
from anonshare.files import make_private_dir, read_bytes, write_whole
from anonshare.registry import guests
from anonshare.trust.store import TrustStore, open_store
from anonshare.workspace import Workspace, now_utc

if TYPE_CHECKING:
    from anonshare.intake.audit import AuditReport

__all__ = ["Receipt", "audit", "ingest", "verify", "verify_with"]


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the agency hands back: the signed receipt's path, and whether the bundle was new."""

    path: Path
    digest: str
    duplicate: bool
    rows: Mapping[str, int]


def verify(path: Path | str, home: Workspace, *, now: datetime | None = None) -> VerifiedBundle:
    """Verify a bundle (``.anonshare.zip`` or ``.age``) against the workspace's trust store and its record of streams.

    An encrypted bundle is opened into the workspace's ``opened/`` after full success alone. Returns a VerifiedBundle,
    a context manager; only that has ``.tables``. Raises BundleError (not authentic) or NotAcceptable.
    """
    from anonshare.intake.state import ReceiverState

    place, when = Path(path), now or now_utc()
    state, trust = ReceiverState(home.root / "state.jsonl"), home.trust
    state.check_clock(when)
    if state.trust_version() > trust.version:
        raise UntrustedSigner(
            "The trust store is older than the one by which this desk has judged before.",
            hint="Restore the newest one from a backup.",
        )
    if place.suffix != ".age":
        return verify_bundle(place, trust=trust, state=state, now=when, receiver=home.id)
    opened = make_private_dir(home.folder("opened"))
    return decrypt_and_verify(place, home.identities(), opened, trust=trust, state=state, now=when, receiver=home.id)


def verify_with(path: Path | str, trust: Path | str | TrustStore, *, now: datetime | None = None) -> VerifiedBundle:
    """Verify an opened bundle with a trust store file alone: no workspace, no stream order, no identity.

    Whose store it is counts as the receiver. Raises as ``verify`` does; InputError for an encrypted file.
    """
    if Path(path).suffix == ".age":
        raise InputError(
            "The bundle is encrypted: a trust store alone cannot open it.", hint="Verify it in the agency's workspace."
        )
    store = trust if isinstance(trust, TrustStore) else open_store(read_bytes(Path(trust), "trust store", 16 << 20))
    return verify_bundle(Path(path), trust=store, state=None, now=now or now_utc(), receiver=store.owner)


def audit(
    verified: VerifiedBundle,
    home: Workspace,
    policy: Mapping[str, Any] | None = None,
    *,
    now: datetime | None = None,
) -> AuditReport:
    """Recompute from the data what can be recomputed, name what is only attested, compare with the requirements.

    ``policy`` is the public policy that was agreed on, where the receiver holds one: the bundle's must equal it.
    Returns the report; ``.met`` is False where a recomputed promise does not hold.
    """
    with guests("Auditing a bundle", "agency"):
        from anonshare.intake.audit import AuditReport
        from anonshare.intake.audit import audit as run
        from anonshare.intake.requirements import judge
        from anonshare.policy.requirements import read_requirements

    home.must_be("agency")
    demands = read_requirements(home.root)
    report = run(verified, agreed_policy=policy)
    return AuditReport((*report.verdicts, *judge(demands, verified, report, now or now_utc())))


def ingest(verified: VerifiedBundle, home: Workspace, *, now: datetime | None = None) -> Receipt:
    """Write a verified bundle into the agency's store, all or nothing, and sign a receipt.

    Idempotent: a bundle that is there already gives a receipt that says so. Raises RequirementNotMet where the audit
    fails (the stream still advances, so that a refused bundle cannot be slipped in later), StorageError.
    """
    from anonshare.intake.ingest import ingest as run
    from anonshare.intake.receipt import sign_receipt
    from anonshare.intake.state import ReceiverState
    from anonshare.intake.store import Store
    from anonshare.pipeline.transparency import log_digest

    home.must_be("agency")
    when = (now or now_utc()).strftime("%Y-%m-%dT%H:%M:%SZ")
    with home.lock():
        receipt = run(
            verified,
            store=Store(home.root / "store.sqlite"),
            state=ReceiverState(home.root / "state.jsonl"),
            when=when,
            audit_report=audit(verified, home, now=now),
            agency=home.id,
            trust_version=home.trust.version,
        )
        folder = make_private_dir(home.folder("receipts"))
        path = folder / f"{verified.digest[:16]}.receipt.json"
        write_whole(path, sign_receipt(receipt, home.office_key()), "receipt")
        log_digest(home, verified.digest)
    return Receipt(path, verified.digest, receipt.verdict == "duplicate", dict(receipt.rows))
