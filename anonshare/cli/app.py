"""The command line: flags and printing only. Data go to stdout, words to stderr, refusals to the exit code."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from anonshare.cli.say import problem, unexpected
from anonshare.errors import AnonshareError
from anonshare.registry import guests

__all__ = ["app", "run"]

app = typer.Typer(
    name="anonshare",
    help="Share case records without handing over identities.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
)
keys_app = typer.Typer(help="Key folders of officers.", no_args_is_help=True, rich_markup_mode=None)
trust_app = typer.Typer(help="Whose keys count.", no_args_is_help=True, rich_markup_mode=None)
policy_app = typer.Typer(help="Policies: check, compare, schema.", no_args_is_help=True, rich_markup_mode=None)
ledger_app = typer.Typer(help="What has left.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(ledger_app, name="ledger")
app.add_typer(policy_app, name="policy")
app.add_typer(keys_app, name="keys")
app.add_typer(trust_app, name="trust")

Home = Annotated[
    Path, typer.Option("--home", envvar="ANONSHARE_HOME", help="The workspace (default: the current folder).")
]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        envvar="ANONSHARE_KEY_PASSPHRASE_FILE",
        help="A file that holds the passphrase (default: a terminal is asked).",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object with stable ids on stdout.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"anonshare {version('anonshare')}")
        raise typer.Exit


@app.callback()
def main(
    _shown: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Share case records without handing over identities."""


AGENCY = {"audit", "ingest", "export", "inbox"}


def run() -> int:
    """Run the command line; returns the exit code. No traceback ever reaches the screen: it could hold a cell."""
    from anonshare.cli import agency, exchange, home, look, models, office, people, policies, story  # noqa: F401  each adds its commands to the app

    try:
        with guests("This command", "agency" if {*sys.argv[1:2]} & AGENCY else "share"):
            code = app(standalone_mode=False)
    except AnonshareError as error:
        problem(error)
        return error.exit_code
    except typer.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, typer.Abort):
        sys.stderr.write("Stopped; nothing was sealed.\n")
        return 130
    except Exception as error:  # noqa: BLE001  the last wall: an unknown message may hold the value of a cell
        if _is_usage(error):
            return 2
        unexpected(error)
        return 1
    return code if isinstance(code, int) else 0


def _is_usage(error: Exception) -> bool:
    """Typer's own usage errors print themselves, name the option, and exit with 2."""
    show = getattr(error, "show", None)
    if show is None or not hasattr(error, "exit_code"):
        return False
    show()
    return True
