"""Receipts: what an agency took in, signed, so that the contributor can show it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from anonshare.errors import UntrustedSigner
from anonshare.trust.card import ContactCard
from anonshare.trust.envelopes import opened, signed
from anonshare.trust.keys import Signer
from anonshare.trust.model import Model, validated
from anonshare.wire.strict_json import canonical, parse

__all__ = ["RECEIPT_TYPE", "Receipt", "open_receipt", "sign_receipt"]

RECEIPT_TYPE = "application/vnd.anonshare.receipt+json"
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Receipt(Model):
    """Which bundle, when, with what outcome, and how many rows of each table stand in the agency's store."""

    receipt: Literal["receipt/1"]
    agency: str
    digest: Digest
    bundle_id: str
    contributor: str
    stream: str
    seq: Annotated[int, Field(ge=1)]
    received_at: str
    verdict: Literal["ingested", "duplicate"]
    rows: dict[str, int]
    trust_version: int


class _Rows(Model):
    """How many rows of a table; on the wire, for table names are no keys of strict JSON."""

    table: Annotated[str, StringConstraints(max_length=400)]
    rows: Annotated[int, Field(ge=0)]


def sign_receipt(receipt: Receipt, signer: Signer) -> bytes:
    """The receipt in an envelope signed by the agency."""
    return signed(RECEIPT_TYPE, canonical({**receipt.model_dump(mode="json"), "rows": _pairs(receipt)}), signer)


def _pairs(receipt: Receipt) -> list[dict[str, object]]:
    """Table names are no keys of strict JSON: they may hold other characters."""
    return [{"table": name, "rows": count} for name, count in sorted(receipt.rows.items())]


def open_receipt(data: bytes, card: ContactCard) -> Receipt:
    """A receipt that the agency of ``card`` signed; raises UntrustedSigner or MalformedBundle."""
    raw = parse(opened(data, RECEIPT_TYPE, card.office_der, "receipt"))
    rows = raw.pop("rows", None)
    receipt = validated(Receipt, {**raw, "rows": {}}, "receipt")
    if receipt.agency != card.id or not isinstance(rows, list):
        raise UntrustedSigner("The receipt is not by the agency whose card was given.")
    counts = [validated(_Rows, one, "receipt") for one in rows]
    return receipt.model_copy(update={"rows": {one.table: one.rows for one in counts}})
