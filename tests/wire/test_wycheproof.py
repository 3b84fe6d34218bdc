"""Wycheproof: published attacks on the primitives that are used, through the calls that use them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonshare.trust.keys import verify_signature

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "wycheproof"
SPKI = bytes.fromhex("302a300506032b6570032100")


def vectors(name: str) -> list[tuple[dict, dict]]:
    """(group, test) of every vector of a file."""
    if not FOLDER.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    groups = json.loads((FOLDER / name).read_text())["testGroups"]
    return [(group, test) for group in groups for test in group["tests"]]


def hexed(test: dict, *names: str) -> list[bytes]:
    return [bytes.fromhex(test[name]) for name in names]


def test_ed25519():
    """Each signature is judged as published: malleable, truncated and cofactored ones too."""
    found = vectors("ed25519_test.json")
    for group, test in found:
        key = SPKI + bytes.fromhex(group["publicKey"]["pk"])
        message, signature = hexed(test, "msg", "sig")
        assert verify_signature("ed25519", key, message, signature) == (test["result"] == "valid"), test["tcId"]
    assert len(found) > 140


def test_x25519():
    """Every exchange gives the published secret; an all-zero secret is an error, as the age header needs it."""
    found = vectors("x25519_test.json")
    for _, test in found:
        public, private, shared = hexed(test, "public", "private", "shared")
        key = X25519PrivateKey.from_private_bytes(private)
        try:
            assert key.exchange(X25519PublicKey.from_public_bytes(public)) == shared, test["tcId"]
        except ValueError:
            assert shared == bytes(32), test["tcId"]
    assert len(found) > 500


@pytest.mark.parametrize(
    ("name", "cipher"), [("chacha20_poly1305_test.json", ChaCha20Poly1305), ("aes_gcm_test.json", AESGCM)]
)
def test_authenticated_ciphers(name, cipher):
    """Valid vectors open to their text and are made again; every other tag, key or nonce is refused."""
    found, ran = vectors(name), 0
    for group, test in found:
        if group["tagSize"] != 128 or (cipher is AESGCM and not 64 <= group["ivSize"] <= 1024):
            continue
        key, nonce, aad, text, sealed, tag = hexed(test, "key", "iv", "aad", "msg", "ct", "tag")
        ran += 1
        try:
            assert cipher(key).decrypt(nonce, sealed + tag, aad) == text, test["tcId"]
            assert test["result"] == "valid", test["tcId"]
            assert cipher(key).encrypt(nonce, text, aad) == sealed + tag
        except (InvalidTag, ValueError):
            assert test["result"] == "invalid", test["tcId"]
    assert ran > 200


def test_hkdf():
    """Every derivation gives the published bytes; one that is too long is refused."""
    found = vectors("hkdf_sha256_test.json")
    for _, test in found:
        secret, salt, info, okm = hexed(test, "ikm", "salt", "info", "okm")
        try:
            assert HKDF(hashes.SHA256(), test["size"], salt, info).derive(secret) == okm, test["tcId"]
            assert test["result"] == "valid"
        except ValueError:
            assert test["result"] == "invalid", test["tcId"]
    assert len(found) > 80


def test_hmac():
    """Every tag is the published one, cut to its length; a changed one is not."""
    found = vectors("hmac_sha256_test.json")
    for group, test in found:
        key, message, tag = hexed(test, "key", "msg", "tag")
        mac = hmac.HMAC(key, hashes.SHA256())
        mac.update(message)
        assert (mac.finalize()[: group["tagSize"] // 8] == tag) == (test["result"] == "valid"), test["tcId"]
    assert len(found) > 150


def test_mlkem():
    """Every decapsulation from a seed gives the published secret; an encapsulation of another length is refused."""
    found, ran = vectors("mlkem_768_test.json"), 0
    for _, test in found:
        if "seed" not in test or "c" not in test or "K" not in test:
            continue
        seed, sealed, shared = hexed(test, "seed", "c", "K")
        ran += 1
        try:
            got = MLKEM768PrivateKey.from_seed_bytes(seed).decapsulate(sealed)
            assert (got == shared) == (test["result"] == "valid"), test["tcId"]
        except ValueError:
            assert test["result"] == "invalid", test["tcId"]
    assert ran > 20
    assert hashlib.sha3_256(b"").digest_size == 32
