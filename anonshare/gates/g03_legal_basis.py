"""G3: in every jurisdiction a legal basis covers each kind of data that leaves."""

from __future__ import annotations

from anonshare.errors import Fault
from anonshare.gates.facts import ReleaseFacts


def check(facts: ReleaseFacts) -> tuple[Fault, ...]:
    """Kinds of data (ordinary, special, offence) that leave without an article, jurisdiction by jurisdiction."""
    policy = facts.policy
    leaving = {column.kind for column in policy.columns().values() if column.leaves}
    found = []
    for jurisdiction in policy.jurisdictions:
        covered = {k for basis in policy.legal_basis if basis.jurisdiction == jurisdiction for k in basis.covers}
        found += [
            Fault(
                "legal_basis",
                f"no article covers {kind} data in {jurisdiction}",
                "name the article, or drop the columns",
            )
            for kind in sorted(leaving - covered)
        ]
    return tuple(found)
