"""A backup says nothing in the clear, holds everything, and is refused whole."""

from __future__ import annotations

import errno
import io

import pytest

import anonshare as an
from anonshare import errors
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline import restore as module
from anonshare.pipeline.backup import backup
from anonshare.pipeline.demo import POLICY
from anonshare.pipeline.restore import restore
from anonshare.pipeline.status import status
from anonshare.wire.age import encrypt, generate_identity, recipient_of
from anonshare.wire.strict_json import canonical, parse
from anonshare.workspace import Workspace

SECRET = b"correct horse"


def test_nothing_of_the_organisation_stands_in_the_clear(shared):
    """Whoever finds the file learns neither whose it is nor when it was made."""
    made = backup(shared.office, shared.root / "clear.backup").read_bytes()
    head = made.split(b"\n", 1)[0]
    assert b"ngo-lumina" not in made
    assert parse(head).keys() == {"backup", "key"}


def test_a_backup_opens_with_the_passphrase_of_the_workspace_alone(shared, tmp_path):
    """A passphrase mistyped while backing up is refused: nobody could open that file when it is needed."""
    wrong = tmp_path / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_bytes(b"correct hrose")
    home = Workspace.open(shared.office.root, passphrase_file=wrong)
    with pytest.raises(errors.KeyFileError):
        backup(home, tmp_path / "x.backup")
    assert not (tmp_path / "x.backup").exists()


def test_a_link_is_not_left_out_in_silence(world):
    """What a backup cannot hold is refused, never skipped."""
    (world.office.folder("policies") / "linked.yaml").symlink_to(world.records)
    with pytest.raises(errors.WorkspaceError, match="link"):
        backup(world.office, world.root / "x.backup")
    assert not (world.root / "x.backup").exists()


def test_what_a_killed_run_left_behind_stays_out(world):
    """Staging folders and half-written files are no part of a workspace."""
    left = world.office.root / ".staging-dead"
    left.mkdir()
    (left / "all.tar").write_bytes(b"x" * 100)
    (world.office.folder("drafts") / ".part-dead").write_bytes(b"x")
    home = restore(backup(world.office, world.root / "x.backup"), world.root / "new", passphrase=SECRET)
    assert not list(home.root.rglob(".staging-*"))
    assert not list(home.root.rglob(".part-*"))


def test_the_head_of_the_ledger_is_told(world):
    """The time of the backup stands inside the sealed part: the clear line cannot move it."""
    world.release()
    file = backup(world.office, world.root / "x.backup")
    first, rest = file.read_bytes().split(b"\n", 1)
    header = parse(first)
    header["when"] = "1999-01-01T00:00:00Z"
    file.write_bytes(canonical(header) + b"\n" + rest)
    with pytest.raises(errors.InputError):
        restore(file, world.root / "new", passphrase=SECRET)
    file.write_bytes(first + b"\n" + rest)
    home = restore(file, world.root / "new", passphrase=SECRET)
    assert Ledger.open(home.folder("ledger")).stale_since > "2000"


def _forged(world, name: str, data: bytes = b"x"):
    """A backup by somebody who knows the passphrase, with a member of this name."""
    import tarfile
    from base64 import b64encode

    from anonshare.trust.vault import sealed

    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    plain.seek(0)
    identity = generate_identity()
    out = io.BytesIO()
    out.write(canonical({"backup": "backup/1", "key": b64encode(sealed(identity.encode(), "backup", SECRET)).decode()}))
    out.write(b"\n")
    encrypt(plain, out, [recipient_of(identity)])
    path = world.root / "forged.backup"
    path.write_bytes(out.getvalue())
    return path


@pytest.mark.parametrize(
    "name",
    ["../escaped", "/tmp/escaped", "files/../../escaped", "files/..\\escaped", "files/c:/escaped", "files//b", "other"],
)
def test_no_path_leads_out(shared, name):
    """A path that leads out of the folder is refused, and nothing is written anywhere."""
    with pytest.raises(errors.InputError, match="no backup"):
        restore(_forged(shared, name), shared.root / "new", passphrase=SECRET)
    assert not (shared.root / "new").exists()
    assert not (shared.root / "escaped").exists()


def test_a_full_disk_is_called_one(shared, monkeypatch):
    """A disk that fills up while restoring is not reported as a damaged backup."""
    file = backup(shared.office, shared.root / "full.backup")

    def full(*_args, **_kwargs):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(module, "_member", full)
    with pytest.raises(errors.StorageError, match="full"):
        restore(file, shared.root / "new", passphrase=SECRET)
    assert not (shared.root / "new").exists()


def test_nothing_is_unpacked_into_a_synced_folder(shared, monkeypatch):
    """Where the workspace may not stand, no byte of it is written first."""
    file = backup(shared.office, shared.root / "sync.backup")
    monkeypatch.setattr(module, "_unpack", lambda *_: pytest.fail("unpacked"))
    (shared.root / "OneDrive").mkdir()
    with pytest.raises(errors.WorkspaceError, match="OneDrive"):
        restore(file, shared.root / "OneDrive" / "new", passphrase=SECRET)


def test_a_file_is_no_folder(shared):
    """A target that is a file is refused in words."""
    file = backup(shared.office, shared.root / "target.backup")
    with pytest.raises(errors.WorkspaceError):
        restore(file, shared.records, passphrase=SECRET)


def test_only_the_first_line_is_read_before_the_key_opens(shared, monkeypatch):
    """A backup larger than memory can be restored: the file is never read whole."""
    file = backup(shared.office, shared.root / "large.backup")
    monkeypatch.setattr(module, "read_bytes", lambda *_a, **_k: pytest.fail("read whole"), raising=False)
    with pytest.raises(errors.KeyFileError):
        restore(file, shared.root / "new", passphrase=b"wrong")


def test_a_stale_or_lost_ledger_leaves_nothing_to_send(world):
    """Sealing an old draft in a restored workspace is refused before anything stands in the folder of releases."""
    work = an.draft(an.plan(world.records, POLICY, world.office))
    made = restore(backup(world.office, world.root / "x.backup"), world.root / "new", passphrase=SECRET)
    home = Workspace.open(made.root, passphrase_file=world.root / "passphrase")
    with pytest.raises(errors.LedgerError) as caught:
        an.seal(home.folder("drafts") / work.bundle_id, world.approvals(work), world.root / "out", home=home)
    assert (caught.value.reason, caught.value.exit_code) == ("stale", 3)
    assert not list((world.root / "out").iterdir())


def test_reading_works_while_stale(world):
    """Looking at a restored ledger is allowed; taking or giving up a number is not."""
    an.draft(an.plan(world.records, POLICY, world.office))
    home = restore(backup(world.office, world.root / "x.backup"), world.root / "new", passphrase=SECRET)
    ledger = Ledger.open(home.folder("ledger"))
    (held,) = ledger.open_reservations()
    assert status(home).stale is not None
    for act in (
        lambda: ledger.void(bundle_id=held.bundle_id),
        lambda: ledger.reserve(
            stream="a", seq=1, bundle_id="a" * 32, policy_digest="b" * 64, input_digest="c" * 64, when=held.when
        ),
    ):
        with pytest.raises(errors.LedgerError) as caught:
            act()
        assert caught.value.reason == "stale"
