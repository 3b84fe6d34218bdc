"""G4: rows without consent left before anything else was done, and were counted."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Nothing left to release, or consent not applied."""
    if facts.rows_in is None or facts.rows_consented is None:
        return (Fault("consent", "consent was not applied to the records"),)
    if facts.rows_consented == 0:
        remedy = "check consent.column and consent.yes" if facts.policy.consent.column else "check the file"
        return (Fault("consent", f"none of {facts.rows_in} rows may leave", remedy),)
    return ()
