"""G9: where the policy promises diversity, no class of persons gives a sensitive value away."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """l-diversity promised but not judged or not met."""
    promised = facts.policy.disclosure.l_diversity
    if not promised or not facts.policy.released:
        return ()
    verdicts = [v for v in facts.models or () if v.check.startswith("l_diversity")]
    if len(verdicts) != len(promised):
        return (Fault("disclosure.models", "diversity was not measured on what leaves"),)
    return tuple(
        Fault("disclosure.models", f"l = {v.promised} is promised, {v.found} was found", "generalize more columns")
        for v in verdicts
        if not v
    )
