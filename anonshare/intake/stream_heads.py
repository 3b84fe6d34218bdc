"""What an agency has seen of a contributor: the last number of every stream, signed.

A contributor whose ledger was restored learns from it what left after his backup.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from anonshare.errors import UntrustedSigner
from anonshare.trust.card import ContactCard
from anonshare.trust.envelopes import opened, signed
from anonshare.trust.keys import Signer
from anonshare.trust.model import Model, validated
from anonshare.wire.strict_json import canonical, parse

__all__ = ["HEADS_TYPE", "Head", "StreamHeads", "open_heads", "sign_heads"]

HEADS_TYPE = "application/vnd.anonshare.heads+json"


class Head(Model):
    """The last bundle of a stream, accepted or refused."""

    stream: str
    seq: Annotated[int, Field(ge=1)]
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class StreamHeads(Model):
    """All streams of one contributor at one agency, at one time (UTC)."""

    heads: Literal["heads/1"]
    agency: str
    contributor: str
    as_of: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$")]
    streams: tuple[Head, ...]


def sign_heads(heads: StreamHeads, signer: Signer) -> bytes:
    """The statement in an envelope signed by the agency."""
    return signed(HEADS_TYPE, canonical(heads.model_dump(mode="json")), signer)


def open_heads(data: bytes, card: ContactCard) -> StreamHeads:
    """A statement that the agency of ``card`` signed; raises UntrustedSigner or MalformedBundle."""
    heads = validated(StreamHeads, parse(opened(data, HEADS_TYPE, card.office_der, "list of heads")), "list of heads")
    if heads.agency != card.id:
        raise UntrustedSigner("The list of heads is not by the agency whose card was given.")
    return heads
