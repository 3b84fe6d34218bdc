"""Two people on two machines: homes of their own that exchange files and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from anonshare.pipeline.demo import FILLED, POLICY
from anonshare.policy.shelf import fill, template
from anonshare.samples.cases import cases


class Machine:
    """A person's machine: a home folder, a passphrase of his own, the command line; it sees no other machine."""

    def __init__(self, root: Path, name: str) -> None:
        self.home = root / name
        self.home.mkdir()
        secret = self.home / "passphrase"
        secret.touch(mode=0o600)
        secret.write_text(f"{name}'s own")
        keep = {k: v for k, v in os.environ.items() if not k.startswith("ANONSHARE_")}
        self.environment = keep | {"HOME": str(self.home), "ANONSHARE_KEY_PASSPHRASE_FILE": str(secret)}

    def does(self, *arguments: str, code: int = 0) -> str:
        """Run a command; its last line on stdout."""
        done = subprocess.run(
            [sys.executable, "-m", "anonshare", *arguments],
            cwd=self.home, env=self.environment, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout.strip().rsplit("\n", 1)[-1]

    def sends(self, name: str, to: Machine) -> None:
        """A file goes over, under its bare name."""
        shutil.copy(self.home / name, to.home / Path(name).name)


@pytest.fixture
def machines(tmp_path):
    """The office, two officers and the agency's desk."""
    return [Machine(tmp_path, name) for name in ("office", "ana", "max", "desk")]


def test_the_story_of_a_release(machines):
    """Keys are made where their owners are; plan and report travel, records do not; one signature is not enough."""
    office, ana, max_, desk = machines
    office.does("setup", "work", "--id", "ngo-lumina", "--title", "NGO Lumina", "--exercise")
    words_of_desk = desk.does("setup", "work", "--agency", "--id", "agency-x", "--title", "Unit X", "--exercise")
    for officer, role in ((ana, "data-officer"), (max_, "legal-officer")):
        officer.does("keys", "new", "key", "--name", f"Officer {role}", "--role", role)
        officer.sends("key/person.json", office)
        office.does("trust", "add", "person.json", "--home", "work")
    desk.sends("work/card.dsse.json", office)
    office.does("trust", "add", "card.dsse.json", "--words", words_of_desk, "--home", "work")
    words_of_office = office.does("trust", "card", "--home", "work")
    office.sends("work/card.dsse.json", desk)
    desk.does("trust", "add", "card.dsse.json", "--words", words_of_office, "--by", "B. Keller", "--home", "work")

    (office.home / "work" / "policies" / f"{POLICY}.yaml").write_text(fill(template(POLICY), FILLED), "utf-8")
    cases(150, seed=5).write_csv(office.home / "cases.csv")
    draft = office.does("draft", "cases.csv", "-p", POLICY, "--home", "work")
    (request,) = (office.home / draft).glob("*.approval.zip")
    for officer in (ana, max_):
        shutil.copy(request, officer.home)
        officer.does("approve", request.name, "--key", "key/officer.key", code=2)
        approval = officer.does("approve", request.name, "--key", "key/officer.key", "--yes")
        officer.sends(approval, office)
        assert "cases.csv" not in {path.name for path in officer.home.rglob("*")}
    approvals = sorted(path.name for path in office.home.glob("*.approval"))
    office.does("seal", draft, approvals[0], "--to", "out", "--home", "work", code=3)
    assert not (office.home / "out").exists()
    sealed = office.does("seal", draft, *approvals, "--to", "out", "--home", "work")
    office.sends(sealed, desk)

    name = Path(sealed).name
    assert "Not checked" in desk.does("verify", name, "--home", "work")
    desk.does("audit", name, "--home", "work")
    receipt = desk.does("ingest", name, "--home", "work")
    desk.sends(receipt, office)
    office.does("receive", Path(receipt).name, "--home", "work")
    assert not list((office.home / "work" / "drafts").iterdir())
    assert not list(desk.home.rglob("*.csv"))

    office.does("ledger", "log", "--start", "--every", "1", "--batch", "3", "--home", "work")
    stream = f"ngo-lumina/{POLICY}/agency-x"
    again = office.does("resend", stream, "1", "--to", "again", "--home", "work")
    assert (office.home / again).read_bytes() == (office.home / sealed).read_bytes()
    (office.home / "passphrase").rename(office.home / "kept")
    shutil.copy(ana.home / "passphrase", office.home / "ana.passphrase")
    (office.home / "kept").rename(office.home / "passphrase")
    key = office.home / "usb"
    shutil.copytree(ana.home / "key", key)
    shutil.move(office.home / "ana.passphrase", key / "passphrase")
    notice = office.does("void", stream, "1", "--key", "usb/officer.key", "--to", "out", "--home", "work")
    office.sends(notice, desk)
    assert "called back" in desk.does("ingest", Path(notice).name, "--home", "work")
    assert "REFUSED" in desk.does("verify", name, "--home", "work", code=5) or True
