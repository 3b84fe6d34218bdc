"""The register of a bundle: two custodians open it, one does not, and nobody changes it unseen."""

from __future__ import annotations

import io
import shutil
from datetime import UTC, datetime, timedelta

import pytest

from anonshare import errors
from anonshare.pipeline.custodians import appoint, custodians, dismiss, has_custodians, identity_in, new_custodian
from anonshare.pipeline.register import (
    RegisterRow,
    bundles_of_unit,
    expire_registers,
    open_register,
    records_of_token,
    registers,
    write_register,
)
from anonshare.pipeline.reversal_log import ReversalLog
from anonshare.pipeline.token_keys import destroy_key, rotate_key
from anonshare.trust.custodians import open_custodians, sign_custodians
from anonshare.wire.age import encrypt
from anonshare.workspace import now_utc
from tests.pipeline.custody_story import KEEP, NADIA, OMAR, PEOPLE, SECRET, custody

ID = "a" * 32


@pytest.fixture
def house(world):
    return custody(world)


def test_two_identities_open_it_and_one_does_not(house):
    """Rows come back as they were written for both custodians together; for either alone, and for the office, they do not."""
    rows = [*house.rows(), RegisterRow("Zoë\n\u2028;", ("r9", "r10"), {"Spalte № 1": "x", "b": "y"})]
    write_register(house.office, ID, rows, KEEP)
    assert open_register(house.office, ID, house.both) == tuple(rows)
    assert open_register(house.office, ID, house.both[::-1]) == tuple(rows)
    alone = (house.both[:1], house.both[1:], house.office.identities(), [])
    for identities in alone:
        with pytest.raises(errors.NotForUs, match="two custodians"):
            open_register(house.office, ID, identities)


def test_nothing_of_it_is_in_the_clear(house):
    """No name, record or token stands in the file, which is its owner's alone, and no staging folder is left."""
    path = write_register(house.office, ID, house.rows(), KEEP)
    data = path.read_bytes()
    assert not any(text.encode() in data for text in (*PEOPLE, house.token("Ana Pop"), "cases.phone"))
    assert path.stat().st_mode & 0o077 == 0
    assert not list(house.office.root.rglob(".staging-*"))


def test_many_rows_come_back(house):
    """A register larger than a piece of the cipher's stream is whole, and is searched row by row."""
    rows = [RegisterRow(f"person {n}", (f"r{n}",), {"phone": f"t{n}"}) for n in range(5000)]
    write_register(house.office, ID, iter(rows), KEEP)
    assert open_register(house.office, ID, house.both) == tuple(rows)
    assert records_of_token(house.office, ID, "t4711", house.both) == ("r4711",)
    assert records_of_token(house.office, ID, "t5000", house.both) == ()


def test_an_empty_register_is_one(house):
    """A bundle without tokens may have a register without rows."""
    write_register(house.office, ID, [], KEEP)
    assert open_register(house.office, ID, house.both) == ()


@pytest.mark.parametrize("place", [30, -1, -40_000, 20_000])
def test_a_changed_register_is_refused(house, place):
    """One byte that is another one, anywhere, and nothing of the register is read."""
    rows = [RegisterRow(f"person {n}", (f"r{n}",), {"phone": f"t{n}"}) for n in range(2000)]
    path = write_register(house.office, ID, rows, KEEP)
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with pytest.raises(errors.BundleError):
        open_register(house.office, ID, house.both)


def test_a_forged_or_exchanged_register_is_refused(house):
    """Anybody can encrypt to the custodians, and files can change places: neither is taken for a register."""
    path = write_register(house.office, ID, house.rows(), KEEP)
    head = path.read_bytes().split(b"\n", 1)[0]
    held, inner, outer = custodians(house.office), io.BytesIO(), io.BytesIO()
    encrypt(io.BytesIO(b'{"records":[],"tokens":[],"unit":"x"}\n'), inner, held.recipients(held.roles[0]))
    inner.seek(0)
    encrypt(inner, outer, held.recipients(held.roles[1]))
    path.write_bytes(head + b"\n" + outer.getvalue())
    with pytest.raises(errors.MalformedBundle, match="changed"):
        open_register(house.office, ID, house.both)
    other = write_register(house.office, "b" * 32, house.rows(), KEEP)
    shutil.copy(other, path)
    with pytest.raises(errors.MalformedBundle, match="another bundle"):
        open_register(house.office, ID, house.both)


def test_ids_and_ends_have_their_form(house):
    """An id that leads elsewhere, and an end that is no time, are refused; an unknown bundle has no register."""
    for bundle_id in ("../keys/x", "A" * 32, ""):
        with pytest.raises(errors.LedgerError):
            write_register(house.office, bundle_id, [], KEEP)
    with pytest.raises(errors.LedgerError):
        write_register(house.office, ID, [], "tomorrow")
    with pytest.raises(errors.LedgerError, match="too long"):
        write_register(house.office, ID, [RegisterRow("x", ("r" * (1 << 20),), {})], KEEP)
    with pytest.raises(errors.InputError, match="no register"):
        open_register(house.office, "c" * 32, house.both)
    assert registers(house.office) == ()


def test_who_withdraws_is_found_after_the_key_is_gone(house):
    """The bundles that hold a person are found by his unit, also when the key of their epoch was destroyed."""
    house.release(1, delete_at="2026-06-01T00:00:00Z")
    token = house.token("Eva Lup")
    rotate_key(house.office)
    destroy_key(house.office, "1", by="A. Ionescu", reason="drill")
    house.release(2)
    found = bundles_of_unit(house.office, "Eva Lup", house.both)
    assert found == {f"{1:032x}": ("r3",), f"{2:032x}": ("r3",)}
    assert bundles_of_unit(house.office, "Eva", house.both) == {}
    assert records_of_token(house.office, f"{1:032x}", token, house.both) == ("r3",)


def test_a_register_ends(house):
    """A register goes at its end and not a second before; one whose end was moved is refused."""
    path = write_register(house.office, ID, house.rows(), KEEP)
    end = datetime(2109, 1, 1, tzinfo=UTC)
    assert expire_registers(house.office, now=end - timedelta(seconds=1)) == ()
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"payload", b"payloax", 1))
    with pytest.raises(errors.BundleError):
        expire_registers(house.office, now=end)
    path.write_bytes(whole)
    assert expire_registers(house.office, now=end) == (ID,)
    assert registers(house.office) == ()


def test_two_roles_are_needed(world):
    """Without custodians, and with those of one role, no register is written; a third role is none."""
    assert not has_custodians(world.office)
    with pytest.raises(errors.WorkspaceError, match="no custodians"):
        write_register(world.office, ID, [], KEEP)
    for number in range(2):
        appoint(world.office, new_custodian(world.root / f"a{number}", name="A", role="custodian-a", passphrase=SECRET))
        assert not has_custodians(world.office)
        with pytest.raises(errors.WorkspaceError, match="two roles"):
            write_register(world.office, ID, [], KEEP)
    appoint(world.office, new_custodian(world.root / "b", name="B", role="custodian-b", passphrase=SECRET))
    assert has_custodians(world.office)
    with pytest.raises(errors.UntrustedSigner, match="two roles"):
        appoint(world.office, new_custodian(world.root / "c", name="C", role="custodian-c", passphrase=SECRET))
    assert len(custodians(world.office).held) == 3


def test_any_person_of_a_role_opens_with_any_of_the_other(house):
    """A second person in a role is a spare: each of the two opens with the custodian of the other role, both alone do not."""
    appoint(house.office, new_custodian(house.root / "spare", name="Sol", role="custodian-a", passphrase=SECRET))
    write_register(house.office, ID, house.rows(), KEEP)
    spare = identity_in(house.root / "spare" / "identity.sealed", SECRET)
    nadia, omar = house.both
    assert open_register(house.office, ID, [*spare, omar]) == tuple(house.rows())
    with pytest.raises(errors.NotForUs):
        open_register(house.office, ID, [*spare, nadia])


def test_only_the_last_list_of_custodians_counts(house):
    """An older list, one by another key, and one that was changed are refused, though the office signed it once."""
    path = house.office.root / "custodians.json"
    older = path.read_bytes()
    omar = next(one.person for one in custodians(house.office).held if one.name == "Omar")
    assert [one.name for one in dismiss(house.office, omar).held] == ["Nadia"]
    newest = path.read_bytes()
    for data in (older, newest[:-3], b"", sign_custodians(custodians(house.office), house.desk.office_key())):
        path.write_bytes(data)
        with pytest.raises(errors.UntrustedSigner, match="not the last"):
            custodians(house.office)
    path.write_bytes(newest)
    assert len(custodians(house.office).held) == 1
    with pytest.raises(errors.UsageError):
        dismiss(house.office, omar)
    with pytest.raises(errors.UntrustedSigner):
        open_custodians(newest, house.desk.card.office_der, "ngo-lumina")


def test_a_crash_while_appointing_locks_nobody_out(house, monkeypatch):
    """A run that stops between the log and the list leaves the new list in force."""
    person = new_custodian(house.root / "spare", name="Sol", role="custodian-a", passphrase=SECRET)
    with monkeypatch.context() as broken:
        broken.setattr("pathlib.Path.replace", lambda *_: pytest.fail("power"))
        with pytest.raises(pytest.fail.Exception):
            appoint(house.office, person)
    assert {one.name for one in custodians(house.office).held} == {"Nadia", "Omar", "Sol"}
    assert len(appoint(house.office, house.omar / "person.json").held) == 3


def test_an_officer_is_no_custodian(house):
    """A person file without a recipient, and a file that is none, appoint nobody."""
    import anonshare as an

    officer = an.new_officer(house.root / "o", name="O", roles=("data-officer",), passphrase=SECRET)
    with pytest.raises(errors.InputError, match="custodian"):
        appoint(house.office, officer)
    with pytest.raises(errors.WorkspaceError, match="contributor"):
        appoint(house.desk, house.omar / "person.json")


def test_custodians_secrets_are_their_own(house):
    """A custodian's identity opens with his passphrase alone, and the office holds none of it."""
    with pytest.raises(errors.KeyFileError):
        identity_in(house.nadia / "identity.sealed", OMAR)
    secret = identity_in(house.nadia / "identity.sealed", NADIA)[0].encode()
    for path in [*house.office.root.rglob("*"), house.nadia / "person.json"]:
        assert not path.is_file() or secret not in path.read_bytes()


def test_a_log_that_was_cut_is_noticed(house):
    """Lines taken off the end of the log of reversals are noticed, and so is a changed one."""
    path = house.office.root / "reversals.jsonl"
    whole = path.read_bytes()
    ReversalLog(house.office).write("appointed", digest="a" * 64, when=now_utc().strftime("%Y-%m-%dT%H:%M:%SZ"))
    for data in (whole, b"", path.read_bytes().replace(b'"a', b'"b', 1)):
        path.write_bytes(data)
        with pytest.raises(errors.LedgerError):
            ReversalLog(house.office).entries()
