"""G12: the final bytes hold no value of a column that stays, no file name, no author, no path."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Residue found, or the bytes not scanned."""
    if facts.seal is None or facts.seal.residue is None:
        return (Fault("draft", "the final bytes were not scanned"),)
    if facts.seal.residue:
        return (Fault("draft", f"{facts.seal.residue} value(s) of columns that stay were found in the final bytes"),)
    return ()
