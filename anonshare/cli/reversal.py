"""Requests to learn whose a token is: asked by an agency, approved by two custodians, answered once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.office import _beside, _secret
from anonshare.cli.say import data, done, words

reverse_app = typer.Typer(help="Requests to learn whose a token is.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(reverse_app, name="reverse")


@reverse_app.command("request")
def request(
    case: Annotated[str, typer.Option(help="The case for which it is asked.")],
    basis: Annotated[str, typer.Option(help="The legal basis, in words.")],
    token: Annotated[list[str], typer.Option(help="A token; several times for several.")],
    contributor: Annotated[str, typer.Option(help="Id of the contributor who made it.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to send to him.")],
    emergency: Annotated[
        Literal["vital-interest"] | None, typer.Option(help="Where a life depends on it; needs two approvals as well.")
    ] = None,
    wish: Annotated[
        Literal["reverse", "rewrap"], typer.Option(help="Whose they are, or what they are today.")
    ] = "reverse",
    reply_to: Annotated[Path | None, typer.Option(help="A card file of this agency (default: its own).")] = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """At an agency: ask a contributor whose tokens these are, in the name of the office."""
    from anonshare.pipeline.reversal_request import request_reversal
    from anonshare.workspace import Workspace

    desk = Workspace.open(home, passphrase_file=passphrase_file)
    made = request_reversal(
        desk,
        token,
        contributor=contributor,
        case=case,
        basis=basis,
        to=out,
        emergency=emergency,
        wish=wish,
        reply_to=reply_to,
    )
    done("reverse request", made, as_json=as_json)


@reverse_app.command("approve")
def approve(
    file: Annotated[Path, typer.Argument(metavar="REQUEST")],
    key: Annotated[Path, typer.Option(help="The custodian's officer.key.")],
    to: Annotated[Path | None, typer.Option(help="Folder for the approval (default: beside the request).")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """A custodian approves a request, after reading it; two of different roles are needed."""
    from anonshare.pipeline.reversal_request import approve_reversal, request_lines

    words(request_lines(file))
    made = approve_reversal(file, key=key, passphrase=_secret(passphrase_file or _beside(key)), to=to)
    done("reverse approve", made, as_json=as_json)


@reverse_app.command("answer")
def answer(
    file: Annotated[Path, typer.Argument(metavar="REQUEST")],
    approvals: Annotated[list[Path], typer.Argument(metavar="APPROVAL...")],
    identity: Annotated[list[Path], typer.Option(help="A custodian's identity.sealed; once for each of the two.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="The sealed answer, for the agency that asked.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """At the contributor: open the register with two custodians, write the log, seal the answer. A second time: exit 5."""
    from anonshare.pipeline.custodians import identity_in
    from anonshare.pipeline.reversal import answer_reversal
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    identities = [one for path in identity for one in identity_in(path, _secret(_beside(path), path.parent.name))]
    told = answer_reversal(place, file, approvals, identities=identities, to=out)
    if told.path is None:
        words("This request was answered before, under the same reference; another answer needs another request.")
    done("reverse answer", told.reference, as_json=as_json)
    if told.path is None:
        raise typer.Exit(5)


@reverse_app.command("open")
def open_it(
    file: Annotated[Path, typer.Argument(metavar="ANSWER")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """At the agency: read an answer. It goes to stdout: identities, and nothing else keeps them."""
    from anonshare.pipeline.reversal import open_answer
    from anonshare.workspace import Workspace

    told = open_answer(Workspace.open(home, passphrase_file=passphrase_file), file)
    words(f"{told.contributor}, reference {told.reference}. Handle it as the case file that it belongs to.")
    if as_json:
        data(told.model_dump(mode="json"), as_json=True)
        return
    data(f"{one.token}  {one.now or ', '.join(one.records)}" for one in told.found)


@reverse_app.command("log")
def log(home: Home = Path(), as_json: Json = False) -> None:
    """Which requests were answered: for whom, which case, on whose word."""
    from anonshare.pipeline.reversal_log import ReversalLog
    from anonshare.workspace import Workspace

    shown = ("when", "reference", "who", "case", "basis", "emergency", "approved", "tokens", "wish")
    entries = [e for e in ReversalLog(Workspace.open(home)).entries() if e["entry"] == "answered"]
    if as_json:
        data({"reversals": "reversals/1", "entries": [{key: e[key] for key in shown} for e in entries]}, as_json=True)
        return
    for e in entries:
        data(
            f"{e['when']}  {e['reference']}  {e['who']}: {e['tokens']} token(s), case {e['case']} ({', '.join(e['approved'])})"
        )
