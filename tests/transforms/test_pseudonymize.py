"""Tokens: where equal values stay equal, where they do not, and that a name alone never has one."""

import hashlib
import hmac

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError, PolicyError
from anonshare.identifiers.normalise import normalise
from anonshare.transforms.framing import framed
from anonshare.transforms.tokens import TOKEN_TYPES, check_token, make_token
from tests.transforms.build import built, context, subkey

VALUES = {
    "per": "Ana Pop",
    "ph": "0722 123 456",
    "em": "a@example.org",
    "ib": "GB29 NWBK 6016 1331 9268 19",
    "doc": "AB 123456",
    "acc": "X-123456",
    "plt": "B 12 ABC",
    "addr": "Main street 7",
    "org": "Hotel Sun",
    "ip": "10.0.0.1",
}
CODES = sorted(set(TOKEN_TYPES) - {"per"})
PHONES = st.integers(0, 999_999).map(lambda n: f"0722 {n // 1000:03} {n % 1000:03}")
PERSONS = st.text(min_size=1, max_size=8)
SCOPES = ("person", "relationship", "document", "transaction")


def test_every_type_of_token_is_tried_here():
    """The values of these tests cover all token types, and each is valid for its own."""
    assert set(VALUES) == set(TOKEN_TYPES)
    assert all(normalise(entity, value, region="RO") for entity, value in VALUES.items())


@pytest.mark.parametrize("entity", CODES)
@pytest.mark.parametrize("scope", ["person", "relationship"])
def test_a_token_is_hmac_sha256_of_the_normal_form(entity, scope):
    """The token is HMAC-SHA-256 over the normalised value under the scope's key, for the policy's or the header's type."""
    normal = normalise(entity, VALUES[entity], region="RO")
    mac = hmac.digest(subkey()(entity, "pseudonymize", scope), normal.encode(), hashlib.sha256)
    for operator in (
        built("pseudonymize", context(entity=entity), scope=scope),
        built("pseudonymize", entity=entity, scope=scope),
    ):
        assert operator(VALUES[entity]) == operator(f" {VALUES[entity]} ") == make_token(entity, mac)
        assert operator("?") is None


@given(st.lists(st.text(max_size=8) | st.integers(1000, 9999).map(lambda n: f"A{n}"), max_size=20))
@settings(deadline=None)
def test_many_values_have_the_tokens_of_each(values):
    """What the operator gives for many values at once is what it gives for each of them, invalid ones included."""
    operator = built("pseudonymize", entity="doc")
    assert operator.many(values) == [operator(value) for value in values]


@given(st.integers(0, 100_000), PERSONS, st.sampled_from(SCOPES))
@settings(deadline=None)
def test_all_scopes_differ(number, person, scope):
    """The tokens of one value under two scopes share nothing, so that they cannot be joined."""
    value = f"AB{number:06}"
    tokens = {one: built("pseudonymize", scope=one, entity="doc")(value, person) for one in SCOPES}
    assert len(set(tokens.values())) == len(SCOPES)
    assert built("pseudonymize", scope=scope, entity="doc")(value, person) == tokens[scope]


@pytest.mark.parametrize("scope", SCOPES)
def test_two_keys_share_no_token(scope):
    """Two recipients' keys give unlinked tokens: none of 2,000 is in both sets, and each set has no collision."""
    one, other = (built("pseudonymize", context(root), scope=scope, entity="doc") for root in (b"a", b"b"))
    values = [f"X{n:06}" for n in range(2_000)]
    first, second = ({operator(value, value) for value in values} for operator in (one, other))
    assert len(first) == len(second) == len(values)
    assert not first & second
    assert all(map(check_token, first))


@given(PHONES, PERSONS, PERSONS)
@settings(deadline=None)
def test_document_scope_links_the_rows_of_one_person_alone(value, one, other):
    """One person's value has one token; two persons' same value has two."""
    operator = built("pseudonymize", scope="document")
    assert operator.per_person
    assert (operator(value, one) == operator(value, other)) == (one == other)
    assert operator(value.replace(" ", "-"), one) == operator(value, one)


@given(st.text(max_size=4), st.text(max_size=4), st.text(max_size=4), st.text(max_size=4))
def test_two_lists_of_texts_are_never_one_message(one, other, third, fourth):
    """A person and a value are told apart by their lengths: (a, bc) and (ab, c) are two messages."""
    assert (framed(one, other) == framed(third, fourth)) == ((one, other) == (third, fourth))
    assert framed(one, other) != framed(one)


def test_transaction_scope_links_nothing():
    """No two cells share a token, whatever stands in them; a cell without a valid value has none."""
    operator = built("pseudonymize", scope="transaction")
    assert operator.per_cell
    tokens = {operator("0722 123 456", f"cell {n}") for n in range(5_000)}
    assert len(tokens) == 5_000
    assert operator("?", "cell 1") is None


@pytest.mark.parametrize("scope", ["document", "transaction"])
def test_a_missing_person_or_cell_is_refused(scope):
    """Without a person there is one document for everybody; the error names the column and no value."""
    with pytest.raises(DisclosureError, match="'col'") as caught:
        built("pseudonymize", scope=scope)("0722 123 456")
    assert caught.value.reason == "null-unit"
    assert "722" not in f"{caught.value} {caught.value.hint}"


@given(st.text(max_size=8), st.text(max_size=8), PERSONS, PERSONS)
@settings(deadline=None)
def test_all_names_of_the_unit_are_one_token_of_the_person(first, last, one, other):
    """Whatever stands in the names of the unit, the token is the person's, in each scope that links anything."""
    for scope in SCOPES[:3]:
        operator = built("pseudonymize", context(entity="per", names_unit=True), scope=scope)
        asked = built("pseudonymize", entity="per", who="unit", scope=scope)
        assert operator(first, one) == operator(last, one) == asked(first, one)
        assert (operator(first, one) == operator(first, other)) == (one == other)
    with pytest.raises(DisclosureError):
        operator(first, "")


@pytest.mark.parametrize("scope", ["person", "relationship", "document"])
def test_names_of_others_are_told_apart_within_a_person_alone(scope):
    """``who: other`` gives one name two tokens with two persons, whatever scope is asked for."""
    operator = built("pseudonymize", entity="per", who="other", scope=scope)
    assert operator.per_person
    assert operator("Ana Pop", "one") == operator(" ANA POP", "one")
    assert len({operator("Ana Pop", "one"), operator("Ana Pop", "other"), operator("Ion Pop", "one")}) == 3
    assert operator("Ana Pop", "one") == built("pseudonymize", entity="per", who="other")("Ana Pop", "one")


def test_names_of_nobody_known_are_refused():
    """A column of names that says not whose they are is a fault of the policy, with the way out."""
    with pytest.raises(PolicyError, match=r"columns\.col") as caught:
        built("pseudonymize", entity="per")
    assert "who: other" in caught.value.hint
    assert built("pseudonymize", entity="per", scope="transaction")("Ana", "cell")


@pytest.mark.parametrize("name", ["pseudonymize", "pseudonymize_reversible", "tokenize_vault"])
@pytest.mark.parametrize("entity", [None, "", "phone"])
def test_tokens_of_an_unknown_entity_are_refused(name, entity):
    """What a token stands for must be known before one is made."""
    with pytest.raises(PolicyError, match=r"columns\.col"):
        built(name, context(entity=entity))


@pytest.mark.parametrize("name", ["pseudonymize_reversible", "tokenize_vault"])
def test_a_name_alone_has_no_other_token_either(name):
    """Reversible and random tokens follow the value, so names of persons are refused, with the way out."""
    with pytest.raises(PolicyError, match="how often") as caught:
        built(name, entity="per")
    assert "entity: acc" in caught.value.hint


def test_a_vault_gives_what_it_holds_for_the_normal_form():
    """All spellings of a value ask the vault for one entry; an invalid value asks for none."""
    asked = []
    surroundings = context(vault=lambda entity: lambda value: asked.append((entity, value)) or bytes(15))
    operator = built("tokenize_vault", surroundings)
    assert operator("0722 123 456") == operator("+40722123456") == make_token("ph", bytes(15))
    assert operator("?") is None
    assert set(asked) == {("ph", "+40722123456")}
    with pytest.raises(PolicyError, match="no vault"):
        built("tokenize_vault", context(vault=None))
