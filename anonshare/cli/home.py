"""The workspace's own care: status, backup, restore, ledger."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, app, ledger_app
from anonshare.cli.office import _secret
from anonshare.cli.say import data, done, words


@app.command()
def status(home: Home = Path(), as_json: Json = False) -> None:
    """What is open, what is awaited, what ends within 90 days."""
    from anonshare.pipeline.status import status as look
    from anonshare.pipeline.status import status_json, status_lines
    from anonshare.workspace import Workspace

    found = look(Workspace.open(home))
    data(status_json(found) if as_json else list(status_lines(found)), as_json=as_json)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file, outside of the workspace.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """The whole workspace in one sealed file. Only the workspace's passphrase opens it."""
    from anonshare.pipeline.backup import backup as make
    from anonshare.workspace import Workspace

    made = make(Workspace.open(home, passphrase_file=passphrase_file), file)
    words("Keep it on another disk, and the passphrase apart from it: without the passphrase nobody opens it.")
    data({"backup": "backup/1", "file": str(made)} if as_json else str(made), as_json=as_json)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that anonshare backup wrote.")],
    to: Annotated[Path, typer.Option(help="A new or empty folder.")],
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make the workspace of a backup. Its ledger releases nothing until it was compared: anonshare ledger recover."""
    from anonshare.pipeline.restore import restore as make

    home = make(file, to, passphrase=_secret(passphrase_file))
    words(f"Restored the workspace of {home.id}.")
    if home.kind == "contributor":
        words("What left after the backup is not in its ledger: ask the agencies, then anonshare ledger recover.")
    data(
        {"restore": "restore/1", "id": home.id, "folder": str(home.root)} if as_json else str(home.root),
        as_json=as_json,
    )


@ledger_app.command("show")
def show(home: Home = Path(), as_json: Json = False) -> None:
    """What has left: when, to whom, on whose word."""
    from anonshare.pipeline.ledger_view import ledger_json, ledger_lines
    from anonshare.workspace import Workspace

    place = Workspace.open(home)
    data(ledger_json(place) if as_json else list(ledger_lines(place)), as_json=as_json)


@ledger_app.command("check")
def check(home: Home = Path(), as_json: Json = False) -> None:
    """Is the ledger whole and up to date? Exits with 3 where it is not."""
    from anonshare.pipeline.ledger_view import check_json, check_ledger
    from anonshare.workspace import Workspace

    findings = check_ledger(Workspace.open(home))
    if as_json:
        data(check_json(findings), as_json=True)
    else:
        data(f"{'ok' if f.ok else 'NO'}  {f.check}: {f.words}" for f in findings)
    if not all(f.ok for f in findings):
        raise typer.Exit(3)


@ledger_app.command("recover")
def recover(
    by: Annotated[str, typer.Option(help="Who answers for it.")],
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE...]", help="Heads and receipts that agencies signed; none where none is pinned."),
    ] = None,
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """Compare a restored ledger with what the agencies hold, and let it release again."""
    from anonshare.pipeline.recover import recover as compare
    from anonshare.workspace import Workspace

    found = compare(Workspace.open(home), files or [], by=by)
    if as_json:
        lost = [{"stream": one.stream, "seq": one.seq} for one in found.lost]
        data({"recover": "recover/1", "agencies": list(found.agencies), "lost": lost}, as_json=True)
        return
    data(f"Compared with {', '.join(found.agencies) or 'nobody: no agency is pinned'}.")
    data(f"lost: number {one.seq} of {one.stream}, which {one.recipient} holds" for one in found.lost)
    words("Releases stay refused while some are lost." if found.lost else "The ledger is up to date.")


@ledger_app.command("head")
def head(
    contributor: Annotated[str, typer.Option(help="Id of the contributor whose ledger was restored.")],
    to: Annotated[Path, typer.Option(help="The file to send to him.")],
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """An agency's signed word on what it has seen of a contributor."""
    from anonshare.pipeline.recover import write_heads
    from anonshare.workspace import Workspace

    made = write_heads(Workspace.open(home, passphrase_file=passphrase_file), contributor, to)
    done("ledger head", made, as_json=as_json)


@ledger_app.command("log")
def log(
    start: Annotated[
        bool, typer.Option("--start", help="Begin a log: a batch each period, filled with noise.")
    ] = False,
    every: Annotated[int, typer.Option(min=1, max=366, help="Days of a period.")] = 7,
    batch: Annotated[int, typer.Option(min=1, max=10_000, help="Entries of a batch.")] = 4,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Publish what is due of the organisation's append-only log: for a timer. Any web server shows log/public."""
    from anonshare.pipeline.transparency import check_log, publish_log, start_log
    from anonshare.workspace import Workspace

    place = Workspace.open(home, passphrase_file=passphrase_file)
    if start:
        start_log(place, every_days=every, batch=batch)
    words("Published." if publish_log(place) else "Nothing is due.")
    done("ledger log", f"{check_log(place).size} entries", as_json=as_json)


@ledger_app.command("proof")
def proof(
    digest: Annotated[str, typer.Argument(help="The digest of a bundle: anonshare ledger show, or verify.")],
    to: Annotated[Path, typer.Option(help="Folder for the proof, to be sent with the bundle.")] = Path("out"),
    since: Annotated[
        int | None, typer.Option(help="The size that its reader saw before: verify --proof says it.")
    ] = None,
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """The proof that a bundle stands in the published log; anonshare verify --proof checks it offline."""
    from anonshare.errors import UsageError
    from anonshare.pipeline.transparency import prove
    from anonshare.workspace import Workspace

    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise UsageError("A digest has 64 hexadecimal digits.", hint="anonshare ledger show")
    done("ledger proof", prove(Workspace.open(home), digest, to, since=since), as_json=as_json)
