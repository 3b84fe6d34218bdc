"""What the gates judge: the policy, and what the stories measured.

A field that is None was not measured, and a gate that needs it refuses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from anonshare.errors import Fault
from anonshare.policy.model import Policy
from anonshare.shapes import Coverage, Verdict

__all__ = ["ColumnFacts", "RecipientFacts", "ReleaseFacts", "SealFacts"]


@dataclass(frozen=True, slots=True)
class RecipientFacts:
    """The pinned card of the recipient: whether it is known, an agency's, has a key to encrypt to, is an exercise's, counts.

    ``expired`` names what has run out: the recipient's card, the own card or the own trust store; ``reads`` tells whether
    the recipient reads the format that would be written.
    """

    known: bool
    agency: bool
    keys: int
    same_world: bool
    expired: tuple[str, ...] = ()
    reads: bool = True


@dataclass(frozen=True, slots=True)
class ColumnFacts:
    """Counts of one released column that is no key: distinct values, rows with a value, what the residual scan found.

    ``residual`` maps a kind of identifier to the number of distinct values in which it was found; ``places`` counts
    distinct values that hold an entry of the private list of places. ``tokens`` tells that the values leave as tokens.
    """

    distinct: int
    filled: int
    residual: Mapping[str, int]
    places: int = 0
    tokens: bool = False


@dataclass(frozen=True, slots=True)
class SealFacts:
    """What is known once the bytes are fixed, approved, packed and encrypted."""

    residue: int | None = None
    approved: bool | None = None
    missing_roles: tuple[str, ...] = ()
    encrypted: bool | None = None
    padded: bool | None = None
    self_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """All that the gates of a plan need, as counts and verdicts.

    ``intervals`` counts the persons of whom two or more shifted dates would leave to the day.
    """

    policy: Policy
    today: date
    recipient: RecipientFacts | None = None
    column_faults: tuple[Fault, ...] | None = None
    rows_in: int | None = None
    rows_consented: int | None = None
    columns: Mapping[str, ColumnFacts] | None = None
    coverage: tuple[Coverage, ...] | None = None
    models: tuple[Verdict, ...] | None = None
    tables: tuple[Verdict, ...] | None = None
    composition: Verdict | None = None
    seal: SealFacts | None = None
    intervals: int = 0
