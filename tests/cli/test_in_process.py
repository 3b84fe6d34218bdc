"""The verbs through the one entry point, in this process: exit codes as documented, data on stdout."""

from __future__ import annotations

import json

import pytest

import anonshare as an
from anonshare.cli.app import run
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.samples.cases import cases


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A contributor's workspace, an agency's, and records."""
    root = tmp_path_factory.mktemp("process")
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text("correct horse")
    an.setup(root / "office", id="office", title="x", exercise=True, passphrase_file=secret)
    an.setup(root / "desk", id="desk", title="x", kind="agency", exercise=True, passphrase_file=secret)
    cases(20, seed=3).write_csv(root / "cases.csv")
    (root / "cases.notice.json").write_text("{}")
    office = an.Workspace.open(root / "office", passphrase_file=secret)
    person = an.new_officer(root / "ana", name="A", roles=("data-officer",), passphrase=b"correct horse", id="ana")
    an.add_person(office, person)
    (root / "ana" / "passphrase").touch(mode=0o600)
    (root / "ana" / "passphrase").write_text("correct horse")
    desk = an.setup(root / "other", id="other", title="x", kind="agency", exercise=True, passphrase_file=secret)
    card = desk.root / "card.dsse.json"
    an.add_card(office, card, words=" ".join(an.card_words(card.read_bytes())))
    (root / "office" / "policies" / f"{POLICY}.yaml").write_text(an.fill(an.template(POLICY), FILLED), "utf-8")
    return root


HOME = ["--home", "office"]
VERBS = [
    (["scan", "cases.csv", "--region", "RO"], 0),
    (["explain", "G8"], 0),
    (["explain", "gender", "-p", POLICY, *HOME], 0),
    (["explain", "nonsense"], 2),
    (["policy", "check", POLICY, *HOME], 0),
    (["policy", "diff", POLICY, POLICY, *HOME], 0),
    (["status", *HOME], 0),
    (["status", "--home", "desk"], 0),
    (["ledger", "show", *HOME], 0),
    (["ledger", "check", *HOME], 0),
    (["ledger", "recover", "cases.csv", "--by", "me", *HOME], 3),
    (["ledger", "head", "--contributor", "office", "--to", "heads.json", "--home", "desk"], 0),
    (["inbox", "--home", "desk"], 0),
    (["receive", "cases.csv", *HOME], 4),
    (["doctor", *HOME], 0),
    (["trust", "show", *HOME], 0),
    (["trust", "card", *HOME], 0),
    (["plan", "cases.csv", "-p", POLICY, *HOME], 3),
    (["export", "cases.csv", "--as", "csv", "--home", "desk"], 4),
    (["verify", "cases.csv", "--home", "desk"], 4),
    (["void", "office/x/desk", "1", "--key", "ana/officer.key", *HOME], 3),
    (["skip", "office/x/desk", "1", "2", "--key", "ana/officer.key", *HOME], 3),
    (["resend", "office/x/desk", "1", *HOME], 3),
    (["ingest", "cases.notice.json", "--home", "desk"], 4),
    (["trust", "revoke", "nobody", "--why", "left", *HOME], 2),
    (["trust", "threshold", "data-officer", "9", *HOME], 4),
    (["trust", "renew", *HOME], 0),
    (["trust", "rotate", *HOME], 0),
    (["trust", "clock", "--home", "desk"], 0),
    (["trust", "clock", *HOME], 1),
    (["trust", "restart", "office/x/desk", *HOME], 0),
    (["trust", "repin", "desk/card.dsse.json", "--by", "me", "--words", "acorn", *HOME], 4),
    (["trust", "add", "desk/card.dsse.json", *HOME], 2),
    (["trust", "add", "desk/card.dsse.json", "--words", "acorn", *HOME], 4),
    (["trust", "revoke", "ana", "--why", "superseded", "--since", "2026-01-01", *HOME], 0),
    (["keys", "take", "root-9", "out/nobody", *HOME], 1),
    (["ledger", "proof", "x", *HOME], 2),
    (["ledger", "proof", "0" * 64, *HOME], 3),
    (["verify", "cases.csv", "--trust", "desk/trust.dsse.json"], 4),
    (["nonsense"], 2),
]


@pytest.mark.parametrize(("arguments", "code"), VERBS)
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_exit_codes(place, monkeypatch, capsys, arguments, code, more):
    """In words and as JSON the code is the same; JSON is one object, and a refusal leaves stdout empty."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("ANONSHARE_KEY_PASSPHRASE_FILE", str(place / "passphrase"))
    monkeypatch.setattr("sys.argv", ["anonshare", *arguments, *more])
    assert run() == code
    shown = capsys.readouterr()
    if more and shown.out:
        assert isinstance(json.loads(shown.out), dict)
    assert "Traceback" not in shown.err


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_backup_and_restore(place, monkeypatch, capsys, more):
    """What backup writes, restore makes a workspace of."""
    monkeypatch.chdir(place)
    monkeypatch.setenv("ANONSHARE_KEY_PASSPHRASE_FILE", str(place / "passphrase"))
    name = f"b{len(more)}"
    for arguments in (["backup", f"{name}.backup", *HOME], ["restore", f"{name}.backup", "--to", name]):
        monkeypatch.setattr("sys.argv", ["anonshare", *arguments, *more])
        assert run() == 0
        assert capsys.readouterr().out
    assert an.Workspace.open(place / name).id == "office"
