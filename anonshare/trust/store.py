"""The trust store: an organisation's own card and the cards that it has pinned, signed by its root key."""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from anonshare.errors import UntrustedSigner
from anonshare.trust.card import (
    Base64,
    ContactCard,
    Model,
    Slug,
    Stamp,
    Text,
    open_card,
    opened,
    rule,
    signed,
    validated,
)
from anonshare.trust.keys import Signer
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse

__all__ = ["STORE_TYPE", "Pin", "TrustStore", "open_store", "sign_store"]

STORE_TYPE = "application/vnd.anonshare.trust+json"
Signed = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=1 << 20)]


class Pin(Model):
    """A signed card (base64), when it was pinned and by whom its words were compared."""

    card: Signed
    pinned_at: Stamp
    pinned_by: Text

    @property
    def opened(self) -> ContactCard:
        """The card, checked against its own signature."""
        return open_card(b64decode(self.card))


class TrustStore(Model):
    """Whose keys count for ``owner``. ``pinned`` holds the own card and those of others, each organisation once."""

    store: Literal["store/1"]
    owner: Slug
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    root: Base64
    pinned: Annotated[tuple[Pin, ...], Field(min_length=1, max_length=1024)]

    @classmethod
    def start(cls, card: bytes, when: str) -> TrustStore:
        """A store that trusts its owner alone, made from the owner's signed card."""
        own = open_card(card)
        pin = Pin(card=b64encode(card).decode(), pinned_at=when, pinned_by=own.id)
        return cls(store="store/1", owner=own.id, version=1, root=own.root, pinned=(pin,))

    def organisations(self) -> tuple[ContactCard, ...]:
        """Every card of the store, the owner's first."""
        return tuple(pin.opened for pin in self.pinned)

    def organisation(self, id: str) -> ContactCard:
        """The card of an organisation; raises UntrustedSigner where none is pinned."""
        for card in self.organisations():
            if card.id == id:
                return card
        raise UntrustedSigner(
            "The contributor's contact card is not pinned in this trust store.", hint="anonshare trust add CARD"
        )

    def pin(self, card: bytes, when: str, by: str) -> TrustStore:
        """The next version of the store with a card added or renewed.

        Raises UntrustedSigner for an older card, one of the same name under another root key, one with a key that
        stands on another card, or an exercise card in a real store (and the other way round).
        """
        new, own = open_card(card), self.organisation(self.owner)
        if new.exercise != own.exercise:
            raise UntrustedSigner("An exercise card belongs into an exercise store, a real one into a real store.")
        for old in self.organisations():
            if old.id == new.id and old.root != new.root:
                raise UntrustedSigner("A card of this name is pinned under another root key.")
            if old.id == new.id and old.version >= new.version:
                raise UntrustedSigner("A card of this name is pinned in this or a newer version.")
        entry = Pin(card=b64encode(card).decode(), pinned_at=when, pinned_by=by)
        others = tuple(pin for pin in self.pinned if pin.opened.id != new.id)
        pinned = (entry, *others) if new.id == self.owner else (*others, entry)
        return validated(
            type(self), _plain(self) | {"version": self.version + 1, "pinned": _pins(pinned)}, "trust store"
        )

    @model_validator(mode="after")
    def _fits(self) -> Self:
        cards = [pin.opened for pin in self.pinned]
        if len({card.id for card in cards}) != len(cards):
            raise rule("an organisation stands twice in the store")
        if cards[0].id != self.owner or cards[0].root != self.root:
            raise rule("the first card must be the owner's")
        if any(card.exercise != cards[0].exercise for card in cards):
            raise rule("exercise and real cards stand in one store")
        keys = [key.spki for card in cards for person in card.people for key in person.keys] + [c.root for c in cards]
        if len(set(keys)) != len(keys):
            raise rule("the same key stands on two cards")
        return self


def _plain(store: TrustStore) -> dict[str, object]:
    return dict(store.model_dump(mode="json"))


def _pins(pins: tuple[Pin, ...]) -> list[dict[str, object]]:
    return [dict(pin.model_dump(mode="json")) for pin in pins]


def sign_store(store: TrustStore, root: Signer) -> bytes:
    """The store in an envelope signed by its owner's root key."""
    if b64decode(store.root) != root.spki():
        raise UntrustedSigner("A trust store is signed by its owner's root key, and by no other.")
    return signed(STORE_TYPE, canonical(_plain(store)), root)


def open_store(data: bytes, *, root_spki: bytes | None = None) -> TrustStore:
    """The store in ``data``, signed by the root key that it names.

    ``root_spki`` is the key that a workspace has pinned: a store under another one is refused. Raises UntrustedSigner.
    """
    store = validated(TrustStore, parse(decode(data).payload), "trust store")
    if root_spki is not None and b64decode(store.root) != root_spki:
        raise UntrustedSigner("The trust store is not the one of this workspace.", hint="Restore it from a backup.")
    opened(data, STORE_TYPE, b64decode(store.root), "trust store")
    return store
