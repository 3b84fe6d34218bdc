"""The log as static files: what is appended is proven, what is changed is seen, and the clock alone decides its size."""

from __future__ import annotations

import os
import shutil
import stat
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonshare.errors import (
    AnonshareError,
    InputError,
    LedgerError,
    MalformedBundle,
    OutOfOrder,
    SignatureError,
    StorageError,
    UntrustedSigner,
)
from anonshare.files import POSIX
from anonshare.ledger import log as log_module
from anonshare.ledger.log import Log
from anonshare.ledger.log_reading import check_copy
from anonshare.ledger.schedule import MOST_AT_ONCE, Schedule
from anonshare.trust.keys import FileSigner
from anonshare.wire import note
from anonshare.wire.checkpoint import cosign, must_extend, parse
from anonshare.wire.tlog_proof import decode, verify

ORIGIN = "log.example.org/ngo"
SIGNER, STRANGER, WITNESS = (FileSigner(Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)) for n in range(3))
KEY = note.NoteKey.from_spki(ORIGIN, SIGNER.spki())
WITNESS_KEY = note.NoteKey.from_spki("witness.example.org", WITNESS.spki(), note.COSIGNATURE)
START = datetime(2026, 3, 2, tzinfo=UTC)
WEEK = timedelta(weeks=1)
WEEKLY = Schedule(START, WEEK, 8)


def digests(count, start=0):
    return [n.to_bytes(32, "big") for n in range(start, start + count)]


def grown(folder, *counts):
    """A log that was published once for each count."""
    log = Log.create(folder, ORIGIN)
    for count in counts:
        log.append(digests(count, log.size))
        log.publish(SIGNER)
    return log


def checkpoint(log):
    return parse(note.decode((log.public / "checkpoint").read_bytes()).text)


def files(log):
    return sorted(path for path in log.public.rglob("*") if path.is_file())


def crash(*_):
    raise StorageError("The disk is full.")


def test_what_is_appended_is_proven(tmp_path):
    """Every digest has a proof that whoever knows the log's key verifies offline; others have none."""
    log = grown(tmp_path / "log", 3, 300)
    for digest in digests(303):
        assert verify(decode(log.inclusion(digest)), digest, KEY).size == 303
    for digest in (digests(1, 303)[0], b""):
        with pytest.raises(InputError):
            log.inclusion(digest)
    assert log.check(SIGNER.spki()) == checkpoint(log) == check_copy(log.public, KEY)
    assert Log.open(tmp_path / "log", ORIGIN).size == 303


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(counts=st.lists(st.integers(0, 300), min_size=1, max_size=4))
def test_growth_is_consistent(tmp_path_factory, counts):
    """Every checkpoint continues every earlier one, the old proofs hold under theirs, and all files check."""
    log = Log.create(tmp_path_factory.mktemp("log") / "log", ORIGIN)
    said, proofs = [], []
    for count in counts:
        log.append(digests(count, log.size))
        log.publish(SIGNER)
        said.append(checkpoint(log))
        proofs += [(one, log.inclusion(one)) for one in digests(count, log.size - count)[:2]]
        for old in said:
            must_extend(old, said[-1], log.consistency(old.size))
        assert log.check(SIGNER.spki()) == said[-1]
    for digest, proof in proofs:
        assert verify(decode(proof), digest, KEY) in said


def test_what_waits_is_private(tmp_path):
    """Digests wait in a file of their owner alone, outside the folder that is served, and have no proof."""
    log = Log.create(tmp_path / "log", ORIGIN)
    assert log.append(digests(2)) == 2
    assert (log.waiting, log.size, files(log)) == (2, 0, [])
    with pytest.raises(InputError):
        log.inclusion(digests(1)[0])
    if POSIX:
        assert stat.S_IMODE((tmp_path / "log" / "private" / "log.json").stat().st_mode) == 0o600
        assert stat.S_IMODE((tmp_path / "log" / "private").stat().st_mode) == 0o700
    log.publish(SIGNER)
    assert (log.waiting, log.size) == (0, 2)


def test_a_digest_is_entered_once(tmp_path):
    """What waits or is published is not entered again, however often it is appended."""
    log = grown(tmp_path / "log", 2)
    assert log.append([*digests(4), *digests(4)]) == 2
    assert log.append(digests(4)) == 0
    log.publish(SIGNER)
    assert log.size == 4


@pytest.mark.parametrize("wrong", [b"", b"short", bytes(33)])
def test_an_entry_is_a_digest_alone(tmp_path, wrong):
    """Nothing but 32 bytes is taken, and with a wrong one nothing is."""
    log = Log.create(tmp_path / "log", ORIGIN)
    with pytest.raises(InputError):
        log.append([*digests(1), wrong])
    assert log.waiting == 0


def test_publishing_nothing_says_the_same(tmp_path):
    """An empty log has a checkpoint, and publishing without anything new changes no file."""
    log = grown(tmp_path / "log", 0)
    assert log.check(SIGNER.spki()).size == 0
    assert log.consistency(0) == ()
    log.append(digests(3))
    said = log.publish(SIGNER)
    before = {path: path.stat().st_mtime_ns for path in files(log) if path.name != "checkpoint"}
    assert log.publish(SIGNER) == said
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_every_changed_file_is_refused(tmp_path):
    """A flipped byte in, or the loss of, any file, and any file too much, is seen by the owner and by a copy's reader."""
    log = grown(tmp_path / "log", 5, 300)
    needless = {log.public / "tile" / "0" / "000.p" / "5", log.public / "tile" / "entries" / "000.p" / "5"}
    assert len(files(log)) == 8
    for path in files(log):
        whole = path.read_bytes()
        for place in {0, 1, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            refused(log)
        for wrong in (whole[:-1], whole + b"\n", b""):
            path.write_bytes(wrong)
            refused(log)
        path.unlink()
        if path not in needless:
            refused(log)
        path.write_bytes(whole)
    extra = log.public / "tile" / "0" / "002"
    extra.write_bytes(bytes(8192))
    refused(log)
    extra.unlink()
    assert log.check(SIGNER.spki()).size == 305


def test_changed_entries_prove_nothing(tmp_path):
    """Where an entry was changed no proof is made and nothing is taken in or published, before anybody checks."""
    log = grown(tmp_path / "log", 5)
    path = log.public / "tile" / "entries" / "000.p" / "5"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    for doing in (
        lambda: log.inclusion(digests(1)[0]),
        lambda: log.consistency(3),
        lambda: log.append(digests(1, 9)),
        lambda: log.publish(SIGNER),
        lambda: Log.open(tmp_path / "log", ORIGIN),
    ):
        with pytest.raises(LedgerError):
            doing()


def refused(log):
    for looking in (lambda: log.check(SIGNER.spki()), lambda: check_copy(log.public, KEY)):
        with pytest.raises(LedgerError) as caught:
            looking()
        assert caught.value.reason == "damaged"


def test_a_truncated_log_is_refused(tmp_path):
    """A public folder set back, or removed, is seen by what is private, and nothing is published on it."""
    log = grown(tmp_path / "log", 5)
    shutil.copytree(log.public, tmp_path / "old")
    log.append(digests(3, 5))
    log.publish(SIGNER)
    assert check_copy(tmp_path / "old", KEY).size == 5
    for replaced in (True, False):
        shutil.rmtree(log.public)
        if replaced:
            shutil.copytree(tmp_path / "old", log.public)
        else:
            log.public.mkdir()
        for doing in (
            lambda: log.publish(SIGNER),
            lambda: log.publish_on(WEEKLY, SIGNER, START + WEEK),
            lambda: log.append(digests(1, 20)),
            lambda: log.check(SIGNER.spki()),
            lambda: Log.open(tmp_path / "log", ORIGIN),
        ):
            with pytest.raises(LedgerError):
                doing()


def test_a_rewritten_past_is_not_published_on(tmp_path):
    """Other entries under a checkpoint of the right key and size are refused: a split view needs another folder."""
    log = grown(tmp_path / "log", 5)
    other = Log.create(tmp_path / "other", ORIGIN)
    other.append(digests(5, 50))
    other.publish(SIGNER)
    with pytest.raises(OutOfOrder) as caught:
        must_extend(checkpoint(log), checkpoint(other), ())
    assert caught.value.reason == "fork"
    shutil.rmtree(log.public)
    shutil.copytree(other.public, log.public)
    assert check_copy(log.public, KEY).size == 5
    for doing in (lambda: log.publish(SIGNER), lambda: log.check(SIGNER.spki())):
        with pytest.raises(LedgerError):
            doing()


def test_entries_of_a_stranger_are_not_published_on(tmp_path):
    """Entries that continue the log under another's signature are not taken over."""
    log = grown(tmp_path / "log", 5)
    forger = Log.create(tmp_path / "forger", ORIGIN)
    forger.append(digests(9))
    forger.publish(STRANGER)
    shutil.rmtree(log.public)
    shutil.copytree(forger.public, log.public)
    for doing in (lambda: log.publish(SIGNER), lambda: log.publish_on(WEEKLY, SIGNER, START + 5 * WEEK)):
        with pytest.raises(UntrustedSigner):
            doing()
    with pytest.raises(LedgerError):
        log.check(SIGNER.spki())


def test_a_new_key_names_the_one_before(tmp_path):
    """Another key publishes only where the key before it is named as well."""
    log = grown(tmp_path / "log", 2)
    log.append(digests(1, 2))
    with pytest.raises(UntrustedSigner):
        log.publish(STRANGER)
    log.publish(STRANGER, previous=SIGNER.spki())
    assert log.check(STRANGER.spki()).size == 3
    log.append(digests(1, 3))
    log.publish(STRANGER, previous=SIGNER.spki())
    assert log.size == 4


@pytest.mark.parametrize("step", range(5))
def test_a_crash_never_forks(tmp_path, monkeypatch, step):
    """Wherever publishing stops, the same batch is published next, all files check, and no entry is lost or doubled."""
    log = grown(tmp_path / "log", 250)
    log.append(digests(4, 250))
    before, calls = checkpoint(log), iter(range(99))
    signed = []

    class Recording:
        spki = staticmethod(SIGNER.spki)

        def sign(self, data):
            signed.append(data)
            return SIGNER.sign(data)

    def failing(real):
        return lambda *args, **kw: crash() if next(calls) == step else real(*args, **kw)

    with monkeypatch.context() as patch:
        for name in ("write_tiles", "write_whole", "write_state"):
            patch.setattr(log_module, name, failing(getattr(log_module, name)))
        if step < 4:
            with pytest.raises(StorageError):
                log.publish_on(WEEKLY, Recording(), START + 40 * WEEK)
        else:
            log.publish_on(WEEKLY, Recording(), START + 40 * WEEK)
    log = Log.open(tmp_path / "log", ORIGIN)
    log.check(SIGNER.spki())
    log.publish_on(WEEKLY, Recording(), START + 40 * WEEK)
    assert len(set(signed)) == 1
    assert (log.size, log.waiting) == (320, 0)
    must_extend(before, log.check(SIGNER.spki()), log.consistency(before.size))
    assert all(log.inclusion(one) for one in digests(254))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=6))
def test_the_clock_alone_decides_the_size(tmp_path_factory, days):
    """However much is reported and whenever, the published size is a function of the time; all is published in the end."""
    log, now, seen = Log.create(tmp_path_factory.mktemp("log") / "log", ORIGIN), START, 0
    for passed, count in days:
        log.append(digests(count, seen))
        seen += count
        now += timedelta(days=passed)
        log.publish_on(WEEKLY, SIGNER, now)
        assert log.size == 8 * ((now - START) // WEEK)
    log.publish_on(WEEKLY, SIGNER, now + 20 * WEEK)
    assert log.waiting == 0
    for digest in digests(seen):
        verify(decode(log.inclusion(digest)), digest, KEY)


def test_a_period_is_published_once(tmp_path):
    """Within a period, before the start, and with a clock set back nothing is published."""
    log = Log.create(tmp_path / "log", ORIGIN)
    log.append(digests(1))
    for now in (START - 9 * WEEK, START, START + WEEK - timedelta(seconds=1)):
        assert log.publish_on(WEEKLY, SIGNER, now) is None
    assert files(log) == []
    assert log.publish_on(WEEKLY, SIGNER, START + WEEK)
    assert log.publish_on(WEEKLY, SIGNER, START + WEEK) is None
    assert log.publish_on(WEEKLY, SIGNER, START) is None
    assert log.size == 8


def test_an_overflowing_batch_waits(tmp_path):
    """What does not fit a batch waits in its order; missed periods are made up for at once."""
    log = Log.create(tmp_path / "log", ORIGIN)
    log.append(digests(20))
    log.publish_on(WEEKLY, SIGNER, START + WEEK)
    assert (log.size, log.waiting) == (8, 12)
    assert all(log.inclusion(one) for one in digests(8))
    log.publish_on(WEEKLY, SIGNER, START + 5 * WEEK)
    assert (log.size, log.waiting) == (40, 0)


def test_dummies_look_like_digests(tmp_path):
    """Dummies are distinct, and the place of a digest in its batch does not tell how many came with it."""
    log = Log.create(tmp_path / "log", ORIGIN)
    places = set()
    for week in range(1, 41):
        digest = digests(1, week)
        log.append(digest)
        log.publish_on(WEEKLY, SIGNER, START + week * WEEK)
        places.add(decode(log.inclusion(digest[0])).index % 8)
    assert len(places) > 3
    bundles = b"".join(path.read_bytes() for path in (log.public / "tile" / "entries").glob("00?"))
    entries = [bundles[at + 2 : at + 34] for at in range(0, len(bundles), 34)]
    assert len(set(entries)) == len(entries) == 256


def test_a_log_goes_over_to_a_schedule(tmp_path):
    """A log that had entries before its schedule, or gets a larger batch, goes on from the size it had."""
    log = grown(tmp_path / "log", 3)
    log.publish_on(Schedule(START, WEEK, 8, base=log.size), SIGNER, START + WEEK)
    log.publish_on(Schedule(START + WEEK, WEEK, 16, base=log.size), SIGNER, START + 2 * WEEK)
    assert log.size == 3 + 8 + 16


def test_schedules_are_checked():
    """A schedule has a start with a zone, a period and a batch; a time has a zone; too far ahead is a wrong clock."""
    naive = START.replace(tzinfo=None)
    for wrong in (
        lambda: Schedule(naive, WEEK, 8),
        lambda: Schedule(START, timedelta(0), 8),
        lambda: Schedule(START, WEEK, 0),
        lambda: Schedule(START, WEEK, 8, -1),
        lambda: WEEKLY.size_at(naive),
    ):
        with pytest.raises(InputError):
            wrong()


def test_a_clock_far_ahead_publishes_nothing(tmp_path):
    """More than a right clock can ask for is refused, and what waits goes on waiting."""
    log = Log.create(tmp_path / "log", ORIGIN)
    log.append(digests(1))
    with pytest.raises(InputError):
        log.publish_on(WEEKLY, SIGNER, START + (MOST_AT_ONCE // 8 + 1) * WEEK)
    assert (log.size, log.waiting) == (0, 1)


def test_cosignatures_are_taken_over(tmp_path):
    """Known witnesses' lines stand in the next proofs; strangers' are left out, wrong and foreign ones refused."""
    log = grown(tmp_path / "log", 3)
    mine = note.decode((log.public / "checkpoint").read_bytes())
    line = cosign(mine.text, WITNESS_KEY, 1_800_000_000, WITNESS.sign)
    theirs = note.encode(note.Note(mine.text, (*mine.lines, line, line, note.Line("stranger", b"abcd", b"x"))))
    assert log.add_cosignatures(theirs, [WITNESS_KEY]) == 1
    assert log.add_cosignatures(theirs, [WITNESS_KEY]) == 0
    proof = decode(log.inclusion(digests(1)[0]))
    assert [one.name for one in proof.checkpoint.lines] == [ORIGIN, WITNESS_KEY.name]
    assert verify(proof, digests(1)[0], KEY, [WITNESS_KEY], 1).size == 3
    assert log.check(SIGNER.spki(), [WITNESS_KEY]).size == 3
    bad = note.encode(note.Note(mine.text, (note.Line(line.name, line.keyid, bytes(72)),)))
    with pytest.raises(SignatureError):
        log.add_cosignatures(bad, [WITNESS_KEY])
    log.append(digests(1, 3))
    log.publish(SIGNER)
    with pytest.raises(InputError):
        log.add_cosignatures(theirs, [WITNESS_KEY])


def test_a_changed_cosignature_is_refused(tmp_path):
    """A wrong line of a known witness is seen by whoever names the witness."""
    log = grown(tmp_path / "log", 3)
    mine = note.decode((log.public / "checkpoint").read_bytes())
    bad = note.Line(WITNESS_KEY.name, WITNESS_KEY.keyid, bytes(72))
    (log.public / "checkpoint").write_bytes(note.encode(note.Note(mine.text, (*mine.lines, bad))))
    assert log.check(SIGNER.spki()).size == 3
    with pytest.raises(LedgerError):
        log.check(SIGNER.spki(), [WITNESS_KEY])


def test_folders_are_what_they_should_be(tmp_path):
    """A log is created once, under a name that a key can bear, and opened under that name alone."""
    for origin in ("", "a b", "a+b"):
        with pytest.raises(MalformedBundle):
            Log.create(tmp_path / "log", origin)
    with pytest.raises(LedgerError):
        Log.open(tmp_path / "log", ORIGIN)
    log = Log.create(tmp_path / "log", ORIGIN)
    for doing in (lambda: Log.create(tmp_path / "log", ORIGIN), lambda: Log.open(tmp_path / "log", "other")):
        with pytest.raises(LedgerError):
            doing()
    for look in (lambda: log.check(SIGNER.spki()), lambda: check_copy(log.public, KEY)):
        with pytest.raises(LedgerError):
            look()
    with pytest.raises(InputError):
        log.consistency(1)


def test_a_damaged_state_is_refused(tmp_path):
    """A private file that is missing, cut, or holds other things than digests is refused and not guessed at."""
    log = grown(tmp_path / "log", 3)
    path = tmp_path / "log" / "private" / "log.json"
    whole = path.read_bytes()
    changes = {
        whole[:-1],
        b"{}",
        whole.replace(b'"waiting":[]', b'"waiting":["00"]'),
        whole.replace(b'"waiting":[]', b'"waiting":[7]'),
        whole.replace(b'"base":0', b'"base":"0"'),
        whole.replace(b'"batch":[]', b'"batch":["' + b"00" * 32 + b'"]').replace(b'"base":0', b'"base":9'),
    }
    assert whole not in changes
    for wrong in changes:
        path.write_bytes(wrong)
        with pytest.raises(LedgerError):
            log.append(digests(1, 9))
    path.unlink()
    with pytest.raises(LedgerError):
        Log.open(tmp_path / "log", ORIGIN)


def test_no_digest_stands_in_an_error(tmp_path):
    """A digest could be looked up by whoever has the payload: no message holds one."""
    log = grown(tmp_path / "log", 1)
    secret = os.urandom(32)
    with pytest.raises(AnonshareError) as caught:
        log.inclusion(secret)
    assert secret.hex() not in repr(caught.value) + str(caught.value.hint)
