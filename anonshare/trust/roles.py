"""Four eyes: thresholds of roles over distinct persons and distinct keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from anonshare.errors import SignatureError
from anonshare.trust.card import ContactCard, Key
from anonshare.trust.keys import verify_signature
from anonshare.wire.dsse import Signature

__all__ = ["RoleCount", "SignedBy", "count_roles"]

STAMP = "%Y-%m-%dT%H:%M:%SZ"
TOLERANCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """One valid signature: whose, in which roles he may sign, with which key; ``why_not`` where it does not count."""

    person: str
    name: str
    roles: tuple[str, ...]
    keyid: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class RoleCount:
    """Whether every role has its persons. ``uncounted`` lists valid signatures by keys that do not count any more."""

    met: bool
    people: tuple[SignedBy, ...]
    uncounted: tuple[SignedBy, ...]
    unknown: int
    missing: tuple[str, ...]


def count_roles(
    card: ContactCard,
    message: bytes,
    signatures: Sequence[Signature],
    at: datetime,
    *,
    required: Mapping[str, int] | None = None,
    accepted: bool = False,
) -> RoleCount:
    """Who of ``card`` signed ``message`` (the pre-authentication encoding), and which roles are still missing.

    ``at`` is the time of judgement; ``accepted`` says that it is the reader's own record of first acceptance. Then the
    thresholds and ends of keys that came later undo nothing, and a compromise does where it is not after ``at``.
    Otherwise a role's number is the larger of the card's and of ``required``. One person fills one place, whatever roles
    he holds and however many keys he signs with. Raises SignatureError where a known key's signature is wrong: a bundle
    in which one signature lies is refused whole. No threshold at all is not met.
    """
    known = {key.keyid: (person, key) for person in card.people for key in person.keys}
    valid: list[SignedBy] = []
    for signature in signatures:
        if signature.keyid in known:
            person, key = known[signature.keyid]
            if not verify_signature(key.alg, key.der, message, signature.sig):
                raise SignatureError("A signature of a known key is wrong: the manifest was changed, or never signed.")
            why = _undone(key, at) if accepted else _why_not(key, at)
            valid.append(SignedBy(person.id, person.name, person.roles, key.keyid, why))
    counted = _distinct([one for one in valid if not one.why_not])
    needed = _needed(card, required or {}, accepted=accepted)
    missing = _missing(counted, needed)
    return RoleCount(
        met=bool(needed) and not missing,
        people=counted,
        uncounted=tuple(one for one in valid if one.why_not),
        unknown=sum(s.keyid not in known for s in signatures),
        missing=missing or (() if needed else ("a role: the card names none",)),
    )


def _needed(card: ContactCard, required: Mapping[str, int], *, accepted: bool) -> Mapping[str, int]:
    roles = required.keys() | (set() if accepted and required else card.thresholds.keys())
    own: Mapping[str, int] = {} if accepted and required else card.thresholds
    return {role: max(required.get(role, 0), own.get(role, 0)) for role in roles}


def _why_not(key: Key, at: datetime) -> str:
    """Why a key does not count for something new at a time; bounds are inclusive. Stamps of one form compare as text."""
    now = at.strftime(STAMP)
    if key.since is not None and key.since <= now:
        return key.status
    # the office's clock may be a little ahead of the reader's
    if (at + TOLERANCE).strftime(STAMP) < key.valid_from:
        return "not valid yet"
    if key.valid_until is not None and now > key.valid_until:
        return "expired"
    return ""


def _undone(key: Key, at: datetime) -> str:
    """Why a key's signature on something accepted at a time is undone: nothing but a compromise before it does that."""
    stolen = key.status == "compromised" and key.since is not None and key.since <= at.strftime(STAMP)
    return key.status if stolen else ""


def _distinct(valid: Sequence[SignedBy]) -> tuple[SignedBy, ...]:
    """The first signature of each person, by person."""
    first = {one.person: one for one in reversed(valid)}
    return tuple(first[person] for person in sorted(first))


def _missing(people: Sequence[SignedBy], needed: Mapping[str, int]) -> tuple[str, ...]:
    """The places that stay empty when persons are seated as well as possible (augmenting paths; Kuhn 1955)."""
    seats = [role for role, number in sorted(needed.items()) for _ in range(number)]
    taken: dict[int, int] = {}

    def seat(person: int, tried: set[int]) -> bool:
        for place, role in enumerate(seats):
            if role in people[person].roles and place not in tried:
                tried.add(place)
                if place not in taken or seat(taken[place], tried):
                    taken[place] = person
                    return True
        return False

    for person in range(len(people)):
        seat(person, set())
    return tuple(role for place, role in enumerate(seats) if place not in taken)
