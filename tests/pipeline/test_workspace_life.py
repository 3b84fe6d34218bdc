"""A month of a workspace: status, receipts, backup, restore, a stale ledger, what agencies say of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

import anonshare as an
from anonshare import errors
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import backup
from anonshare.pipeline.demo import POLICY
from anonshare.pipeline.ledger_view import check_ledger, ledger_lines
from anonshare.pipeline.receive import receipts_awaited
from anonshare.pipeline.recover import recover, write_heads
from anonshare.pipeline.restore import restore
from anonshare.pipeline.status import status, status_json, status_lines
from anonshare.places import must_be_local, network_drive, synced_by

SECRET = b"correct horse"


def ingested(world, release):
    with an.verify(release.path, world.desk) as verified:
        return an.ingest(verified, world.desk)


def later(days: float = 0) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=days)


def restored(world, name: str = "again"):
    file = world.root / f"{name}.backup"
    backup(world.office, file)
    home = restore(file, world.root / name, passphrase=SECRET)
    return an.Workspace.open(home.root, passphrase_file=world.root / "passphrase")


def test_a_receipt_comes_back(world):
    """A release waits for its receipt until one by its agency, of these bytes, was received; twice changes nothing."""
    release = world.release()
    assert [(a.seq, a.recipient) for a in receipts_awaited(world.office)] == [(1, "agency-x")]
    receipt = ingested(world, release)
    assert an.receive(receipt.path, world.office).outcome == "kept"
    assert an.receive(receipt.path, world.office).outcome == "known"
    assert receipts_awaited(world.office) == ()
    again = ingested(world, release)
    assert an.receive(again.path, world.office).outcome in {"known", "differs"}


def test_receipts_of_others_are_refused(world):
    """A file that nobody pinned signed, and a receipt of a release that is not in the ledger, are refused."""
    receipt = ingested(world, world.release())
    touched = world.root / "touched.json"
    data = bytearray(receipt.path.read_bytes())
    data[len(data) // 2] ^= 1
    touched.write_bytes(data)
    with pytest.raises(errors.UntrustedSigner, match="no receipt"):
        an.receive(touched, world.office)
    shutil.rmtree(world.office.folder("ledger"))
    world.office.folder("ledger").mkdir()
    with pytest.raises(errors.LedgerError, match="no release in this ledger"):
        an.receive(receipt.path, world.office)


def test_a_backup_comes_back_whole_and_stale(world):
    """Everything but caches is there again, the policy and keys work, and the ledger releases nothing."""
    release = world.release()
    home = restored(world)
    for path in world.office.root.rglob("*"):
        if path.is_file() and path.name not in {".lock", ".ledger.lock", "backups.json", "ledger.jsonl", "ledger.head"}:
            assert (home.root / path.relative_to(world.office.root)).read_bytes() == path.read_bytes()
    before, after = (place.folder("ledger") / "ledger.jsonl" for place in (world.office, home))
    assert after.read_bytes().startswith(before.read_bytes())
    assert home.secret("tokens") == world.office.secret("tokens")
    planned = an.plan(world.records, POLICY, home)
    assert [o.gate.code for o in planned.outcomes if not o.open] == ["G11"]
    with pytest.raises(errors.LedgerError, match="restored from a backup"):
        Ledger.open(home.folder("ledger")).must_be_current()
    assert status(home).stale is not None
    assert any(line.startswith("!") for line in status_lines(status(home)))
    assert [f.check for f in check_ledger(home) if not f.ok] == ["up to date"]
    assert release.seq == 1


def test_a_stale_ledger_is_cleared_by_what_agencies_signed(world):
    """After the agency's heads, dated after the backup, agree with the ledger, it releases again."""
    ingested(world, world.release())
    home = restored(world)
    heads = write_heads(world.desk, "ngo-lumina", world.root / "heads.json", now=later(1))
    found = recover(home, [heads], by="a.ionescu")
    assert (found.agencies, found.lost) == (("agency-x",), ())
    assert an.plan(world.records, POLICY, home).met
    assert any("recovered" in line for line in ledger_lines(home))
    with pytest.raises(errors.LedgerError, match="nothing to recover"):
        recover(home, [heads], by="a.ionescu")


def test_what_left_after_the_backup_is_found(world):
    """A number that the agency has seen and the ledger has not is written down as lost, and releases stay refused."""
    home = restored(world)
    ingested(world, world.release())
    heads = write_heads(world.desk, "ngo-lumina", world.root / "heads.json", now=later(1))
    found = recover(home, [heads], by="a.ionescu")
    assert [(one.seq, one.recipient) for one in found.lost] == [(1, "agency-x")]
    ledger = Ledger.open(home.folder("ledger"))
    assert ledger.next_number(found.lost[0].stream) == (2, found.lost[0].digest)
    assert [o.gate.code for o in an.plan(world.records, POLICY, home).outcomes if not o.open] == ["G11"]
    assert not all(f.ok for f in check_ledger(home))


def test_a_receipt_speaks_for_a_stream(world):
    """A receipt dated after the backup counts as the agency's word."""
    home = restored(world)
    with an.verify(world.release().path, world.desk) as verified:
        receipt = an.ingest(verified, world.desk, now=later(1))
    assert len(recover(home, [receipt.path], by="a.ionescu").lost) == 1


def test_silence_old_words_and_forks_are_refused(world):
    """No word, a word from before the backup, and other bytes under a known number clear nothing."""
    ingested(world, world.release())
    early = write_heads(world.desk, "ngo-lumina", world.root / "early.json", now=later(-2))
    home = restored(world)
    for files in ([], [early]):
        with pytest.raises(errors.LedgerError, match="agency-x"):
            recover(home, files, by="a.ionescu")
    other = write_heads(world.desk, "ngo-other", world.root / "other.json", now=later(1))
    with pytest.raises(errors.LedgerError, match="another contributor"):
        recover(home, [other], by="a.ionescu")
    assert Ledger.open(home.folder("ledger")).stale_since is not None


def test_backups_that_are_none(world):
    """A wrong passphrase, cut or changed bytes, another file, a full folder: refused, and nothing is written."""
    file = world.root / "one.backup"
    backup(world.office, file)
    new = world.root / "new"
    with pytest.raises(errors.KeyFileError):
        restore(file, new, passphrase=b"wrong")
    data = file.read_bytes()
    for broken in (data[:-40], data[:200], b"secret-cell\n" + data, data[:-30] + bytes([data[-30] ^ 1]) + data[-29:]):
        (world.root / "broken").write_bytes(broken)
        with pytest.raises(errors.AnonshareError) as caught:
            restore(world.root / "broken", new, passphrase=SECRET)
        assert "secret-cell" not in str(caught.value)
    with pytest.raises(errors.WorkspaceError, match="another workspace"):
        restore(file, world.desk.root, passphrase=SECRET)
    with pytest.raises(errors.WorkspaceError, match="not empty"):
        restore(file, world.office.root, passphrase=SECRET)
    assert not new.exists()


def test_where_a_backup_may_be(world):
    """Not inside the workspace, and never over another file; it is its owner's alone and holds no clear text."""
    with pytest.raises(errors.UsageError, match="inside"):
        backup(world.office, world.office.root / "x.backup")
    file = world.root / "one.backup"
    backup(world.office, file)
    with pytest.raises(errors.StorageError, match="already"):
        backup(world.office, file)
    assert file.stat().st_mode & 0o077 == 0
    assert b"ngo-cases-to-police" not in file.read_bytes()
    assert status(world.office).backup is not None
    assert not status(world.office).backup_due


def test_status_tells_what_is_open_and_what_ends(world):
    """An open draft, an awaited receipt, an agreement that ends within 90 days; at the desk a deletion."""
    ingested(world, world.release())
    text = (world.office.root / "policies" / f"{POLICY}.yaml").read_text("utf-8")
    soon = (later() + timedelta(days=30)).date().isoformat()
    world.write_policy(text.replace("9999-12-31", soon).replace(f"id: {POLICY}", "id: ends-soon"), "ends-soon")
    an.draft(an.plan(world.records, "ends-soon", world.office))
    found = status(world.office)
    assert [d.seq for d in found.drafts] == [1]
    assert [a.recipient for a in found.awaited] == ["agency-x"]
    assert [(e.what, e.over) for e in found.ends] == [("agreement of the policy ends-soon", False)]
    assert found.backup_due
    assert status_json(found)["status"] == "status/1"
    desk = status(world.desk, now=later(2 * 365))
    assert any("to be deleted" in e.what for e in desk.ends)


MOUNTED = """22 1 8:1 / / rw - ext4 /dev/sda1 rw
40 22 0:40 / /mnt/team\\040share rw - nfs4 server:/share rw
41 22 0:41 / /mnt/win rw - cifs //server/share rw
"""


@pytest.mark.parametrize(
    ("path", "words"),
    [("/mnt/team share/office", "an NFS drive"), ("/mnt/win/x", "a Windows network drive"), ("/mnt/other", None)],
)
def test_network_drives_are_named(tmp_path, path, words):
    """The longest mount above a folder says what drive it is on."""
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTED, "utf-8")
    from pathlib import Path

    assert network_drive(Path(path), mounts) == words
    if words:
        with pytest.raises(errors.WorkspaceError, match=words):
            must_be_local(Path(path), mounts)


@pytest.mark.parametrize(
    ("folder", "program"),
    [("OneDrive", "OneDrive"), ("OneDrive - NGO", "OneDrive"), ("Dropbox", "Dropbox"), ("Mobile Documents", "iCloud")],
)
def test_synced_folders_are_named(tmp_path, folder, program):
    """A workspace inside of a folder that a program copies to a cloud is neither made nor opened."""
    place = tmp_path / folder / "office"
    assert synced_by(place) == program
    with pytest.raises(errors.WorkspaceError, match=program):
        an.setup(place, id="ngo", title="NGO")
    assert not place.exists()
    (tmp_path / ".stfolder").mkdir()
    assert synced_by(tmp_path / "office") == "Syncthing"


def test_two_processes_in_one_workspace(world):
    """While one process holds the workspace another is refused at once, and goes on once it is free."""
    code = "import sys, time; from anonshare.workspace import Workspace\nwith Workspace.open(sys.argv[1]).lock():\n    print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code, str(world.office.root)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        before = time.monotonic()
        with pytest.raises(errors.WorkspaceError):
            an.draft(an.plan(world.records, POLICY, world.office))
        with pytest.raises(errors.WorkspaceError):
            backup(world.office, world.root / "x.backup")
        assert time.monotonic() - before < 60
        other.kill()
    assert not (world.root / "x.backup").exists()
    an.draft(an.plan(world.records, POLICY, world.office))


def test_the_inbox_judges_each_file_alone(world):
    """One bad file stops no other; what verifies goes into the store in the order of numbers, the rest to quarantine."""
    release = world.release()
    inbox = world.desk.folder("inbox")
    inbox.mkdir(exist_ok=True)
    shutil.copy(release.path, inbox)
    (inbox / "Secret Name.zip").write_bytes(b"secret-cell")
    (inbox / "link").symlink_to(world.desk.root / "trust.dsse.json")
    looked = an.inbox(world.desk)
    assert sorted((f.state, f.code) for f in looked) == [("refused", 4), ("waiting", 0)]
    assert "Secret" not in repr(looked)
    assert sorted(f.state for f in an.inbox(world.desk, take=True)) == ["ingested", "refused"]
    assert [p.name for p in inbox.iterdir() if p.is_file() and not p.is_symlink()] == []
    why = next(world.desk.folder("quarantine").glob("*.why.json"))
    assert b"secret-cell" not in why.read_bytes()
    shutil.copy(release.path, inbox)
    assert [f.state for f in an.inbox(world.desk)] == ["known"]
