"""Cards, stores and roles: who counts, and who does not."""

from __future__ import annotations

from base64 import b64encode
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import AnonshareError, MalformedBundle, SignatureError, UntrustedSigner
from anonshare.trust.card import CARD_TYPE, ContactCard, Key, Person, Root, card_digest, open_card, sign_card
from anonshare.trust.envelopes import signed
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keys import generate_key, keyid
from anonshare.trust.model import validated
from anonshare.trust.roles import count_roles
from anonshare.trust.store import STORE_TYPE, TrustStore, open_store, sign_store
from anonshare.trust.words import fingerprint_words, same_words
from anonshare.wire.dsse import Signature
from anonshare.wire.strict_json import canonical

STAMP = "2026-01-01T00:00:00Z"
NOW = datetime(2026, 6, 1, tzinfo=UTC)
RECIPIENT = "age1" + "q" * 58
EXPIRES = "2027-01-01T00:00:00Z"
POOL = [generate_key() for _ in range(6)]


def b64(signer) -> str:
    return b64encode(signer.spki()).decode()


def person(number: int, *roles: str, **key) -> Person:
    entry = Key.of(b64(POOL[number]), valid_from=STAMP)
    return Person(id=f"p-{number}", name=f"Person {number}", roles=roles, keys=(entry.model_copy(update=key),))


def root_of(*keys, threshold: int = 1) -> Root:
    return Root(keys=tuple(map(b64, keys)), threshold=threshold)


OFFICES: dict = {}


def card(signer, id: str = "ngo", people=(), thresholds=None, **changes) -> ContactCard:
    office = OFFICES.setdefault(signer.spki(), generate_key())
    plain = {
        "card": "card/1", "id": id, "title": "NGO", "kind": "contributor", "people": people, "thresholds": thresholds or {},
        "recipients": (RECIPIENT,), "formats": ("anonshare/1-draft",), "exercise": False, "version": 1,
        "root": root_of(signer), "office": b64(office), "issued": STAMP, "expires": EXPIRES,
    }  # fmt: skip
    return ContactCard(**{**plain, **changes})


def sign(*numbers: int, message: bytes = b"m") -> list[Signature]:
    return [Signature(keyid(POOL[n].spki()), POOL[n].sign(message)) for n in numbers]


TWO = {"data": 1, "legal": 1}


def test_two_roles_two_persons():
    """Two persons in two roles meet two thresholds; one, or none, does not."""
    ours = card(generate_key(), people=(person(0, "data"), person(1, "legal")), thresholds=TWO)
    both = count_roles(ours, b"m", sign(0, 1), NOW)
    assert both.met
    assert [one.person for one in both.people] == ["p-0", "p-1"]
    assert count_roles(ours, b"m", sign(0), NOW).missing == ("legal",)
    assert not count_roles(ours, b"m", [], NOW).met
    assert count_roles(ours, b"m", sign(0, 1, 2), NOW).unknown == 1


def test_one_person_fills_one_place():
    """A person with both roles, or with two keys, is one person."""
    both = Person(id="p-0", name="P", roles=("data", "legal"), keys=(*person(0, "data").keys, *person(2, "data").keys))
    ours = card(generate_key(), people=(both, person(1, "legal")), thresholds=TWO)
    assert not count_roles(ours, b"m", sign(0, 2), NOW).met
    assert count_roles(ours, b"m", sign(0, 1), NOW).met


@given(st.permutations([0, 1, 2]))
def test_seats_are_filled_as_well_as_possible(order):
    """Whatever the order of signatures, persons with several roles are seated so that the thresholds are met."""
    people = (person(0, "data", "legal"), person(1, "data"), person(2, "head", "legal"))
    ours = card(POOL[5], people=people, thresholds={"data": 1, "legal": 1, "head": 1})
    assert count_roles(ours, b"m", sign(*order), NOW).met


def test_a_lying_signature_sinks_the_whole():
    """A known key with a wrong signature is refused even where the threshold is met without it."""
    ours = card(generate_key(), people=(person(0, "data"), person(1, "legal"), person(2, "data")), thresholds=TWO)
    with pytest.raises(SignatureError):
        count_roles(ours, b"m", [*sign(0, 1), *sign(2, message=b"other")], NOW)


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ({"valid_until": "2026-02-01T00:00:00Z"}, "expired"),
        ({"valid_from": "2026-07-01T00:00:00Z"}, "not valid yet"),
        ({"status": "left", "since": "2026-03-01T00:00:00Z"}, "left"),
        ({"status": "compromised", "since": "2026-03-01T00:00:00Z"}, "compromised"),
    ],
)
def test_keys_that_do_not_count(key, why):
    """An expired, future, left or compromised key does not count, is listed, and does not sink a met threshold."""
    people = (person(0, "data"), person(1, "legal"), person(2, "legal", **key))
    ours = card(generate_key(), people=people, thresholds=TWO)
    assert not count_roles(ours, b"m", sign(0, 2), NOW).met
    met = count_roles(ours, b"m", sign(0, 1, 2), NOW)
    assert met.met
    assert [one.why_not for one in met.uncounted] == [why]


def test_no_threshold_is_never_met():
    """A card that demands nobody accepts nothing: an empty list is no approval."""
    assert not count_roles(card(generate_key()), b"m", [], NOW).met
    assert not count_roles(card(generate_key()), b"m", [], NOW, required={"data": 1}).met
    ours = card(generate_key(), people=(person(0, "data"),), thresholds={"data": 1})
    assert not count_roles(ours, b"m", sign(0), NOW, required={"legal": 1}).met


def test_a_card_is_signed_by_its_root():
    """A card opens if its own root signed it; any other signature, type or root is refused."""
    root = generate_key()
    data = sign_card(card(root), root)
    assert open_card(data).id == "ngo"
    with pytest.raises(UntrustedSigner):
        sign_card(card(root), generate_key())
    payload = canonical(card(root).model_dump(mode="json"))
    for wrong in (signed(CARD_TYPE, payload, generate_key()), signed("other", payload, root)):
        with pytest.raises(UntrustedSigner):
            open_card(wrong)


BAD_CARDS = {
    "same key twice": {"people": (person(0, "a"), person(0, "b").model_copy(update={"id": "p-9"}))},
    "same person twice": {"people": (person(0, "a"), person(1, "a").model_copy(update={"id": "p-0"}))},
    "threshold without people": {"thresholds": {"data": 1}},
    "threshold beyond people": {"people": (person(0, "a", "b"),), "thresholds": {"a": 1, "b": 1}},
    "id with capitals": {"id": "NGO"},
    "version 0": {"version": 0},
    "recipient": {"recipients": ("age1short",)},
}


@pytest.mark.parametrize("changes", BAD_CARDS.values(), ids=BAD_CARDS.keys())
def test_a_wrong_card_is_refused(changes):
    """Each wrong card is refused; the refusal names a field and no text of the stranger."""
    root = generate_key()
    plain = card(root).model_dump(mode="json")
    given = {k: [p.model_dump(mode="json") for p in v] if k == "people" else v for k, v in changes.items()}
    data = signed(CARD_TYPE, canonical({**plain, **given}), root)
    with pytest.raises(UntrustedSigner) as error:
        open_card(data)
    assert "NGO" not in str(error.value).replace("NGO Lumina", "")


def test_a_key_that_is_no_key():
    """A key id that does not fit, and a status without a day, are refused."""
    for changes in ({"keyid": "0" * 64}, {"status": "left"}, {"since": STAMP}, {"alg": "rsa"}):
        plain = Key.of(b64(POOL[0]), valid_from=STAMP).model_dump(mode="json")
        with pytest.raises(UntrustedSigner):
            validated(Key, {**plain, **changes}, "key")
    with pytest.raises(UntrustedSigner):
        Key.of(b64encode(b"noise noise noise").decode(), valid_from=STAMP)


def test_the_store_pins_and_renews():
    """A store pins cards of others once, renews them by the same root, and refuses everything else."""
    root, other = generate_key(), generate_key()
    store = TrustStore.start(sign_card(card(root), root), STAMP, EXPIRES)
    theirs = sign_card(card(other, id="agency", kind="agency"), other)
    grown = store.pin(theirs, STAMP, "somebody", EXPIRES)
    assert grown.version == 2
    assert grown.organisation("agency").kind == "agency"
    assert open_store(sign_store(grown, root), root=root_of(root)) == grown
    newer = sign_card(card(other, id="agency", kind="agency", version=2), other)
    assert grown.pin(newer, STAMP, "x", EXPIRES).organisation("agency").version == 2
    stranger = generate_key()
    for wrong in (
        theirs,
        sign_card(card(stranger, id="agency", version=5), stranger),
        sign_card(
            card(stranger, id="third", exercise=True, root=root_of(stranger, exercise_root(), threshold=2)),
            stranger,
            exercise_root(),
        ),
    ):
        with pytest.raises(UntrustedSigner):
            grown.pin(wrong, STAMP, "x", EXPIRES)
    with pytest.raises(UntrustedSigner):
        grown.organisation("nobody")


def test_a_key_on_two_cards_is_refused():
    """One key under two organisations would count twice."""
    root, other = generate_key(), generate_key()
    ours = sign_card(card(root, people=(person(0, "data"),), thresholds={"data": 1}), root)
    store = TrustStore.start(ours, STAMP, EXPIRES)
    with pytest.raises(UntrustedSigner):
        store.pin(sign_card(card(other, id="two", people=(person(0, "data"),)), other), STAMP, "x", EXPIRES)


def test_a_store_is_its_owners():
    """A store under another root, by another signer, or with another first card is refused."""
    root, other = generate_key(), generate_key()
    store = TrustStore.start(sign_card(card(root), root), STAMP, EXPIRES)
    with pytest.raises(UntrustedSigner):
        sign_store(store, other)
    with pytest.raises(UntrustedSigner):
        open_store(sign_store(store, root), root=root_of(other))
    plain = store.model_dump(mode="json")
    for changes in (
        {"owner": "another"},
        {"pinned": plain["pinned"] * 2},
        {"pinned": []},
        {"more": 1},
    ):
        signer = root
        with pytest.raises(UntrustedSigner):
            open_store(signed(STORE_TYPE, canonical({**plain, **changes}), signer))
    with pytest.raises(UntrustedSigner):
        open_store(signed(STORE_TYPE, canonical(plain), other))


@settings(max_examples=50)
@given(st.binary(min_size=32, max_size=32), st.sampled_from([" ", ", ", "-", "\n"]))
def test_words_are_read_with_forgiveness(digest, between):
    """The words of a digest are recognized in any case and spacing; another digest's are not."""
    words = fingerprint_words(digest)
    assert same_words(between.join(words).upper(), digest)
    other = bytes([digest[0] ^ 1]) + digest[1:]
    assert not same_words(" ".join(words), other)
    assert not same_words(" ".join(words[:-1]), digest)


def test_words_are_distinct():
    """256 words for 256 bytes."""
    assert len({fingerprint_words(bytes([n]) * 12)[0] for n in range(256)}) == 256


def test_the_digest_of_a_card_is_its_payloads():
    """The words do not change when a signature is added."""
    root = generate_key()
    data = sign_card(card(root), root)
    import hashlib

    from anonshare.wire.dsse import decode

    assert card_digest(data) == hashlib.sha256(decode(data).payload).digest()
    assert card(root).root.ders == (root.spki(),)


@given(st.binary(max_size=200))
def test_noise(data):
    """Any bytes are one refusal of ours."""
    for read in (open_card, open_store):
        with pytest.raises((MalformedBundle, AnonshareError)):
            read(data)
