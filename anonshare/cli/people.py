"""Officers, root keys, contact cards: whose word counts."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from anonshare.cli import custody, keys, reversal  # noqa: F401  each adds its commands to the app
from anonshare.cli.app import Home, Json, PassphraseFile, trust_app
from anonshare.cli.office import _beside, _secret
from anonshare.cli.say import data, done, words

RootOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--root", help="A root key that is not in the workspace: root.key, or a .txt with the words on paper."
    ),
]
Words = Annotated[str | None, typer.Option("--words", help="The card's words as heard over the phone, in quotes.")]


def _roots(files: list[Path] | None) -> dict[Path | str, bytes]:
    """Root keys with their passphrases; paper has none."""
    return {path: b"" if path.suffix == ".txt" else _secret(_beside(path), path.parent.name) for path in files or []}


@trust_app.command("card")
def card(home: Home = Path(), as_json: Json = False) -> None:
    """The words of the own contact card, to be read over the phone, and where the card is."""
    from anonshare.pipeline.cards import card_words
    from anonshare.workspace import Workspace

    path = Workspace.open(home).root / "card.dsse.json"
    words(f"Hand out {path}; its words:")
    done("trust card", " ".join(card_words(path.read_bytes())), as_json=as_json)


@trust_app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="An officer's person.json, or another organisation's card.dsse.json.")],
    fingerprint: Words = None,
    by: Annotated[str, typer.Option(help="Who compared the words.")] = "",
    root: RootOption = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Let an officer sign for this organisation, pin another organisation's card, or take its update."""
    from anonshare.pipeline.cards import add_card, is_known
    from anonshare.pipeline.officers import add_person, is_person
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    if is_person(file):
        changed = add_person(place, file, roots=_roots(root))
        words(f"{len(changed.people)} officer(s) on the card; roles: {', '.join(sorted(changed.thresholds))}.")
        _changed(changed)
    else:
        heard = "" if is_known(place, file) else _heard(file, fingerprint)
        changed = add_card(place, file, words=heard, by=by, roots=_roots(root))
        words(f"Pinned: {changed.id} ({changed.kind}), version {changed.version} of its card.")
    if as_json:
        done("trust add", changed.id, as_json=True)


@trust_app.command("repin")
def repin(
    file: Annotated[Path, typer.Argument(help="The new card.dsse.json of an organisation that lost its root keys.")],
    by: Annotated[str, typer.Option(help="Who compared the words.")],
    fingerprint: Words = None,
    root: RootOption = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Pin an organisation anew under other root keys; what was accepted before stays verifiable."""
    from anonshare.pipeline.cards import repin as again
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    changed = again(place, file, words=_heard(file, fingerprint), by=by, roots=_roots(root))
    words(f"Pinned anew: {changed.id} ({changed.kind}).")
    if as_json:
        done("trust repin", changed.id, as_json=True)


@trust_app.command("revoke")
def revoke(
    who: Annotated[str, typer.Argument(help="A person's id, or the beginning of a key id: anonshare trust show")],
    why: Annotated[
        Literal["left", "superseded", "compromised"], typer.Option(help="Only compromised undoes the past.")
    ],
    since: Annotated[datetime | None, typer.Option(help="UTC; default: now.")] = None,
    root: RootOption = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """End the keys of one of your officers."""
    from anonshare.pipeline.officers import revoke as end
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    when = None if since is None else since.replace(tzinfo=UTC)
    _changed(end(place, who, why=why, since=when, roots=_roots(root)))
    if as_json:
        done("trust revoke", place.id, as_json=True)


@trust_app.command("rotate")
def rotate(
    root: RootOption = None, home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Three new root keys in the place of the old ones; two of the old ones sign."""
    from anonshare.pipeline.root_keys import at_hand, rotate_roots
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    _changed(rotate_roots(place, roots=_roots(root)))
    words(f"Hand the new root keys out: {', '.join(at_hand(Workspace.open(home)))} (anonshare keys take).")
    if as_json:
        done("trust rotate", place.id, as_json=True)


@trust_app.command("renew")
def renew(
    root: RootOption = None, home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """Sign the own card and the trust store anew; prints until when they count."""
    from anonshare.pipeline.cards import renew as again
    from anonshare.workspace import Workspace

    done(
        "trust renew", again(Workspace.open(home, passphrase_file=passphrase_file), roots=_roots(root)), as_json=as_json
    )


@trust_app.command("threshold")
def threshold(
    role: Annotated[str, typer.Argument(help="A role on the card.")],
    number: Annotated[int, typer.Argument(min=1, max=16, help="How many persons must sign in it.")],
    root: RootOption = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """How many persons must sign in a role."""
    from anonshare.pipeline.officers import set_threshold
    from anonshare.workspace import Workspace

    _changed(set_threshold(Workspace.open(home, passphrase_file=passphrase_file), role, number, roots=_roots(root)))
    if as_json:
        done("trust threshold", role, as_json=True)


@trust_app.command("restart")
def restart(
    stream: Annotated[str, typer.Argument(help="A stream: anonshare ledger show")],
    root: RootOption = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Let a stream go on from where the ledger stands, whatever its recipient saw."""
    from anonshare.pipeline.root_keys import restart_stream
    from anonshare.workspace import Workspace

    start = restart_stream(Workspace.open(home, passphrase_file=passphrase_file), stream, roots=_roots(root))
    words(f"The next bundle of {start.stream} is number {start.seq}. Hand out card.dsse.json again: it says so.")
    if as_json:
        done("trust restart", start.stream, as_json=True)


@trust_app.command("clock")
def clock(
    root: RootOption = None, home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False
) -> None:
    """At an agency whose clock was wrong: what it recorded for the future does not stop it any more."""
    from anonshare.pipeline.root_keys import reset_clock
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    reset_clock(place, roots=_roots(root))
    done("trust clock", place.id, as_json=as_json)


@trust_app.command("show")
def show(home: Home = Path(), as_json: Json = False) -> None:
    """Whose keys count here, and until when."""
    from anonshare.pipeline.trust_view import trust_json, trust_lines
    from anonshare.workspace import Workspace

    store = Workspace.open(home).trust
    data(trust_json(store) if as_json else trust_lines(store), as_json=as_json)


def _changed(card) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  the type would load the room before --help
    from anonshare.pipeline.officers import single_holders
    from anonshare.workspace import now_utc

    words(f"Hand out card.dsse.json again: it is version {card.version} now.")
    for role in single_holders(card, now_utc()):
        words(f"! Only one person can sign as {role}: if that person is away, nothing leaves.")


def _heard(file: Path, given: str | None) -> str:
    """The words that were heard over the phone; the file's own are shown to be compared."""
    from anonshare.errors import UsageError
    from anonshare.pipeline.cards import card_words

    if given is not None:
        return given
    words("Ask the organisation to read its words over the phone. This file's words are:")
    words(" ".join(card_words(file.read_bytes())))
    if not sys.stdin.isatty():
        raise UsageError("The words were not compared.", hint='Give the words that you heard: --words "…"')
    return input("The words that you heard: ")
