"""The form of tokens and their check characters."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import PolicyError
from anonshare.transforms.token_arrays import make_tokens
from anonshare.transforms.tokens import TOKEN_TYPES, check_token, make_token, read_token

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
MACS = st.binary(min_size=15, max_size=32)
KINDS = st.sampled_from(TOKEN_TYPES)


@given(KINDS, MACS)
@settings(deadline=None)
def test_a_token_has_the_fixed_form_and_checks(kind, mac):
    """Type, underscore, 24 Crockford characters that are the 120 bits, two that check."""
    token = make_token(kind, mac)
    prefix, body = token.split("_")
    assert (prefix, len(body)) == (kind, 26)
    number = int.from_bytes(mac[:15], "big")
    assert sum(ALPHABET.index(c) * 32 ** (23 - i) for i, c in enumerate(body[:24])) == number
    assert ALPHABET.index(body[24]) * 32 + ALPHABET.index(body[25]) == number % 1021
    assert check_token(token)


@given(KINDS, MACS, st.integers(0, 25), st.sampled_from(ALPHABET))
@settings(deadline=None)
def test_a_single_wrong_character_is_always_found(kind, mac, place, character):
    """A difference d * 32^i is never 0 modulo the prime 1021, in the body and in the check."""
    prefix, body = make_token(kind, mac).split("_")
    wrong = body[:place] + character + body[place + 1 :]
    assert check_token(f"{prefix}_{wrong}") == (wrong == body)


@given(KINDS, MACS, st.integers(0, 24))
@settings(deadline=None)
def test_an_adjacent_swap_is_always_found(kind, mac, place):
    """31 * d * 32^i, and 33 * d over the border of body and check, are never 0 modulo 1021."""
    prefix, body = make_token(kind, mac).split("_")
    swapped = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    assert check_token(f"{prefix}_{swapped}") == (swapped == body)


@given(KINDS, MACS)
@settings(deadline=None)
def test_reading_forgives_what_people_type(kind, mac):
    """Case and i, l, o for 1, 1, 0 are repaired; the canonical token comes back."""
    token = make_token(kind, mac)
    prefix, body = token.split("_")
    typed = f" {prefix.upper()}_{body.upper().replace('1', 'I').replace('0', 'O')} "
    assert read_token(typed) == token
    assert read_token(f"{prefix}_{body.replace('1', 'l')}") == token


@given(st.text(max_size=40))
@settings(deadline=None)
def test_any_other_text_is_no_token(text):
    """Whatever text is given, the answer is no, without an error."""
    assert not check_token(text)
    assert read_token(text) is None


def test_a_check_value_above_the_modulus_is_invalid():
    """1021 to 1023 are no remainders: "zx", "zy", "zz" check nothing, though 0 is congruent to 1021."""
    assert check_token("ph_" + "0" * 26)
    assert not check_token("ph_" + "0" * 24 + "zx")


@pytest.mark.parametrize("kind", ["", "xx", "PH", "ph_ph"])
def test_an_unknown_type_is_refused(kind):
    """The prefix is not covered by the check, so unknown types are refused by name."""
    body = make_token("ph", bytes(15)).split("_")[1]
    assert not check_token(f"{kind}_{body}")
    with pytest.raises(PolicyError, match="no such type"):
        make_token(kind, bytes(15))


def test_too_short_a_code_makes_no_token():
    """Less than 120 bits are refused: a short token would collide."""
    with pytest.raises(PolicyError):
        make_token("ph", bytes(14))


def test_a_hundred_thousand_values_have_as_many_tokens():
    """No collision in 10^5 tokens; at 120 bits the chance of one is 4e-27."""
    tokens = {make_token("ph", hashlib.sha256(n.to_bytes(4, "big")).digest()) for n in range(100_000)}
    assert len(tokens) == 100_000


@given(KINDS, st.lists(MACS, max_size=6))
@settings(deadline=None)
def test_many_tokens_are_those_of_each(kind, macs):
    """All at once is the same as one by one, for codes of any length."""
    assert make_tokens(kind, macs) == [make_token(kind, mac) for mac in macs]


def test_more_tokens_than_one_piece_are_those_of_each():
    """The border between two pieces of work loses and repeats nothing."""
    macs = [hashlib.sha256(n.to_bytes(4, "big")).digest() for n in range(40_000)]
    assert make_tokens("doc", macs) == [make_token("doc", mac) for mac in macs]


@pytest.mark.parametrize("mac", [bytes(15), b"\xff" * 15, b"\0" * 14 + b"\1", b"\x80" + b"\0" * 14])
def test_the_ends_of_the_range_are_encoded_alike(mac):
    """No carry is lost between the three groups of 40 bits."""
    assert make_tokens("ph", [mac]) == [make_token("ph", mac)]


@pytest.mark.parametrize(("kind", "macs"), [("xx", [bytes(15)]), ("ph", [bytes(15), bytes(14)])])
def test_many_refuse_what_one_refuses(kind, macs):
    """An unknown type, and one code that is too short among others, are refused."""
    with pytest.raises(PolicyError, match="no such type"):
        make_tokens(kind, macs)


def test_every_single_error_and_every_adjacent_swap_is_found():
    """All places, all other characters, all 25 swaps, that over the border of body and check among them."""
    macs = [bytes(15), b"\xff" * 15, *(hashlib.sha256(bytes([n])).digest() for n in range(60))]
    for mac in macs:
        prefix, body = make_token("ph", mac).split("_")
        wrong = {body[:i] + c + body[i + 1 :] for i in range(26) for c in ALPHABET}
        wrong |= {body[:i] + body[i + 1] + body[i] + body[i + 2 :] for i in range(25)}
        assert len(wrong) > 26 * 31
        assert [text for text in wrong if check_token(f"{prefix}_{text}")] == [body]
