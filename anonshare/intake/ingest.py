"""Take a verified bundle in: audit, one transaction, the record of the stream, the body of a receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anonshare.errors import RequirementNotMet
from anonshare.intake.receipt import Receipt

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle
    from anonshare.intake.audit import AuditReport
    from anonshare.intake.state import ReceiverState
    from anonshare.intake.store import Store

__all__ = ["ingest"]


def ingest(
    verified: VerifiedBundle,
    *,
    store: Store,
    state: ReceiverState,
    when: str,
    audit_report: AuditReport,
    agency: str,
    trust_version: int,
) -> Receipt:
    """Write the bundle's tables into ``store`` and its number into ``state``; the receipt of what was done.

    A broken promise refuses the bundle before anything is written; the stream advances all the same. The store comes
    before the state: after a crash in between the next run finds the rows there and writes the number down.
    """
    if not audit_report.met:
        _remember(verified, state, "refused", when)
        broken = [v.check for v in audit_report.verdicts if not v.met]
        raise RequirementNotMet(
            f"The bundle does not keep what it promises: {', '.join(broken)}.",
            hint="Nothing was written. Show the contributor the output of anonshare audit.",
            reason="promise",
        )
    rows = store.ingest(verified, when)
    _remember(verified, state, "accepted", when)
    s = verified.statement
    return Receipt(
        receipt="receipt/1",
        agency=agency,
        digest=verified.digest,
        bundle_id=s.bundle_id,
        contributor=s.contributor,
        stream=s.stream,
        seq=s.seq,
        received_at=when,
        verdict="duplicate" if rows is None else "ingested",
        rows=rows or {},
        trust_version=trust_version,
    )


def _remember(verified: VerifiedBundle, state: ReceiverState, outcome: str, when: str) -> None:
    s = verified.statement
    if state.seen(verified.digest) or state.last(s.contributor, s.stream) == (s.seq, verified.digest):
        return
    state.record(
        contributor=s.contributor,
        stream=s.stream,
        seq=s.seq,
        digest=verified.digest,
        outcome="accepted" if outcome == "accepted" else "refused",
        when=when,
        trust=verified.trust_version,
    )
