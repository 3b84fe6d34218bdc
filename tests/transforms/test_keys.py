"""Derivation of the keys of tokens."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonshare.errors import KeyFileError
from anonshare.transforms.keys import hkdf, key_id, subkey

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "linkage"
PARTS = ("programme", "domain", "entity", "operator", "epoch")
ROOT = bytes(range(32))
NAMES = st.fixed_dictionaries({part: st.text(alphabet="ab|", max_size=3) for part in PARTS})


def _cases(name):
    if not DATA.is_dir():
        if os.environ.get("CI"):
            pytest.fail("shared/data is missing")
        pytest.skip("needs shared/data/linkage beside the checkout")
    cases = []
    for line in (DATA / name).read_text().splitlines():
        key, mark, value = line.split("#")[0].partition("=")
        if key.strip() == "COUNT":
            cases.append({})
        elif mark and cases:
            cases[-1][key.strip()] = value.strip()
    return cases


def test_the_vectors_of_rfc_5869():
    """RFC 5869 appendix A: every SHA-256 case, with and without salt and info, short and long."""
    cases = [case for case in _cases("rfc-5869-HKDF-SHA256.txt") if case.get("Hash", "SHA-256") == "SHA-256"]
    assert len(cases) >= 3
    for case in cases:
        secret, salt, info = (bytes.fromhex(case.get(name, "")) for name in ("IKM", "salt", "info"))
        assert hkdf(secret, salt=salt, info=info, length=int(case["L"])).hex() == case["OKM"]


@pytest.mark.parametrize("length", [0, -1, 8161])
def test_hkdf_gives_no_more_than_the_standard_allows(length):
    """RFC 5869 section 2.3: at most 255 blocks."""
    with pytest.raises(ValueError, match="1 to 8160"):
        hkdf(ROOT, info=b"", length=length)


@given(NAMES, NAMES)
@settings(deadline=None)
def test_two_purposes_never_share_a_key(one, other):
    """Keys are equal if and only if all five parts are: "a|bc" and "ab|c" must differ."""
    assert (subkey(ROOT, **one) == subkey(ROOT, **other)) == (one == other)
    assert (key_id(subkey(ROOT, **one)) == key_id(subkey(ROOT, **other))) == (one == other)


def test_another_root_gives_another_key():
    """Nothing but the root secret makes the keys of an office."""
    names = dict.fromkeys(PARTS, "x")
    assert subkey(ROOT, **names) != subkey(ROOT[::-1], **names)
    assert len(subkey(ROOT, **names)) == 32


def test_the_derivation_is_fixed():
    """A new version must not make new tokens of old values: the key of a known root is pinned."""
    key = subkey(ROOT, programme="p", domain="d", entity="ph", operator="pseudonymize", epoch="1")
    info = b"".join(
        len(part).to_bytes(4, "big") + part for part in (b"anonshare/v1", b"p", b"d", b"ph", b"pseudonymize", b"1")
    )
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    assert key == HKDF(SHA256(), 32, None, info).derive(ROOT)


@pytest.mark.parametrize("root", [b"", bytes(31), bytes(33)])
def test_a_root_of_another_length_is_refused(root):
    """An empty or cut root secret makes no key."""
    with pytest.raises(KeyFileError, match="32 bytes"):
        subkey(root, **dict.fromkeys(PARTS, "x"))
