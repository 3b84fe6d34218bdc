"""G15: the recipient's own code, run on the bytes from the disk, accepts the bundle."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """The self-check did not run or did not accept."""
    if facts.seal is None or not facts.seal.self_verified:
        return (Fault("bundle", "the recipient's check does not accept the bundle"),)
    return ()
