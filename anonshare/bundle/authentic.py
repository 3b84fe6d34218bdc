"""Who signed: persons of one pinned organisation, judged at the time at which this reader first accepted the bundle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from anonshare.bundle.statement import PAYLOAD_TYPE, Statement
from anonshare.bundle.walk import malformed
from anonshare.errors import SignatureError, UntrustedSigner
from anonshare.trust.card import ContactCard
from anonshare.trust.roles import RoleCount, count_roles
from anonshare.trust.store import TrustStore, expired
from anonshare.wire.dsse import Envelope, pae

__all__ = ["Judgement", "authentic", "meets"]

STAMP = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True)
class Judgement:
    """When to judge: now, or at the first acceptance that the reader has recorded (``accepted``)."""

    at: datetime
    accepted: bool

    @classmethod
    def of(cls, now: datetime, accepted_at: str | None) -> Judgement:
        """Now where nothing was accepted before."""
        if accepted_at is None:
            return cls(now, accepted=False)
        return cls(datetime.strptime(accepted_at, STAMP).replace(tzinfo=UTC), accepted=True)


def authentic(envelope: Envelope, trust: TrustStore, when: Judgement) -> tuple[ContactCard, RoleCount]:
    """The pinned organisation whose persons signed; nothing of the payload is read yet.

    Raises UntrustedSigner where nobody is known, or the word of store or card has run out; SignatureError where a
    known key's signature is wrong or thresholds are missed.
    """
    if envelope.payload_type != PAYLOAD_TYPE:
        raise malformed()
    if not when.accepted and expired(trust.expires, when.at):
        raise UntrustedSigner(
            "The trust store has expired: it takes in nothing new.",
            hint="Renew it with its root keys: anonshare trust renew",
        )
    message = pae(PAYLOAD_TYPE, envelope.payload)
    given = {signature.keyid for signature in envelope.signatures}
    counts = [
        (card, count_roles(card, message, envelope.signatures, when.at, accepted=when.accepted))
        for card in _candidates(trust, when)
        if given & {key.keyid for key in card.keys}
    ]
    if not counts:
        raise UntrustedSigner(
            "Nobody whose key is trusted here signed this bundle.", hint="Is the contributor's contact card up to date?"
        )
    met = [one for one in counts if one[1].met or (when.accepted and one[1].people)]
    if not met:
        missing = ", ".join(counts[0][1].missing)
        raise SignatureError(f"Fewer persons signed than the roles demand; missing: {missing}.")
    return met[0]


def _candidates(trust: TrustStore, when: Judgement) -> list[ContactCard]:
    """Every pinned card; those replaced after their root keys were lost speak for what was accepted before alone."""
    former = [card for card, until in trust.former() if when.accepted and when.at.strftime(STAMP) <= until]
    return [*trust.organisations(), *former]


def meets(statement: Statement, envelope: Envelope, card: ContactCard, when: Judgement) -> RoleCount:
    """The bundle's own demands: the organisation that signed is the one it names, and further roles signed too."""
    if statement.contributor != card.id or statement.exercise != card.exercise or card.kind != "contributor":
        raise UntrustedSigner("The bundle does not come from the organisation whose persons signed it.")
    if not when.accepted and expired(card.expires, when.at):
        raise UntrustedSigner(
            "The contributor's contact card has expired: nothing new is taken in on its word.",
            hint="Ask for the card file of today: anonshare trust add CARD",
        )
    message = pae(PAYLOAD_TYPE, envelope.payload)
    roles = count_roles(
        card, message, envelope.signatures, when.at, required=statement.required_roles, accepted=when.accepted
    )
    if not roles.met:
        raise SignatureError(f"Fewer persons signed than the bundle demands; missing: {', '.join(roles.missing)}.")
    return roles
