"""What a contributor says about his own bundles: a number that is void, numbers that never come.

A ``void`` only removes: it stands outside of the sequence, takes effect at once, and needs one officer. A ``skip`` lets
the stream go on over numbers that nobody will ever see: it needs the same persons as a bundle.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from anonshare.errors import NotForUs, SignatureError, UntrustedSigner
from anonshare.trust.envelopes import signed
from anonshare.trust.keys import Signer
from anonshare.trust.model import Digest, Model, Slug, Stamp, Stream, rule, validated
from anonshare.trust.roles import count_roles
from anonshare.trust.store import TrustStore, expired
from anonshare.wire.dsse import decode, pae
from anonshare.wire.strict_json import canonical, parse

__all__ = ["NOTICE_SUFFIX", "NOTICE_TYPE", "Notice", "open_notice", "sign_notice"]

NOTICE_TYPE = "application/vnd.anonshare.notice+json"
NOTICE_SUFFIX = ".notice.json"
Number = Annotated[int, Field(ge=1, lt=2**53)]


class Notice(Model):
    """``void``: the bundle ``digest`` with the number ``seq`` must not be used. ``skip``: ``seq`` to ``to`` never come."""

    notice: Literal["notice/1"]
    kind: Literal["void", "skip"]
    contributor: Slug
    recipient: Slug
    stream: Stream
    seq: Number
    to: Number
    digest: Digest | None
    created: Stamp

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.kind == "void") != (self.digest is not None) or self.to < self.seq:
            raise rule("a void names one bundle, a skip a range of numbers")
        if self.kind == "void" and self.to != self.seq:
            raise rule("a void names one bundle")
        return self


def sign_notice(notice: Notice, signers: Sequence[Signer]) -> bytes:
    """The notice in an envelope signed by officers."""
    return signed(NOTICE_TYPE, canonical(notice.model_dump(mode="json")), *signers)


def open_notice(data: bytes, trust: TrustStore, now: datetime, receiver: str) -> Notice:
    """A notice for ``receiver`` by officers of a pinned contributor: one for a void, all roles for a skip.

    Raises UntrustedSigner, SignatureError, MalformedBundle, NotForUs.
    """
    envelope = decode(data)
    if envelope.payload_type != NOTICE_TYPE:
        raise UntrustedSigner("This is no notice.")
    message, given = pae(NOTICE_TYPE, envelope.payload), {s.keyid for s in envelope.signatures}
    cards = [card for card in trust.organisations() if given & {key.keyid for key in card.keys}]
    if not cards or expired(trust.expires, now) or expired(cards[0].expires, now):
        raise UntrustedSigner("Nobody whose key is trusted here signed this notice, or the trust in it has expired.")
    roles = count_roles(cards[0], message, envelope.signatures, now)
    notice = validated(Notice, parse(envelope.payload), "notice")
    if notice.contributor != cards[0].id or cards[0].kind != "contributor":
        raise UntrustedSigner("The notice does not come from the organisation whose persons signed it.")
    if notice.recipient != receiver:
        raise NotForUs("The notice is signed for somebody else.")
    if not (roles.met or (notice.kind == "void" and roles.people)):
        raise SignatureError(f"Fewer persons signed the notice than it needs; missing: {', '.join(roles.missing)}.")
    return notice
