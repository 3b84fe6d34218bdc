"""A trust store in words and as one object: whose keys count, until when, who compared the words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from anonshare.pipeline.plain_text import plain
from anonshare.trust.card import ContactCard, Key
from anonshare.trust.store import Pin, TrustStore

__all__ = ["trust_json", "trust_lines"]


def trust_json(store: TrustStore) -> dict[str, Any]:
    """The store as one object."""
    return {
        "trust": "trust/1",
        "version": store.version,
        "expires": store.expires,
        "organisations": [_organisation(pin) for pin in store.pinned],
    }


def _organisation(pin: Pin) -> dict[str, Any]:
    card = pin.opened
    return {
        "id": card.id,
        "kind": card.kind,
        "title": plain(card.title),
        "version": card.version,
        "expires": card.expires,
        "exercise": card.exercise,
        "pinned_at": pin.pinned_at,
        "pinned_by": plain(pin.pinned_by),
        "replaced": len(pin.former),
        "roles": dict(card.thresholds),
        "people": [
            {"id": p.id, "name": plain(p.name), "roles": list(p.roles), "keys": [_key(k) for k in p.keys]}
            for p in card.people
        ],
    }


def _key(key: Key) -> dict[str, Any]:
    return {"keyid": key.keyid, "status": key.status, "since": key.since, "valid_until": key.valid_until}


def trust_lines(store: TrustStore) -> Iterator[str]:
    """The store in words."""
    yield f"version {store.version}, takes in new things until {store.expires}"
    for pin in store.pinned:
        card = pin.opened
        yield f"{card.id} ({card.kind}): {plain(card.title)}, card {card.version}, until {card.expires}"
        yield f"  pinned {pin.pinned_at} by {plain(pin.pinned_by)}" + (
            f"; {len(pin.former)} lost root(s) before" if pin.former else ""
        )
        yield from _people(card)


def _people(card: ContactCard) -> Iterator[str]:
    for person in card.people:
        yield f"  {plain(person.name)} ({person.id}): {', '.join(person.roles)}"
        for key in person.keys:
            ends = f", until {key.valid_until}" if key.valid_until else ""
            yield f"    {key.keyid[:16]} {key.status}" + (f" since {key.since}" if key.since else "") + ends
