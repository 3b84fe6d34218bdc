"""G1: the policy is complete, its rules fit together, and its agreement is in force today."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts
from anonshare.policy.lint import lint


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Faults between the policy's keys, and an agreement that is not in force."""
    agreement = facts.policy.agreement
    found = list(lint(facts.policy))
    if facts.today < agreement.valid_from:
        found.append(Fault("agreement.valid_from", "the agreement is not in force yet", "wait, or correct the date"))
    if facts.today > agreement.valid_until:
        found.append(Fault("agreement.valid_until", "the agreement has expired", "renew the agreement"))
    return tuple(found)
