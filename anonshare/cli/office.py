"""The contributor's commands: setup, doctor, plan, draft, approve, seal, share."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated, Literal

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.say import data, done, progress_bar, words

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="The records: a workbook, CSV or Parquet; one file a table, or a folder."),
]
PolicyOption = Annotated[str, typer.Option("--policy", "-p", help="A policy of the workspace, or the path of one.")]
KeyOption = Annotated[Path, typer.Option("--key", help="The officer's key file.")]


@app.command()
def setup(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    id: Annotated[str, typer.Option(help="A short name: lower-case letters, digits, dashes.")],
    title: Annotated[str, typer.Option(help="The organisation's name.")],
    agency: Annotated[bool, typer.Option("--agency", help="A workspace that receives.")] = False,
    exercise: Annotated[bool, typer.Option("--exercise", help="For training; no real workspace accepts it.")] = False,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Make a workspace with its keys, trust store and contact card."""
    from anonshare.pipeline.cards import card_words
    from anonshare.pipeline.setup import setup as make

    kind: Literal["agency", "contributor"] = "agency" if agency else "contributor"
    home = make(folder, id=id, title=title, kind=kind, exercise=exercise, passphrase_file=passphrase_file)
    words(f"Made a workspace ({kind}) in {folder}.")
    if not exercise:
        words(
            "Two of three root keys decide whose word counts. They lie in keys/: hand root-1 and root-2 to two people"
            " (anonshare keys take), print root-paper.txt and delete it."
        )
    words("Hand out card.dsse.json; read its words over the phone:")
    done("setup", " ".join(card_words((home.root / "card.dsse.json").read_bytes())), as_json=as_json)


@app.command()
def doctor(home: Annotated[Path | None, typer.Option(envvar="ANONSHARE_HOME")] = None, as_json: Json = False) -> None:
    """What works here, and what to do where something does not."""
    from anonshare.pipeline.doctor import examine

    findings = examine(home)
    if as_json:
        found = [{"check": f.check, "ok": f.ok, "words": f.words} for f in findings]
        data({"doctor": "doctor/1", "findings": found}, as_json=True)
    else:
        data(f"{'ok  ' if f.ok else 'no  '}{f.check}: {f.words}" for f in findings)
    if not all(f.ok for f in findings if f.required):
        raise typer.Exit(1)


@app.command()
def plan(
    files: FilesArgument,
    policy: PolicyOption,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """The dry run: what leaves, what stays, every gate. Writes nothing; exits with 3 where a gate is closed."""
    from anonshare.pipeline.pages import plan_json, plan_words
    from anonshare.pipeline.plan import plan as make
    from anonshare.workspace import Workspace

    made = make(_data(files), policy, Workspace.open(home, passphrase_file=passphrase_file), progress=progress_bar())
    data(plan_json(made) if as_json else plan_words(made), as_json=as_json)
    if not made.met:
        raise typer.Exit(3)


@app.command()
def draft(
    files: FilesArgument,
    policy: PolicyOption,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    replace: Annotated[bool, typer.Option("--replace", help="Give up another open draft of this stream.")] = False,
    as_json: Json = False,
) -> None:
    """Fix all bytes of a release and make the file that the approvers sign. Prints the folder of the draft."""
    from anonshare.pipeline.draft import draft as make
    from anonshare.pipeline.plan import plan as planned
    from anonshare.workspace import Workspace

    office, bar = Workspace.open(home, passphrase_file=passphrase_file), progress_bar()
    work = make(planned(_data(files), policy, office, progress=bar), replace=replace, progress=bar)
    words(["The draft is fixed; nothing has left.", f"Hand this to the approvers: {work.request}"])
    done("draft", work.folder, as_json=as_json)


@app.command()
def approve(
    request: Annotated[Path, typer.Argument(metavar="NAME.approval.zip")],
    key: KeyOption,
    to: Annotated[Path | None, typer.Option(help="Folder for the approval (default: beside the request).")] = None,
    passphrase_file: PassphraseFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Sign without being asked; the plan was read already.")] = False,
    as_json: Json = False,
) -> None:
    """Read what would leave, and sign it. Runs on any machine with the base install."""
    from anonshare.errors import UsageError
    from anonshare.pipeline.approve import approve as sign
    from anonshare.pipeline.approve import open_request
    from anonshare.pipeline.plain_text import plain

    asked = open_request(request)
    # the plan travels beside what is signed: whoever changed it must not speak in the tool's voice
    words(plain(line, 500) for line in asked.plan.splitlines())
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("Nobody is there to confirm.", hint="Read the plan, then run it again with --yes.")
        if input("Sign this release? Type yes: ").strip() != "yes":
            raise UsageError("Not signed.")
    done("approve", sign(request, key=key, passphrase=_secret(passphrase_file), to=to), as_json=as_json)


@app.command()
def seal(
    draft_folder: Annotated[Path, typer.Argument(metavar="DRAFT")],
    approvals: Annotated[list[Path], typer.Argument(metavar="APPROVAL...")],
    to: Annotated[Path, typer.Option(help="Folder for the sealed bundle.")] = Path("out"),
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Check the approvals, pack, encrypt, check with the recipient's code, write the ledger."""
    from anonshare.pipeline.seal import seal as close
    from anonshare.workspace import Workspace

    release = close(draft_folder, approvals, to, home=Workspace.open(home, passphrase_file=passphrase_file))
    words(f"Sealed number {release.seq} of the stream; SHA-256 of the manifest {release.digest}.")
    done("seal", release.path, as_json=as_json)


@app.command()
def share(
    files: FilesArgument,
    policy: PolicyOption,
    key: Annotated[list[Path], typer.Option("--key", help="An officer's key file; once per role.")],
    to: Annotated[Path, typer.Option(help="Folder for the sealed bundle.")] = Path("out"),
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Plan, draft, approve and seal in one, where the officers' keys are at hand."""
    from anonshare.pipeline.share import share as release
    from anonshare.workspace import Workspace

    secrets: dict[Path | str, bytes] = {path: _secret(_beside(path), path.parent.name) for path in key}
    office = Workspace.open(home, passphrase_file=passphrase_file)
    made = release(_data(files), policy, office, keys=secrets, to=to, progress=progress_bar())
    words(f"Sealed number {made.seq} of the stream; SHA-256 of the manifest {made.digest}.")
    done("share", made.path, as_json=as_json)


def _data(files: list[Path]) -> Path | list[Path]:
    return files[0] if len(files) == 1 else files


def _beside(key: Path) -> Path | None:
    """A passphrase file beside an officer's key, where there is one."""
    found = key.parent / "passphrase"
    return found if found.is_file() else None


def _secret(file: Path | None, whose: str = "") -> bytes:
    from anonshare.trust.passphrase import passphrase

    environment = dict(os.environ)
    if file is not None:
        environment["ANONSHARE_KEY_PASSPHRASE_FILE"] = str(file)
    elif whose:
        environment.pop("ANONSHARE_KEY_PASSPHRASE_FILE", None)
    ask = (lambda: getpass(f"Passphrase {whose}: ".replace(" :", ":"))) if sys.stdin.isatty() else None
    return passphrase(environment, ask)
