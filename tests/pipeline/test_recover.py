"""A restored ledger is believed only as far as agencies signed for it after the restore."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

import anonshare as an
from anonshare import errors
from anonshare.ledger.entries import Lost, Recovered
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import backup
from anonshare.pipeline.demo import POLICY
from anonshare.pipeline.recover import recover, write_heads
from anonshare.pipeline.restore import restore

SECRET = b"correct horse"
NOW = datetime.now(UTC).replace(microsecond=0)


def at(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)


def ingested(world, release, when=None):
    with an.verify(release.path, world.desk) as verified:
        return an.ingest(verified, world.desk, now=when)


def restored(world, file, name: str = "again"):
    home = restore(file, world.root / name, passphrase=SECRET, now=at(3))
    return an.Workspace.open(home.root, passphrase_file=world.root / "passphrase")


def heads(world, hours, name: str = "heads.json"):
    return write_heads(world.desk, "ngo-lumina", world.root / name, now=at(hours))


def test_words_from_before_the_restore_clear_nothing(world):
    """Heads signed after the backup but before the restore do not know what left in between: the mark stays."""
    file = backup(world.office, world.root / "one.backup", now=at(0))
    between = heads(world, 1)
    ingested(world, world.release())
    home = restored(world, file)
    with pytest.raises(errors.LedgerError, match="agency-x") as caught:
        recover(home, [between], by="a.ionescu")
    assert caught.value.reason == "silent"
    assert Ledger.open(home.folder("ledger")).stale_since is not None
    assert len(recover(home, [heads(world, 4)], by="a.ionescu").lost) == 1


def test_a_receipt_of_a_known_number_clears_nothing(world):
    """A receipt says that a number was taken in, and not that no later one was."""
    release = world.release()
    file = backup(world.office, world.root / "one.backup", now=at(0))
    late = ingested(world, release, at(5))
    home = restored(world, file)
    with pytest.raises(errors.LedgerError, match="agency-x"):
        recover(home, [late.path], by="a.ionescu")
    assert recover(home, [late.path, heads(world, 5)], by="a.ionescu").lost == ()


def test_a_draft_from_before_the_backup_is_not_sealed_over_a_lost_number(world):
    """A number that left with other bytes after the backup does not leave again with those of the old draft."""
    old = an.draft(an.plan(world.records, POLICY, world.office))
    file = backup(world.office, world.root / "one.backup", now=at(0))
    changed = world.root / "changed.csv"
    lines = world.records.read_text("utf-8").splitlines(keepends=True)
    changed.write_text("".join(lines[:-1]), "utf-8")
    work = an.draft(an.plan(changed, POLICY, world.office), replace=True)
    ingested(world, an.seal(work, world.approvals(work), world.root / "out"))
    home = restored(world, file)
    assert [one.seq for one in recover(home, [heads(world, 4)], by="a.ionescu").lost] == [1]
    again = home.folder("drafts") / old.bundle_id
    with pytest.raises(errors.LedgerError) as caught:
        an.seal(again, world.approvals(old), world.root / "second", home=home)
    assert caught.value.reason == "lost"
    assert not list((world.root / "second").glob("*.age"))


def test_the_mark_is_part_of_the_chain(world):
    """Removing a file of the restored ledger either leaves it stale or shows as damage."""
    world.release()
    home = restored(world, backup(world.office, world.root / "one.backup", now=at(0)))
    folder = home.folder("ledger")
    for path in [p for p in folder.iterdir() if p.name not in {"ledger.jsonl", ".ledger.lock"}]:
        kept = path.read_bytes()
        path.unlink()
        try:
            assert Ledger.open(folder).stale_since is not None, path.suffix
        except errors.LedgerError as error:
            assert error.reason == "damaged"
        path.write_bytes(kept)
    lines = (folder / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    (folder / "ledger.jsonl").write_bytes(b"".join(lines[:-1]))
    with pytest.raises(errors.LedgerError, match="end"):
        Ledger.open(folder)


def test_a_name_that_the_ledger_cannot_take_writes_nothing(world):
    """Who answers is checked before the first entry: a second try does not find half of the first."""
    file = backup(world.office, world.root / "one.backup", now=at(0))
    ingested(world, world.release())
    home = restored(world, file)
    folder = home.folder("ledger")
    before = (folder / "ledger.jsonl").read_bytes()
    with pytest.raises(errors.LedgerError, match="by is not"):
        recover(home, [heads(world, 4)], by="a\nb")
    assert (folder / "ledger.jsonl").read_bytes() == before
    found = recover(home, [heads(world, 4)], by="A. Ionescu")
    kinds = [type(entry) for entry in Ledger.open(folder).entries()]
    assert (kinds.count(Lost), kinds.count(Recovered), len(found.lost)) == (1, 1, 1)


def test_restored_twice_is_stale_twice(world):
    """A backup of a recovered workspace comes back stale again, and what is lost is written once."""
    file = backup(world.office, world.root / "one.backup", now=at(0))
    ingested(world, world.release())
    home = restored(world, file)
    recover(home, [heads(world, 4)], by="a.ionescu")
    second = restored(world, backup(home, world.root / "two.backup", now=at(2)), "third")
    ledger = Ledger.open(second.folder("ledger"))
    assert ledger.stale_since is not None
    recover(second, [heads(world, 5)], by="a.ionescu")
    assert len(ledger.lost()) == 1
