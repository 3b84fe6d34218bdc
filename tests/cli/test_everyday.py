"""The everyday verbs at the command line: data on stdout with a stable id, words on stderr, documented exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from anonshare.cli.json_ids import json_schemas
from anonshare.cli.say import remaining
from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.policy.shelf import fill, template
from anonshare.samples.cases import cases

CANARY = "Zq7Canary"
CHECKOUT = Path(__file__).parents[2]
SCHEMAS = json.loads(json_schemas())


def anonshare(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "anonshare", *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False
    )


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A contributor's workspace, an agency's, and records with a canary in their notes."""
    root = tmp_path_factory.mktemp("everyday")
    secret = root / "passphrase"
    secret.touch(mode=0o600)
    secret.write_text("correct horse")
    for name, more in (("office", []), ("desk", ["--agency"])):
        done = anonshare(
            "setup", root / name, "--id", name, "--title", "x", "--exercise", "--passphrase-file", secret, *more
        )
        assert done.returncode == 0, done.stderr
    made = cases(30, seed=3)
    made.write_csv(root / "cases.csv")
    text = (root / "cases.csv").read_text("utf-8").replace("example.org", f"{CANARY}.org")
    (root / "cases.csv").write_text(text, "utf-8")
    (root / "office" / "policies" / f"{POLICY}.yaml").write_text(fill(template(POLICY), FILLED), "utf-8")
    return root


VERBS = [
    (["scan", "cases.csv"], "scan", "scan/1", 0),
    (["explain", "G8"], "explain", "explain/1", 0),
    (["models"], "models", "models/1", 0),
    (["explain", "gender", "-p", POLICY, "--home", "office"], "explain", "explain/1", 0),
    (["policy", "check", POLICY, "--home", "office"], "check", "policy-check/1", 0),
    (["policy", "diff", POLICY, POLICY, "--home", "office"], "diff", "policy-diff/1", 0),
    (["status", "--home", "office"], "status", "status/1", 0),
    (["status", "--home", "desk"], "status", "status/1", 0),
    (["ledger", "show", "--home", "office"], "ledger", "ledger/1", 0),
    (["ledger", "check", "--home", "office"], "check", "ledger-check/1", 0),
    (["inbox", "--home", "desk"], "inbox", "inbox/1", 0),
    (["doctor", "--home", "office"], "doctor", "doctor/1", 0),
    (["trust", "show", "--home", "office"], "trust", "trust/1", 0),
    (["trust", "card", "--home", "office"], "done", "done/1", 0),
    (["plan", "cases.csv", "-p", POLICY, "--home", "office"], "plan", "plan/1", 3),
]


@pytest.mark.parametrize(("arguments", "key", "value", "code"), VERBS)
def test_json_is_one_object_with_a_stable_id(place, arguments, key, value, code):
    """Stdout is the object alone, and no cell is in any of it."""
    done = anonshare(*arguments, "--json", cwd=place)
    assert done.returncode == code, done.stderr
    found = json.loads(done.stdout)
    assert found[key] == value
    jsonschema.validate(found, SCHEMAS)
    words = anonshare(*arguments, cwd=place)
    assert words.returncode == code
    assert words.stdout.strip() or words.stderr.strip()
    assert CANARY not in done.stdout + done.stderr + words.stdout + words.stderr


def test_backup_and_restore(place):
    """A backup opens with the passphrase alone; the restored workspace says that it is stale."""
    secret = ["--passphrase-file", "passphrase"]
    done = anonshare("backup", "one.backup", "--home", "office", *secret, "--json", cwd=place)
    assert json.loads(done.stdout)["backup"] == "backup/1"
    done = anonshare("restore", "one.backup", "--to", "again", *secret, "--json", cwd=place)
    assert json.loads(done.stdout)["restore"] == "restore/1"
    assert anonshare("ledger", "check", "--home", "again", cwd=place).returncode == 3
    assert "ledger recover" in anonshare("status", "--home", "again", cwd=place).stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["explain", "gendr", "-p", POLICY, "--home", "office"], 2, "Did you mean gender"),
        (["explain", CANARY], 2, "no gate"),
        (["policy", "check", "nothing", "--home", "office"], 1, "no policy of this name"),
        (["scan", f"{CANARY}.csv"], 1, "no input file"),
        (["receive", "cases.csv", "--home", "office"], 4, "no receipt"),
        (["ledger", "recover", "cases.csv", "--by", "me", "--home", "office"], 3, "not restored"),
        (["inbox", "--home", "office"], 1, "contributor"),
        (["backup", "office/x", "--home", "office"], 2, "inside"),
        (["restore", "cases.csv", "--to", "new", "--passphrase-file", "passphrase"], 1, "no backup"),
        (["export", "cases.csv", "--as", "csv", "--home", "desk"], 4, "anonshare:"),
    ],
)
def test_refusals(place, arguments, code, words):
    """The documented exit code, one sentence, nothing on stdout, nothing written."""
    before = sorted(p.as_posix() for p in Path(place).rglob("*") if ".lock" not in p.name)
    done = anonshare(*arguments, cwd=place)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert sorted(p.as_posix() for p in Path(place).rglob("*") if ".lock" not in p.name) == before


def test_a_policy_with_faults_exits_with_1(place):
    """Every fault is a line with its remedy."""
    text = fill(template(POLICY), FILLED).replace("disclosure:", "disclosures:")
    (place / "bad.yaml").write_text(text, "utf-8")
    done = anonshare("policy", "check", "bad.yaml", cwd=place)
    assert done.returncode == 1
    assert "disclosures" in done.stdout
    done = anonshare("policy", "check", "bad.yaml", "--json", cwd=place)
    assert json.loads(done.stdout)["met"] is False


def test_the_schema_is_json(place):
    """Policy schema prints the JSON Schema."""
    assert json.loads(anonshare("policy", "schema", cwd=place).stdout)["title"] == "anonshare policy/1"


@pytest.mark.parametrize(
    ("done", "total", "spent", "words"),
    [
        (0, 100, 3, ""),
        (50, 100, 60, "about 1 min left"),
        (90, 100, 9, "about 1 s left"),
        (5, None, 9, ""),
        (100, 100, 9, ""),
    ],
)
def test_remaining_time(done, total, spent, words):
    """What is left is told from what was spent, where the whole is known."""
    assert remaining(done, total, spent) == words


def test_the_committed_schemas_are_current():
    """docs/json.schema.json is what the program says of its objects."""
    assert (CHECKOUT / "docs" / "json.schema.json").read_bytes() == json_schemas()


def test_every_verb_has_json():
    """Every command but the demo and the schema, which is JSON already, takes --json."""
    from anonshare.cli import agency, app, exchange, home, look, office, people, policies, story

    assert all((agency, exchange, home, look, office, people, policies, story))
    groups = [app.app, app.keys_app, app.trust_app, app.policy_app, app.ledger_app]
    without = [
        c.callback.__name__
        for group in groups
        for c in group.registered_commands
        if "as_json" not in c.callback.__annotations__
    ]
    assert sorted(without) == ["demo", "schema"]
