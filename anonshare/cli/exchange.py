"""What goes between desks and programs: export, inbox, receive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.agency import Bundle, _verified
from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.say import data, words


@app.command()
def export(
    bundle: Bundle,
    format: Annotated[str, typer.Option("--as", help="csv, xlsx or datapackage.")],
    to: Annotated[Path, typer.Option(help="Where the folder of the export is made.")] = Path("out"),
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Verify a bundle and write its tables for other programs, with the sender's conditions; prints the new folder."""
    from anonshare.pipeline.export import export as write

    with _verified(bundle, None, home, passphrase_file) as verified:
        made = write(verified, format, to)
    data({"export": "export/1", "format": format, "folder": str(made)} if as_json else str(made), as_json=as_json)


@app.command()
def inbox(
    take: Annotated[bool, typer.Option("--ingest", help="Take in what verifies; quarantine what is refused.")] = False,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """What has arrived, file by file; with --ingest also into the store. Exits with the worst code of the files."""
    from anonshare.pipeline.inbox import inbox as look
    from anonshare.workspace import Workspace

    found = look(Workspace.open(home, passphrase_file=passphrase_file), take=take)
    if as_json:
        files = [{"name": f.name, "size": f.size, "state": f.state, "code": f.code, "words": f.words} for f in found]
        data({"inbox": "inbox/1", "files": files}, as_json=True)
    else:
        data(f"{f.state:<9} {f.size:>12,}  {f.name}" + (f": {f.words}" if f.words else "") for f in found)
        words([] if found else ["The inbox is empty."])
    worst = max((f.code for f in found), default=0)
    if worst:
        raise typer.Exit(worst)


@app.command()
def receive(
    file: Annotated[Path, typer.Argument(help="A receipt that an agency sent back.")],
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """Check what comes back from an agency against the ledger, and keep it."""
    from anonshare.pipeline.receive import receive as take
    from anonshare.workspace import Workspace

    got = take(file, Workspace.open(home))
    if as_json:
        what = {"agency": got.agency, "stream": got.stream, "seq": got.seq, "rows": got.rows, "outcome": got.outcome}
        data({"receive": "receive/1", **what}, as_json=True)
        return
    told = {"kept": "kept", "known": "known already", "differs": "differs from the one before; both are kept"}
    data(f"{got.agency} confirms number {got.seq} of {got.stream}, {got.rows} rows: {told[got.outcome]}.")
