"""Make a workspace, an officer's key folder, and the cards by which organisations know each other."""

from __future__ import annotations

import re
import secrets
from base64 import b64encode
from pathlib import Path
from typing import Literal

from anonshare.errors import InputError, UntrustedSigner, UsageError, WorkspaceError
from anonshare.files import make_private_dir, read_bytes, staging_dir, write_whole, writing
from anonshare.places import must_be_local
from anonshare.policy.requirements import FILE
from anonshare.policy.shelf import requirements_template, shelf, template
from anonshare.trust.card import ContactCard, Key, Person, card_digest, open_card, sign_card
from anonshare.trust.keys import generate_key, save_key
from anonshare.trust.store import TrustStore, sign_store
from anonshare.trust.vault import seal_secret
from anonshare.trust.words import fingerprint_words, same_words
from anonshare.wire.age import generate_identity, recipient_of
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import MARKER, Workspace, marker_bytes, now_utc

__all__ = ["add_card", "add_person", "card_words", "is_person", "new_officer", "setup"]

FOLDERS = {
    "contributor": ("keys", "policies", "ledger", "drafts", "receipts"),
    "agency": ("keys", "inbox", "opened", "quarantine", "receipts"),
}
CARD_LIMIT = 1 << 20
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}\Z")
LONGEST_NAME = 200


def _must_be_plain(what: str, *words: str) -> None:
    """Ids and roles stand in file names, streams and cards: raise UsageError where one is not plain."""
    if not all(SLUG.match(word) for word in words):
        raise UsageError(f"{what} must be lower-case letters, digits and dashes.", hint="For example: ngo-lumina")


def _must_be_named(name: str) -> None:
    if not 1 <= len(name) <= LONGEST_NAME:
        raise UsageError(f"A name must have 1 to {LONGEST_NAME} characters.")


def setup(
    path: Path | str,
    *,
    id: str,
    title: str,
    kind: Literal["contributor", "agency"] = "contributor",
    exercise: bool = False,
    passphrase_file: Path | str | None = None,
) -> Workspace:
    """Make a workspace in a new or empty folder, whole or not at all.

    ``id`` is a short name (lower-case letters, digits, dashes) that stands in policies and cards; ``exercise`` makes a
    workspace that no real one accepts. Raises WorkspaceError where the folder holds something already.
    """
    _must_be_plain("The id", id)
    _must_be_named(title)
    root = Path(path)
    if root.exists() and any(root.iterdir()):
        raise WorkspaceError("The folder is not empty.", hint="Choose a new folder for the workspace.")
    must_be_local(root)
    make_private_dir(root.parent, "the folder of the workspace")
    with staging_dir(root.parent, "the workspace") as stage:
        _fill(stage, id, title, kind, exercise, passphrase_file)
        with writing("the workspace"):
            if root.exists():
                root.rmdir()
            made = make_private_dir(stage)
            made.rename(root)
    return Workspace.open(root, passphrase_file=passphrase_file)


def _fill(
    stage: Path,
    id: str,
    title: str,
    kind: Literal["contributor", "agency"],
    exercise: bool,
    passphrase_file: Path | str | None,
) -> None:
    for name in FOLDERS[kind]:
        make_private_dir(stage / name)
    root = generate_key()
    spki = b64encode(root.spki()).decode()
    write_whole(
        stage / MARKER, marker_bytes(kind=kind, id=id, title=title, exercise=exercise, root=spki), "workspace file"
    )
    home = Workspace.open(stage, passphrase_file=passphrase_file)
    words = home.passphrase()
    identity = generate_identity()
    save_key(stage / "keys" / "root.key", root, words)
    seal_secret(stage / "keys" / "identity.sealed", identity.encode(), "identity", words)
    if kind == "contributor":
        seal_secret(stage / "keys" / "tokens.sealed", secrets.token_bytes(32), "tokens", words)
        seal_secret(stage / "keys" / "ledger.sealed", secrets.token_bytes(32), "ledger", words)
        for name in shelf():
            write_whole(stage / "policies" / f"{name}.yaml", template(name).encode(), "policy template")
    else:
        write_whole(stage / FILE, requirements_template().encode(), "requirements")
    card = ContactCard(
        card="card/1",
        id=id,
        title=title,
        kind=kind,
        people=(),
        thresholds={},
        recipients=(recipient_of(identity),),
        formats=("anonshare/1-draft",),
        exercise=exercise,
        version=1,
        root=spki,
        issued=_stamp(),
    )
    signed = sign_card(card, root)
    write_whole(stage / "card.dsse.json", signed, "contact card")
    write_whole(stage / "trust.dsse.json", sign_store(TrustStore.start(signed, _stamp()), root), "trust store")


def _stamp() -> str:
    return now_utc().strftime("%Y-%m-%dT%H:%M:%SZ")


def new_officer(
    folder: Path | str, *, name: str, roles: tuple[str, ...], passphrase: bytes, id: str | None = None
) -> Path:
    """Make an officer's key folder: ``officer.key`` (secret, under the passphrase) and ``person.json`` (to hand over).

    Returns the path of ``person.json``. Raises WorkspaceError where the folder holds a key already.
    """
    _must_be_plain("A role", *roles)
    _must_be_named(name)
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
        "valid_from": _stamp(),
    }
    save_key(place / "officer.key", signer, passphrase)
    write_whole(place / "person.json", canonical(public), "person file")
    return place / "person.json"


def is_person(path: Path | str) -> bool:
    """Whether a file is an officer's person.json rather than an organisation's card."""
    return "person" in parse(read_bytes(Path(path), "person file or contact card", CARD_LIMIT))


def add_person(home: Workspace, path: Path | str) -> ContactCard:
    """Put an officer into the organisation's own contact card, and his roles among those that must sign."""
    person = _person(parse(read_bytes(Path(path), "person file", CARD_LIMIT)))
    with home.lock():
        card, store = home.card, home.trust
        roles = {role: 1 for p in (*card.people, person) for role in p.roles}
        changes = {
            "people": (*card.people, person),
            "thresholds": roles,
            "version": card.version + 1,
            "issued": _stamp(),
        }
        signed = sign_card(ContactCard.model_validate({**dict(card), **changes}), home.root_key())
        home.save_trust(store.pin(signed, _stamp(), home.id))
        write_whole(home.root / "card.dsse.json", signed, "contact card")
    return home.card


def _person(raw: dict[str, object]) -> Person:
    try:
        spki = str(raw["spki"])
        key = Key.of(spki, valid_from=str(raw["valid_from"]))
        roles = tuple(str(role) for role in raw["roles"])  # type: ignore[attr-defined]  # a list, or refused below
        return Person(id=str(raw["id"]), name=str(raw["name"]), roles=roles, keys=(key,))
    except (KeyError, TypeError, ValueError):
        raise InputError(
            "This is no person file.", hint="It is the person.json that `anonshare keys new` made."
        ) from None


def card_words(data: bytes) -> tuple[str, ...]:
    """The words of a signed card, to be read over the phone."""
    return fingerprint_words(card_digest(data))


def add_card(home: Workspace, path: Path | str, *, words: str, by: str = "") -> ContactCard:
    """Pin another organisation's contact card after its words were compared over the phone.

    Raises UntrustedSigner where the words differ, where the card does not sign itself, or where it is an exercise card
    in a real workspace.
    """
    data = read_bytes(Path(path), "contact card", CARD_LIMIT)
    card = open_card(data)
    if card.id == home.id:
        raise UsageError("This is the workspace's own card.")
    if not same_words(words, card_digest(data)):
        raise UntrustedSigner(
            "The fingerprint words are not those of this card.", hint="Ask for the words again, over the phone."
        )
    with home.lock():
        home.save_trust(home.trust.pin(data, _stamp(), by or home.id))
    return card
