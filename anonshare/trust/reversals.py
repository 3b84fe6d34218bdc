"""A request to learn whose token it is: signed by the office that asks, approved by two custodians of the one that knows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from anonshare.errors import ExpiredBundle, NotForUs, UntrustedSigner
from anonshare.trust.envelopes import opened, signed
from anonshare.trust.keys import Signer
from anonshare.trust.model import Digest, Model, Slug, Stamp, rule, validated
from anonshare.trust.store import TrustStore, expired
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse

__all__ = [
    "APPROVAL_TYPE",
    "REQUEST_TYPE",
    "Found",
    "ReversalAnswer",
    "ReversalRequest",
    "open_reversal",
    "open_signed_answer",
    "read_reversal",
    "sign_answer",
    "sign_reversal",
]

REQUEST_TYPE = "application/vnd.anonshare.reversal+json"
ANSWER_TYPE = "application/vnd.anonshare.reversal-answer+json"
APPROVAL_TYPE = "application/vnd.anonshare.reversal-approval+json"
LIFE = timedelta(days=14)
TOLERANCE = timedelta(minutes=5)
Words = Annotated[str, StringConstraints(min_length=1, max_length=1000, strip_whitespace=False, pattern=r"\S")]
Token = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,4}_[0-9a-z]{26}$")]
Recipient = Annotated[str, StringConstraints(pattern=r"^age1[0-9a-z]{40,2000}$")]


class ReversalRequest(Model):
    """Which tokens, for which case, on which legal basis; ``wish`` is the identity (reverse) or the new token (rewrap)."""

    request: Literal["reversal/1"]
    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    wish: Literal["reverse", "rewrap"]
    contributor: Slug
    requester: Slug
    case: Words
    basis: Words
    emergency: Literal["vital-interest"] | None
    tokens: Annotated[tuple[Token, ...], Field(min_length=1, max_length=1000, repr=False)]
    reply_to: Annotated[tuple[Recipient, ...], Field(min_length=1, max_length=16, repr=False)]
    made: Stamp

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if list(self.tokens) != sorted(set(self.tokens)):
            raise rule("the tokens are not in order, or one stands there twice")
        return self

    def must_be_fresh(self, now: datetime) -> None:
        """Raise ExpiredBundle where the request is older than 14 days, or from tomorrow."""
        made = datetime.fromisoformat(self.made)
        if not now - LIFE <= made <= now + TOLERANCE:
            raise ExpiredBundle(
                f"The request is older than {LIFE.days} days, or was made by a clock that is ahead.",
                hint="Make a new one: anonshare reverse request",
            )


class Found(Model):
    """One token of an answer: whose it is, in which records of which bundle; or (rewrap) what it is ``now``."""

    token: Token = Field(repr=False)
    unit: str | None = Field(default=None, repr=False)
    records: tuple[str, ...] = Field(default=(), repr=False)
    bundle_id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")] | None = None
    now: Token | None = Field(default=None, repr=False)


class ReversalAnswer(Model):
    """What an agency is told, and the reference under which the contributor wrote it down."""

    answer: Literal["reversal-answer/1"]
    reference: Annotated[str, StringConstraints(pattern=r"^rev-[0-9a-f]{16}$")]
    request: Digest
    wish: Literal["reverse", "rewrap"]
    contributor: Slug
    requester: Slug
    found: Annotated[tuple[Found, ...], Field(max_length=100_000, repr=False)]


def sign_answer(value: ReversalAnswer, office: Signer) -> bytes:
    """The answer in an envelope signed by the contributor's office."""
    return signed(ANSWER_TYPE, canonical(value.model_dump(mode="json")), office)


def open_signed_answer(data: bytes, trust: TrustStore, receiver: str) -> ReversalAnswer:
    """An answer for ``receiver`` by the office of a pinned contributor; raises UntrustedSigner, NotForUs."""
    found = validated(ReversalAnswer, parse(decode(data).payload), "answer")
    card = trust.organisation(found.contributor)
    opened(data, ANSWER_TYPE, card.office_der, "answer")
    if found.requester != receiver:
        raise NotForUs("The answer is for another agency.")
    return found


def sign_reversal(value: ReversalRequest, office: Signer) -> bytes:
    """The request in an envelope signed by the key of the office that asks."""
    return signed(REQUEST_TYPE, canonical(value.model_dump(mode="json")), office)


def read_reversal(data: bytes) -> tuple[ReversalRequest, bytes]:
    """What a request says and the bytes of it that are signed, whoever made it; raises UntrustedSigner for none."""
    envelope = decode(data)
    if envelope.payload_type != REQUEST_TYPE:
        raise UntrustedSigner("This is no request to reverse tokens.")
    return validated(ReversalRequest, parse(envelope.payload), "request"), envelope.payload


def open_reversal(data: bytes, trust: TrustStore, owner: str, now: datetime) -> tuple[ReversalRequest, bytes]:
    """A request for ``owner`` by the office of a pinned agency, with the bytes of it that are signed.

    It is answered to recipients of the pinned card alone. Raises UntrustedSigner, NotForUs, ExpiredBundle.
    """
    found, payload = read_reversal(data)
    card = trust.organisation(found.requester)
    opened(data, REQUEST_TYPE, card.office_der, "request")
    if card.kind != "agency" or expired(trust.expires, now) or expired(card.expires, now):
        raise UntrustedSigner("The card of who asks is no agency's, or the trust in it has expired.")
    if found.contributor != owner:
        raise NotForUs("The request is for another contributor.")
    if not set(found.reply_to) <= set(card.recipients):
        raise UntrustedSigner("The answer is wanted by somebody who is not on the pinned card of who asks.")
    found.must_be_fresh(now)
    return found, payload
