"""G7: notes were scanned, in every language that occurs; what leaves of them leaves as codes alone."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Notes that were not scanned; codes read from languages that the policy does not name."""
    narrative = [n for n, c in facts.policy.columns().items() if c.role == "narrative" and c.do.name != "drop"]
    if not narrative:
        return ()
    if facts.coverage is None:
        return tuple(Fault(f"columns.{name}", "the notes were not scanned") for name in narrative)
    if not any(facts.policy.columns()[name].leaves for name in narrative):
        return ()
    named = set(facts.policy.languages)
    return tuple(
        Fault("languages", f"{c.notes} note(s) in {c.language}, which the policy does not name", "name it, or withhold")
        for c in facts.coverage
        if c.language not in named and c.notes
    )
