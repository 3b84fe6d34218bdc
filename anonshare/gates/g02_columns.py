"""G2: every column of the input has a rule, and every rule a column (deny by default)."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """The faults found when the policy was laid beside the file."""
    if facts.column_faults is None:
        return (Fault("columns", "the file was not compared with the policy"),)
    return facts.column_faults
