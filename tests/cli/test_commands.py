"""The command line: exit codes, data on stdout, words on stderr, and nothing of a cell in either."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.policy.shelf import fill, template
from anonshare.samples.cases import cases

pytestmark = pytest.mark.slow


def run(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
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
    """An office, a desk and two officers, made by the commands of the README."""
    root = tmp_path_factory.mktemp("cli")
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text("correct horse")
    with_secret = {"ANONSHARE_KEY_PASSPHRASE_FILE": str(secret)}

    def ok(*arguments: str | Path) -> str:
        done = run(*arguments, cwd=root, **with_secret)
        assert done.returncode == 0, done.stderr
        return done.stdout

    ok("setup", "office", "--id", "ngo-lumina", "--title", "NGO Lumina", "--exercise")
    ok("setup", "desk", "--agency", "--id", "agency-x", "--title", "Unit X", "--exercise")
    for name, role in (("ionescu", "data-officer"), ("weiss", "legal-officer")):
        ok("keys", "new", name, "--name", f"A. {name.title()}", "--role", role)
        ok("trust", "add", f"{name}/person.json", "--home", "office")
    for giver, taker in (("office", "desk"), ("desk", "office")):
        words = ok("trust", "card", "--home", giver).strip()
        ok("trust", "add", f"{giver}/card.dsse.json", "--words", words, "--home", taker)
    (root / "office" / "policies" / f"{POLICY}.yaml").write_text(fill(template(POLICY), FILLED))
    cases(120, seed=3).write_csv(root / "cases.csv")
    return root, with_secret, ok


def test_the_story_at_the_command_line(place):
    """The commands of the README go from a table to a signed receipt."""
    root, secret, ok = place
    assert "Every gate is open" in ok("plan", "cases.csv", "-p", POLICY, "--home", "office")
    assert json.loads(ok("plan", "cases.csv", "-p", POLICY, "--home", "office", "--json"))["met"] is True
    folder = Path(ok("draft", "cases.csv", "-p", POLICY, "--home", "office").strip())
    (request,) = (root / folder).glob("*.approval.zip")
    assert run("approve", request, "--key", "ionescu/officer.key", cwd=root, **secret).returncode == 2
    approvals = [
        ok("approve", request, "--key", f"{name}/officer.key", "--yes").strip() for name in ("ionescu", "weiss")
    ]
    refused = run("seal", folder, approvals[0], "--to", "out", "--home", "office", cwd=root, **secret)
    assert refused.returncode == 3
    assert "legal-officer" in refused.stderr
    sealed = ok("seal", folder, *approvals, "--to", "out", "--home", "office").strip()
    assert ok("verify", sealed, "--home", "desk").startswith("ACCEPTED")
    assert json.loads(ok("verify", sealed, "--home", "desk", "--json"))["verdict"] == "accepted"
    assert "PROMISES KEPT" in ok("audit", sealed, "--home", "desk")
    assert json.loads(ok("audit", sealed, "--home", "desk", "--json"))["met"] is True
    receipt = ok("ingest", sealed, "--home", "desk").strip()
    assert (root / receipt).is_file()
    assert json.loads(ok("ingest", sealed, "--home", "desk", "--json"))["duplicate"] is True
    (opened,) = (root / "desk" / "opened").glob("*.zip")
    assert "NOT checked" in ok("verify", opened, "--trust", "desk/trust.dsse.json")
    assert "cases.parquet" in ok("inspect", opened, "--trust", "desk/trust.dsse.json")
    assert "disclosure" in json.loads(ok("inspect", opened, "--home", "desk", "--json"))
    import zipfile

    agreed = root / "agreed.yaml"
    with zipfile.ZipFile(opened) as archive:
        agreed.write_bytes(archive.read("data/policy.yaml"))
    assert "agreed on" in ok("audit", opened, "--home", "desk", "--policy", agreed)
    agreed.write_text(agreed.read_text().replace("P2Y", "P9Y"))
    assert run("audit", opened, "--home", "desk", "--policy", agreed, cwd=root, **secret).returncode == 5
    touched = root / "touched.anonshare.zip"
    data = bytearray(opened.read_bytes())
    data[len(data) // 2] ^= 1
    touched.write_bytes(data)
    assert run("verify", touched, "--home", "desk", cwd=root, **secret).returncode == 4


def test_show_and_doctor(place):
    """The workspace's trust, a key's id and the doctor's findings can be read."""
    root, secret, ok = place
    assert "agency-x (agency)" in ok("trust", "show", "--home", "office")
    assert json.loads(ok("trust", "show", "--home", "office", "--json"))["organisations"][0]["id"] == "ngo-lumina"
    assert len(ok("keys", "show", "ionescu/officer.key").strip()) == 64
    assert "chain whole" in ok("doctor", "--home", "office")
    assert all("check" in one for one in json.loads(ok("doctor", "--json"))["findings"])
    assert run("doctor", "--home", "nowhere", cwd=root).returncode == 1


def test_share_in_one(place):
    """Share asks for nothing where passphrases lie beside the keys."""
    root, secret, ok = place
    for name in ("ionescu", "weiss"):
        beside = root / name / "passphrase"
        beside.touch(mode=0o600)
        beside.write_text("correct horse")
    text = (
        (root / "office" / "policies" / f"{POLICY}.yaml").read_text().replace("id: ngo-cases-to-police", "id: second")
    )
    (root / "office" / "policies" / "second.yaml").write_text(text)
    keys = ("--key", "ionescu/officer.key", "--key", "weiss/officer.key")
    done = run("share", "cases.csv", "-p", "second", *keys, "--to", "out2", "--home", "office", cwd=root, **secret)
    assert done.returncode == 0, done.stderr
    assert Path(root / done.stdout.strip()).is_file()


WRONG = {
    "usage": (("plan",), 2, "Missing"),
    "unknown option": (("plan", "x.csv", "--polcy", "y"), 2, "No such option"),
    "no workspace": (("plan", "cases.csv", "-p", POLICY, "--home", "nowhere"), 1, "no workspace"),
    "no file": (("plan", "nothing.csv", "-p", POLICY, "--home", "office"), 1, "anonshare:"),
    "no policy": (("plan", "cases.csv", "-p", "nothing", "--home", "office"), 1, POLICY),
    "empty file": (("plan", "empty.csv", "-p", POLICY, "--home", "office"), 1, "anonshare:"),
    "unknown key": (("plan", "cases.csv", "-p", "typo.yaml", "--home", "office"), 1, "controller"),
    "placeholder": (("plan", "cases.csv", "-p", "template.yaml", "--home", "office"), 3, "placeholder"),
    "uncovered column": (("plan", "wider.csv", "-p", POLICY, "--home", "office"), 3, "G2"),
    "missing column": (("plan", "narrow.csv", "-p", POLICY, "--home", "office"), 3, "G2"),
    "null unit": (("plan", "nobody.csv", "-p", POLICY, "--home", "office"), 3, "anonshare:"),
    "no bundle": (("verify", "nothing.zip", "--home", "desk"), 1, "anonshare:"),
    "a text as bundle": (("verify", "cases.csv", "--home", "desk"), 4, "REFUSED   (malformed)"),
    "nobody to ask": (("trust", "repin", "desk/card.dsse.json", "--by", "x", "--home", "office"), 2, "words"),
}


@pytest.mark.parametrize("case", WRONG.values(), ids=WRONG.keys())
def test_wrong_calls(place, case):
    """Each wrong call has its exit code, one clear sentence, no traceback, and shows no cell."""
    root, secret, _ = place
    arguments, code, words = case
    lines = (root / "cases.csv").read_text().splitlines()
    (root / "empty.csv").write_text("")
    (root / "wider.csv").write_text("\n".join([f"x,{lines[0]}", *(f"Zq7Canary,{line}" for line in lines[1:])]))
    (root / "narrow.csv").write_text("\n".join(line.split(",", 1)[1] for line in lines))
    header = lines[0].split(",")
    named = dict.fromkeys(header, "Zq7Canary") | dict.fromkeys(("first_name", "surname", "birth_date"), "")
    nobody = ",".join((named | {"consent_police": "yes"})[name] for name in header)
    (root / "nobody.csv").write_text("\n".join([*lines, nobody]))
    text = fill(template(POLICY), FILLED)
    (root / "typo.yaml").write_text(text.replace("controller:", "controler:"))
    (root / "template.yaml").write_text(template(POLICY))
    done = run(*arguments, cwd=root, **secret)
    shown = done.stdout + done.stderr
    assert done.returncode == code, shown
    assert words in shown
    assert "Traceback" not in shown
    assert "Zq7Canary" not in shown
    assert not list((root / "office" / "drafts").glob(".staging*"))


def test_no_terminal_no_passphrase(place):
    """Without a terminal and a passphrase file, a key is not asked for: an error says what to name."""
    root, _, _ = place
    done = run("plan", "cases.csv", "-p", POLICY, "--home", "office", cwd=root)
    assert done.returncode == 1
    assert "ANONSHARE_KEY_PASSPHRASE_FILE" in done.stderr


def test_a_read_only_place(place):
    """A folder that cannot be made is an error without a trace of it."""
    root, secret, _ = place
    (root / "file").write_text("x")
    done = run("setup", "file/below", "--id", "x", "--title", "X", cwd=root, **secret)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_an_error_of_ours_shows_no_words(monkeypatch, capsys):
    """An unknown exception is told by type and place; its message may hold a cell."""
    from anonshare.cli import agency, exchange, home, look, models, office, people, policies, story
    from anonshare.cli import app as cli

    assert all((agency, exchange, home, look, models, office, people, policies, story))

    def broken(**_):
        raise ValueError("Zq7Canary")

    monkeypatch.setattr(cli, "app", broken)
    assert cli.run() == 1
    shown = capsys.readouterr().err
    assert "ValueError at test_commands.py" in shown
    assert "Zq7Canary" not in shown
    monkeypatch.setattr(cli, "app", lambda **_: (_ for _ in ()).throw(KeyboardInterrupt()))
    assert cli.run() == 130


def test_help_and_verify_stay_light(place):
    """--help and verify load no guest of the heavy rooms, and fewer than 450 modules."""
    root, _, _ = place
    (opened,) = (root / "desk" / "opened").glob("*.zip")
    heavy = ("pandas", "numpy", "pyarrow", "spacy", "presidio_analyzer", "jinja2", "highspy")
    for arguments in (["--help"], ["verify", str(opened), "--trust", "desk/trust.dsse.json"]):
        code = (
            f"import sys; sys.argv = ['anonshare', *{arguments!r}]; from anonshare.cli.app import run; run();"
            f"sys.stderr.write(repr([[m for m in {heavy!r} if m in sys.modules], len(sys.modules)]))"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
        loaded, count = json.loads(done.stderr.replace("'", '"'))
        assert loaded == []
        assert count < 450
