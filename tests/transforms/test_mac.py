"""HMAC-SHA-256 by copied contexts against the standard's vectors and the standard library."""

import hashlib
import hmac
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.transforms.mac import Mac

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "linkage"


def _records(name):
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("shared/data is missing")
        pytest.skip("needs shared/data/linkage beside the checkout")
    lines = [line.split("#")[0].partition("=") for line in (DATA / name).read_text().splitlines()]
    return [(key.strip(), value.strip()) for key, mark, value in lines if mark]


def test_the_vectors_of_rfc_4231():
    """RFC 4231: every test case of HMAC-SHA-256, keys longer than a block among them."""
    fields = _records("rfc-4231-sha256.txt")
    cases = [dict(fields[i : i + 4]) for i in range(0, len(fields), 4)]
    assert len(cases) == 6
    for case in cases:
        assert Mac.of(bytes.fromhex(case["Key"]))(bytes.fromhex(case["Msg"])).hex() == case["MD"]


@given(st.binary(max_size=200), st.lists(st.binary(max_size=80), max_size=3))
@settings(deadline=None)
def test_it_equals_the_standard_library_for_every_message(key, messages):
    """One function serves many messages: copying a context leaves it as it was."""
    mac = Mac.of(key)
    for message in messages:
        assert mac(message) == hmac.digest(key, message, hashlib.sha256)
    assert mac.many(messages) == [mac(message) for message in messages]


def test_it_does_not_show_its_key():
    """The repr has no word of the key."""
    assert repr(Mac.of(b"secret-key")) == "Mac()"
