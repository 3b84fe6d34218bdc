"""Who a person is, for a ledger that compares releases and names nobody."""

from __future__ import annotations

import hmac

from anonshare.engine.encode import person_text

__all__ = ["person_digest"]


def person_digest(key: bytes, parts: tuple[str | None, ...]) -> bytes:
    """A keyed digest of a person's composite key: equal in every release of this ledger, guessable by nobody else."""
    return hmac.digest(key, person_text(parts).encode(), "sha256")[:16]
