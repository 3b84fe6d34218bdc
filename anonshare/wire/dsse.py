"""DSSE v1 envelopes: what is signed is the pre-authentication encoding of type and bytes, never a re-encoding.

Source: secure-systems-lab/dsse, protocol.md v1.0.2. A key id is a hint; algorithm and trust come from the trust store.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from anonshare.errors import LimitExceeded, MalformedBundle
from anonshare.wire.strict_json import SIZE, canonical, parse

__all__ = ["MOST_SIGNATURES", "Envelope", "Signature", "decode", "encode", "pae"]

MOST_SIGNATURES = 16
KEYID = re.compile(r"[0-9a-f]{64}\Z")


@dataclass(frozen=True, slots=True, order=True)
class Signature:
    """A signature and the hint whose it is (hex SHA-256 of the signer's SPKI)."""

    keyid: str
    sig: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Envelope:
    """A payload, its type, and signatures in ascending order of key id."""

    payload_type: str
    payload: bytes = field(repr=False)
    signatures: tuple[Signature, ...]


def pae(payload_type: str, payload: bytes) -> bytes:
    """The pre-authentication encoding: the bytes that are signed."""
    kind = payload_type.encode("utf-8")
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(payload), payload)


def encode(envelope: Envelope) -> bytes:
    """The canonical bytes of an envelope; raises as ``decode`` where its signatures are not in order."""
    _check_order(envelope.signatures)
    signatures = [{"keyid": s.keyid, "sig": b64encode(s.sig).decode()} for s in envelope.signatures]
    payload = b64encode(envelope.payload).decode()
    return canonical({"payload": payload, "payloadType": envelope.payload_type, "signatures": signatures})


def decode(data: bytes) -> Envelope:
    """The envelope of which ``data`` is the canonical encoding; raises MalformedBundle or LimitExceeded."""
    raw = parse(data, limit=2 * SIZE)
    if raw.keys() != {"payload", "payloadType", "signatures"}:
        raise MalformedBundle("An envelope has other keys than payload, payloadType and signatures.")
    if not isinstance(raw["payloadType"], str) or not isinstance(raw["signatures"], list):
        raise MalformedBundle("An envelope has a part of the wrong type.")
    if len(raw["signatures"]) > MOST_SIGNATURES:
        raise LimitExceeded(f"An envelope has more than {MOST_SIGNATURES} signatures.")
    signatures = tuple(_signature(one) for one in raw["signatures"])
    _check_order(signatures)
    return Envelope(raw["payloadType"], _base64(raw["payload"]), signatures)


def _signature(raw: Any) -> Signature:
    if not isinstance(raw, dict) or raw.keys() != {"keyid", "sig"}:
        raise MalformedBundle("A signature has other keys than keyid and sig.")
    if not isinstance(raw["keyid"], str) or not KEYID.match(raw["keyid"]):
        raise MalformedBundle("A key id is not 64 hexadecimal digits.")
    return Signature(raw["keyid"], _base64(raw["sig"]))


def _base64(text: Any) -> bytes:
    """Canonical base64 alone: slack bits would let one signature have several encodings."""
    try:
        data = b64decode(text, validate=True) if isinstance(text, str) else None
    except (binascii.Error, ValueError):
        data = None
    if data is None or b64encode(data).decode() != text:
        raise MalformedBundle("A part of an envelope is not canonical base64.")
    return data


def _check_order(signatures: tuple[Signature, ...]) -> None:
    ids = [s.keyid for s in signatures]
    if len(ids) > MOST_SIGNATURES:
        raise LimitExceeded(f"An envelope has more than {MOST_SIGNATURES} signatures.")
    if any(one >= two for one, two in pairwise(ids)):
        raise MalformedBundle("The signatures of an envelope are not in ascending order of distinct key ids.")
