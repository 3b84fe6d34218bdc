"""G14: the bundle is padded to a common size and encrypted to the signed audience alone."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Not padded, or not encrypted."""
    if facts.seal is None:
        return (Fault("bundle", "the bundle was not packed"),)
    found = []
    if not facts.seal.padded:
        found.append(Fault("bundle", "the size of the bundle is not padded"))
    if not facts.seal.encrypted:
        found.append(Fault("bundle", "the bundle is not encrypted to the recipient"))
    return tuple(found)
