"""The life of keys: who comes, who leaves, what is lost or stolen, and what that undoes at the recipient's desk."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

import anonshare as an
from anonshare.errors import (
    KeyFileError,
    SignatureError,
    UntrustedSigner,
    UsageError,
    WorkspaceError,
)
from anonshare.pipeline.officers import set_threshold, single_holders
from anonshare.pipeline.root_keys import at_hand
from anonshare.pipeline.status import status, status_lines
from anonshare.samples.cases import cases
from anonshare.trust.card_file import read_versions
from anonshare.workspace import now_utc
from tests.pipeline.conftest import copied

SECRET = b"correct horse"
DAY = timedelta(days=1)


def ingested(world, release):
    with an.verify(release.path, world.desk) as verified:
        an.ingest(verified, world.desk)


def updated(world) -> None:
    """The desk takes the office's card file as it is today."""
    an.add_card(world.desk, world.office.root / "card.dsse.json")


@pytest.fixture(scope="module")
def accepted(template, tmp_path_factory):
    """A world in which the desk has taken in one release, and one that never came."""
    world = copied(template, tmp_path_factory.mktemp("accepted"))
    release = world.release()
    ingested(world, release)
    return world, release


@pytest.fixture
def told(accepted, tmp_path):
    """A copy of it."""
    world, release = accepted
    mine = copied(world.root, tmp_path)
    return mine, replace(release, path=mine.root / release.path.relative_to(world.root))


def officer(world) -> str:
    return next(p.id for p in world.office.card.people if "data-officer" in p.roles)


@pytest.mark.parametrize(
    ("why", "since"), [("left", -DAY), ("superseded", -DAY), ("left", timedelta(0)), ("compromised", DAY)]
)
def test_what_was_accepted_before_stays(told, why, since):
    """An officer leaves, is succeeded, or is robbed later: what the desk accepted before still verifies."""
    world, release = told
    an.revoke(world.office, officer(world), why=why, since=now_utc() + since)
    updated(world)
    with an.verify(release.path, world.desk) as verified:
        assert verified.order == "duplicate"
        assert len(verified.signed_by) == 2


def test_a_compromise_before_undoes_what_was_accepted(told):
    """A key that was stolen before the first acceptance vouches for nothing that it signed."""
    world, release = told
    an.revoke(world.office, officer(world), why="compromised", since=now_utc() - DAY)
    updated(world)
    with pytest.raises(SignatureError, match="data-officer"):
        an.verify(release.path, world.desk)


@pytest.mark.parametrize("why", ["left", "superseded", "compromised"])
def test_nothing_new_is_taken_in_after_an_end(told, why):
    """A bundle that the desk did not accept before the end of its signer's key is refused."""
    world, release = told
    (world.desk.root / "state.jsonl").unlink()
    an.revoke(world.office, officer(world), why=why, since=now_utc() - timedelta(hours=1))
    updated(world)
    with pytest.raises(SignatureError, match="data-officer"):
        an.verify(release.path, world.desk)


def test_a_key_that_ends_by_itself(world):
    """A key counts until its date, for new bundles; what was accepted by then stays."""
    person = an.new_officer(
        world.root / "renewed", name="A. Ionescu", roles=("data-officer",), passphrase=SECRET, id=officer(world),
        valid_until=now_utc() + DAY,
    )  # fmt: skip
    an.add_person(world.office, person)
    updated(world)
    keys = (world.root / "renewed" / "officer.key", world.keys[1])
    work = an.draft(an.plan(world.records, "ngo-cases-to-police", world.office))
    release = an.seal(work, [an.approve(work.request, key=k, passphrase=SECRET) for k in keys], world.root / "out")
    with pytest.raises(SignatureError):
        an.verify(release.path, world.desk, now=now_utc() + 2 * DAY)
    ingested(world, release)
    with an.verify(release.path, world.desk, now=now_utc() + 2 * DAY) as verified:
        assert verified.order == "duplicate"


def test_a_second_key_supersedes_the_first(world):
    """Somebody on the card who gets a new key signs with that one alone from then on."""
    person = an.new_officer(
        world.root / "new", name="A. Ionescu", roles=("data-officer",), passphrase=SECRET, id=officer(world)
    )
    card = an.add_person(world.office, person)
    keys = next(p for p in card.people if p.id == officer(world)).keys
    assert [key.status for key in keys] == ["superseded", "valid"]
    assert len(card.people) == 2


def test_raised_thresholds_undo_nothing(told):
    """When more persons must sign than before, what was accepted stays, and what comes needs them."""
    world, release = told
    an.add_person(
        world.office, an.new_officer(world.root / "third", name="C", roles=("data-officer",), passphrase=SECRET)
    )
    set_threshold(world.office, "data-officer", 2)
    updated(world)
    with an.verify(release.path, world.desk) as verified:
        assert verified.order == "duplicate"
    with pytest.raises(UntrustedSigner):
        set_threshold(world.office, "data-officer", 3)


def test_the_card_warns_where_one_person_holds_a_role(world):
    """Roles with one holder are named, in the card's changes and in status; a second holder ends that."""
    assert single_holders(world.office.card, now_utc()) == ("data-officer", "legal-officer")
    an.add_person(
        world.office, an.new_officer(world.root / "third", name="C", roles=("data-officer",), passphrase=SECRET)
    )
    assert single_holders(world.office.card, now_utc()) == ("legal-officer",)
    assert any("legal-officer" in line for line in status_lines(status(world.office)))


def test_root_keys_go_to_their_holders(world, tmp_path):
    """Two people and paper: handed out, the workspace alone changes nothing any more; any two of three do."""
    home = an.setup(tmp_path / "real", id="ngo-real", title="Real", passphrase_file=world.root / "passphrase")
    assert at_hand(home) == ("root-1.key", "root-2.key", "root-paper.txt")
    paper = shutil.move(home.root / "keys" / "root-paper.txt", tmp_path / "paper.txt")
    one = an.take_root(home, "root-1", tmp_path / "ana", passphrase=b"ana's own")
    two = an.take_root(home, "root-2", tmp_path / "max", passphrase=b"max's own")
    assert at_hand(home) == ()
    person = an.new_officer(tmp_path / "p", name="P", roles=("data-officer",), passphrase=SECRET)
    for few in ({}, {one: b"ana's own"}):
        with pytest.raises(UntrustedSigner, match="root keys"):
            an.add_person(home, person, roots=few)
    with pytest.raises(KeyFileError):
        an.add_person(home, person, roots={one: b"wrong", two: b"max's own"})
    for number, pair in enumerate(({one: b"ana's own", two: b"max's own"}, {paper: b"", two: b"max's own"})):
        person = an.new_officer(tmp_path / f"p{number}", name="P", roles=("data-officer",), passphrase=SECRET)
        assert len(an.add_person(home, person, roots=pair).people) == number + 1
    with pytest.raises(WorkspaceError):
        an.take_root(home, "root-1", tmp_path / "eve", passphrase=SECRET)
    with pytest.raises(UsageError):
        an.take_root(world.office, "root-1", world.office.root / "in", passphrase=SECRET)


def test_new_root_keys_are_followed(world):
    """After a change of all root keys the desk follows by itself, over several versions in one file."""
    an.rotate_roots(world.office)
    office = an.Workspace.open(world.office.root, passphrase_file=world.root / "passphrase")
    an.add_person(office, an.new_officer(world.root / "third", name="C", roles=("data-officer",), passphrase=SECRET))
    assert len(read_versions((office.root / "card.dsse.json").read_bytes())) == 5
    updated(world)
    assert world.desk.trust.organisation("ngo-lumina").version == office.card.version
    with pytest.raises(WorkspaceError, match="no such root key"):
        an.take_root(office, "root-9", world.root / "x", passphrase=SECRET)


def test_lost_root_keys(told):
    """An organisation that lost its root keys is pinned anew after a call; what it released before stays verifiable."""
    world, release = told
    later = world.root / "again"
    again = an.setup(
        later, id="ngo-lumina", title="NGO Lumina", exercise=True, passphrase_file=world.root / "passphrase"
    )
    for number, role in enumerate(("data-officer", "legal-officer")):
        an.add_person(again, an.new_officer(world.root / f"n{number}", name=role, roles=(role,), passphrase=SECRET))
    card = again.root / "card.dsse.json"
    words = " ".join(an.card_words(card.read_bytes()))
    with pytest.raises(UntrustedSigner):
        an.add_card(world.desk, card, words=words)
    with pytest.raises(UntrustedSigner, match="words"):
        an.repin(world.desk, card, words="acorn " * 12, by="B. Keller")
    an.repin(world.desk, card, words=words, by="B. Keller")
    with an.verify(release.path, world.desk) as verified:
        assert verified.order == "duplicate"
    assert world.desk.trust.pin_of("ngo-lumina").pinned_by == "B. Keller"
    cases(150, seed=9).write_csv(world.records)


def test_an_expired_store_is_renewed(world):
    """Store and own card count for another year once two root keys sign them again."""
    until = an.renew(world.desk)
    assert until > (now_utc() + timedelta(days=360)).strftime("%Y-%m-%d")
    assert (world.desk.trust.version, world.desk.card.version) == (3, 2)
    assert world.desk.trust.expires == world.desk.card.expires == until


def test_a_store_that_is_set_back_is_noticed(world):
    """The store by which the desk judged before cannot be exchanged for an older one."""
    old = (world.desk.root / "trust.dsse.json").read_bytes()
    an.renew(world.desk)
    ingested(world, world.release())
    (world.desk.root / "trust.dsse.json").write_bytes(old)
    with pytest.raises(UntrustedSigner, match="older"):
        an.verify(world.root / "out", world.desk)


def test_a_foreign_store_is_refused(world):
    """A store by other root keys than the workspace has pinned is not its own."""
    shutil.copy(world.office.root / "trust.dsse.json", world.desk.root / "trust.dsse.json")
    with pytest.raises(UntrustedSigner, match="not the one"):
        _ = world.desk.trust


def test_nobody_and_several_are_not_revoked(world):
    """A name that means nobody, or too little of a key id, ends no key."""
    for who in ("nobody", world.office.card.keys[0].keyid[:4], ""):
        with pytest.raises(UsageError):
            an.revoke(world.office, who, why="left")
    assert all(key.status == "valid" for key in world.office.card.keys)
    key = world.office.card.keys[0].keyid
    assert an.revoke(world.office, key[:8], why="left").keys[0].status == "left"
    assert an.revoke(world.office, key[:8], why="compromised").keys[0].status == "compromised"
    assert an.revoke(world.office, key[:8], why="left").keys[0].status == "compromised"
