"""The root that stands on every exercise card: its secret is published here, so no real organisation can live on it.

A mark alone could be taken off a card. This key cannot: a card that has it is an exercise card, one that has not is none.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache

from anonshare.trust.keys import FileSigner, key_of

__all__ = ["exercise_root", "exercise_spki"]

SEED = b"anonshare: published root of all exercises"[:32]


@cache
def exercise_root() -> FileSigner:
    """The published key."""
    return key_of(SEED)


@cache
def exercise_spki() -> str:
    """Its public part, base64 SPKI as it stands on cards."""
    return b64encode(exercise_root().spki()).decode()
