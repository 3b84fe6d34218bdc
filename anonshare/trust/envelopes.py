"""Statements that an organisation signs about itself: one type each, by keys that the reader knows already."""

from __future__ import annotations

from collections.abc import Sequence

from anonshare.errors import UntrustedSigner
from anonshare.trust.keys import Signer, keyid, verify_signature
from anonshare.wire.dsse import Envelope, Signature, decode, encode, pae

__all__ = ["opened", "signed", "signed_by"]


def signed(payload_type: str, payload: bytes, *signers: Signer) -> bytes:
    """An envelope with a signature of each signer; one key signs once, however often it is given."""
    message = pae(payload_type, payload)
    ours = {keyid(signer.spki()): signer for signer in signers}
    signatures = tuple(Signature(name, ours[name].sign(message)) for name in sorted(ours))
    return encode(Envelope(payload_type, payload, signatures))


def opened(data: bytes, payload_type: str, spki: bytes, what: str) -> bytes:
    """The payload of an envelope that this one Ed25519 key signed; raises UntrustedSigner or MalformedBundle."""
    envelope = decode(data)
    if not signed_by(envelope, payload_type, [spki], 1, what):
        raise UntrustedSigner(f"The {what} is not signed by the key that it should be signed by.")
    return envelope.payload


def signed_by(envelope: Envelope, payload_type: str, keys: Sequence[bytes], threshold: int, what: str) -> bool:
    """Whether at least ``threshold`` of ``keys`` (SPKI in DER) signed; signatures of other keys count for nothing.

    Raises UntrustedSigner where the type is another one, or where the signature of one of the keys is wrong: what lies
    once is refused whole.
    """
    if envelope.payload_type != payload_type:
        raise UntrustedSigner(f"This is no {what}.")
    message = pae(payload_type, envelope.payload)
    known = {keyid(spki): spki for spki in keys}
    ours = [signature for signature in envelope.signatures if signature.keyid in known]
    if not all(verify_signature("ed25519", known[one.keyid], message, one.sig) for one in ours):
        raise UntrustedSigner(f"A signature on the {what} is wrong: it was changed, or never signed.")
    return len(ours) >= threshold
