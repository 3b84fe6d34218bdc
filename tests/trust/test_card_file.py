"""A card and its versions: who has pinned one of them follows the root keys, and nothing else leads anywhere."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import AnonshareError, MalformedBundle, UntrustedSigner
from anonshare.trust.card import ContactCard, Key, Person, Root, open_card, sign_card
from anonshare.trust.card_file import MOST_VERSIONS, append_version, follow, newest, read_versions
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keys import generate_key
from anonshare.trust.store import TrustStore, expired, must_follow, open_store, sign_store

STAMP, EXPIRES = "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"
ROOTS = [generate_key() for _ in range(6)]
OFFICE, OFFICER, LATER = generate_key(), generate_key(), generate_key()


def b64(signer) -> str:
    return b64encode(signer.spki()).decode()


def root(*numbers: int, threshold: int = 2) -> Root:
    return Root(keys=tuple(b64(ROOTS[n]) for n in numbers), threshold=threshold)


def officer(key=OFFICER, **ends) -> Person:
    keys = (Key.of(b64(key), valid_from=STAMP).model_copy(update=ends),)
    return Person(id="p-1", name="P", roles=("data",), keys=keys)


def card(version: int = 1, held: Root | None = None, **changes) -> ContactCard:
    plain = {
        "card": "card/1", "id": "ngo", "title": "NGO", "kind": "contributor", "people": (officer(),),
        "thresholds": {"data": 1}, "recipients": (), "formats": (), "exercise": False, "version": version,
        "root": held or root(0, 1, 2), "office": b64(OFFICE), "issued": STAMP, "expires": EXPIRES,
    }  # fmt: skip
    return ContactCard(**{**plain, **changes})


def signed(one: ContactCard, *numbers: int, before: Root | None = None) -> bytes:
    return sign_card(one, *(ROOTS[n] for n in numbers), before=before)


FIRST = signed(card(), 0, 1)


def test_two_of_three_root_keys_sign():
    """Any two of three root keys sign a card; one does not, one twice does not, a stranger does not help."""
    for pair in ((0, 1), (1, 2), (0, 2)):
        assert open_card(signed(card(), *pair)).version == 1
    for few in ((0,), (0, 0), (0, 5), ()):
        with pytest.raises((UntrustedSigner, MalformedBundle)):
            signed(card(), *few)


def test_an_update_over_several_versions():
    """Whoever has pinned any version follows the file to the newest, over new root keys as well."""
    rotated = root(3, 4, 5)
    second = signed(card(2, title="NGO, renamed"), 1, 2)
    third = signed(card(3, rotated), 0, 2, 3, 4, before=root(0, 1, 2))
    fourth = signed(card(4, rotated), 4, 5)
    file = FIRST + b"\n"
    for one in (second, third, fourth):
        file = append_version(file, one)
    assert [v.card.version for v in read_versions(file)] == [1, 2, 3, 4]
    for pinned in (FIRST, second, third):
        assert follow(pinned, file).card.version == 4
    assert newest(file).card.root == rotated
    tail = b"\n".join([third, fourth])
    assert follow(second, tail).card.version == 4
    with pytest.raises(UntrustedSigner, match="missing"):
        follow(FIRST, tail)


def test_a_version_that_does_not_follow():
    """Signed by its own new keys alone, with a gap, another kind, or a lost key: a next version is refused."""
    taken_over = sign_card(card(2, root(3, 4, 5)), ROOTS[3], ROOTS[4])
    wrong = (
        taken_over,
        signed(card(3), 0, 1),
        signed(card(2, kind="agency"), 0, 1),
        signed(card(2, people=(), thresholds={}), 0, 1),
        signed(card(2, people=(officer(LATER),)), 0, 1),
    )
    for one in wrong:
        with pytest.raises(UntrustedSigner):
            follow(FIRST, one)
        with pytest.raises(UntrustedSigner):
            read_versions(FIRST + b"\n" + one)


def test_an_end_is_not_taken_back():
    """A key that was ended stays ended in every later version."""
    ended = signed(card(2, people=(officer(status="compromised", since=STAMP),)), 0, 1)
    revived = signed(card(3), 0, 1)
    assert follow(FIRST, ended).card.keys[0].status == "compromised"
    with pytest.raises(UntrustedSigner, match="takes back"):
        follow(ended, revived)


def test_two_cards_with_one_number():
    """Another card under the number that is pinned is a fork, and named so; an older one is older."""
    other = signed(card(title="Somebody else"), 0, 1)
    with pytest.raises(UntrustedSigner) as error:
        follow(FIRST, append_version(other, signed(card(2), 0, 1)))
    assert error.value.reason == "fork"
    with pytest.raises(UntrustedSigner, match="newer"):
        follow(signed(card(2), 0, 1), FIRST)
    with pytest.raises(UntrustedSigner, match="newer"):
        follow(FIRST, FIRST)


def test_a_file_keeps_its_last_versions():
    """The oldest versions go before a file has too many; one with too many is refused."""
    versions = [signed(card(n), 0, 1) for n in range(1, MOST_VERSIONS + 3)]
    file = versions[0]
    for one in versions[1:]:
        file = append_version(file, one)
    assert read_versions(file)[0].card.version == 3
    with pytest.raises(UntrustedSigner, match="more than"):
        read_versions(b"\n".join(versions))


@settings(max_examples=60)
@given(st.data())
def test_a_touched_file_leads_nowhere(data):
    """A card file changed in any byte is refused, or is the same file."""
    file = append_version(FIRST, signed(card(2), 1, 2))
    place = data.draw(st.integers(0, len(file) - 2))
    changed = file[:place] + bytes([file[place] ^ data.draw(st.integers(1, 255))]) + file[place + 1 :]
    with pytest.raises(AnonshareError):
        read_versions(changed)


def test_the_exercise_root_is_refused_by_every_real_store():
    """A card with the published root is an exercise card, one without is none, and a real store takes neither guise."""
    public = b64(exercise_root())
    keys = Root(keys=(b64(ROOTS[3]), b64(ROOTS[4]), public), threshold=2)
    exercise = sign_card(
        card(1, keys, id="drill", exercise=True, office=b64(LATER), people=(), thresholds={}), ROOTS[3], exercise_root()
    )
    own = signed(card(people=(), thresholds={}), 0, 1)
    store = TrustStore.start(own, STAMP, EXPIRES)
    with pytest.raises(UntrustedSigner, match="exercise"):
        store.pin(exercise, STAMP, "x", EXPIRES)
    for changes in (
        {"held": keys, "exercise": False},
        {"held": root(3, 4, 5), "exercise": True},
        {"held": Root(keys=(b64(ROOTS[3]), public), threshold=1), "exercise": True},
        {"office": public},
    ):
        with pytest.raises(ValueError, match="exercise"):
            card(**changes)


def test_a_lost_root_is_pinned_anew():
    """Repin replaces a card under other root keys, keeps the old one with its end, and is no way to update."""
    own = signed(card(id="desk", kind="agency", people=(), thresholds={}), 0, 1)
    theirs_root, new_root = root(3, 4, threshold=1), root(5, threshold=1)
    theirs = signed(card(1, theirs_root, office=b64(LATER)), 3)
    again = signed(card(1, new_root, office=b64(LATER)), 5)
    store = TrustStore.start(own, STAMP, EXPIRES).pin(theirs, STAMP, "x", EXPIRES)
    with pytest.raises(UntrustedSigner):
        store.pin(again, STAMP, "x", EXPIRES)
    fresh = store.repin(again, "2026-05-05T00:00:00Z", "x", EXPIRES)
    assert fresh.organisation("ngo").root == new_root
    assert [(one.root, until) for one, until in fresh.former()] == [(theirs_root, "2026-05-05T00:00:00Z")]
    with pytest.raises(UntrustedSigner):
        fresh.repin(again, STAMP, "x", EXPIRES)
    with pytest.raises(UntrustedSigner):
        store.repin(signed(card(1, new_root, id="third", office=b64(LATER)), 5), STAMP, "x", EXPIRES)


def test_a_store_follows_by_the_keys_of_both_versions():
    """The next store is signed by the root keys of both versions and has the next number; anything else is refused."""
    own = card(id="desk", kind="agency", people=(), thresholds={})
    first = TrustStore.start(signed(own, 0, 1), STAMP, EXPIRES)
    data = sign_store(first, ROOTS[0], ROOTS[1])
    moved = own.model_copy(update={"version": 2, "root": root(3, 4, 5)})
    file = append_version(signed(own, 0, 1), signed(moved, 0, 1, 3, 4, before=own.root))
    second = first.pin(file, STAMP, "x", EXPIRES)
    good = sign_store(second, ROOTS[0], ROOTS[1], ROOTS[3], ROOTS[4], before=first.root)
    assert must_follow(data, good) == second
    assert open_store(good, root=root(3, 4, 5)) == second
    with pytest.raises(UntrustedSigner):
        must_follow(data, sign_store(second, ROOTS[3], ROOTS[4]))
    with pytest.raises(UntrustedSigner):
        must_follow(good, data)
    with pytest.raises(UntrustedSigner):
        sign_store(second, ROOTS[3], ROOTS[4], before=first.root)


def test_the_last_second_counts():
    """A date includes its own second."""
    from datetime import UTC, datetime

    assert not expired(EXPIRES, datetime(2027, 1, 1, tzinfo=UTC))
    assert expired(EXPIRES, datetime(2027, 1, 1, 0, 0, 1, tzinfo=UTC))
