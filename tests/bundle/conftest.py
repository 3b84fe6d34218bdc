"""A small signed bundle, its keys, and ways to change it."""

from __future__ import annotations

import io
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from anonshare.bundle import padding
from anonshare.bundle.pack import FileContent, make_manifest, pack
from anonshare.bundle.statement import PAYLOAD_TYPE, parse_statement
from anonshare.trust.card import ContactCard, Key, Person, Root, sign_card
from anonshare.trust.keys import generate_key, keyid
from anonshare.trust.store import TrustStore
from anonshare.wire.age import generate_identity, recipient_of
from anonshare.wire.dsse import Envelope, Signature, encode, pae

STAMP = "2026-01-01T00:00:00Z"
EXPIRES = "2099-01-01T00:00:00Z"


@dataclass
class Maker:
    """Two officers of ngo, an agency, and bundles signed by the officers."""

    now: datetime = datetime(2026, 6, 1, tzinfo=UTC)
    officers: list = field(default_factory=lambda: [generate_key(), generate_key()])
    roots: list = field(default_factory=lambda: [generate_key(), generate_key(), generate_key()])
    agency_roots: list = field(default_factory=lambda: [generate_key(), generate_key()])
    offices: list = field(default_factory=lambda: [generate_key(), generate_key()])
    identity: str = field(default_factory=generate_identity)

    def __post_init__(self):
        self.recipient = recipient_of(self.identity)
        people = tuple(
            Person(id=f"p-{n}", name=f"P{n}", roles=(role,), keys=(Key.of(self.b64(k), valid_from=STAMP),))
            for n, (k, role) in enumerate(zip(self.officers, ("data", "legal"), strict=True))
        )
        own = self.card(self.agency_roots, self.offices[0], "agency", "agency")
        theirs = self.card(
            self.roots, self.offices[1], "ngo", "contributor", people=people, thresholds={"data": 1, "legal": 1}
        )
        self.trust = TrustStore.start(own, STAMP, EXPIRES).pin(theirs, STAMP, "me", EXPIRES)

    @staticmethod
    def b64(signer) -> str:
        return b64encode(signer.spki()).decode()

    def card(self, roots, office, name, kind, **more) -> bytes:
        plain = {
            "card": "card/1", "id": name, "title": name, "kind": kind, "people": (), "thresholds": {}, "version": 1,
            "recipients": (self.recipient,), "formats": (), "exercise": False, "office": self.b64(office),
            "root": Root(keys=tuple(map(self.b64, roots)), threshold=2), "issued": STAMP, "expires": EXPIRES,
        }  # fmt: skip
        return sign_card(ContactCard(**{**plain, **more}), *roots[:2])

    def contents(self) -> dict[str, FileContent]:
        return {
            "data/a.csv": FileContent(b"x,y\n1,2\n", "data"),
            "data/policy.yaml": FileContent(b"anonshare: policy/1\n", "policy"),
        }

    def payload(self, contents=None, **changes):
        fields = {
            "bundle_id": "0" * 32, "contributor": "ngo", "stream": "ngo/cases", "seq": 1, "prev": None, "created": STAMP,
            "not_after": None, "delete_at": None, "required_roles": {"data": 1, "legal": 1}, "exercise": False,
            "audience": ({"id": "agency", "recipient": self.recipient},),
        }  # fmt: skip
        from anonshare.bundle.statement import Audience

        merged = {**fields, **changes}
        merged["audience"] = tuple(Audience(**a) for a in merged["audience"])
        return make_manifest(contents or self.contents(), signatures=2, **merged)

    def envelope(self, payload: bytes, signers=None, kind: str = PAYLOAD_TYPE) -> bytes:
        chosen = self.officers if signers is None else signers
        signatures = sorted(Signature(keyid(s.spki()), s.sign(pae(kind, payload))) for s in chosen)
        return encode(Envelope(kind, payload, tuple(signatures)))

    def bundle(self, signers=None, contents=None, **changes) -> bytes:
        payload, whole = self.payload(contents, **changes)
        out = io.BytesIO()
        pack(out, self.envelope(payload, signers), parse_statement(payload).files, whole)
        return out.getvalue()

    def write(self, path: Path, **changes) -> Path:
        path.write_bytes(self.bundle(**changes))
        return path


@pytest.fixture(scope="session")
def maker():
    """One set of keys for all tests."""
    return Maker()


@pytest.fixture
def small(monkeypatch):
    """Bundles without the floor of a quarter megabyte, so that every byte can be tried."""
    monkeypatch.setattr(padding, "FLOOR", 0)
