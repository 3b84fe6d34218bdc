"""Envelopes: one encoding, ordered signatures, the published pre-authentication encoding."""

from __future__ import annotations

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonshare.errors import LimitExceeded, MalformedBundle
from anonshare.wire.dsse import Envelope, Signature, decode, encode, pae
from anonshare.wire.strict_json import canonical

IDS = st.integers(0, 2**64).map(lambda n: f"{n:064x}")
SIGNATURES = st.dictionaries(IDS, st.binary(max_size=70), max_size=16).map(
    lambda d: tuple(Signature(k, v) for k, v in sorted(d.items()))
)


def test_published_vector():
    """The example of DSSE's protocol.md: PAE("http://example.com/HelloWorld", "hello world")."""
    assert pae("http://example.com/HelloWorld", b"hello world") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


@given(st.binary(max_size=300), SIGNATURES)
def test_decode_undoes_encode(payload, signatures):
    """An envelope is read back alike."""
    envelope = Envelope("application/x", payload, signatures)
    assert decode(encode(envelope)) == envelope


def raw(**changes):
    whole = {"payload": "eA==", "payloadType": "t", "signatures": [{"keyid": "0" * 64, "sig": "eA=="}]}
    return canonical({k: v for k, v in (whole | changes).items() if v is not ...})


BAD = {
    "missing payload": raw(payload=...),
    "extra key": raw(extra=1),
    "type is a number": raw(payloadType=1),
    "signatures no list": raw(signatures={}),
    "slack bits": raw(payload="eB=="),
    "no padding": raw(payload="eA"),
    "payload no text": raw(payload=1),
    "bad alphabet": raw(payload="*A=="),
    "keyid a list": raw(signatures=[{"keyid": ["0"], "sig": "eA=="}]),
    "keyid upper": raw(signatures=[{"keyid": "A" * 64, "sig": "eA=="}]),
    "signature a text": raw(signatures=["x"]),
    "signature extra key": raw(signatures=[{"keyid": "0" * 64, "sig": "eA==", "x": 1}]),
    "same key twice": raw(signatures=[{"keyid": "0" * 64, "sig": "eA=="}] * 2),
    "descending": raw(signatures=[{"keyid": c * 64, "sig": "eA=="} for c in "10"]),
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
def test_each_fault_is_malformed(data):
    """One fault each, one refusal."""
    with pytest.raises(MalformedBundle):
        decode(data)


def test_too_many_signatures():
    """Ten thousand signatures are not verified one by one."""
    many = [{"keyid": f"{n:064x}", "sig": "eA=="} for n in range(17)]
    with pytest.raises(LimitExceeded):
        decode(raw(signatures=many))
    with pytest.raises(LimitExceeded):
        encode(Envelope("t", b"", tuple(Signature(f"{n:064x}", b"x") for n in range(17))))


def test_encode_keeps_the_order():
    """Signatures that are not in order are not written."""
    with pytest.raises(MalformedBundle):
        encode(Envelope("t", b"", (Signature("1" * 64, b"x"), Signature("0" * 64, b"x"))))


def test_securesystemslib_agrees():
    """Another implementation signs the same bytes."""
    from securesystemslib.dsse import Envelope as Other

    other = Other(b"hello", "application/x", {})
    assert other.pae() == pae("application/x", b"hello")
    assert b64encode(b"hello").decode() in encode(Envelope("application/x", b"hello", ())).decode()
