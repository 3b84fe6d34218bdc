"""The custodians of the registers: who they are, and which registers have ended."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.say import data, done, words

custody_app = typer.Typer(help="Who opens the registers of tokens.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(custody_app, name="custody")


@custody_app.command("add")
def add(
    person: Annotated[Path, typer.Argument(help="The person.json of `keys new --custodian`.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Appoint a custodian. Two roles are needed; registers open for one of each role together."""
    from anonshare.pipeline.custodians import appoint
    from anonshare.workspace import Workspace

    now = appoint(Workspace.open(home, passphrase_file=passphrase_file), person)
    words(f"{len(now.held)} custodian(s) in the roles {', '.join(now.roles)}.")
    done("custody add", ",".join(now.roles), as_json=as_json)


@custody_app.command("remove")
def remove(
    person: Annotated[str, typer.Argument(help="His id: anonshare custody show")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Take a custodian off the list: his approvals count no more."""
    from anonshare.pipeline.custodians import dismiss
    from anonshare.workspace import Workspace

    dismiss(Workspace.open(home, passphrase_file=passphrase_file), person)
    words("Registers that exist stay sealed to him: he and one of the other role can still open those.")
    done("custody remove", person, as_json=as_json)


@custody_app.command("show")
def show(home: Home = Path(), as_json: Json = False) -> None:
    """Who the custodians are, and how many registers there are."""
    from anonshare.pipeline.custodians import custodians
    from anonshare.pipeline.register import registers
    from anonshare.workspace import Workspace

    place = Workspace.open(home)
    held = [{"role": o.role, "person": o.person, "name": o.name, "keyid": o.keyid} for o in custodians(place).held]
    count = len(registers(place))
    if as_json:
        data({"custody": "custody/1", "held": held, "registers": count}, as_json=True)
        return
    data(f"{one['role']}  {one['person']}  {one['name']}  {one['keyid'][:8]}" for one in held)
    data(f"registers: {count}")


@custody_app.command("expire")
def expire(home: Home = Path(), as_json: Json = False) -> None:
    """Remove the registers whose end has come."""
    from anonshare.pipeline.register import expire_registers
    from anonshare.workspace import Workspace

    done("custody expire", str(len(expire_registers(Workspace.open(home)))), as_json=as_json)
