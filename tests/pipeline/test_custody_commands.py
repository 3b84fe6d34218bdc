"""Custody at the command line: the story of the guide, with data on stdout and secrets nowhere."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import pytest

import anonshare as an
from anonshare.cli.app import run
from tests.pipeline.custody_story import SECRET, Custody

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture
def call(world, monkeypatch, capsys):
    """Runs a command in the world's folder; gives its exit code, stdout, stderr."""
    monkeypatch.chdir(world.root)
    monkeypatch.setenv("ANONSHARE_KEY_PASSPHRASE_FILE", "passphrase")
    monkeypatch.setenv("ANONSHARE_HOME", "office")

    def called(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["anonshare", *arguments])
        code = run()
        out, err = capsys.readouterr()
        return code, out, err

    return called


def appointed(world, call) -> Custody:
    for name, role in (("nadia", "custodian-a"), ("omar", "custodian-b")):
        assert call("keys", "new", name, "--custodian", "--name", name.title(), "--role", role)[0] == 0
        (world.root / name / "passphrase").touch(mode=0o600)
        (world.root / name / "passphrase").write_bytes(SECRET)
        assert call("custody", "add", f"{name}/person.json")[0] == 0
    return Custody(world.office, world.desk, world.root, world.root / "nadia", world.root / "omar")


def test_keys_at_the_command_line(world, call):
    """Split, recover, rotate, list and destroy; no word of a share and no byte of a root is printed."""
    code, out, err = call("keys", "split", "--to", "sheets")
    assert (code, len(out.split())) == (0, 3)
    words = {word for path in out.split() for word in re.findall(r"\d ([a-z]+)", Path(path).read_text())}
    assert len(words) > 60
    assert len(words & set(re.findall(r"[a-z]+", out + err))) < 5
    sheets = out.split()[:2]
    assert call("keys", "recover", *sheets)[0] == 1
    (world.office.root / "keys" / "tokens.sealed").unlink()
    assert call("keys", "recover", sheets[0])[0] == 1
    assert call("keys", "recover", *sheets)[:2] == (0, "1\n")
    assert call("keys", "rotate")[:2] == (0, "2\n")
    code, out, err = call("keys", "epochs", "--json")
    told = json.loads(out)
    assert (told["epochs"], [one["state"] for one in told["keys"]]) == ("epochs/1", ["ended", "current"])
    assert told["keys"][0]["words"] in Path(sheets[0]).read_text()
    assert call("keys", "destroy", "2", "--by", "A. Ionescu", "--reason", "drill")[0] == 1
    code, out, err = call("keys", "destroy", "1", "--by", "A. Ionescu", "--reason", "drill")
    assert (code, out) == (0, "1\n")
    assert "burn" in err
    assert "nothing changed" in call("keys", "destroy", "1", "--by", "A. Ionescu", "--reason", "drill")[2]
    assert call("ledger", "show")[1].count("destroyed") == 1
    assert [line.split()[1] for line in call("keys", "epochs")[1].splitlines()] == ["destroyed", "current"]


def test_a_reversal_at_the_command_line(world, call):
    """Request, two approvals, answer, open, log; one approval exits with 4, a second answer with 5 and no file."""
    house = appointed(world, call)
    house.release(1)
    token = house.token("Ana Pop")
    asking = ["--case", "2026/117", "--basis", "Art. 36", "--token", token, "--contributor", "ngo-lumina"]
    assert call("reverse", "request", *asking, "-o", "q.request", "--home", "desk")[:2] == (0, "q.request\n")
    given = []
    for name in ("nadia", "omar"):
        code, out, err = call("reverse", "approve", "q.request", "--key", f"{name}/officer.key")
        assert code == 0
        assert "2026/117" in err
        given.append(out.strip())
    opening = ["--identity", "nadia/identity.sealed", "--identity", "omar/identity.sealed"]
    code, out, err = call("reverse", "answer", "q.request", given[0], *opening, "-o", "q.age")
    assert (code, out) == (4, "")
    assert call("reverse", "answer", "q.request", *given, *opening[:2], "-o", "q.age")[0] == 5
    assert not Path("q.age").exists()
    code, reference, err = call("reverse", "answer", "q.request", *given, *opening, "-o", "q.age")
    assert code == 0
    assert call("reverse", "answer", "q.request", *given, *opening, "-o", "again.age")[:2] == (5, reference)
    assert not Path("again.age").exists()
    assert call("reverse", "open", "q.age", "--home", "desk")[1] == f"{token}  r1\n"
    told = json.loads(call("reverse", "open", "q.age", "--home", "desk", "--json")[1])
    assert (told["answer"], told["found"][0]["unit"]) == ("reversal-answer/1", "Ana Pop")
    code, out, err = call("reverse", "log")
    assert "2026/117" in out
    assert token not in out
    assert json.loads(call("reverse", "log", "--json")[1])["entries"][0]["tokens"] == 1


def test_custodians_at_the_command_line(world, call):
    """They are appointed, shown and removed; a custodian with two roles or with an end is not made."""
    house = appointed(world, call)
    house.release(1)
    shown = json.loads(call("custody", "show", "--json")[1])
    assert ([one["name"] for one in shown["held"]], shown["registers"]) == (["Nadia", "Omar"], 1)
    assert call("custody", "show")[1].endswith("registers: 1\n")
    assert call("custody", "expire")[:2] == (0, "0\n")
    assert call("custody", "remove", shown["held"][0]["person"])[0] == 0
    assert "Nadia" not in call("custody", "show")[1]
    new = ["keys", "new", "x", "--custodian", "--name", "X", "--role", "custodian-a"]
    assert call(*new, "--role", "custodian-b")[0] == 2
    assert call(*new, "--id", "x")[0] == 2
    assert not Path("x").exists()


def test_the_guide_to_custody_runs(tmp_path, monkeypatch):
    """Every example of docs/custody.md gives what it says."""
    monkeypatch.chdir(tmp_path)
    secret = tmp_path / "passphrase"
    secret.touch(mode=0o600)
    secret.write_bytes(SECRET)
    an.setup("office", id="ngo-lumina", title="NGO Lumina", exercise=True, passphrase_file=secret)
    failed, tried = doctest.testfile(
        str(CHECKOUT / "docs" / "custody.md"), module_relative=False, optionflags=doctest.IGNORE_EXCEPTION_DETAIL
    )
    assert tried > 15
    assert not failed
