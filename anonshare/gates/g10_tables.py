"""G10: no suppressed cell of a table comes back by adding and subtracting what is published (LP audit)."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Tables that were not audited, or that an attacker can undo."""
    wanted = facts.policy.aggregates
    if not wanted:
        return ()
    if facts.tables is None or len(facts.tables) != len(wanted):
        return (Fault("aggregates", "the tables were not audited"),)
    return tuple(
        Fault(f"aggregates.{aggregate.name}", "; ".join(verdict.missing) or "a suppressed cell can be recovered")
        for aggregate, verdict in zip(wanted, facts.tables, strict=True)
        if not verdict
    )
