"""What goes between desks and programs: export, inbox, receive, and what must be said of bundles that left."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.agency import Bundle, _verified
from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.office import _beside, _secret
from anonshare.cli.say import data, done, words

Stream = Annotated[str, typer.Argument(help="The stream: anonshare ledger show")]
Officers = Annotated[list[Path], typer.Option("--key", help="An officer's key file; once for each who signs.")]
NoticeFolder = Annotated[Path, typer.Option(help="Folder for the notice, to be sent to the recipient.")]


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


@app.command()
def void(
    stream: Stream,
    number: Annotated[int, typer.Argument(help="The number of the bundle.")],
    key: Officers,
    to: NoticeFolder = Path("out"),
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """Call a bundle back: its recipient must not use it, and deletes what he has of it. One officer suffices."""
    from anonshare.pipeline.notices import void as call_back
    from anonshare.workspace import Workspace

    made = call_back(Workspace.open(home), stream, number, keys=_keys(key), to=to)
    words("Send the notice to the recipient. What was read already cannot be unread.")
    done("void", made, as_json=as_json)


@app.command()
def skip(
    stream: Stream,
    number: Annotated[int, typer.Argument(help="The first number that never comes.")],
    last: Annotated[int, typer.Argument(help="The last one.")],
    key: Officers,
    to: NoticeFolder = Path("out"),
    home: Home = Path(),
    as_json: Json = False,
) -> None:
    """Say that numbers of a stream never come, so that its recipient accepts the next one. All roles sign."""
    from anonshare.pipeline.notices import skip as pass_over
    from anonshare.workspace import Workspace

    done("skip", pass_over(Workspace.open(home), stream, number, last, keys=_keys(key), to=to), as_json=as_json)


@app.command()
def resend(
    stream: Stream,
    number: Annotated[int, typer.Argument(help="The number of the bundle.")],
    to: Annotated[Path, typer.Option(help="Folder for the sealed bundle.")] = Path("out"),
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Copy what left once more, byte for byte, for a file that was lost on its way."""
    from anonshare.pipeline.resend import resend as again
    from anonshare.workspace import Workspace

    done("resend", again(Workspace.open(home, passphrase_file=passphrase_file), stream, number, to), as_json=as_json)


def _keys(files: list[Path]) -> dict[Path | str, bytes]:
    return {path: _secret(_beside(path), path.parent.name) for path in files}
