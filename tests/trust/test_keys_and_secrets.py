"""Key files, sealed secrets, passphrases: protected, or refused."""

from __future__ import annotations

import subprocess

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from anonshare.errors import InputError, KeyFileError, UntrustedSigner
from anonshare.trust.keys import generate_key, keyid, load_key, public_key, save_key, verify_signature
from anonshare.trust.passphrase import VARIABLE, passphrase
from anonshare.trust.vault import open_secret, seal_secret

SECRET = b"correct horse"


def test_a_key_is_saved_and_loaded(tmp_path):
    """A key file gives the same key back, is its owner's alone, and OpenSSL reads it."""
    signer, path = generate_key(), tmp_path / "officer.key"
    save_key(path, signer, SECRET)
    loaded = load_key(path, SECRET)
    assert loaded.spki() == signer.spki()
    assert path.stat().st_mode & 0o077 == 0
    assert verify_signature("ed25519", signer.spki(), b"x", loaded.sign(b"x"))
    assert not verify_signature("ed25519", signer.spki(), b"y", loaded.sign(b"x"))
    assert "Ed25519" not in repr(loaded)
    done = subprocess.run(
        ["openssl", "pkey", "-in", path, "-passin", "stdin", "-pubout", "-outform", "DER"],
        input=SECRET, capture_output=True, check=True,
    )  # fmt: skip
    assert keyid(done.stdout) == keyid(signer.spki())


def test_a_key_file_is_refused(tmp_path):
    """A wrong passphrase, noise, another algorithm, no protection, an open mode, no passphrase: one clear refusal each."""
    path = tmp_path / "officer.key"
    save_key(path, generate_key(), SECRET)
    with pytest.raises(KeyFileError, match="does not open"):
        load_key(path, b"wrong")
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="read by others"):
        load_key(path, SECRET)
    path.chmod(0o600)
    path.write_bytes(b"-----BEGIN ENCRYPTED PRIVATE KEY-----\nnoise\n")
    with pytest.raises(KeyFileError, match="does not open"):
        load_key(path, SECRET)
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    other = ec.generate_private_key(ec.SECP256R1())
    path.write_bytes(other.private_bytes(pem, pkcs8, serialization.BestAvailableEncryption(SECRET)))
    with pytest.raises(KeyFileError):
        load_key(path, SECRET)
    path.write_bytes(other.private_bytes(pem, pkcs8, serialization.NoEncryption()))
    with pytest.raises(KeyFileError, match="not protected"):
        load_key(path, SECRET)
    with pytest.raises(KeyFileError):
        save_key(path, generate_key(), b"")
    with pytest.raises(InputError):
        load_key(tmp_path / "nothing", SECRET)


def test_algorithm_and_key_must_fit():
    """A key of another algorithm under the name ed25519, and an unknown algorithm, are refused."""
    spki = generate_key().spki()
    other = ec.generate_private_key(ec.SECP256R1()).public_key()
    der = other.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    for alg, key in (("ed25519", der), ("p256", spki), ("ed25519", b"noise"), ("ed25519", spki + b"x")):
        with pytest.raises(UntrustedSigner):
            public_key(alg, key)


def test_a_secret_is_sealed_and_opened(tmp_path):
    """A sealed secret opens with its passphrase, as its kind, from a file that is its owner's alone."""
    path = tmp_path / "tokens.sealed"
    seal_secret(path, b"the root", "tokens", SECRET)
    assert open_secret(path, "tokens", SECRET) == b"the root"
    assert b"the root" not in path.read_bytes()
    whole = path.read_bytes()
    for kind, words, data in (
        ("ledger", SECRET, whole),
        ("tokens", b"wrong", whole),
        ("tokens", SECRET, whole.replace(b'"box":"', b'"box":"A')),
        ("tokens", SECRET, b"{}"),
        ("tokens", SECRET, b"noise"),
    ):
        path.write_bytes(data)
        with pytest.raises(KeyFileError, match="does not open"):
            open_secret(path, kind, words)
    path.chmod(0o640)
    with pytest.raises(KeyFileError, match="read by others"):
        open_secret(path, "tokens", SECRET)
    with pytest.raises(KeyFileError):
        seal_secret(path, b"x", "tokens", b"")


def test_where_a_passphrase_comes_from(tmp_path):
    """From a file that only its owner reads, or a person; never from the environment itself, never empty."""
    path = tmp_path / "passphrase"
    path.write_bytes(SECRET + b"\r\n")
    path.chmod(0o600)
    assert passphrase({VARIABLE: str(path)}, None) == SECRET
    assert passphrase({}, lambda: "typed") == b"typed"
    path.chmod(0o644)
    for environment, ask in (({VARIABLE: str(path)}, None), ({}, None), ({}, lambda: "")):
        with pytest.raises(KeyFileError):
            passphrase(environment, ask)
