"""Contact cards: an organisation's people, roles, keys and thresholds, signed by its root key and handed out."""

from __future__ import annotations

import hashlib
from base64 import b64decode
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from anonshare.errors import UntrustedSigner
from anonshare.trust.keys import Signer, keyid, public_key, verify_signature
from anonshare.wire.dsse import Envelope, Signature, decode, encode, pae
from anonshare.wire.strict_json import canonical, parse

__all__ = ["CARD_TYPE", "ContactCard", "Key", "Model", "Person", "card_digest", "open_card", "sign_card", "validated"]

CARD_TYPE = "application/vnd.anonshare.card+json"
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Stamp = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]{16,4000}={0,2}$")]


class Model(BaseModel):
    """Closed, frozen, strict, silent about its input."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


M = TypeVar("M", bound=Model)


def rule(text: str) -> PydanticCustomError:
    """An error of a rule of ours."""
    return PydanticCustomError("rule", text)


class Key(Model):
    """A public key with its validity; a key that is not ``valid`` any more says why, and since when."""

    keyid: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    alg: Literal["ed25519"]
    spki: Base64
    valid_from: Stamp
    valid_until: Stamp | None = None
    status: Literal["valid", "left", "superseded", "compromised"] = "valid"
    since: Stamp | None = None

    @classmethod
    def of(cls, spki: str, *, valid_from: str) -> Key:
        """The entry of a new key, given as base64 SPKI; raises UntrustedSigner where it is none."""
        public_key("ed25519", b64decode(spki))
        return cls(keyid=keyid(b64decode(spki)), alg="ed25519", spki=spki, valid_from=valid_from)

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


class ContactCard(Model):
    """What an organisation hands out about itself.

    ``thresholds`` maps a role to the number of persons who must sign in it; ``recipients`` are age recipients;
    ``formats`` the bundle formats it reads; ``root`` the base64 SPKI of the key that signs the card.
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
    root: Base64
    issued: Stamp

    @model_validator(mode="after")
    def _fits(self) -> Self:
        keys = [key.keyid for person in self.people for key in person.keys]
        if len(set(keys)) != len(keys) or keyid(b64decode(self.root)) in keys:
            raise rule("the same key stands twice on the card")
        if len({person.id for person in self.people}) != len(self.people):
            raise rule("the same person stands twice on the card")
        for role, needed in self.thresholds.items():
            if sum(role in person.roles for person in self.people) < needed:
                raise rule("a role needs more persons than the card has")
        if len(self.people) < sum(self.thresholds.values()):
            raise rule("the thresholds need more persons than the card has")
        return self


def validated(model: type[M], raw: Any, what: str) -> M:
    """``raw`` as a strict model; raises UntrustedSigner that names the field alone, for a stranger wrote the rest."""
    try:
        return model.model_validate_json(canonical(raw))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    known = [str(part) for part in first["loc"] if isinstance(part, int) or part in model.model_fields]
    why = str(first["msg"]) if first["type"] == "rule" else "it is not valid"
    raise UntrustedSigner(f"A {what} is refused at {'.'.join(known) or 'its top level'}: {why}.")


def sign_card(card: ContactCard, root: Signer) -> bytes:
    """The card in an envelope signed by the root key that it names; raises UntrustedSigner where it names another."""
    if b64decode(card.root) != root.spki():
        raise UntrustedSigner("A card is signed by the root key that it names, and by no other.")
    return signed(CARD_TYPE, canonical(card.model_dump(mode="json")), root)


def signed(payload_type: str, payload: bytes, signer: Signer) -> bytes:
    """An envelope with one signature."""
    signature = Signature(keyid(signer.spki()), signer.sign(pae(payload_type, payload)))
    return encode(Envelope(payload_type, payload, (signature,)))


def opened(data: bytes, payload_type: str, spki: bytes, what: str) -> bytes:
    """The payload of an envelope that this one Ed25519 key signed; raises UntrustedSigner or MalformedBundle."""
    envelope = decode(data)
    if envelope.payload_type != payload_type:
        raise UntrustedSigner(f"This is no {what}.")
    ours = [s for s in envelope.signatures if s.keyid == keyid(spki)]
    message = pae(payload_type, envelope.payload)
    if len(ours) != 1 or not verify_signature("ed25519", spki, message, ours[0].sig):
        raise UntrustedSigner(f"The {what} is not signed by the key that it should be signed by.")
    return envelope.payload


def open_card(data: bytes) -> ContactCard:
    """A card that is signed by the root key that it names: whole, but not yet trusted. Raises UntrustedSigner."""
    card = validated(ContactCard, parse(decode(data).payload), "contact card")
    opened(data, CARD_TYPE, b64decode(card.root), "contact card")
    for person in card.people:
        for key in person.keys:
            public_key(key.alg, key.der)
    return card


def card_digest(data: bytes) -> bytes:
    """What the fingerprint words are made of: SHA-256 of the card's payload (signatures may be added later)."""
    return hashlib.sha256(decode(data).payload).digest()
