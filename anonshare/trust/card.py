"""Contact cards: an organisation's people, roles, keys and thresholds, signed by its root keys and handed out."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from anonshare.errors import UntrustedSigner
from anonshare.trust.envelopes import signed, signed_by
from anonshare.trust.exercise import exercise_spki
from anonshare.trust.keys import Signer, keyid, public_key
from anonshare.trust.model import Base64, Digest, Model, Slug, Stamp, Stream, Text, rule, validated
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse

__all__ = ["CARD_TYPE", "ContactCard", "Key", "Person", "Root", "StreamStart", "card_digest", "open_card", "sign_card"]

CARD_TYPE = "application/vnd.anonshare.card+json"


class Key(Model):
    """A public key with its validity; a key that is not ``valid`` any more says why, and since when.

    ``left`` and ``superseded`` end what the key may sign from then on; ``compromised`` undoes what was first accepted
    after ``since``, for a compromise is older than its discovery.
    """

    keyid: Digest
    alg: Literal["ed25519"]
    spki: Base64
    valid_from: Stamp
    valid_until: Stamp | None = None
    status: Literal["valid", "left", "superseded", "compromised"] = "valid"
    since: Stamp | None = None

    @classmethod
    def of(cls, spki: str, *, valid_from: str, valid_until: str | None = None) -> Key:
        """The entry of a new key, given as base64 SPKI; raises UntrustedSigner where it is none."""
        public_key("ed25519", b64decode(spki))
        return cls(
            keyid=keyid(b64decode(spki)), alg="ed25519", spki=spki, valid_from=valid_from, valid_until=valid_until
        )

    @property
    def der(self) -> bytes:
        """The SPKI as bytes."""
        return b64decode(self.spki)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if keyid(self.der) != self.keyid:
            raise rule("a key id is not the digest of its key")
        if (self.status == "valid") != (self.since is None):
            raise rule("a key that is not valid needs a day since when, and only such a key")
        return self


class Person(Model):
    """Somebody who may sign for the organisation."""

    id: Slug
    name: Text
    roles: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=16)]
    keys: Annotated[tuple[Key, ...], Field(min_length=1, max_length=16)]


class Root(Model):
    """The keys that sign cards and stores, base64 SPKI, and how many of them it takes."""

    keys: Annotated[tuple[Base64, ...], Field(min_length=1, max_length=8)]
    threshold: Annotated[int, Field(ge=1, le=8)]

    @property
    def ders(self) -> tuple[bytes, ...]:
        """The keys as bytes."""
        return tuple(b64decode(key) for key in self.keys)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if len(set(self.keys)) != len(self.keys) or self.threshold > len(self.keys):
            raise rule("the root needs as many distinct keys as its threshold says")
        return self


class StreamStart(Model):
    """A stream begins again: its next bundle has this number and names this predecessor (digest of a payload)."""

    stream: Stream
    seq: Annotated[int, Field(ge=1, lt=2**53)]
    prev: Digest | None


class ContactCard(Model):
    """What an organisation hands out about itself.

    ``thresholds`` maps a role to the number of persons who must sign in it; ``recipients`` are age recipients;
    ``formats`` the bundle formats it reads; ``office`` the key that signs its receipts and notices day by day; ``root``
    the keys that sign the card; after ``expires`` nothing new is taken in on its word.
    """

    card: Literal["card/1"]
    id: Slug
    title: Text
    kind: Literal["contributor", "agency"]
    people: Annotated[tuple[Person, ...], Field(max_length=64)]
    thresholds: dict[Slug, Annotated[int, Field(ge=1, le=16)]]
    recipients: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^age1[0-9a-z]{40,2000}$")], ...], Field(max_length=16)
    ]
    formats: tuple[Text, ...]
    exercise: bool
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    root: Root
    office: Base64
    streams: Annotated[tuple[StreamStart, ...], Field(max_length=256)] = ()
    issued: Stamp
    expires: Stamp

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all persons."""
        return tuple(key for person in self.people for key in person.keys)

    @property
    def office_der(self) -> bytes:
        """The office's key as bytes."""
        return b64decode(self.office)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        keys = [*(key.spki for key in self.keys), *self.root.keys, self.office]
        if len(set(keys)) != len(keys):
            raise rule("the same key stands twice on the card")
        if len({person.id for person in self.people}) != len(self.people):
            raise rule("the same person stands twice on the card")
        for role, needed in self.thresholds.items():
            if sum(role in person.roles for person in self.people) < needed:
                raise rule("a role needs more persons than the card has")
        if len(self.people) < sum(self.thresholds.values()):
            raise rule("the thresholds need more persons than the card has")
        if (exercise_spki() in self.root.keys) != self.exercise:
            raise rule("the published root of exercises stands on exercise cards, and on no other")
        if exercise_spki() in {self.office, *(key.spki for key in self.keys)}:
            raise rule("the published root of exercises is nobody's key")
        if self.root.threshold - self.exercise < 1:
            raise rule("the published root of exercises must not decide alone")
        return self


def sign_card(card: ContactCard, *signers: Signer, before: Root | None = None) -> bytes:
    """The card in an envelope signed by its root keys and, where these change, by those of the version ``before``.

    Raises UntrustedSigner where too few of them sign.
    """
    data = signed(CARD_TYPE, canonical(card.model_dump(mode="json")), *signers)
    for root in (card.root, before or card.root):
        if not signed_by(decode(data), CARD_TYPE, root.ders, root.threshold, "contact card"):
            raise UntrustedSigner(
                f"A card needs the signatures of {root.threshold} of its {len(root.keys)} root keys.",
                hint="Name the key files of those who hold them: --root FILE, once for each.",
            )
    return data


@lru_cache(maxsize=256)
def open_card(data: bytes) -> ContactCard:
    """A card that is signed by the root keys that it names: whole, but not yet trusted. Raises UntrustedSigner."""
    envelope = decode(data)
    card = validated(ContactCard, parse(envelope.payload), "contact card")
    _must_be_keys(card.root.ders, [card.office_der, *(key.der for key in card.keys)])
    if not signed_by(envelope, CARD_TYPE, card.root.ders, card.root.threshold, "contact card"):
        raise UntrustedSigner("The contact card is not signed by enough of the root keys that it names.")
    return card


def _must_be_keys(*groups: Sequence[bytes]) -> None:
    """An algorithm that does not fit its key is found when the card is read, not when a signature is."""
    for group in groups:
        for spki in group:
            public_key("ed25519", spki)


def card_digest(data: bytes) -> bytes:
    """What the fingerprint words are made of: SHA-256 of the card's payload (signatures may be added later)."""
    return hashlib.sha256(decode(data).payload).digest()
