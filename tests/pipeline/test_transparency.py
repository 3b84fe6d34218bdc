"""The log beside the releases: what left is provable, what did not is not, and nobody learns when."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

import anonshare as an
from anonshare.errors import InputError, LedgerError, MalformedBundle, OutOfOrder, WorkspaceError
from anonshare.pipeline.transparency import InLog, check_log, log_digest, prove, verify_proof
from anonshare.workspace import now_utc

WEEK = timedelta(days=7)


@pytest.fixture
def logged(world):
    """A release of an office that keeps a log, and two weeks of it."""
    an.start_log(world.office, batch=3, now=now_utc())
    release = world.release()
    with pytest.raises(InputError):
        prove(world.office, release.digest, world.root / "proofs")
    assert not an.publish_log(world.office)
    assert an.publish_log(world.office, now=now_utc() + 2 * WEEK)
    return world, release


def test_a_release_is_proven_offline(logged):
    """The proof of a bundle verifies with the contributor's card alone; its size is the schedule's, not the number of releases."""
    world, release = logged
    proof = prove(world.office, release.digest, world.root / "proofs")
    with an.verify(release.path, world.desk) as verified:
        assert verify_proof(proof, verified, world.desk.trust) == InLog(6)
        assert verify_proof(proof, verified, world.desk.trust, world.desk) == InLog(6)
        assert verify_proof(proof, verified, world.desk.trust, world.desk) == InLog(6, 6, compared=True)
    assert check_log(world.office).size == 6


def test_a_log_that_grew_is_compared(logged):
    """A later proof shows that the log continues what the desk saw; without that it says so, and a fork is refused."""
    world, release = logged
    proofs, trust = world.root / "proofs", world.desk.trust
    with an.verify(release.path, world.desk) as verified:
        verify_proof(prove(world.office, release.digest, proofs), verified, trust, world.desk)
        assert an.publish_log(world.office, now=now_utc() + 3 * WEEK)
        later = prove(world.office, release.digest, proofs)
        assert verify_proof(later, verified, trust, world.desk) == InLog(9, 6, compared=False)
        later = prove(world.office, release.digest, proofs, since=6)
        assert verify_proof(later, verified, trust, world.desk) == InLog(9, 6, compared=True)
        assert verify_proof(later, verified, trust, world.desk) == InLog(9, 9, compared=True)
        shutil.rmtree(world.office.folder("log"))
        an.start_log(world.office, batch=3, now=now_utc() - 3 * WEEK)
        log_digest(world.office, release.digest)
        assert an.publish_log(world.office)
        other = prove(world.office, release.digest, proofs)
        with pytest.raises(OutOfOrder) as error:
            verify_proof(other, verified, trust, world.desk)
        assert error.value.reason == "fork"
        with pytest.raises(InputError):
            prove(world.office, release.digest, proofs, since=99)


def test_a_false_proof_refuses(logged):
    """A proof that was changed, is another's, or is noise refuses the bundle."""
    world, release = logged
    proof = prove(world.office, release.digest, world.root / "proofs")
    good = proof.read_bytes()
    with an.verify(release.path, world.desk) as verified:
        for data in (good[:-2], good.replace(b"index ", b"index 1"), b"noise", b""):
            proof.write_bytes(data)
            with pytest.raises(MalformedBundle) as error:
                verify_proof(proof, verified, world.desk.trust)
            assert error.value.reason == "proof"


def test_nothing_that_did_not_leave_is_proven(logged):
    """A digest that never left has no proof, and an office without a log has none."""
    world, _ = logged
    with pytest.raises(InputError):
        prove(world.office, "0" * 64, world.root / "proofs")
    for step in (check_log, an.publish_log, lambda home: prove(home, "0" * 64, world.root)):
        with pytest.raises(LedgerError, match="keeps no log"):
            step(world.desk)


def test_a_log_is_begun_once(logged):
    """A second log in the same place, and a damaged schedule, are refused."""
    world, _ = logged
    with pytest.raises(LedgerError):
        an.start_log(world.office)
    path = world.office.folder("log") / "schedule.json"
    path.write_bytes(b'{"schedule":"schedule/1"}')
    with pytest.raises(WorkspaceError, match="schedule"):
        an.publish_log(world.office)


def test_a_touched_log_is_found(logged):
    """A byte changed in any published file is found by the check."""
    world, _ = logged
    for path in sorted(p for p in (world.office.folder("log") / "public").rglob("*") if p.is_file()):
        good = path.read_bytes()
        path.write_bytes(good[:-1] + bytes([good[-1] ^ 1]))
        with pytest.raises(LedgerError):
            check_log(world.office)
        path.write_bytes(good)
    check_log(world.office)


def test_the_public_files_name_nobody(logged):
    """No contributor's stream, number or digest in words stands in what is served but the log's own origin."""
    world, release = logged
    for path in (world.office.folder("log") / "public").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert release.digest.encode() not in data
            assert b"agency" not in data
            assert b"cases" not in data
