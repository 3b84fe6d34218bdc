"""Those who sign for an organisation: a key of their own, a place on the card, and an end."""

from __future__ import annotations

import secrets
from base64 import b64encode
from datetime import datetime
from pathlib import Path
from typing import Literal

from anonshare.errors import InputError, UsageError, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, write_whole
from anonshare.pipeline.own_card import CARD_LIMIT, change_card, stamp
from anonshare.pipeline.plain_words import must_be_named, must_be_plain
from anonshare.trust.card import ContactCard, Key, Person
from anonshare.trust.keys import generate_key, save_key
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import RootKeys, Workspace, now_utc

__all__ = ["add_person", "is_person", "new_officer", "revoke", "set_threshold", "single_holders"]

PART_OF_ID = 8


def new_officer(
    folder: Path | str,
    *,
    name: str,
    roles: tuple[str, ...],
    passphrase: bytes,
    id: str | None = None,
    valid_until: datetime | None = None,
) -> Path:
    """Make an officer's key folder: ``officer.key`` (secret, under the passphrase) and ``person.json`` (to hand over).

    ``id`` is given for a new key of somebody who is on the card already, ``valid_until`` where the key shall end by
    itself. Returns the path of ``person.json``. Raises WorkspaceError where the folder holds a key already.
    """
    must_be_plain("A role", *roles)
    must_be_named(name)
    if id is not None:
        must_be_plain("The id", id)
    place = make_private_dir(Path(folder), "the key folder")
    if (place / "officer.key").exists():
        raise WorkspaceError("The folder holds a key already.", hint="Choose a new folder; a key is never overwritten.")
    signer = generate_key()
    public = {
        "person": "person/1",
        "id": id or f"p-{secrets.token_hex(4)}",
        "name": name,
        "roles": list(roles),
        "spki": b64encode(signer.spki()).decode(),
        "valid_from": stamp(now_utc()),
        "valid_until": None if valid_until is None else stamp(valid_until),
    }
    save_key(place / "officer.key", signer, passphrase)
    write_whole(place / "person.json", canonical(public), "person file")
    return place / "person.json"


def is_person(path: Path | str) -> bool:
    """Whether a file is an officer's person.json rather than an organisation's card."""
    return b"person/1" in read_bytes(Path(path), "person file or contact card", CARD_LIMIT)[:4096]


def add_person(home: Workspace, path: Path | str, *, roots: RootKeys | None = None) -> ContactCard:
    """Put an officer into the organisation's own contact card, and his roles among those that must sign.

    For a person who is there already the new key is added, and his earlier ones are superseded from now on. ``roots``
    are root keys that are not in the workspace any more. Raises UntrustedSigner, InputError for no person file.
    """
    given, now = _person(read_bytes(Path(path), "person file", CARD_LIMIT)), stamp(now_utc())
    people = {person.id: person for person in home.card.people}
    before = people.get(given.id)
    if before is not None:
        kept = tuple(_ended(key, "superseded", now) for key in before.keys)
        given = given.model_copy(update={"keys": (*kept, *given.keys)})
    people[given.id] = given
    roles = {role: 1 for person in people.values() for role in person.roles} | dict(home.card.thresholds)
    return change_card(home, roots, people=tuple(people.values()), thresholds=roles)


def revoke(
    home: Workspace,
    who: str,
    *,
    why: Literal["left", "superseded", "compromised"],
    since: datetime | None = None,
    roots: RootKeys | None = None,
) -> ContactCard:
    """End the keys of a person (an id), or one key (the first eight digits of its id or more), from ``since`` on.

    What was accepted before stays accepted; ``compromised`` alone undoes what was first accepted after ``since``. Raises
    UsageError where nobody, or more than one key, is meant.
    """
    when = stamp(since or now_utc())
    met = [k.keyid for p in home.card.people for k in p.keys if p.id == who or _names(who, k)]
    if not met or (len({p.id for p in home.card.people for k in p.keys if k.keyid in met}) != 1):
        raise UsageError("No person or key, or more than one, is named so.", hint="anonshare trust show")
    people = tuple(
        p.model_copy(update={"keys": tuple(_ended(k, why, when) if k.keyid in met else k for k in p.keys)})
        for p in home.card.people
    )
    return change_card(home, roots, people=people)


def set_threshold(home: Workspace, role: str, number: int, *, roots: RootKeys | None = None) -> ContactCard:
    """How many persons must sign in a role; raises UntrustedSigner where the card has fewer."""
    return change_card(home, roots, thresholds={**home.card.thresholds, role: number})


def single_holders(card: ContactCard, now: datetime) -> tuple[str, ...]:
    """Roles in which only one person can sign: if that person is ill, or has to go, nothing leaves."""
    able = [p for p in card.people if any(_counts(k, stamp(now)) for k in p.keys)]
    return tuple(role for role in sorted(card.thresholds) if sum(role in p.roles for p in able) < 2)


def _counts(key: Key, now: str) -> bool:
    return key.status == "valid" and (key.valid_until is None or key.valid_until >= now)


def _names(who: str, key: Key) -> bool:
    return len(who) >= PART_OF_ID and key.keyid.startswith(who)


def _ended(key: Key, why: Literal["left", "superseded", "compromised"], when: str) -> Key:
    """The key with its end; a compromise outweighs any other end, and no end is taken back."""
    if key.status == "compromised" or (key.status != "valid" and why != "compromised"):
        return key
    return key.model_copy(update={"status": why, "since": when})


def _person(data: bytes) -> Person:
    raw = parse(data)
    try:
        until = raw.get("valid_until")
        key = Key.of(str(raw["spki"]), valid_from=str(raw["valid_from"]), valid_until=until)
        roles = tuple(str(role) for role in raw["roles"])
        return Person(id=str(raw["id"]), name=str(raw["name"]), roles=roles, keys=(key,))
    except (KeyError, TypeError, ValueError):
        raise InputError(
            "This is no person file.", hint="It is the person.json that `anonshare keys new` made."
        ) from None
