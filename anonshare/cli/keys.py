"""Key folders of officers and custodians, and the keys of tokens: epochs, and shares on paper."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, keys_app
from anonshare.cli.office import _secret
from anonshare.cli.say import data, done, words


@keys_app.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="A new folder for one officer's key.")],
    name: Annotated[str, typer.Option(help="The officer's name, as the agency shall see it.")],
    role: Annotated[list[str], typer.Option(help="A role, e.g. data-officer; several times for several.")],
    id: Annotated[str | None, typer.Option(help="For a new key of somebody on the card: his id there.")] = None,
    until: Annotated[datetime | None, typer.Option(help="The day on which the key ends by itself.")] = None,
    custodian: Annotated[
        bool, typer.Option("--custodian", help="For one who opens registers, with another: also makes an identity.")
    ] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make an officer's or custodian's key; prints the path of person.json, to be handed to the office."""
    from anonshare.pipeline.officers import new_officer

    if custodian:
        done("keys new", _custodian(folder, name, role, id or until, passphrase_file), as_json=as_json)
        return
    end = None if until is None else until.replace(tzinfo=UTC)
    made = new_officer(
        folder, name=name, roles=tuple(role), passphrase=_secret(passphrase_file), id=id, valid_until=end
    )
    done("keys new", made, as_json=as_json)


def _custodian(
    folder: Path, name: str, role: list[str], more: str | datetime | None, passphrase_file: Path | None
) -> Path:
    from anonshare.errors import UsageError
    from anonshare.pipeline.custodians import new_custodian

    if len(role) != 1 or more is not None:
        raise UsageError("A custodian has one role, and neither --id nor --until.", hint="--role custodian-a")
    return new_custodian(folder, name=name, role=role[0], passphrase=_secret(passphrase_file))


@keys_app.command("show")
def show_key(
    key: Annotated[Path, typer.Argument(help="officer.key")],
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """The key id of a key file: SHA-256 of its public part."""
    from anonshare.trust.keys import keyid, load_key

    done("keys show", keyid(load_key(key, _secret(passphrase_file)).spki()), as_json=as_json)


@keys_app.command("take")
def take(
    name: Annotated[str, typer.Argument(help="root-1 or root-2")],
    folder: Annotated[Path, typer.Argument(help="A folder of its holder, outside of the workspace.")],
    holder_passphrase_file: Annotated[
        Path | None, typer.Option(help="A file with the holder's own passphrase (default: a terminal is asked).")
    ] = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Move a root key out of the workspace, to the person who shall hold it."""
    from anonshare.pipeline.root_keys import at_hand, take_root
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    made = take_root(place, name, folder, passphrase=_secret(holder_passphrase_file, "of the holder"))
    left = ", ".join(at_hand(place)) or "none"
    words(f"Root keys still in the workspace: {left}. Two of three sign changes of cards: --root FILE, once for each.")
    done("keys take", made, as_json=as_json)


@keys_app.command("epochs")
def epochs(home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False) -> None:
    """The epochs of the keys of tokens: state, and the words of the fingerprint."""
    from dataclasses import asdict

    from anonshare.pipeline.token_keys import epochs as look
    from anonshare.workspace import Workspace

    found = look(Workspace.open(home, passphrase_file=passphrase_file))
    if as_json:
        data({"epochs": "epochs/1", "keys": [asdict(one) for one in found]}, as_json=True)
        return
    for one in found:
        since = one.destroyed or one.ended or one.created or "before there were epochs"
        data(f"{one.epoch}  {one.state:<9}  {since:<20}  {one.words}".rstrip())


@keys_app.command("rotate")
def rotate(home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False) -> None:
    """Begin a new epoch: tokens from now on cannot be joined with those of before."""
    from anonshare.pipeline.token_keys import rotate_key
    from anonshare.workspace import Workspace

    made = rotate_key(Workspace.open(home, passphrase_file=passphrase_file))
    words("Split the new key as well: anonshare keys split. Drafts that are open keep the epoch that they have.")
    done("keys rotate", made, as_json=as_json)


@keys_app.command("destroy")
def destroy(
    epoch: Annotated[str, typer.Argument(help="An epoch that has ended: anonshare keys epochs")],
    by: Annotated[str, typer.Option(help="Who answers for it.")],
    reason: Annotated[str, typer.Option(help="Why: it stands in the ledger.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Destroy the key of an ended epoch. Refused while a bundle under it is still to be deleted by its recipient."""
    from anonshare.pipeline.token_keys import destroy_key
    from anonshare.workspace import Workspace

    gone = destroy_key(Workspace.open(home, passphrase_file=passphrase_file), epoch, by=by, reason=reason)
    words("Destroyed." if gone.new else f"It was destroyed at {gone.when}; nothing changed.")
    words("Paper shares of this epoch still hold it: collect and burn them.")
    if gone.backups:
        words(f"So do the backups of {', '.join(gone.backups)}: delete them, or let them expire.")
    done("keys destroy", epoch, as_json=as_json)


@keys_app.command("split")
def split(
    to: Annotated[Path, typer.Option(help="A folder outside of the workspace, to print from and to empty.")],
    shares: Annotated[int, typer.Option(help="How many people get a sheet.")] = 3,
    threshold: Annotated[int, typer.Option(help="How many of them are needed.")] = 2,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Write the current key as sheets of words, one a custodian (SLIP-39); prints their paths, never their words."""
    from anonshare.pipeline.custody import split_key
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    made = split_key(place, to, shares=shares, threshold=threshold)
    words(f"Print each of the {len(made)} sheets for one person, delete the files, and read the fingerprint aloud.")
    done("keys split", "\n".join(map(str, made)), as_json=as_json)


@keys_app.command("recover")
def recover(
    sheets: Annotated[list[Path], typer.Argument(metavar="SHEET...", help="Files with the words of shares.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Bring a lost key back from its sheets. A keyring that opens is never overwritten."""
    from anonshare.pipeline.custody import recover_key
    from anonshare.workspace import Workspace

    epoch = recover_key(Workspace.open(home, passphrase_file=passphrase_file), sheets)
    words("The fingerprint is the one on the list. Split the key anew if a sheet was lost: anonshare keys split")
    done("keys recover", epoch, as_json=as_json)
