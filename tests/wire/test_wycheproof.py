"""Project Wycheproof: every primitive of the package against the published attacks on its implementations."""

from __future__ import annotations

import hashlib
import hmac as standard_hmac
import io
import json
import os
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from anonshare.errors import KeyFileError, MalformedBundle
from anonshare.transforms.keys import hkdf
from anonshare.transforms.mac import Mac
from anonshare.trust import vault
from anonshare.trust.keys import verify_signature
from anonshare.wire import age, age_header, bech32
from anonshare.wire.strict_json import canonical

KIT = Path(__file__).parents[2].parent / "shared" / "data" / "bundle" / "wycheproof"
SPKI = bytes.fromhex("302a300506032b6570032100")
"""SubjectPublicKeyInfo of Ed25519 (RFC 8410) up to the 32 bytes of the key."""


def vectors(name):
    """(group, vector) of a file, its hex texts as bytes."""
    if not KIT.is_dir():
        assert not os.environ.get("CI")
        pytest.skip("the public vectors are not beside this checkout")
    whole = json.loads((KIT / f"{name}_test.json").read_bytes())
    found = [(group, _plain(test)) for group in whole["testGroups"] for test in group["tests"]]
    assert len(found) == whole["numberOfTests"]
    return found


HEX = {"msg", "sig", "key", "iv", "aad", "ct", "tag", "ikm", "salt", "info", "okm", "public", "private", "shared",
       "seed", "ek", "c", "K"}  # fmt: skip


def _plain(test):
    return {name: bytes.fromhex(value) if name in HEX else value for name, value in test.items()}


def opens(cipher, v) -> bytes | None:
    """What a cipher of ``cryptography`` makes of a vector; None for its two refusals."""
    try:
        return cipher.decrypt(v["iv"], v["ct"] + v["tag"], v["aad"] or None)
    except (InvalidTag, ValueError):
        return None


def test_ed25519():
    """A signature counts if and only if it is valid, and an invalid one is False, never an error."""
    seen = {True: 0, False: 0}
    for group, v in vectors("ed25519"):
        spki = SPKI + bytes.fromhex(group["publicKey"]["pk"])
        assert spki.hex() == group["publicKeyDer"]
        valid = v["result"] == "valid"
        assert verify_signature("ed25519", spki, v["msg"], v["sig"]) is valid, v["tcId"]
        seen[valid] += 1
    assert seen == {True: 88, False: 63}


def wrapped(v, recipient) -> bytes:
    """An empty age file whose file key is wrapped under the secret that a vector names (age-encryption.org/v1)."""

    def derive(secret, salt, info):
        return HKDF(hashes.SHA256(), 32, salt, info).derive(secret)

    file_key, nonce = bytes(range(16)), bytes(16)
    wrap = derive(v["shared"], v["public"] + bech32.decode(recipient, "age"), b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrap).encrypt(bytes(12), file_key, None)
    header = age_header.encode([age_header.Stanza("X25519", (age_header.base64(v["public"]),), body)])
    mac = standard_hmac.digest(derive(file_key, b"", b"header"), header, hashlib.sha256)
    last = ChaCha20Poly1305(derive(file_key, nonce, b"payload")).encrypt(bytes(11) + b"\1", b"text", None)
    return header + age_header.mac_line(mac) + nonce + last


def test_x25519():
    """A file wrapped under the published secret is opened; a secret of zeros is refused by sender and receiver."""
    opened = refused = 0
    for _, v in vectors("x25519"):
        identity = bech32.encode("age-secret-key-", v["private"]).upper()
        data, out = wrapped(v, age.recipient_of(identity)), io.BytesIO()
        theirs = bech32.encode("age", v["public"])
        if "ZeroSharedSecret" in v["flags"]:
            with pytest.raises(MalformedBundle):
                age.decrypt(io.BytesIO(data), out, [identity])
            with pytest.raises(KeyFileError):
                age.encrypt(io.BytesIO(b"text"), out, [theirs])
            assert out.getvalue() == b""
            refused += 1
        else:
            age.decrypt(io.BytesIO(data), out, [identity])
            assert out.getvalue() == b"text", v["tcId"]
            age.encrypt(io.BytesIO(b"text"), out, [theirs])
            opened += 1
    assert (opened, refused) == (487, 31)


def test_chacha20_poly1305():
    """A valid box opens and is made again byte for byte; any other, and any other nonce than 12 bytes, is refused."""
    seen = {True: 0, False: 0}
    for _, v in vectors("chacha20_poly1305"):
        cipher, valid = ChaCha20Poly1305(v["key"]), v["result"] == "valid"
        assert opens(cipher, v) == (v["msg"] if valid else None), v["tcId"]
        if valid:
            assert cipher.encrypt(v["iv"], v["msg"], v["aad"] or None) == v["ct"] + v["tag"]
        seen[valid] += 1
    assert seen == {True: 256, False: 69}


def test_hkdf_sha256():
    """Both derivations of the package give the published bytes, and no more bytes than the standard allows."""
    seen = {True: 0, False: 0}
    for _, v in vectors("hkdf_sha256"):
        valid = v["result"] == "valid"
        if valid:
            assert hkdf(v["ikm"], salt=v["salt"], info=v["info"], length=v["size"]) == v["okm"], v["tcId"]
            # a shorter output is a beginning of a longer one, so 32 bytes meet every vector
            assert age._derive(v["ikm"], v["salt"], v["info"])[: v["size"]] == v["okm"][:32]
        else:
            with pytest.raises(ValueError, match="8160"):
                hkdf(v["ikm"], salt=v["salt"], info=v["info"], length=v["size"])
        seen[valid] += 1
    assert seen == {True: 83, False: 3}


def test_hmac_sha256():
    """Our function, the one under age's header, and the standard library's agree; a changed tag is another one."""
    seen = {True: 0, False: 0}
    for group, v in vectors("hmac_sha256"):
        mac = hmac.HMAC(v["key"], hashes.SHA256())
        mac.update(v["msg"])
        whole, valid = Mac.of(v["key"])(v["msg"]), v["result"] == "valid"
        assert whole == mac.finalize() == standard_hmac.digest(v["key"], v["msg"], hashlib.sha256)
        assert (whole[: group["tagSize"] // 8] == v["tag"]) is valid, v["tcId"]
        seen[valid] += 1
    assert seen == {True: 66, False: 108}


def test_aes_gcm():
    """A valid box opens and is made again byte for byte; a changed tag and a nonce without bytes are refused.

    ``cryptography`` takes nonces of 8 to 128 bytes: 27 valid vectors beyond are refused, never opened wrongly.
    """
    seen = {"opened": 0, "refused": 0, "nonce out of range": 0}
    for _, v in vectors("aes_gcm"):
        cipher, valid = AESGCM(v["key"]), v["result"] == "valid"
        if valid and not 8 <= len(v["iv"]) <= 128:
            assert opens(cipher, v) is None
            seen["nonce out of range"] += 1
            continue
        assert opens(cipher, v) == (v["msg"] if valid else None), v["tcId"]
        if valid:
            assert cipher.encrypt(v["iv"], v["msg"], v["aad"] or None) == v["ct"] + v["tag"]
        seen["opened" if valid else "refused"] += 1
    assert seen == {"opened": 202, "refused": 87, "nonce out of range": 27}


def test_aes_gcm_through_the_vault(monkeypatch):
    """A sealed secret opens if and only if its box is valid; everything else is the one error of the vault.

    Under the vectors with a key of 256 bits whose associated data are text, as the kind of a secret is; the
    derivation from a passphrase gives the vector's key here.
    """
    seen = {True: 0, False: 0}
    for group, v in vectors("aes_gcm"):
        try:
            kind = v["aad"].decode()
        except UnicodeDecodeError:
            continue
        if group["keySize"] != 256:
            continue
        parts = {"salt": bytes(16), "nonce": v["iv"], "box": v["ct"] + v["tag"]}
        body = {name: b64encode(value).decode() for name, value in parts.items()}
        data = canonical({"sealed": "sealed/1", "kind": kind, "kdf": "argon2id", **body})
        monkeypatch.setattr(vault, "_key", lambda _passphrase, _salt, key=v["key"]: key)
        valid = v["result"] == "valid" and 8 <= len(v["iv"]) <= 128
        if valid:
            assert vault.open_sealed(data, kind, b"any") == v["msg"], v["tcId"]
            with pytest.raises(KeyFileError):
                vault.open_sealed(data, f"{kind}x", b"any")
        else:
            with pytest.raises(KeyFileError):
                vault.open_sealed(data, kind, b"any")
        seen[valid] += 1
    assert seen == {True: 49, False: 38}


def test_ml_kem_768():
    """A seed gives the published key and every ciphertext its published secret; wrong lengths are refused.

    All vectors run: they begin from a seed and end in a decapsulation. Encapsulation takes no coins from outside, so
    it is met by its inverse alone.
    """
    seen = {True: 0, False: 0}
    for _, v in vectors("mlkem_768"):
        valid = v["result"] == "valid"
        if valid:
            key = MLKEM768PrivateKey.from_seed_bytes(v["seed"])
            assert key.public_key().public_bytes_raw() == v["ek"], v["tcId"]
            assert key.decapsulate(v["c"]) == v["K"], v["tcId"]
            secret, sealed = MLKEM768PublicKey.from_public_bytes(v["ek"]).encapsulate()
            assert key.decapsulate(sealed) == secret
        else:
            with pytest.raises(ValueError, match="ML-KEM-768"):
                MLKEM768PrivateKey.from_seed_bytes(v["seed"]).decapsulate(v["c"])
        seen[valid] += 1
    assert seen == {True: 153, False: 40}
