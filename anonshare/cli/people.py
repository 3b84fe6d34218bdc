"""Keys and trust: officers' key folders, contact cards."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, keys_app, trust_app
from anonshare.cli.office import _secret
from anonshare.cli.say import data, done, words


@keys_app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="A new folder for one officer's key.")],
    name: Annotated[str, typer.Option(help="The officer's name, as the agency shall see it.")],
    role: Annotated[list[str], typer.Option(help="A role, e.g. data-officer; several times for several.")],
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make an officer's key; prints the path of person.json, to be handed to the office."""
    from anonshare.pipeline.setup import new_officer

    made = new_officer(folder, name=name, roles=tuple(role), passphrase=_secret(passphrase_file))
    done("keys new", made, as_json=as_json)


@keys_app.command("show")
def show_key(
    key: Annotated[Path, typer.Argument(help="officer.key")],
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """The key id of a key file: SHA-256 of its public part."""
    from anonshare.trust.keys import keyid, load_key

    done("keys show", keyid(load_key(key, _secret(passphrase_file)).spki()), as_json=as_json)


@trust_app.command("card")
def card(home: Home = Path(), as_json: Json = False) -> None:
    """The words of the own contact card, to be read over the phone, and where the card is."""
    from anonshare.pipeline.setup import card_words
    from anonshare.workspace import Workspace

    path = Workspace.open(home).root / "card.dsse.json"
    words(f"Hand out {path}; its words:")
    done("trust card", " ".join(card_words(path.read_bytes())), as_json=as_json)


@trust_app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="An officer's person.json, or another organisation's card.dsse.json.")],
    fingerprint: Annotated[
        str | None, typer.Option("--words", help="The card's words as heard over the phone, in quotes.")
    ] = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Let an officer sign for this organisation, or pin another organisation's card."""
    from anonshare.errors import UsageError
    from anonshare.pipeline.setup import add_card, add_person, card_words, is_person
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    if is_person(file):
        changed = add_person(place, file)
        words(f"{len(changed.people)} officer(s) on the card; roles: {', '.join(sorted(changed.thresholds))}.")
        words("Hand out card.dsse.json again: it has changed.")
        if as_json:
            done("trust add", changed.id, as_json=True)
        return
    if fingerprint is None:
        words("Ask the organisation to read its words over the phone. This file's words are:")
        words(" ".join(card_words(file.read_bytes())))
        if not sys.stdin.isatty():
            raise UsageError("The words were not compared.", hint='Give the words that you heard: --words "…"')
        fingerprint = input("The words that you heard: ")
    pinned = add_card(place, file, words=fingerprint)
    words(f"Pinned: {pinned.id} ({pinned.kind}).")
    if as_json:
        done("trust add", pinned.id, as_json=True)


@trust_app.command("show")
def show(home: Home = Path(), as_json: Json = False) -> None:
    """Whose keys count here."""
    from anonshare.workspace import Workspace

    store = Workspace.open(home).trust
    cards = [
        {
            "id": one.id,
            "kind": one.kind,
            "title": one.title,
            "roles": dict(one.thresholds),
            "people": [f"{p.name}: {', '.join(p.roles)}" for p in one.people],
        }
        for one in store.organisations()
    ]
    if as_json:
        data({"trust": "trust/1", "version": store.version, "organisations": cards}, as_json=True)
        return
    for one in cards:
        data(f"{one['id']} ({one['kind']}): {one['title']}")
        data(f"  {person}" for person in one["people"])
