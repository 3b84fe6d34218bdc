"""The trust store: an organisation's own card and the cards that it has pinned, signed by its root keys."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from anonshare.errors import UntrustedSigner
from anonshare.trust.card import ContactCard, Root, open_card
from anonshare.trust.card_file import CardVersion, follow, newest
from anonshare.trust.envelopes import signed, signed_by
from anonshare.trust.exercise import exercise_spki
from anonshare.trust.keys import Signer
from anonshare.trust.model import Model, Signed, Slug, Stamp, Text, rule, validated
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse

__all__ = ["STORE_TYPE", "Former", "Pin", "TrustStore", "expired", "must_follow", "open_store", "sign_store"]

STORE_TYPE = "application/vnd.anonshare.trust+json"


class Former(Model):
    """A card that counted until its organisation lost its root keys: for what was accepted before, and nothing else."""

    card: Signed
    until: Stamp

    @property
    def opened(self) -> ContactCard:
        """The card, checked against its own signatures."""
        return open_card(b64decode(self.card))


class Pin(Model):
    """A signed card (base64), when it was pinned, by whom its words were compared, and what it replaced."""

    card: Signed
    pinned_at: Stamp
    pinned_by: Text
    former: Annotated[tuple[Former, ...], Field(max_length=16)] = ()

    @property
    def signed(self) -> bytes:
        """The card's envelope."""
        return b64decode(self.card)

    @property
    def opened(self) -> ContactCard:
        """The card, checked against its own signatures."""
        return open_card(b64decode(self.card))


class TrustStore(Model):
    """Whose keys count for ``owner``. ``pinned`` holds the own card and those of others, each organisation once.

    After ``expires`` nothing new is taken in on the store's word; what was accepted before stays verifiable.
    """

    store: Literal["store/1"]
    owner: Slug
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    issued: Stamp
    expires: Stamp
    pinned: Annotated[tuple[Pin, ...], Field(min_length=1, max_length=1024)]

    @classmethod
    def start(cls, card: bytes, when: str, expires: str) -> TrustStore:
        """A store that trusts its owner alone, made from the owner's card file."""
        own = newest(card)
        pin = Pin(card=own.base64, pinned_at=when, pinned_by=own.card.id)
        return cls(store="store/1", owner=own.card.id, version=1, issued=when, expires=expires, pinned=(pin,))

    @property
    def own(self) -> ContactCard:
        """The owner's card."""
        return self.pinned[0].opened

    @property
    def root(self) -> Root:
        """The keys that sign the store: those of the owner's card."""
        return self.own.root

    def organisations(self) -> tuple[ContactCard, ...]:
        """Every card of the store, the owner's first."""
        return tuple(pin.opened for pin in self.pinned)

    def former(self) -> tuple[tuple[ContactCard, str], ...]:
        """Cards that were replaced after their root keys were lost, and until when they counted."""
        return tuple((one.opened, one.until) for pin in self.pinned for one in pin.former)

    def organisation(self, id: str) -> ContactCard:
        """The card of an organisation; raises UntrustedSigner where none is pinned."""
        return self.pin_of(id).opened

    def pin_of(self, id: str) -> Pin:
        """The pin of an organisation; raises UntrustedSigner where there is none."""
        for pin in self.pinned:
            if pin.opened.id == id:
                return pin
        raise UntrustedSigner(
            "The organisation's contact card is not pinned in this trust store.", hint="anonshare trust add CARD"
        )

    def holds(self, id: str) -> bool:
        """Whether a card of this name is pinned."""
        return any(card.id == id for card in self.organisations())

    def pin(self, data: bytes, when: str, by: str, expires: str) -> TrustStore:
        """The next version of the store with the newest card of a card file added, or an older one of it followed.

        Raises UntrustedSigner for an older card, one that does not follow from the pinned one by its root keys, one with
        a key that stands on another card, or an exercise card in a real store (and the other way round).
        """
        new = newest(data)
        self._must_be_alike(new.card)
        former: tuple[Former, ...] = ()
        if self.holds(new.card.id):
            old = self.pin_of(new.card.id)
            former, new = old.former, follow(b64decode(old.card), data)
        return self._with(Pin(card=new.base64, pinned_at=when, pinned_by=by, former=former), when, expires)

    def repin(self, data: bytes, when: str, by: str, expires: str) -> TrustStore:
        """The next version with an organisation's card under new root keys, after the old ones were lost or stolen.

        The old card stays for what was accepted before ``when``. Raises UntrustedSigner where the card is not pinned yet,
        or follows from the pinned one (then it is an update).
        """
        new: CardVersion = newest(data)
        self._must_be_alike(new.card)
        old = self.pin_of(new.card.id)
        if old.opened.root == new.card.root:
            raise UntrustedSigner(
                "The card has the root keys that are pinned already.", hint="anonshare trust add CARD"
            )
        former = (*old.former, Former(card=old.card, until=when))
        return self._with(Pin(card=new.base64, pinned_at=when, pinned_by=by, former=former), when, expires)

    def _must_be_alike(self, new: ContactCard) -> None:
        if new.exercise != self.own.exercise:
            raise UntrustedSigner("An exercise card belongs into an exercise store, a real one into a real store.")

    def _with(self, entry: Pin, when: str, expires: str) -> TrustStore:
        name = entry.opened.id
        others = tuple(pin for pin in self.pinned if pin.opened.id != name)
        pinned = (entry, *others) if name == self.owner else (*others, entry)
        plain = {
            **self.model_dump(mode="json"),
            "version": self.version + 1,
            "issued": when,
            "expires": expires,
            "pinned": [pin.model_dump(mode="json") for pin in pinned],
        }
        return validated(type(self), plain, "trust store")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        cards = [pin.opened for pin in self.pinned]
        if len({card.id for card in cards}) != len(cards):
            raise rule("an organisation stands twice in the store")
        if cards[0].id != self.owner:
            raise rule("the first card must be the owner's")
        if any(card.exercise != cards[0].exercise for card in cards):
            raise rule("exercise and real cards stand in one store")
        if any(one.opened.id != card.id for pin, card in zip(self.pinned, cards, strict=True) for one in pin.former):
            raise rule("a former card is of another organisation")
        keys = [key for card in cards for key in _all_keys(card)]
        if len(set(keys)) != len(keys):
            raise rule("the same key stands on two cards")
        return self


def _all_keys(card: ContactCard) -> list[str]:
    """Every key of a card but the published one of exercises, which stands on all of theirs."""
    roots = (key for key in card.root.keys if key != exercise_spki())
    return [*(key.spki for key in card.keys), *roots, card.office]


def sign_store(store: TrustStore, *signers: Signer, before: Root | None = None) -> bytes:
    """The store in an envelope signed by its owner's root keys and, where these changed, by those of ``before``.

    Raises UntrustedSigner where too few of them sign.
    """
    data = signed(STORE_TYPE, canonical(store.model_dump(mode="json")), *signers)
    for root in (store.root, before or store.root):
        if not signed_by(decode(data), STORE_TYPE, root.ders, root.threshold, "trust store"):
            raise UntrustedSigner(
                f"A trust store needs the signatures of {root.threshold} of its owner's {len(root.keys)} root keys.",
                hint="Name the key files of those who hold them: --root FILE, once for each.",
            )
    return data


def open_store(data: bytes, *, root: Root | None = None) -> TrustStore:
    """The store in ``data``, signed by the root keys of its owner's card.

    ``root`` are the keys that a workspace has pinned: a store under others is refused. Raises UntrustedSigner.
    """
    envelope = decode(data)
    store = validated(TrustStore, parse(envelope.payload), "trust store")
    if root is not None and store.root != root:
        raise UntrustedSigner("The trust store is not the one of this workspace.", hint="Restore it from a backup.")
    if not signed_by(envelope, STORE_TYPE, store.root.ders, store.root.threshold, "trust store"):
        raise UntrustedSigner("The trust store is not signed by enough of its owner's root keys.")
    return store


def must_follow(before: bytes, after: bytes) -> TrustStore:
    """The store in ``after``, where it is the next version of the one in ``before`` and both root keys signed it."""
    old, new = open_store(before), open_store(after)
    if (old.owner, old.version + 1) != (new.owner, new.version):
        raise UntrustedSigner("The trust store is not the next version of the one that stands here.")
    if not signed_by(decode(after), STORE_TYPE, old.root.ders, old.root.threshold, "trust store"):
        raise UntrustedSigner("The trust store is not signed by the root keys of the version before.")
    return new


def expired(expires: str, now: datetime) -> bool:
    """Whether a date has passed; the second itself still counts. Stamps of one form compare as text."""
    return now.strftime("%Y-%m-%dT%H:%M:%SZ") > expires
