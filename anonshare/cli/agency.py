"""The agency's commands: verify, audit, inspect, ingest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anonshare.cli.app import Home, Json, PassphraseFile, app
from anonshare.cli.say import data, words

if TYPE_CHECKING:
    from anonshare.bundle.verified import VerifiedBundle
    from anonshare.pipeline.transparency import InLog

Bundle = Annotated[Path, typer.Argument(metavar="BUNDLE", help="NAME.anonshare.zip or NAME.anonshare.zip.age")]
TrustFile = Annotated[
    Path | None, typer.Option("--trust", help="A trust store file, instead of a workspace; checks no stream order.")
]


@app.command()
def verify(
    bundle: Bundle,
    trust: TrustFile = None,
    proof: Annotated[Path | None, typer.Option(help="A proof that it stands in its contributor's log.")] = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Is it whole, theirs, for us, in order? Needs the base install alone; exits with 4 or 5 where not."""
    from anonshare.errors import BundleError, NotAcceptable
    from anonshare.pipeline.verdict import refusal_json, refusal_lines, verdict_json, verdict_lines

    try:
        with _verified(bundle, trust, home, passphrase_file) as verified:
            logged = _in_log(proof, verified, trust, home) if proof else None
            lines = verdict_lines(verified, logged=logged)
            data(verdict_json(verified, logged=logged) if as_json else lines, as_json=as_json)
    except (BundleError, NotAcceptable) as refused:
        data(refusal_json(refused) if as_json else refusal_lines(refused), as_json=as_json)
        raise typer.Exit(refused.exit_code) from None


@app.command()
def inspect(
    bundle: Bundle,
    trust: TrustFile = None,
    home: Home = Path(),
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """What is in a bundle that verifies: files, columns, promises; never a record."""
    with _verified(bundle, trust, home, passphrase_file) as verified:
        from anonshare.pipeline.plain_text import LINE, plain
        from anonshare.pipeline.verdict import inspect_json, inspect_lines

        data(
            inspect_json(verified) if as_json else (plain(line, LINE) for line in inspect_lines(verified)),
            as_json=as_json,
        )


@app.command()
def audit(
    bundle: Bundle,
    home: Home = Path(),
    policy: Annotated[Path | None, typer.Option(help="The public policy that was agreed on.")] = None,
    passphrase_file: PassphraseFile = None,
    as_json: Json = False,
) -> None:
    """Does it keep its promises? Recomputes from the data what can be recomputed; exits with 5 where not."""
    from anonshare.pipeline.desk import audit as run
    from anonshare.pipeline.plain_text import LINE, plain
    from anonshare.pipeline.verdict import audit_json, read_agreed
    from anonshare.workspace import Workspace

    desk = Workspace.open(home, passphrase_file=passphrase_file)
    with _verified(bundle, None, home, passphrase_file) as verified:
        report = run(verified, desk, read_agreed(policy) if policy else None)
    data(audit_json(report) if as_json else (plain(line, LINE) for line in report.lines()), as_json=as_json)
    if not report.met:
        raise typer.Exit(report.exit_code)


@app.command()
def ingest(bundle: Bundle, home: Home = Path(), passphrase_file: PassphraseFile = None, as_json: Json = False) -> None:
    """Verify, audit, and write into the agency's store, all or nothing; prints the path of the signed receipt.

    A notice (NAME.notice.json) takes effect at once: a bundle that was called back leaves the store.
    """
    from anonshare.pipeline.desk import ingest as run
    from anonshare.workspace import Workspace

    desk = Workspace.open(home, passphrase_file=passphrase_file)
    if bundle.name.endswith(".notice.json"):
        _notice(bundle, desk, as_json=as_json)
        return
    with _verified(bundle, None, home, passphrase_file) as verified:
        receipt = run(verified, desk)
    rows = ", ".join(f"{count} rows of {name}" for name, count in receipt.rows.items())
    words("It is in the store already; nothing was written twice." if receipt.duplicate else f"Ingested: {rows}.")
    if as_json:
        data(
            {
                "ingest": "ingest/1",
                "receipt": str(receipt.path),
                "digest": receipt.digest,
                "duplicate": receipt.duplicate,
            },
            as_json=True,
        )
    else:
        data(str(receipt.path))


def _in_log(proof: Path, verified: VerifiedBundle, trust: Path | None, home: Path) -> InLog:
    from anonshare.files import read_bytes
    from anonshare.pipeline.transparency import verify_proof
    from anonshare.trust.store import open_store
    from anonshare.workspace import Workspace

    if trust:
        return verify_proof(proof, verified, open_store(read_bytes(trust, "trust store", 16 << 20)))
    desk = Workspace.open(home)
    return verify_proof(proof, verified, desk.trust, desk)


def _notice(path, desk, *, as_json: bool) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001  the types would load the room before --help
    from anonshare.pipeline.notices import take_notice

    taken = take_notice(desk, path)
    n = taken.notice
    if as_json:
        data(
            {
                "notice": "notice/1",
                "kind": n.kind,
                "stream": n.stream,
                "seq": n.seq,
                "to": n.to,
                "rows": taken.rows,
                "new": taken.new,
            },
            as_json=True,
        )
        return
    what = "called back" if n.kind == "void" else "never come"
    numbers = f"{n.seq}" if n.seq == n.to else f"{n.seq} to {n.to}"
    data(f"Number {numbers} of {n.stream}: {what}; {taken.rows} rows removed." if taken.new else "Known already.")


def _verified(bundle: Path, trust: Path | None, home: Path, passphrase_file: Path | None):  # type: ignore[no-untyped-def]  # noqa: ANN202  the type would load the room before --help
    from anonshare.pipeline.desk import verify as in_workspace
    from anonshare.pipeline.desk import verify_with
    from anonshare.workspace import Workspace

    if trust is not None:
        return verify_with(bundle, trust)
    return in_workspace(bundle, Workspace.open(home, passphrase_file=passphrase_file))
