"""Reversible tokens: the standard's vectors, the way back, and that no damaged or foreign token has one."""

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import DisclosureError, KeyFileError, PolicyError
from anonshare.identifiers.checks import residual
from anonshare.identifiers.normalise import normalise
from anonshare.transforms.pseudonymize_reversible import reverse
from anonshare.transforms.reversible_tokens import (
    BUCKETS,
    TAG_BYTES,
    check_reversible,
    ciphertext_of,
    make_reversible,
    read_reversible,
)
from anonshare.transforms.tokens import TOKEN_TYPES, check_token, read_token
from tests.transforms.build import built, context, subkey
from tests.transforms.test_keys import _cases

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
KEY = subkey()("org", "pseudonymize_reversible")
WORDS = st.text(alphabet="abc éüß漢", min_size=1, max_size=80).filter(lambda text: normalise("org", text))
CIPHERTEXTS = st.sampled_from(BUCKETS).flatmap(lambda size: st.binary(min_size=size + 16, max_size=size + 16))
KINDS = st.sampled_from(TOKEN_TYPES)


def test_the_vectors_of_aes_siv():
    """RFC 5297 and OpenSSL: every case with its associated data, one wrong bit of which is refused."""
    cases = _cases("aes_siv_openssl.txt")
    assert len(cases) == 4
    for case in cases:
        data = [bytes.fromhex(case[name]) for name in ("AAD", "AAD2", "AAD3") if name in case]
        sealed = AESSIV(bytes.fromhex(case["Key"])).encrypt(bytes.fromhex(case["Plaintext"]), data)
        assert sealed.hex() == case["Tag"] + case["Ciphertext"]


@given(WORDS)
@settings(deadline=None)
def test_the_key_turns_a_token_back(value):
    """``reverse`` gives the normal form, also of a token that somebody typed; without the key nothing is given."""
    token = built("pseudonymize_reversible", entity="org")(value)
    assert check_reversible(token)
    assert reverse(token, KEY, "org") == reverse(f" {token.upper()} ", KEY, "org") == normalise("org", value)


@given(WORDS, st.data())
@settings(deadline=None)
def test_no_other_key_type_or_token_is_turned_back(value, data):
    """A wrong key, a wrong type, any changed character and any other text are refused in the same words, none a value."""
    token = built("pseudonymize_reversible", entity="org")(value)
    place = data.draw(st.integers(5, len(token) - 1))
    changed = token[:place] + data.draw(st.sampled_from(ALPHABET.replace(token[place], ""))) + token[place + 1 :]
    said = set()
    for attempt in (
        (token, KEY[::-1], "org"),
        (token, subkey(b"other")("org", "pseudonymize_reversible"), "org"),
        (token, KEY, "ph"),
        (token.replace("orgr_", "phr_"), KEY, "ph"),
        (token.replace("orgr_", "phr_"), KEY, "org"),
        (changed, KEY, "org"),
        (value, KEY, "org"),
    ):
        with pytest.raises(KeyFileError) as caught:
            reverse(*attempt)
        said.add(f"{caught.value} {caught.value.hint}")
    assert len(said) == 1


@given(CIPHERTEXTS, KINDS)
@settings(deadline=None)
def test_what_was_not_sealed_is_not_turned_back(ciphertext, kind):
    """A well-formed token of other bytes has a right check and no right tag."""
    with pytest.raises(KeyFileError):
        reverse(make_reversible(kind, ciphertext), KEY, kind)


@given(st.integers(0, 300))
@settings(deadline=None)
def test_a_token_tells_no_more_of_the_length_than_its_bucket(length):
    """There are five lengths of tokens; a longer value is refused, naming the column alone."""
    operator = built("pseudonymize_reversible", entity="org")
    value = "z" * (length + 1)
    bucket = next((size for size in BUCKETS if len(value) + 2 <= size), None)
    if bucket is None:
        with pytest.raises(DisclosureError, match="'col'") as caught:
            operator(value)
        assert "zz" not in f"{caught.value} {caught.value.hint}"
    else:
        assert len(operator(value)) == len("orgr_") + -(-(bucket + TAG_BYTES) * 8 // 5) + 2


def test_scopes_types_and_keys_share_no_token():
    """One value under two scopes, types or keys has tokens of which none leads to another."""
    operators = [
        built("pseudonymize_reversible", context(root), entity=entity, scope=scope)
        for root in (b"a", b"b")
        for entity in ("org", "addr")
        for scope in ("person", "relationship")
    ]
    values = [f"hotel {n}" for n in range(500)]
    bodies = [{operator(value).partition("_")[2] for value in values} for operator in operators]
    assert all(len(some) == len(values) for some in bodies)
    assert len(set().union(*bodies)) == len(values) * len(operators)
    assert operators[0]("?") is None


@given(KINDS, CIPHERTEXTS)
@settings(deadline=None)
def test_the_form_holds_the_ciphertext_and_checks(kind, ciphertext):
    """Type with an r, the ciphertext as a base-32 number, two characters that check; no token of the other form."""
    token = make_reversible(kind, ciphertext)
    assert ciphertext_of(token) == (kind, ciphertext)
    assert read_reversible(token.upper().replace("1", "I").replace("0", "O")) == token
    assert not check_token(token)
    assert read_token(token) is None


@given(KINDS, CIPHERTEXTS)
@settings(deadline=None, max_examples=20)
def test_every_single_error_and_adjacent_swap_is_found(kind, ciphertext):
    """At no place of a body does another character or a swap with the next one leave a token that checks."""
    prefix, body = make_reversible(kind, ciphertext).split("_")
    for place, right in enumerate(body):
        wrong = ALPHABET[(ALPHABET.index(right) + 1 + sum(ciphertext) % 31) % 32]
        assert not check_reversible(f"{prefix}_{body[:place]}{wrong}{body[place + 1 :]}")
        swapped = body[:place] + body[place : place + 2][::-1] + body[place + 2 :]
        assert check_reversible(f"{prefix}_{swapped}") == (swapped == body)


@given(st.text(max_size=60))
def test_any_other_text_is_no_token(text):
    """Whatever text is given, the answer is no, without an error."""
    assert not check_reversible(text)
    assert read_reversible(text) is None


def test_a_number_beyond_the_ciphertext_is_no_token():
    """The first character has spare bits: with one of them set the same bytes would have a second token."""
    number = (1 << 48 * 8) + 5
    body = "".join(ALPHABET[number >> 5 * n & 31] for n in range(76, -1, -1))
    check = number % 1021
    assert ciphertext_of(f"phr_{body}{ALPHABET[check // 32]}{ALPHABET[check % 32]}") is None


@pytest.mark.parametrize(("kind", "size"), [("xx", 32), ("phr", 32), ("ph", 31), ("ph", 0), ("ph", 256)])
def test_other_types_and_lengths_are_refused(kind, size):
    """A token is made of a known type and of a whole bucket with its tag, of nothing else."""
    with pytest.raises(PolicyError, match="no such"):
        make_reversible(kind, bytes(size))


def test_tokens_hold_no_identifier_by_chance():
    """The scan of what leaves takes none of 2,000 reversible tokens for a phone, a card or a wallet."""
    operator = built("pseudonymize_reversible", entity="doc")
    assert not [n for n in range(2_000) if residual(operator(f"AB{n:06}"), "RO")]
