"""Other programs open what we encrypt, and we open what they encrypt, at the borders of chunks."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from base64 import b64encode

import pyrage
import pytest

from anonshare.errors import MalformedBundle, NotForUs
from anonshare.wire.age import decrypt, encrypt, generate_identity, recipient_of

SIZES = [0, 1, 65535, 65536, 65537, 200_000]
IDENTITY, OTHER = generate_identity(), generate_identity()


def tool(name):
    """The path of a program."""
    found = shutil.which(name)
    assert found or not os.environ.get("CI")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


class Pyrage:
    """The Rust implementation, as a Python package."""

    def __init__(self, folder):
        self.folder = folder

    @staticmethod
    def opens(data, identity):
        try:
            return pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
        except pyrage.DecryptError:
            return None

    @staticmethod
    def writes(data, recipients):
        return pyrage.encrypt(data, [pyrage.x25519.Recipient.from_str(r) for r in recipients])


class Age:
    """The Go implementation, as a command."""

    def __init__(self, folder):
        self.program, self.folder = tool("age"), folder

    def opens(self, data, identity):
        key = self.folder / "key.txt"
        key.write_text(f"# a comment\n{identity}\n")
        done = subprocess.run([self.program, "-d", "-i", key], input=data, capture_output=True, check=False)
        return done.stdout if done.returncode == 0 else None

    def writes(self, data, recipients):
        to = [word for recipient in recipients for word in ("-r", recipient)]
        return subprocess.run([self.program, *to], input=data, capture_output=True, check=True).stdout


@pytest.fixture(params=[Pyrage, Age])
def other(request, tmp_path):
    """Another implementation."""
    return request.param(tmp_path)


def ours(data, *identities) -> bytes:
    out = io.BytesIO()
    encrypt(io.BytesIO(data), out, [recipient_of(identity) for identity in identities])
    return out.getvalue()


def opened(data, identity) -> bytes:
    out = io.BytesIO()
    decrypt(io.BytesIO(data), out, [identity])
    return out.getvalue()


@pytest.mark.parametrize("size", SIZES)
def test_they_open_ours(other, size):
    """Each of two recipients opens the file with another program, and nobody else does."""
    data = os.urandom(size)
    written = ours(data, IDENTITY, OTHER)
    assert other.opens(written, IDENTITY) == other.opens(written, OTHER) == data
    assert other.opens(written, generate_identity()) is None


@pytest.mark.parametrize("size", SIZES)
def test_we_open_theirs(other, size):
    """What another program encrypts to two recipients each of them opens here, and nobody else does."""
    data = os.urandom(size)
    written = other.writes(data, [recipient_of(IDENTITY), recipient_of(OTHER)])
    assert opened(written, IDENTITY) == opened(written, OTHER) == data
    with pytest.raises(NotForUs):
        opened(written, generate_identity())


@pytest.mark.parametrize("size", SIZES)
def test_files_are_as_long_as_theirs(other, size):
    """Header, nonce and chunks take the same room as with another program: the size tells nothing of the writer.

    But for stanzas of noise that others may add to a header, which are whole lines; so the payload is compared.
    """
    data = os.urandom(size)
    payloads = [w[w.index(b"\n---") :].partition(b"\n")[2].partition(b"\n")[2]
                for w in (ours(data, IDENTITY), other.writes(data, [recipient_of(IDENTITY)]))]  # fmt: skip
    assert len(payloads[0]) == len(payloads[1]) == 16 + size + 16 * max(1, -(-size // 65536))


@pytest.mark.parametrize("size", [0, 1, 65536, 65537])
def test_they_refuse_what_we_refuse(other, size):
    """A cut, a changed last byte and a byte too many are refused here and there."""
    written = ours(os.urandom(size), IDENTITY)
    last = bytes([written[-1] ^ 1])
    for data in (written[:-1], written[:-16], written[:-1] + last, written + b"x", written[: len(written) // 2]):
        with pytest.raises(MalformedBundle):
            opened(data, IDENTITY)
        assert other.opens(data, IDENTITY) is None


def test_their_key_files_are_ours(tmp_path):
    """An identity of age-keygen is one of ours: it opens our file, and its recipient is the one that we compute."""
    made = subprocess.run([tool("age-keygen")], capture_output=True, check=True, text=True).stdout
    identity = made.strip().splitlines()[-1]
    public = next(line for line in made.splitlines() if line.startswith("# public key: "))
    assert recipient_of(identity) == public.removeprefix("# public key: ")
    assert Age(tmp_path).opens(ours(b"records", identity), identity) == b"records"
    shown = subprocess.run([tool("age-keygen"), "-y"], input=IDENTITY, capture_output=True, check=True, text=True)
    assert shown.stdout.strip() == recipient_of(IDENTITY)


def test_other_forms_of_their_files_are_refused(tmp_path):
    """Armour is one malformed file, not another encoding: a bundle has one form on the wire."""
    recipient = recipient_of(IDENTITY)
    age = Age(tmp_path)
    armoured = subprocess.run([age.program, "-a", "-r", recipient], input=b"x", capture_output=True, check=True).stdout
    assert armoured.startswith(b"-----BEGIN AGE ENCRYPTED FILE-----")
    assert age.opens(armoured, IDENTITY) == b"x"
    for data in (armoured, b64encode(ours(b"x", IDENTITY))):
        with pytest.raises(MalformedBundle):
            opened(data, IDENTITY)
