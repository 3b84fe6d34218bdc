"""The custody drill: keys are split, lost, recovered, rotated and destroyed, and a token is reversed by two people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from anonshare import errors
from anonshare.ledger.entries import KeyDestroyed
from anonshare.ledger.ledger import Ledger
from anonshare.pipeline.backup import backup
from anonshare.pipeline.custody import recover_key, split_key
from anonshare.pipeline.ledger_view import ledger_json, ledger_lines
from anonshare.pipeline.restore import restore
from anonshare.pipeline.reversal import open_answer
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.pipeline.token_keys import destroy_key, epochs, rotate_key
from anonshare.trust.keyring import Keyring
from anonshare.trust.vault import open_secret, seal_secret
from anonshare.workspace import EPOCHS, KEYRING, Workspace, now_utc
from tests.pipeline.custody_story import PEOPLE, SECRET, custody

AFTER = datetime(2099, 1, 2, tzinfo=UTC)


@pytest.fixture
def house(world):
    return custody(world)


def states(home) -> list[str]:
    return [one.state for one in epochs(home)]


def test_the_drill(house):
    """Split, lose, recover, rotate, release, refuse, reverse, destroy: the whole life of a key, in its order."""
    office = house.office
    house.release(1)
    old_token = house.token("Ana Pop")

    # three people get a sheet; one loses his, and the keyring's disk fails
    sheets = split_key(office, house.root / "sheets")
    root = office.secret("tokens")
    sheets[1].unlink()
    (office.root / KEYRING).unlink()
    with pytest.raises(errors.InputError):
        office.token_key()

    # two of them bring it back, and tokens are the same again
    assert recover_key(office, [sheets[2], sheets[0]]) == "1"
    assert office.secret("tokens") == root
    assert house.token("Ana Pop") == old_token

    # a new epoch: the same person has a token that cannot be joined with the old one
    assert rotate_key(office) == "2"
    assert states(office) == ["ended", "current"]
    house.release(2)
    assert house.token("Ana Pop") != old_token

    # the old key stays while the agency still holds what was made with it
    with pytest.raises(errors.LedgerError, match="in use") as refused:
        destroy_key(office, "1", by="A. Ionescu", reason="the agreement has ended")
    assert refused.value.exit_code == 3
    assert states(office) == ["ended", "current"]

    # the agency asks whose two tokens are; one custodian is not enough, two are, and the log knows it
    request = house.request(old_token.upper().replace("1", "l", 1), house.token("Ion Rus"))
    nadia, omar = house.approvals(request)
    with pytest.raises(errors.SignatureError, match="custodian-b"):
        house.answer(request, [nadia])
    told = house.answer(request, [omar, nadia])
    answer = open_answer(house.desk, told.path)
    assert {(one.token, one.unit, one.records) for one in answer.found} == {
        (old_token, "Ana Pop", ("r1",)),
        (house.token("Ion Rus"), "Ion Rus", ("r2",)),
    }
    (entry,) = [e for e in ReversalLog(office).entries() if e["entry"] == "answered"]
    assert (entry["reference"], entry["tokens"], entry["case"]) == (told.reference, 2, "2026/117")
    written = (office.root / "reversals.jsonl").read_text("utf-8")
    assert not any(one in written for one in (old_token, *PEOPLE, *PEOPLE.values(), '"r1"'))

    # after the day of deletion the old key goes, once, and its tokens are reversed no more
    gone = destroy_key(office, "1", by="A. Ionescu", reason="the agreement has ended", now=AFTER)
    assert (gone.new, states(office)) == (True, ["destroyed", "current"])
    again = destroy_key(office, "1", by="M. Weiss", reason="again", now=AFTER + timedelta(days=1))
    assert (again.new, again.when) == (False, gone.when)
    assert root not in office.keyring().encode()
    assert any("destroyed" in line and "A. Ionescu" in line for line in ledger_lines(office))
    assert sum(entry["entry"] == "key destroyed" for entry in ledger_json(office)["entries"]) == 1
    later = house.request(old_token, name="later")
    with pytest.raises(errors.ReleaseRefused) as closed:
        house.answer(later, name="later")
    assert closed.value.reason == "destroyed"

    # neither do the sheets bring it back
    with pytest.raises(errors.KeyFileError, match="does not come back"):
        recover_key(office, [sheets[2], sheets[0]])


def test_a_wrong_passphrase_never_replaces_a_keyring(house):
    """Whoever recovers with a mistyped passphrase is refused before anything is written."""
    sheets = split_key(house.office, house.root / "sheets")
    wrong = house.root / "wrong"
    wrong.touch(mode=0o600)
    wrong.write_bytes(b"correct hrose")
    before = (house.office.root / KEYRING).read_bytes()
    with pytest.raises(errors.KeyFileError):
        recover_key(Workspace.open(house.office.root, passphrase_file=wrong), sheets[:2])
    assert (house.office.root / KEYRING).read_bytes() == before


def test_a_keyring_that_opens_is_not_overwritten(house):
    """Recovering what is there changes nothing, whatever sheets are brought."""
    sheets = split_key(house.office, house.root / "sheets")
    before = (house.office.root / KEYRING).read_bytes()
    with pytest.raises(errors.KeyFileError, match="nothing to recover"):
        recover_key(house.office, sheets[:2])
    assert (house.office.root / KEYRING).read_bytes() == before


def test_bad_sheets_write_nothing(house):
    """A cut sheet, sheets of two epochs, of another office, too few: a refusal each, and the keyring stays lost."""
    office = house.office
    first = split_key(office, house.root / "first")
    rotate_key(office)
    second = split_key(office, house.root / "second")
    office.save_keyring(office.keyring())
    (office.root / KEYRING).unlink()
    cut = house.root / "cut.txt"
    cut.write_text(second[0].read_text().rsplit(" ", 3)[0])
    for sheets, said in (
        ([cut, second[1]], "words"),
        ([first[0], second[1]], "different epochs"),
        ([second[0]], "needed"),
        ([second[0], second[0]], "needed"),
    ):
        with pytest.raises(errors.KeyFileError, match=said):
            recover_key(office, sheets)
    listed = (office.root / EPOCHS).read_bytes()
    (office.root / EPOCHS).unlink()
    with pytest.raises(errors.KeyFileError, match="no such fingerprint"):
        recover_key(office, second[:2])
    (office.root / EPOCHS).write_bytes(listed)
    assert not (office.root / KEYRING).exists()
    # one epoch comes back; the other is known to be lost until its own sheets are brought
    assert recover_key(office, second[:2]) == "2"
    assert states(office) == ["lost", "current"]
    assert recover_key(office, first[1:]) == "1"
    assert states(office) == ["ended", "current"]


def test_a_damaged_keyring_is_put_aside(house):
    """A file that does not open is kept beside the one that is made anew."""
    office = house.office
    sheets, root = split_key(office, house.root / "sheets"), office.secret("tokens")
    (office.root / KEYRING).write_bytes(b"damaged")
    recover_key(office, sheets[1:])
    assert office.secret("tokens") == root
    assert [path.read_bytes() for path in (office.root / "keys").glob("tokens.damaged-*")] == [b"damaged"]


def test_sheets_stay_outside_and_are_not_overwritten(house):
    """Shares are not written into the workspace, nor over others of the same epoch."""
    with pytest.raises(errors.UsageError, match="lost with it"):
        split_key(house.office, house.office.root / "sheets")
    made = split_key(house.office, house.root / "sheets", shares=5, threshold=3)
    assert len(made) == 5
    assert all(path.stat().st_mode & 0o077 == 0 for path in made)
    with pytest.raises(errors.StorageError, match="already"):
        split_key(house.office, house.root / "sheets")


def test_a_workspace_from_before_there_were_epochs_works(house):
    """A root of 32 bytes makes the same tokens, is split and recovered, and becomes a keyring when it is rotated."""
    office, root = house.office, bytes(range(32))
    seal_secret(office.root / KEYRING, root, "tokens", SECRET)
    (office.root / EPOCHS).unlink()
    assert office.token_key() == ("1", root) == ("1", office.secret("tokens"))
    sheets = split_key(office, house.root / "sheets")
    (office.root / KEYRING).unlink()
    recover_key(office, sheets[:2])
    assert office.secret("tokens") == root
    rotate_key(office)
    assert office.keyring().root("1") == root
    assert b"keyring/1" in open_secret(office.root / KEYRING, "tokens", SECRET)


def test_an_older_keyring_makes_no_tokens(house):
    """A keyring that was exchanged for one of an earlier epoch is noticed before a token is made or a key destroyed."""
    office = house.office
    old = (office.root / KEYRING).read_bytes()
    rotate_key(office)
    (office.root / KEYRING).write_bytes(old)
    for act in (office.token_key, lambda: rotate_key(office), lambda: destroy_key(office, "1", by="a", reason="b")):
        with pytest.raises(errors.KeyFileError, match="not the newest"):
            act()


def test_the_current_epoch_is_not_destroyed(house):
    """What makes tokens today, and what there is not, is refused; nothing stands in the ledger of it."""
    for epoch in ("1", "7"):
        with pytest.raises(errors.KeyFileError):
            destroy_key(house.office, epoch, by="A. Ionescu", reason="none")
    assert not any(isinstance(e, KeyDestroyed) for e in Ledger.open(house.office.folder("ledger")).entries())


def test_a_crash_while_destroying_is_finished(house, monkeypatch):
    """The ledger is written first: a run that stopped after it is completed by the next one, without a second entry."""
    rotate_key(house.office, now=now_utc() - timedelta(days=1))
    with monkeypatch.context() as broken:
        broken.setattr(Workspace, "save_keyring", lambda *_: pytest.fail("power"))
        with pytest.raises(pytest.fail.Exception):
            destroy_key(house.office, "1", by="A. Ionescu", reason="drill")
    assert states(house.office) == ["ended", "current"]
    assert destroy_key(house.office, "1", by="A. Ionescu", reason="drill").new
    assert states(house.office) == ["destroyed", "current"]
    assert sum(isinstance(e, KeyDestroyed) for e in Ledger.open(house.office.folder("ledger")).entries()) == 1
    assert not list((house.office.root / "keys").glob(".part-*"))


def test_the_old_bytes_of_a_keyring_are_overwritten(house):
    """After a key was destroyed, a second name of the old file holds nothing that opens."""
    office, held = house.office, house.root / "held"
    rotate_key(office, now=now_utc() - timedelta(days=1))
    held.hardlink_to(office.root / KEYRING)
    destroy_key(office, "1", by="A. Ionescu", reason="drill")
    held.chmod(0o600)
    with pytest.raises(errors.KeyFileError):
        open_secret(held, "tokens", SECRET)


def test_backups_that_hold_a_destroyed_key_are_named(house):
    """Whoever destroys a key hears from when the backups are that still hold it."""
    rotate_key(house.office, now=now_utc() - timedelta(days=3))
    made = [now_utc() - timedelta(days=2), now_utc() - timedelta(days=1)]
    for number, when in enumerate(made):
        backup(house.office, house.root / f"{number}.backup", now=when)
    gone = destroy_key(house.office, "1", by="A. Ionescu", reason="drill")
    assert gone.backups == tuple(when.strftime("%Y-%m-%dT%H:%M:%SZ") for when in made)


def test_a_backup_holds_what_custody_needs(house):
    """Registers, custodians, the list of epochs and the log of reversals come back, and answer nothing while stale."""
    house.release(1)
    told = house.answer(house.request(house.token("Eva Lup")))
    kept = ["custodians.json", "keys/epochs.json", "keys/tokens.sealed", "reversals.jsonl", "reversals.head"]
    kept += [path.relative_to(house.office.root).as_posix() for path in house.office.folder("register").iterdir()]
    made = restore(backup(house.office, house.root / "x.backup"), house.root / "new", passphrase=SECRET)
    assert len(kept) == 6
    for name in kept:
        assert (made.root / name).read_bytes() == (house.office.root / name).read_bytes()
    home = Workspace.open(made.root, passphrase_file=house.root / "passphrase")
    assert ReversalLog(home).entries()[-1]["reference"] == told.reference
    assert home.token_key() == house.office.token_key()
    with pytest.raises(errors.LedgerError, match="restored"):
        destroy_key(home, rotate_key(home) and "1", by="A. Ionescu", reason="drill")


def test_an_agency_has_no_keys_of_tokens(house):
    """Rotating, destroying, splitting and recovering belong to a contributor's workspace."""
    for act in (
        lambda: rotate_key(house.desk),
        lambda: destroy_key(house.desk, "1", by="a", reason="b"),
        lambda: split_key(house.desk, house.root / "sheets"),
        lambda: recover_key(house.desk, []),
    ):
        with pytest.raises(errors.WorkspaceError, match="contributor"):
            act()


def test_no_secret_is_shown(house):
    """No repr of a keyring, row, request or answer holds a root, a person or a token."""
    house.release(1)
    token = house.token("Eva Lup")
    answer = open_answer(house.desk, house.answer(house.request(token)).path)
    shown = repr(answer) + repr(house.office.keyring()) + repr(house.rows()) + repr(Keyring.new("2026-03-01T12:00:00Z"))
    assert not any(one in shown for one in (*PEOPLE, token, "r3", "\\x"))
