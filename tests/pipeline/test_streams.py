"""A stream between an office and a desk, when things go wrong on the way: told apart, and mended with notices."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

import anonshare as an
from anonshare.errors import (
    LedgerError,
    MalformedBundle,
    NotForUs,
    OutOfOrder,
    ReleaseRefused,
    SignatureError,
    UntrustedSigner,
    WorkspaceError,
)
from anonshare.intake.notices import Notice, sign_notice
from anonshare.intake.state import ReceiverState
from anonshare.intake.store import Store
from anonshare.pipeline.demo import POLICY
from anonshare.pipeline.root_keys import reset_clock
from anonshare.samples.cases import cases
from anonshare.trust.keys import generate_key, load_key
from anonshare.workspace import now_utc
from tests.pipeline.conftest import copied

SECRET = b"correct horse"
STREAM = f"ngo-lumina/{POLICY}/agency-x"


def keys(world, *numbers):
    return {world.keys[n]: SECRET for n in numbers}


@pytest.fixture(scope="module")
def released(template, tmp_path_factory):
    """Three releases of one stream, each of other persons, so that no increment is small."""
    world, made = copied(template, tmp_path_factory.mktemp("three")), []
    for number in range(3):
        cases(150, seed=40 + number).write_csv(world.records)
        made.append(world.release(f"out{number}"))
    return world, made


@pytest.fixture
def three(released, tmp_path):
    """A copy of the world with three releases."""
    world, made = released
    mine = copied(world.root, tmp_path)
    return mine, [replace(one, path=mine.root / one.path.relative_to(world.root)) for one in made]


def order_of(world, release) -> str:
    with an.verify(release.path, world.desk) as verified:
        found = verified.order
        an.ingest(verified, world.desk)
    return found


def refused(world, release) -> str:
    with pytest.raises(OutOfOrder) as error:
        an.verify(release.path, world.desk)
    return error.value.reason


def test_a_gap_is_told_and_closed(three):
    """A number too early is a gap; once those before came, in order, it is the next."""
    world, made = three
    assert refused(world, made[2]) == "gap"
    assert [order_of(world, release) for release in made] == ["first", "next", "next"]
    assert order_of(world, made[0]) == "duplicate"


def test_bundles_that_arrive_together(three):
    """Whatever the order of names in the inbox, all bundles of a stream are taken in; a lonely late one waits."""
    world, made = three
    inbox = world.desk.folder("inbox")
    for name, release in zip(("c", "b", "a"), made, strict=True):
        shutil.copy(release.path, inbox / f"{name}.anonshare.zip.age")
    held = shutil.move(inbox / "b.anonshare.zip.age", world.root)
    assert [one.state for one in an.inbox(world.desk, take=True)] == ["early", "ingested"]
    shutil.copy(held, inbox)
    assert [one.state for one in an.inbox(world.desk, take=True)] == ["ingested", "ingested"]
    assert not list(world.desk.folder("quarantine").iterdir())


def test_a_bundle_that_is_void(three):
    """One officer calls a bundle back: it is refused whenever it comes, and the stream goes on after it."""
    world, made = three
    order_of(world, made[0])
    notice = an.void(world.office, STREAM, 2, keys=keys(world, 0), to=world.root / "notices")
    assert an.take_notice(world.desk, notice).new
    assert not an.take_notice(world.desk, notice).new
    assert refused(world, made[1]) == "voided"
    assert order_of(world, made[2]) == "next"
    with pytest.raises(LedgerError):
        an.resend(world.office, STREAM, 2, world.root / "again")


def test_a_void_that_comes_first_or_late(three):
    """A void stands outside of the sequence: before its bundle came, or after it was taken in, it takes effect at once."""
    world, made = three
    order_of(world, made[0])
    for number in (1, 3):
        an.take_notice(world.desk, an.void(world.office, STREAM, number, keys=keys(world, 1), to=world.root / "n"))
    assert Store(world.desk.root / "store.sqlite").counts()["data_cases"] == 0
    assert refused(world, made[0]) == "voided"
    assert order_of(world, made[1]) == "next"
    assert refused(world, made[2]) == "voided"
    assert ReceiverState(world.desk.root / "state.jsonl").last("ngo-lumina", STREAM) == (3, made[2].digest)


def test_numbers_that_never_come(world):
    """Numbers that are skipped, signed by all roles, close the gap; by one officer they do not."""
    cases(150, seed=40).write_csv(world.records)
    first = world.release()
    order_of(world, first)
    with pytest.raises(ReleaseRefused):
        an.skip(world.office, STREAM, 2, 3, keys=keys(world, 0), to=world.root / "n")
    with pytest.raises(LedgerError):
        an.skip(world.office, STREAM, 1, 3, keys=keys(world, 0, 1), to=world.root / "n")
    notice = an.skip(world.office, STREAM, 2, 3, keys=keys(world, 0, 1), to=world.root / "n")
    cases(150, seed=41).write_csv(world.records)
    fourth = world.release("later")
    assert fourth.seq == 4
    assert refused(world, fourth) == "gap"
    assert an.take_notice(world.desk, notice).new
    assert not an.take_notice(world.desk, notice).new
    assert order_of(world, fourth) == "next"


def test_nobody_voids_what_others_gave(three):
    """A contributor's void of somebody else's bundle deletes nothing of it and refuses nothing."""
    world, made = three
    order_of(world, made[0])
    other = an.setup(
        world.root / "other", id="ngo-b", title="B", exercise=True, passphrase_file=world.root / "passphrase"
    )
    an.add_person(other, an.new_officer(world.root / "eve", name="E", roles=("data-officer",), passphrase=SECRET))
    card = other.root / "card.dsse.json"
    an.add_card(world.desk, card, words=" ".join(an.card_words(card.read_bytes())))
    notice = Notice(
        notice="notice/1", kind="void", contributor="ngo-b", recipient="agency-x", stream=STREAM, seq=1, to=1,
        digest=made[0].digest, created="2026-01-01T00:00:00Z",
    )  # fmt: skip
    path = world.root / "evil.notice.json"
    path.write_bytes(sign_notice(notice, [load_key(world.root / "eve" / "officer.key", SECRET)]))
    rows = Store(world.desk.root / "store.sqlite").counts()
    an.take_notice(world.desk, path)
    assert Store(world.desk.root / "store.sqlite").counts() == rows
    assert order_of(world, made[0]) == "duplicate"
    assert order_of(world, made[1]) == "next"


def test_notices_of_others(three):
    """By a stranger, by one for all, for another desk, touched, or of a bundle that never left: refused."""
    world, made = three
    good = an.void(world.office, STREAM, 1, keys=keys(world, 0), to=world.root / "n")
    plain = Notice(
        notice="notice/1", kind="skip", contributor="ngo-lumina", recipient="agency-x", stream=STREAM, seq=4, to=9,
        digest=None, created="2026-01-01T00:00:00Z",
    )  # fmt: skip
    officer = load_key(world.keys[0], SECRET)
    wrong = {
        "stranger": (sign_notice(plain, [generate_key()]), UntrustedSigner),
        "one for all": (sign_notice(plain, [officer]), SignatureError),
        "other desk": (sign_notice(plain.model_copy(update={"recipient": "agency-y"}), [officer]), NotForUs),
        "other name": (sign_notice(plain.model_copy(update={"contributor": "ngo-b"}), [officer]), UntrustedSigner),
        "touched": (good.read_bytes()[:-2] + b"}}", MalformedBundle),
    }
    for name, (data, error) in wrong.items():
        path = world.root / f"{name}.notice.json"
        path.write_bytes(data)
        with pytest.raises(error):
            an.take_notice(world.desk, path)
    with pytest.raises(LedgerError):
        an.void(world.office, STREAM, 9, keys=keys(world, 0), to=world.root / "n")
    with pytest.raises(ReleaseRefused):
        stranger = an.new_officer(world.root / "eve", name="E", roles=("data-officer",), passphrase=SECRET)
        an.void(world.office, STREAM, 1, keys={stranger.parent / "officer.key": SECRET}, to=world.root / "n")


def test_a_notice_in_the_inbox_comes_first(three):
    """A notice that arrives together with what it calls back is taken before it."""
    world, made = three
    notice = an.void(world.office, STREAM, 1, keys=keys(world, 0), to=world.root / "n")
    inbox = world.desk.folder("inbox")
    shutil.copy(made[0].path, inbox / "a.anonshare.zip.age")
    shutil.copy(notice, inbox)
    assert {one.state for one in an.inbox(world.desk)} == {"waiting"}
    assert sorted(one.state for one in an.inbox(world.desk, take=True)) == ["ingested", "refused"]


def test_what_left_is_sent_again(three):
    """A file that was lost comes again, byte for byte; one whose copy is gone or exchanged does not."""
    world, made = three
    again = an.resend(world.office, STREAM, 1, world.root / "again")
    assert again.read_bytes() == made[0].path.read_bytes()
    sent = sorted(world.office.folder("sent").iterdir())
    assert len(sent) == 3
    path = world.office.folder("sent") / f"{made[1].digest[:16]}.anonshare.zip.age"
    shutil.copy(made[0].path, path)
    with pytest.raises(LedgerError, match="another bundle"):
        an.resend(world.office, STREAM, 2, world.root / "again")
    path.unlink()
    for number in (2, 7):
        with pytest.raises(LedgerError):
            an.resend(world.office, STREAM, number, world.root / "again")


def test_a_stream_begins_again(three):
    """After a number that was far too high the contributor's root keys let the stream go on where his ledger stands."""
    world, made = three
    order_of(world, made[0])
    state = ReceiverState(world.desk.root / "state.jsonl")
    when = now_utc().strftime("%Y-%m-%dT%H:%M:%SZ")
    state.record(contributor="ngo-lumina", stream=STREAM, seq=2**52, digest="f" * 64, outcome="refused", when=when)
    assert refused(world, made[1]) == "rollback"
    an.restart_stream(world.office, STREAM)
    an.add_card(world.desk, world.office.root / "card.dsse.json")
    cases(150, seed=77).write_csv(world.records)
    fourth = world.release("fourth")
    assert fourth.seq == 4
    assert order_of(world, fourth) == "next"


def test_a_refused_bundle_keeps_its_number(three, monkeypatch):
    """An authentic bundle that was refused is a replay when it comes again, and the next one follows it."""
    world, made = three
    state = ReceiverState(world.desk.root / "state.jsonl")
    when = now_utc().strftime("%Y-%m-%dT%H:%M:%SZ")
    state.record(contributor="ngo-lumina", stream=STREAM, seq=1, digest=made[0].digest, outcome="refused", when=when)
    assert refused(world, made[0]) == "replay"
    assert order_of(world, made[1]) == "next"


def test_the_clock_goes_forward(three):
    """A clock that stands before what was recorded last judges nothing; five minutes are forgiven."""
    world, made = three
    order_of(world, made[0])
    with pytest.raises(WorkspaceError, match="clock"):
        an.verify(made[1].path, world.desk, now=now_utc() - timedelta(hours=1))
    an.verify(made[1].path, world.desk, now=now_utc() - timedelta(minutes=4)).close()


def test_a_clock_that_was_wrong(three):
    """A desk whose clock ran years ahead goes on once two root keys say so, and on nobody else's word."""
    world, made = three
    ahead = now_utc() + timedelta(days=20)
    with an.verify(made[0].path, world.desk, now=ahead) as verified:
        an.ingest(verified, world.desk, now=ahead)
    with pytest.raises(WorkspaceError, match="clock"):
        an.verify(made[1].path, world.desk)
    held = shutil.move(world.desk.root / "keys" / "root-2.key", world.root)
    (world.desk.root / "keys" / "root-1.key").rename(world.root / "root-1.key")
    with pytest.raises(UntrustedSigner):
        reset_clock(world.desk)
    shutil.move(held, world.desk.root / "keys")
    reset_clock(world.desk)
    assert order_of(world, made[1]) == "next"
    with pytest.raises(WorkspaceError, match="clock"):
        an.verify(made[2].path, world.desk, now=now_utc() - timedelta(days=1))


def test_the_state_is_a_chain(three):
    """A record that was changed in the receiver's state is found before anything is judged by it."""
    world, made = three
    order_of(world, made[0])
    path = world.desk.root / "state.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"seq":1', b'"seq":2'))
    with pytest.raises(WorkspaceError, match="damaged"):
        an.verify(made[1].path, world.desk)
