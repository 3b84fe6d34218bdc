"""Tokens tell nothing of one another: statistics with fixed keys, so that they come out alike each time."""

from functools import cache

import numpy as np
import pytest

from anonshare.transforms.keys import subkey
from anonshare.transforms.mac import Mac
from anonshare.transforms.token_arrays import make_tokens
from benchmarks.transforms_collisions import equal_prefixes

ROOT = bytes(range(32))
COUNT = 200_000
BODY = 24
BASE = ("ph", "agency", "pseudonymize", "1")
OTHERS = pytest.mark.parametrize(
    "other",
    [("ph", "police", "pseudonymize", "1"), ("ph", "agency", "pseudonymize", "2"), ("doc", "agency", "pseudonymize", "1"), ("ph", "agency", "tokenize", "1")],
    ids=["domain", "epoch", "entity", "operator"],
)  # fmt: skip
# 24 * 31 degrees of freedom: mean 744, deviation 38.6; five of them both ways, so that too even fails as well
LEAST, MOST = 744 - 193, 744 + 193


def mac(entity, domain, operator, epoch):
    return Mac.of(subkey(ROOT, programme="p", domain=domain, entity=entity, operator=operator, epoch=epoch))


@cache
def bodies(purpose):
    """The 24 characters of the tokens of the same values, for a purpose."""
    tokens = make_tokens(purpose[0], mac(*purpose).many(b"+40%09d" % number for number in range(COUNT)))
    letters = np.frombuffer("".join(tokens).encode(), np.uint8).reshape(COUNT, -1)[:, -26:-2]
    return np.ascontiguousarray(letters)


def numbers(letters):
    """Each character as a number of five bits."""
    return np.searchsorted(np.frombuffer(b"0123456789abcdefghjkmnpqrstvwxyz", np.uint8), letters)


def chi_square(fives):
    """How far the 32 numbers are from equally frequent, summed over the 24 places."""
    counts = np.stack([np.bincount(fives[:, place], minlength=32) for place in range(BODY)])
    even = len(fives) / 32
    return float(((counts - even) ** 2 / even).sum())


@OTHERS
def test_no_token_of_one_purpose_is_one_of_another(other):
    """The same 200,000 values under another domain, epoch, entity or operator share no token, whatever its type."""
    both = np.concatenate([bodies(BASE), bodies(other)]).view("S24").ravel()
    assert len(np.unique(both)) == 2 * COUNT


@OTHERS
def test_characters_of_tokens_are_even(other):
    """At each of the 24 places all 32 characters are equally frequent, as far as chance allows."""
    assert LEAST < chi_square(numbers(bodies(other))) < MOST


@OTHERS
def test_two_tokens_of_one_value_have_nothing_in_common(other):
    """The difference (XOR) of the tokens of one value for two purposes is as even as chance."""
    assert LEAST < chi_square(numbers(bodies(BASE)) ^ numbers(bodies(other))) < MOST


def test_the_measure_sees_a_bias_of_one_in_a_hundred():
    """A key that repeats in one value of a hundred is far outside of what chance allows."""
    left, right = numbers(bodies(BASE)), numbers(bodies(("ph", "police", "pseudonymize", "1"))).copy()
    right[::100] = left[::100]
    assert chi_square(left ^ right) > MOST


def test_a_million_tokens_have_no_equal_prefix():
    """Not even the first 80 of 120 bits are twice the same; at chance 4e-13."""
    assert equal_prefixes(1_000_000, mac(*BASE)) == 0


def test_an_equal_prefix_is_counted():
    """A function that gives 1,000 values 400 codes has 600 repetitions."""

    class Few:
        def many(self, messages):
            return [(int(m[3:]) % 400).to_bytes(2, "big") * 8 for m in messages]

    assert equal_prefixes(1_000, Few()) == 600
