"""The workspace's own care at the command line: exit codes, stable ids, data on stdout."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest


def run(*arguments, cwd, **environment):
    """The command as a user starts it, without a terminal."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("ANONSHARE_")}
    return subprocess.run(
        [sys.executable, "-m", "anonshare", *map(str, arguments)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=clean | environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A workspace that knows nobody yet, and its passphrase."""
    root = tmp_path_factory.mktemp("home")
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text("correct horse")
    with_secret = {"ANONSHARE_KEY_PASSPHRASE_FILE": str(secret)}
    done = run("setup", "office", "--id", "ngo-lumina", "--title", "NGO Lumina", "--exercise", cwd=root, **with_secret)
    assert done.returncode == 0, done.stderr
    return root, with_secret


def test_backup_restore_and_recover(place):
    """A backup comes back stale (exit 3), and a workspace that knows no agency is recovered by a person's word."""
    root, secret = place
    made = run("backup", "one.backup", "--home", "office", cwd=root, **secret)
    assert (made.returncode, made.stdout.strip()) == (0, "one.backup")
    assert "passphrase" in made.stderr
    assert run("backup", "one.backup", "--home", "office", cwd=root, **secret).returncode == 1
    assert run("backup", "office/in.backup", "--home", "office", cwd=root, **secret).returncode == 2
    back = run("restore", "one.backup", "--to", "again", cwd=root, **secret)
    assert (back.returncode, back.stdout.strip()) == (0, "again")
    assert run("restore", "one.backup", "--to", "again", cwd=root, **secret).returncode == 1
    stale = run("ledger", "check", "--home", "again", "--json", cwd=root)
    assert stale.returncode == 3
    assert json.loads(stale.stdout)["met"] is False
    assert run("doctor", "--home", "again", cwd=root).returncode == 1
    assert run("ledger", "recover", "--home", "again", cwd=root).returncode == 2
    assert run("ledger", "recover", "--by", "A. Ionescu", "--home", "again", cwd=root).returncode == 0
    assert run("ledger", "check", "--home", "again", cwd=root).returncode == 0
    shown = run("ledger", "show", "--home", "again", "--json", cwd=root)
    assert [entry["entry"] for entry in json.loads(shown.stdout)["entries"]] == ["restored", "recovered"]
    assert "input_digest" not in shown.stdout


def test_status(place):
    """The status is one object with a stable id, or words; it needs no passphrase."""
    root, _ = place
    told = json.loads(run("status", "--home", "office", "--json", cwd=root).stdout)
    assert (told["status"], told["drafts"], told["stale_since"]) == ("status/1", [], None)
    assert "open drafts: none" in run("status", "--home", "office", cwd=root).stdout
    assert run("status", "--home", "nowhere", cwd=root).returncode == 1
