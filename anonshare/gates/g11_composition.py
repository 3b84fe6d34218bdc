"""G11: laid beside all earlier releases of the ledger, no person stands in an intersection or increment below k."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Composition not judged, or persons who would stand alone."""
    if not facts.policy.released and not facts.policy.aggregates:
        return ()
    if facts.composition is None:
        return (Fault("ledger", "the release was not compared with the earlier ones"),)
    if facts.composition:
        return ()
    why = "; ".join(facts.composition.missing) or "too few persons changed since an earlier release"
    return (Fault("ledger", why, "wait until more records have come in, then plan again"),)
