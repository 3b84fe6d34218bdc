"""G13: the roles that the policy and the own contact card demand have signed, by distinct persons with distinct keys."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Roles that are missing."""
    if facts.seal is None or facts.seal.approved is None:
        return (Fault("approvals", "the approvals were not checked"),)
    if facts.seal.approved:
        return ()
    missing = ", ".join(facts.seal.missing_roles) or "an approval"
    return (Fault("approvals", f"missing: {missing}", "anonshare approve NAME.approval.zip"),)
