"""Whatever a stranger signs, or sends, every door answers with one error of ours."""

from __future__ import annotations

import random
from base64 import b64decode
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from anonshare.errors import AnonshareError
from anonshare.intake.notices import NOTICE_TYPE, open_notice
from anonshare.intake.receipt import RECEIPT_TYPE, open_receipt
from anonshare.intake.stream_heads import HEADS_TYPE, open_heads
from anonshare.trust.card import CARD_TYPE, open_card
from anonshare.trust.card_file import follow, read_versions
from anonshare.trust.envelopes import signed
from anonshare.trust.paper import from_paper
from anonshare.trust.store import open_store
from anonshare.wire import tlog_proof
from anonshare.wire.dsse import decode
from anonshare.wire.strict_json import canonical, parse
from tests.bundle.conftest import STAMP
from tests.bundle.forge import FOLDER, maker
from tests.bundle.test_differential import mutated

ZERO = "0" * 64
NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOTICE = {
    "notice": "notice/1", "kind": "void", "contributor": "ngo", "recipient": "agency", "stream": "ngo/cases", "seq": 1,
    "to": 1, "digest": ZERO, "created": STAMP,
}  # fmt: skip
RECEIPT = {
    "receipt": "receipt/1", "agency": "agency", "digest": ZERO, "bundle_id": "b", "contributor": "ngo", "stream": "s",
    "seq": 1, "received_at": STAMP, "verdict": "ingested", "rows": [{"table": "a", "rows": 1}], "trust_version": 1,
}  # fmt: skip
HEADS = {
    "heads": "heads/1", "agency": "agency", "contributor": "ngo", "as_of": STAMP,
    "streams": [{"stream": "a", "seq": 1, "digest": ZERO}],
}  # fmt: skip
PROOF = b"c2sp.org/tlog-proof@v1\nindex 0\n\nanonshare/x\n1\n" + b"A" * 43 + b"=\n\n\xe2\x80\x94 anonshare/x AAAAAAAA\n"


@pytest.fixture(scope="module")
def parties():
    """The corpus' keys, its store, and the contributor's card in it."""
    made, store = maker(), open_store((FOLDER / "default.store.json").read_bytes())
    return made, store, b64decode(store.pinned[1].card)


def test_cards(parties):
    """Validly signed cards with any part dropped, exchanged, doubled or moved are cards, or one refusal."""
    m, _, card = parties
    chance, plain, read = random.Random(1), parse(decode(card).payload), 0
    for _ in range(500):
        with suppress(AnonshareError):
            data = signed(CARD_TYPE, canonical(mutated(plain, chance)), *m.roots)
            for door in (open_card, lambda d: read_versions(card + b"\n" + d), lambda d: follow(card, d)):
                with suppress(AnonshareError):
                    door(data)
                    read += 1
    assert read > 0


@pytest.mark.parametrize("kind", ["notice", "receipt", "heads"])
def test_statements(parties, kind):
    """Validly signed notices, receipts and heads with any part exchanged are read, or one refusal."""
    m, store, _ = parties
    doc, typ, signers, door = {
        "notice": (NOTICE, NOTICE_TYPE, m.officers, lambda d: open_notice(d, store, NOW, "agency")),
        "receipt": (RECEIPT, RECEIPT_TYPE, m.offices[:1], lambda d: open_receipt(d, store.own)),
        "heads": (HEADS, HEADS_TYPE, m.offices[:1], lambda d: open_heads(d, store.own)),
    }[kind]
    chance = random.Random(2)
    assert door(signed(typ, canonical(doc), *signers))
    for _ in range(800):
        with suppress(AnonshareError):
            door(signed(typ, canonical(mutated(doc, chance)), *signers))


def test_noise(parties):
    """Bytes changed at random in cards, proofs and pages of paper are read, or one refusal."""
    *_, card = parties
    chance = random.Random(3)
    for _ in range(800):
        for whole, door in ((card, read_versions), (PROOF, tlog_proof.decode)):
            data = bytearray(whole)
            for _ in range(chance.randint(1, 3)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            with suppress(AnonshareError):
                door(bytes(data))
        with suppress(AnonshareError):
            from_paper("".join(chr(chance.randrange(1, 500)) for _ in range(80)))
