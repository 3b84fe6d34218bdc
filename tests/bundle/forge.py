"""The attack corpus: seeded keys, one bundle, and every case wrong in exactly one respect.

``python -m tests.bundle.forge`` writes ``tests/corpus``; a test compares. A case is a text header (expect, comment, and
where they matter store, now, receiver, state), an empty line, and the file, deflated.
"""

from __future__ import annotations

import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonshare.bundle import padding
from anonshare.bundle.container import Entry, closing, local_header
from anonshare.bundle.pack import FileContent, envelope_entry, zip_entry
from anonshare.bundle.statement import PAYLOAD_TYPE, parse_statement
from anonshare.trust.card import Key, Person
from anonshare.trust.envelopes import signed
from anonshare.trust.exercise import exercise_root
from anonshare.trust.keys import key_of, keyid
from anonshare.trust.store import STORE_TYPE, TrustStore, sign_store
from anonshare.wire import bech32
from anonshare.wire.dsse import Envelope, Signature, encode, pae
from anonshare.wire.strict_json import canonical, parse
from tests.bundle.conftest import EXPIRES, STAMP, Maker

FOLDER = Path(__file__).parents[1] / "corpus"
NOW = "2026-06-01T00:00:00Z"
ACCEPTED = "2026-05-01T00:00:00Z"


def seeded(name: str):
    """A key that is the same on every machine."""
    return key_of(hashlib.sha256(f"anonshare corpus {name}".encode()).digest())


def maker() -> Maker:
    """The parties of the corpus."""
    secret = hashlib.sha256(b"anonshare corpus identity").digest()
    return Maker(
        officers=[seeded("officer 1"), seeded("officer 2")],
        roots=[seeded(f"root {n}") for n in range(3)],
        agency_roots=[seeded("agency root 0"), seeded("agency root 1")],
        offices=[seeded("agency office"), seeded("office")],
        identity=bech32.encode("age-secret-key-", secret).upper(),
    )


@dataclass(frozen=True)
class Case:
    """What is fed to a verifier, and what it must say: ``accepted`` or the reason id of the refusal."""

    name: str
    expect: str
    comment: str
    data: bytes = field(repr=False)
    store: str = "default"
    now: str = NOW
    receiver: str = "agency"
    state: dict[str, Any] | None = None

    def encode(self) -> bytes:
        """The file of the corpus."""
        lines = [f"expect: {self.expect}", f"comment: {self.comment}", f"store: {self.store}", f"now: {self.now}"]
        lines += [f"receiver: {self.receiver}", "compressed: zlib"]
        lines += [f"state: {json.dumps(self.state, sort_keys=True)}"] if self.state is not None else []
        return "\n".join(lines).encode() + b"\n\n" + zlib.compress(self.data, 9)

    @classmethod
    def decode(cls, name: str, data: bytes) -> Case:
        """The case in a file."""
        head, _, body = data.partition(b"\n\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\n"))
        state = json.loads(fields["state"]) if "state" in fields else None
        return cls(
            name, fields["expect"], fields["comment"], zlib.decompress(body), fields["store"], fields["now"],
            fields["receiver"], state,
        )  # fmt: skip


class Forge:
    """Builds bundles that are wrong in one respect."""

    def __init__(self) -> None:
        self.m = maker()
        self.payload, self.contents = self.m.payload()
        self.files = {f.path: f for f in parse_statement(self.payload).files}
        self.data = {path: b"".join(content.chunks()) for path, content in self.contents.items()}
        self.envelope = self.m.envelope(self.payload)
        self.good = self.m.bundle()
        self.digest = hashlib.sha256(self.payload).hexdigest()

    def entries(self) -> list[tuple[Entry, bytes]]:
        """All entries with their contents, the manifest first."""
        first = (envelope_entry(self.envelope), self.envelope)
        return [first, *((zip_entry(f), self.data[f.path]) for f in self.files.values())]

    @staticmethod
    def container(entries: list[tuple[Entry, bytes]]) -> bytes:
        """A container over any entries."""
        return b"".join(local_header(e) + data for e, data in entries) + closing([e for e, _ in entries])

    def manifest(self, envelope: bytes) -> bytes:
        """The good contents behind another envelope."""
        return self.container([(envelope_entry(envelope), envelope), *self.entries()[1:]])

    def raw(self, payload: bytes, signers=None) -> bytes:
        """The good contents behind signed bytes that need not be a statement."""
        signers = self.m.officers if signers is None else signers
        found = sorted(Signature(keyid(s.spki()), s.sign(pae(PAYLOAD_TYPE, payload))) for s in signers)
        return self.manifest(encode(Envelope(PAYLOAD_TYPE, payload, tuple(found))))

    def signed(self, change: Callable[[dict[str, Any]], Any]) -> bytes:
        """The statement changed and signed again by both officers."""
        raw = parse(self.payload)
        change(raw)
        return self.raw(canonical(raw))

    def directory(self, number: int, offset: int, value: bytes) -> bytes:
        """A field of the ``number``-th entry of the directory replaced."""
        end = closing([e for e, _ in self.entries()])
        place = 0
        for _ in range(number):
            name, extra = struct.unpack("<HH", end[place + 28 : place + 32])
            place += 46 + name + extra
        changed = end[: place + offset] + value + end[place + offset + len(value) :]
        return self.good[: -len(end)] + changed

    def local(self, path: str, offset: int, value: bytes) -> bytes:
        """A field of an entry's local header replaced."""
        place = self.good.index(local_header(zip_entry(self.files[path])))
        return self.good[: place + offset] + value + self.good[place + offset + len(value) :]

    def file(self, path: str, data: bytes, role: str | None = None) -> bytes:
        """One file exchanged, in the signed statement and in the container."""
        raw = parse(self.payload)
        entry = next(f for f in raw["predicate"]["files"] if f["path"] == path)
        digest = hashlib.sha256(data).hexdigest()
        entry.update(sha256=digest, size=len(data), crc32=f"{zlib.crc32(data):08x}", role=role or entry["role"])
        next(s for s in raw["subject"] if s["name"] == path)["digest"]["sha256"] = digest
        return self.repacked(raw, self.data | {path: data})

    def repacked(self, raw: dict[str, Any], contents: dict[str, bytes]) -> bytes:
        """A container that keeps every rule over a statement that need not."""
        payload = canonical(raw)
        envelope = self.m.envelope(payload)
        entries = [(envelope_entry(envelope), envelope)]
        listed = raw["predicate"]["files"]
        entries += [(Entry(e["path"], e["size"], int(e["crc32"], 16)), contents[e["path"]]) for e in listed]
        return self.container(entries)


def cases() -> Iterator[Case]:
    """Every case."""
    forge = Forge()
    floor, padding.FLOOR = padding.FLOOR, 0
    try:
        forge = Forge()
        for part in (containers, names, documents, envelopes, statements, parties, orders, splices):
            yield from part(forge)
    finally:
        padding.FLOOR = floor


def containers(f: Forge) -> Iterator[Case]:
    """The file around the signed bytes."""
    entries, end = f.entries(), closing([e for e, _ in f.entries()])
    evil = (Entry("data/a.csv", 4, zlib.crc32(b"evil")), b"evil")
    extra = (Entry("evil.txt", 4, zlib.crc32(b"evil")), b"evil")
    bomb = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bomb.compress(bytes(2_000_000)) + bomb.flush()
    first = local_header(envelope_entry(f.envelope))
    at = f.good.index(f.data["data/a.csv"])
    swapped = f.good[:at] + b"y" + f.good[at + 1 :]
    header = local_header(zip_entry(f.files["data/a.csv"]))
    forged = struct.pack("<I", zlib.crc32(b"y" + f.data["data/a.csv"][1:]))
    yield Case("good", "accepted", "an untouched bundle of two officers", f.good)
    malformed = {
        "content-changed": (swapped, "a byte of a table was changed"),
        "content-changed-crc": (
            swapped.replace(header, header[:14] + forged + header[18:]), "a byte of a table was changed, and its CRC in the header"),
        "extra-last": (f.container([*entries, extra]), "a file that is not signed, at the end"),
        "extra-first": (f.container([entries[0], extra, *entries[1:]]), "a file that is not signed, behind the manifest"),
        "missing-first": (f.container([entries[0], *entries[2:]]), "the first signed file is missing"),
        "missing-last": (f.container(entries[:-1]), "the padding is missing"),
        "double-evil-first": (f.container([entries[0], entries[1], evil, *entries[2:]]), "a name stands twice, the unsigned one first"),
        "double-evil-last": (f.container([*entries, evil]), "a name stands twice, the unsigned one last"),
        "order": (f.container([entries[0], *entries[:0:-1]]), "the entries stand in another order"),
        "manifest-second": (f.container([entries[1], entries[0], *entries[2:]]), "the manifest is not the first entry"),
        "local-name": (f.local("data/a.csv", 30, b"data/b.csv"), "a local header has another name than the directory"),
        "local-flag": (f.local("data/a.csv", 6, b"\x08\0"), "a local header announces a data descriptor"),
        "local-method": (f.local("data/a.csv", 8, b"\x08\0"), "a local header says deflate"),
        "local-crc": (f.local("data/a.csv", 14, b"\1\2\3\4"), "a local header has another CRC"),
        "local-date": (f.local("data/a.csv", 12, b"\x22\0"), "a local header has another date"),
        "central-name": (f.directory(2, 46, b"data/b.csv"), "the directory has another name than the local header"),
        "central-symlink": (f.directory(2, 38, struct.pack("<I", 0o120777 << 16)), "the directory says that a file is a link"),
        "central-encrypted": (f.directory(2, 8, b"\1\0"), "the directory says that a file is encrypted"),
        "central-deflate": (f.directory(2, 10, b"\x08\0"), "the directory says deflate"),
        "central-overlap": (f.directory(2, 42, b"\0\0\0\0"), "the directory lets a file overlap the manifest"),
        "central-size": (f.directory(2, 24, b"\1\0\0\0"), "the directory has another size"),
        "central-date": (f.directory(2, 14, b"\0\0"), "the directory has another date"),
        "central-maker": (f.directory(2, 4, b"\x14\0"), "the directory says that DOS made it"),
        "central-count": (f.good[:-14] + b"\1\0\1\0" + f.good[-10:], "the end record counts fewer entries"),
        "comment": (f.good[:-2] + b"\1\0x", "the archive has a comment"),
        "prepended": (b"x" + f.good, "a byte before the archive"),
        "appended": (f.good + b"x", "a byte behind the archive"),
        "appended-second": (f.good + f.good, "a whole archive behind the archive"),
        "appended-zeros": (f.good + bytes(512), "zeros behind the archive"),
        "truncated-middle": (f.good[: len(f.good) // 2], "cut off in the middle"),
        "truncated-last": (f.good[:-1], "the last byte is cut off"),
        "no-directory": (f.good[: -len(end)], "the directory is cut off"),
        "bomb": (
            f.good[: at - len(header)] + header[:8] + b"\x08\0" + header[10:18] + struct.pack("<II", len(packed), 2_000_000)
            + header[26:] + packed + f.good[at + 8 :], "a deflate bomb in the place of a table"),
        "zip64-local": (
            f.good[: at - len(header)] + header[:4] + b"\x2d" + header[5:18] + b"\xff" * 8 + header[26:28] + b"\x14\0" + header[30:]
            + struct.pack("<HHQQ", 1, 16, 8, 8) + f.good[at:], "a ZIP64 header where none is needed"),
        "manifest-size": (first[:18] + struct.pack("<II", 10, 10) + first[26:] + f.good[48:], "the first header says another size"),
        "manifest-crc": (first[:14] + b"\0\0\0\0" + f.good[18:], "the first header has another CRC"),
        "manifest-name": (f.good.replace(b"manifest.dsse.json", b"manifest.dsse.jsoN"), "the first entry has another name"),
        "empty": (b"", "an empty file"),
        "short": (f.good[:40], "shorter than the first header"),
        "noise": (bytes(range(256)) * 4, "no archive at all"),
    }  # fmt: skip
    for name, (data, comment) in malformed.items():
        yield Case(f"zip-{name}", "malformed", comment, data)
    huge = first[:18] + struct.pack("<II", 0x7FFFFFFF, 0x7FFFFFFF) + first[26:]
    yield Case("zip-manifest-huge", "limit", "the first header announces two gigabytes of manifest", huge)


NAMES = {
    "parent": "../evil", "absolute": "/etc/passwd", "backslash": "a\\b", "drive": "c:/evil.csv", "device": "con.csv",
    "device-folder": "aux/a.csv", "device-port": "com1.txt", "trailing-dot": "a./b", "stream": "a.csv:evil", "nul": "a\0b",
    "newline": "a\nb", "newline-last": "data/a.csv\n", "upper-case": "data/A.csv", "nfd": "e\u0301", "rtl": "\u202egpj",
    "empty-part": "a//b", "dot-part": "./a", "overlong": "x" * 64, "deep": "a/b/c/d/e/f", "empty": "",
    "space": "a b", "manifest": "manifest.dsse.json",
}  # fmt: skip


OUTSIDE = {"bag-info": "bag-info.txt", "fetch": "fetch.txt", "manifest-md5": "manifest-md5.txt", "other": "evil.csv"}


def renamed(old: str, new: str) -> Callable[[dict[str, Any]], None]:
    """A file under another name, everything else in its order."""

    def change(raw: dict[str, Any]) -> None:
        next(one for one in raw["predicate"]["files"] if one["path"] == old)["path"] = new
        raw["predicate"]["files"].sort(key=lambda one: one["path"])
        raw["subject"] = [{"name": e["path"], "digest": {"sha256": e["sha256"]}} for e in raw["predicate"]["files"]]

    return change


def names(f: Forge) -> Iterator[Case]:
    """Names that some system reads otherwise, validly signed."""
    for name, path in NAMES.items():
        yield Case(f"name-{name}", "name", f"a signed name: {name}", f.signed(renamed("data/a.csv", path)))

    def twice(raw: dict[str, Any]) -> None:
        raw["predicate"]["files"].insert(1, dict(raw["predicate"]["files"][1]))
        raw["subject"].insert(1, dict(raw["subject"][1]))

    def backwards(raw: dict[str, Any]) -> None:
        raw["predicate"]["files"].reverse()
        raw["subject"].reverse()

    for name, path in OUTSIDE.items():
        yield Case(
            f"name-outside-{name}", "name", f"a signed file outside data: {path}", f.signed(renamed("data/a.csv", path))
        )
    inside = renamed("data/policy.yaml", "data/a.csv/policy.yaml")
    yield Case("name-folder", "name", "a signed file is the folder of another", f.signed(inside))
    yield Case("name-folder-data", "name", "a signed file is the folder data", f.signed(renamed("data/a.csv", "data")))
    yield Case("name-twice", "name", "a signed name stands twice", f.signed(twice))
    yield Case("name-order", "name", "the signed names are not in order", f.signed(backwards))


def documents(f: Forge) -> Iterator[Case]:
    """JSON that readers do not agree on, in the validly signed payload."""
    p = f.payload
    seq = b'"seq":1,'
    deep = b'{"a":' * 40 + b"1" + b"}" * 40
    changed = {
        "duplicate-key": p.replace(seq, b'"seq":1,"seq":1,'),
        "duplicate-key-evil": p.replace(seq, b'"seq":2,"seq":1,'),
        "float": p.replace(seq, b'"seq":1.0,'),
        "exponent": p.replace(seq, b'"seq":1e0,'),
        "nan": p.replace(seq, b'"seq":NaN,'),
        "infinity": p.replace(seq, b'"seq":Infinity,'),
        "two-to-64": p.replace(seq, b'"seq":18446744073709551616,'),
        "two-to-60": p.replace(seq, b'"seq":1152921504606846976,'),
        "two-to-53": p.replace(seq, b'"seq":9007199254740992,'),
        "minus-zero": p.replace(seq, b'"seq":-0,'),
        "leading-zero": p.replace(seq, b'"seq":01,'),
        "bom": b"\xef\xbb\xbf" + p,
        "space": p.replace(seq, b'"seq": 1,'),
        "newline-last": p + b"\n",
        "trailing": p + b"{}",
        "key-order": b'{"predicateType":"urn:anonshare:bundle:1-draft",' + p.replace(b',"predicateType":"urn:anonshare:bundle:1-draft"', b"")[1:],
        "lone-surrogate": p.replace(b'"prev":null', b'"prev":"\\ud800"'),
        "upper-case-escape": p.replace(b'"prev":null', b'"prev":"\\u00E4"'),
        "raw-utf8": p.replace(b'"prev":null', '"prev":"\u00e4"'.encode()),
        "latin-1": p.replace(b'"prev":null', b'"prev":"\xe4"'),
        "escaped-slash": p.replace(b'"data/a.csv"', b'"data\\/a.csv"'),
        "raw-delete": p.replace(b'"prev":null', b'"prev":"\x7f"'),
        "control": p.replace(b'"prev":null', b'"prev":"\x01"'),
        "key-beyond-ascii": p.replace(b'"prev":null', b'"prev":null,"\\uff5e":1'),
        "key-proto": p.replace(b'"_type"', b'"__proto__":1,"_type"'),
        "nesting-40": deep,
        "nesting-100000": b'{"a":' + b"[" * 100_001 + b"]" * 100_001 + b"}",
        "list-root": b"[" + p + b"]",
        "text-root": b'"text"',
        "empty": b"",
        "empty-object": b"{}",
        "noise": b"\xff\xfe",
    }  # fmt: skip
    for name, data in changed.items():
        yield Case(f"json-{name}", "malformed", f"the signed payload: {name}", f.raw(data))


def envelopes(f: Forge) -> Iterator[Case]:
    """The envelope, and who signed."""
    e, (one, two) = f.envelope, f.m.officers
    raw = parse(e)
    sig = {s["keyid"]: s["sig"] for s in raw["signatures"]}
    ids = sorted(sig)

    def with_signatures(*found: Any) -> bytes:
        return f.manifest(canonical({**raw, "signatures": list(found)}))

    def entry(id: str, value: str) -> dict[str, str]:
        return {"keyid": id, "sig": value}

    def slack(text: str) -> str:
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        body = text.rstrip("=")
        return body[:-1] + alphabet[alphabet.index(body[-1]) ^ 1] + text[len(body) :]

    malformed = {
        "space": e.replace(b'":"', b'": "', 1), "newline-last": e + b"\n",
        "duplicate-key": e.replace(b'"payloadType"', b'"payloadType":"x","payloadType"', 1),
        "key-order": b'{"payloadType":"' + PAYLOAD_TYPE.encode() + b'",' + e.replace(b',"payloadType":"' + PAYLOAD_TYPE.encode() + b'"', b"")[1:],
        "extra-key": canonical({**raw, "unsigned": 1}), "missing-key": canonical({k: v for k, v in raw.items() if k != "payloadType"}),
        "payload-slack": e if raw["payload"][-1] != "=" else canonical({**raw, "payload": slack(raw["payload"])}),
        "sig-slack": canonical({**raw, "signatures": [entry(ids[0], slack(sig[ids[0]])), entry(ids[1], sig[ids[1]])]}),
        "sig-unpadded": canonical({**raw, "signatures": [entry(ids[0], sig[ids[0]].rstrip("=")), entry(ids[1], sig[ids[1]])]}),
        "sig-url-alphabet": canonical({**raw, "signatures": [entry(ids[0], "-_" + sig[ids[0]][2:]), entry(ids[1], sig[ids[1]])]}),
        "sig-newline": canonical({**raw, "signatures": [entry(ids[0], sig[ids[0]] + "\n"), entry(ids[1], sig[ids[1]])]}),
        "sig-extra-key": canonical({**raw, "signatures": [{**entry(ids[0], sig[ids[0]]), "cert": ""}, entry(ids[1], sig[ids[1]])]}),
        "sig-no-keyid": canonical({**raw, "signatures": [{"sig": sig[ids[0]]}, entry(ids[1], sig[ids[1]])]}),
        "sig-number": canonical({**raw, "signatures": [{"keyid": ids[0], "sig": 1}, entry(ids[1], sig[ids[1]])]}),
        "sig-text": canonical({**raw, "signatures": ["x"]}), "signatures-object": canonical({**raw, "signatures": {}}),
        "keyid-list": canonical({**raw, "signatures": [{"keyid": [ids[0]], "sig": sig[ids[0]]}]}),
        "keyid-upper-case": canonical({**raw, "signatures": [entry(i.upper(), sig[i]) for i in ids]}),
        "order": canonical({**raw, "signatures": [entry(i, sig[i]) for i in reversed(ids)]}),
        "twice": canonical({**raw, "signatures": [entry(ids[0], sig[ids[0]])] * 2}),
        "type-number": canonical({**raw, "payloadType": 1}), "payload-number": canonical({**raw, "payload": 1}),
        "type": f.m.envelope(f.payload, kind="text/plain"), "list": b"[" + e + b"]", "noise": b"\xff" * 40,
    }  # fmt: skip
    for name, data in malformed.items():
        if name == "payload-slack" and data == e:
            continue
        yield Case(f"envelope-{name}", "malformed", f"the envelope: {name}", f.manifest(data))
    many = [entry(f"{n:064x}", sig[ids[0]]) for n in range(10_000)]
    yield Case("envelope-10000-signatures", "limit", "ten thousand signatures, in order", with_signatures(*many))
    yield Case("envelope-17-signatures", "limit", "one signature more than the limit", with_signatures(*many[:17]))
    strangers = [seeded(f"stranger {n}") for n in range(3)]
    other = one.sign(pae(PAYLOAD_TYPE, f.payload + b" "))
    yield Case("signed-by-nobody", "trust", "no signature", f.manifest(f.m.envelope(f.payload, [])))
    yield Case(
        "signed-by-strangers",
        "trust",
        "two valid signatures by keys that nobody pinned",
        f.manifest(f.m.envelope(f.payload, strangers)),
    )
    yield Case("signed-by-one", "signature", "one of two officers", f.manifest(f.m.envelope(f.payload, [one])))
    yield Case(
        "signed-by-one-and-stranger",
        "signature",
        "one officer and a stranger",
        f.manifest(f.m.envelope(f.payload, [one, strangers[0]])),
    )
    yield Case(
        "signed-and-stranger",
        "accepted",
        "both officers and a stranger, who does not count",
        f.manifest(f.m.envelope(f.payload, [one, two, strangers[0]])),
    )
    mine = keyid(one.spki())
    bad = [entry(i, sig[i] if i != mine else __import__("base64").b64encode(other).decode()) for i in ids]
    yield Case("signature-of-other-bytes", "signature", "an officer's signature of other bytes", with_signatures(*bad))
    yield Case(
        "signature-swapped",
        "signature",
        "the two signatures under each other's key id",
        with_signatures(entry(ids[0], sig[ids[1]]), entry(ids[1], sig[ids[0]])),
    )
    yield Case(
        "signature-short",
        "signature",
        "a signature of 63 bytes",
        with_signatures(entry(ids[0], __import__("base64").b64encode(bytes(63)).decode()), entry(ids[1], sig[ids[1]])),
    )
    yield Case(
        "signature-empty",
        "signature",
        "an empty signature",
        with_signatures(entry(ids[0], ""), entry(ids[1], sig[ids[1]])),
    )
    third = seeded("officer 3")
    lying = sorted(
        [
            *(Signature(keyid(s.spki()), s.sign(pae(PAYLOAD_TYPE, f.payload))) for s in (one, two)),
            Signature(keyid(third.spki()), bytes(64)),
        ]
    )
    yield Case("signature-lies-beyond-threshold", "signature", "threshold met, and a third officer's signature is wrong",
               f.manifest(encode(Envelope(PAYLOAD_TYPE, f.payload, tuple(lying)))), store="three-officers")  # fmt: skip
    twins = f.m.envelope(f.payload, [one, seeded("officer 1 second key")])
    yield Case(
        "signed-by-one-person-twice", "signature", "one person with two keys", f.manifest(twins), store="two-keys"
    )


def set_in(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    """A change of one place of a statement."""

    def change(raw: dict[str, Any]) -> None:
        at: Any = raw
        for step in path[:-1]:
            at = at[step]
        at[path[-1]] = value

    return change


def statements(f: Forge) -> Iterator[Case]:
    """The validly signed statement, wrong in its form; tags and padding that do not follow from it."""
    p = "predicate"
    malformed = {
        "file-without-path": lambda r: r[p]["files"][0].pop("path"), "file-text": set_in(p, "files", 0, value="x"),
        "file-list": set_in(p, "files", 0, value=[]), "file-crc-number": set_in(p, "files", 0, "crc32", value=7),
        "file-crc-upper": set_in(p, "files", 0, "crc32", value="ABCDEF01"), "file-extra": set_in(p, "files", 0, "more", value=1),
        "file-size-negative": set_in(p, "files", 0, "size", value=-1), "file-size-text": set_in(p, "files", 0, "size", value="1"),
        "file-size-true": set_in(p, "files", 0, "size", value=True), "file-size-huge": set_in(p, "files", 0, "size", value=2**41),
        "file-role": set_in(p, "files", 0, "role", value="evil"), "no-files": set_in(p, "files", value=[]),
        "files-object": set_in(p, "files", value={}), "extra": set_in(p, "more", value=1), "top-extra": set_in("more", value=1),
        "seq-zero": set_in(p, "seq", value=0), "seq-text": set_in(p, "seq", value="1"), "seq-negative": set_in(p, "seq", value=-1),
        "first-with-prev": set_in(p, "prev", value="0" * 64), "second-without-prev": set_in(p, "seq", value=2),
        "prev-upper": lambda r: r[p].update(seq=2, prev="A" * 64), "no-audience": set_in(p, "audience", value=[]),
        "audience-text": set_in(p, "audience", value="agency"), "audience-recipient": set_in(p, "audience", 0, "recipient", value="x"),
        "no-roles": set_in(p, "required_roles", value={}), "roles-zero": set_in(p, "required_roles", "data", value=0),
        "roles-list": set_in(p, "required_roles", value=["data"]), "policy-digest": set_in(p, "policy_digest", value="0" * 64),
        "bundle-id": set_in(p, "bundle_id", value="x"), "contributor": set_in(p, "contributor", value="NGO"),
        "stream": set_in(p, "stream", value="../x"), "created": set_in(p, "created", value="yesterday"),
        "created-newline": set_in(p, "created", value=STAMP + "\n"), "exercise-number": set_in(p, "exercise", value=0),
        "predicate-list": set_in(p, value=[]), "type": set_in("_type", value="x"), "foreign": set_in("predicateType", value="https://slsa.dev/provenance/v1"),
        "predicate-type-number": set_in("predicateType", value=3), "subject-name": set_in("subject", 0, "name", value="other"),
        "subject-digest": set_in("subject", 0, "digest", "sha256", value="0" * 64), "subject-missing": lambda r: r["subject"].pop(),
        "subject-extra": set_in("subject", 0, "more", value=1), "subject-text": set_in("subject", value="x"),
        "size-larger": set_in(p, "files", 1, "size", value=9), "digest": set_in(p, "files", 1, "sha256", value="0" * 64),
    }  # fmt: skip
    for name, change in malformed.items():
        yield Case(f"statement-{name}", "malformed", f"the signed statement: {name}", f.signed(change))
    # the subject follows the files, so that the digest alone is wrong
    newer = {
        "newer-type": set_in("predicateType", value="urn:anonshare:bundle:7"),
        "newer-format": set_in(p, "format", value="anonshare/7"),
    }
    for name, change in newer.items():
        yield Case(f"statement-{name}", "unsupported", f"validly signed: {name}", f.signed(change))
    yield Case(
        "tag-bagit",
        "malformed",
        "bagit.txt says another version",
        f.file("bagit.txt", b"BagIt-Version: 0.9\nTag-File-Character-Encoding: UTF-8\n"),
    )
    yield Case(
        "tag-hashes",
        "malformed",
        "manifest-sha256.txt says other digests",
        f.file("manifest-sha256.txt", f.data["manifest-sha256.txt"].replace(b"a", b"b")),
    )
    yield Case("tag-empty", "malformed", "manifest-sha256.txt is empty", f.file("manifest-sha256.txt", b""))
    yield Case(
        "tag-role", "malformed", "a table says that it is a tag", f.file("data/a.csv", f.data["data/a.csv"], "tag")
    )
    yield Case("padding-text", "malformed", "the padding holds something", f.file("padding", b"\0" * 20 + b"x"))
    yield Case(
        "padding-role", "malformed", "a table says that it is padding", f.file("data/a.csv", bytes(8), "padding")
    )
    yield Case(
        "padding-other", "malformed", "the padding says that it is data", f.file("padding", f.data["padding"], "data")
    )

    def last(raw: dict[str, Any]) -> None:
        raw["predicate"]["files"].append({**raw["predicate"]["files"][1], "path": "zz"})
        raw["subject"].append({"name": "zz", "digest": dict(raw["subject"][1]["digest"])})

    raw = parse(f.payload)
    last(raw)
    yield Case(
        "padding-not-last",
        "name",
        "a file comes after the padding",
        f.repacked(raw, f.data | {"zz": f.data["data/a.csv"]}),
    )
    raw = parse(f.payload)
    raw["predicate"]["files"][1]["crc32"] = "00000000"
    yield Case(
        "crc-signed-wrong",
        "accepted",
        "the signer signed a wrong CRC; SHA-256 decides, unzip will complain",
        f.repacked(raw, f.data),
    )
    yield Case(
        "other-contributor",
        "trust",
        "signed by the officers of another organisation than it names",
        f.signed(set_in(p, "contributor", value="agency")),
    )
    yield Case(
        "unknown-contributor",
        "trust",
        "it names an organisation that nobody pinned",
        f.signed(set_in(p, "contributor", value="ngo-b")),
    )
    yield Case(
        "exercise-in-earnest",
        "trust",
        "an exercise bundle by a real organisation",
        f.signed(set_in(p, "exercise", value=True)),
    )
    yield Case(
        "role-missing",
        "signature",
        "it demands a role in which nobody signed",
        f.signed(set_in(p, "required_roles", "head", value=1)),
    )
    yield Case(
        "role-two",
        "signature",
        "it demands two persons in a role in which one signed",
        f.signed(set_in(p, "required_roles", "data", value=2)),
    )


def stores() -> dict[str, bytes]:
    """The trust stores of the corpus, by name."""
    m = maker()
    roots, own = m.agency_roots, m.card(m.agency_roots, m.offices[0], "agency", "agency")
    one, two = m.officers

    def person(number: int, role: str, *signers: Any, **ends: Any) -> Person:
        keys = tuple(Key.of(m.b64(s), valid_from=STAMP).model_copy(update=ends) for s in signers)
        return Person(id=f"p-{number}", name=f"P{number}", roles=(role,), keys=keys)

    def store(
        people: tuple[Person, ...], expires: str = EXPIRES, store_expires: str = EXPIRES, **more: Any
    ) -> TrustStore:
        needed = {"thresholds": {"data": 1, "legal": 1}, "people": people, "expires": expires, **more}
        theirs = m.card(m.roots, m.offices[1], "ngo", needed.pop("kind", "contributor"), **needed)
        return TrustStore.start(own, STAMP, EXPIRES).pin(theirs, STAMP, "me", store_expires)

    def pair(**ends: Any) -> tuple[Person, ...]:
        return (person(0, "data", one, **ends), person(1, "legal", two))

    since = {"since": "2026-05-15T00:00:00Z"}
    early = {"since": "2026-04-15T00:00:00Z"}
    third = person(2, "legal", seeded("officer 3"))
    good = store(pair())
    made = {
        "default": good,
        "three-officers": store((*pair(), third)),
        "two-keys": store((person(0, "data", one, seeded("officer 1 second key")), person(1, "legal", two))),
        "left": store(pair(status="left", **since)),
        "superseded": store(pair(status="superseded", **since)),
        "compromised": store(pair(status="compromised", **since)),
        "left-early": store(pair(status="left", **early)),
        "compromised-early": store(pair(status="compromised", **early)),
        "key-expired": store(pair(valid_until="2026-05-15T00:00:00Z")),
        "key-last-second": store(pair(valid_until=NOW)),
        "key-future": store(pair(valid_from="2026-07-01T00:00:00Z")),
        "key-minutes-ahead": store(pair(valid_from="2026-06-01T00:05:00Z")),
        "surplus-left": store((*pair(), person(2, "data", seeded("officer 3"), status="left", **early))),
        "store-expired": store(pair(), store_expires="2026-05-15T00:00:00Z"),
        "store-last-second": store(pair(), store_expires=NOW),
        "card-expired": store(pair(), expires="2026-05-15T00:00:00Z"),
        "contributor-is-agency": store(pair(), kind="agency"),
        "threshold-two": store((*pair(), person(2, "data", seeded("officer 3"))), thresholds={"data": 2, "legal": 1}),
        "nobody": TrustStore.start(own, STAMP, EXPIRES),
    }
    lost = [seeded(f"new root {n}") for n in range(2)]
    again = m.card(lost, seeded("new office"), "ngo", "contributor", thresholds={"data": 1},
                   people=(person(0, "data", seeded("new officer")),))  # fmt: skip
    made["repinned"] = good.repin(again, "2026-05-15T00:00:00Z", "me", EXPIRES)
    made["repinned-early"] = good.repin(again, "2026-04-15T00:00:00Z", "me", EXPIRES)
    found = {name: sign_store(value, *roots) for name, value in made.items()}
    plain = good.model_dump(mode="json")
    found["by-one-root"] = signed(STORE_TYPE, canonical(plain), roots[0])
    found["by-strangers"] = signed(STORE_TYPE, canonical(plain), seeded("stranger 1"), seeded("stranger 2"))
    found["other-type"] = signed("application/vnd.anonshare.card+json", canonical(plain), *roots)
    found["extra-key"] = signed(STORE_TYPE, canonical({**plain, "more": 1}), *roots)
    found["pinned-twice"] = signed(
        STORE_TYPE, canonical({**plain, "pinned": [*plain["pinned"], plain["pinned"][1]]}), *roots
    )
    found["other-owner"] = signed(STORE_TYPE, canonical({**plain, "owner": "ngo"}), *roots)
    found["touched"] = found["default"][:-20] + bytes([found["default"][-20] ^ 1]) + found["default"][-19:]
    found["card-by-one-root"] = _card_store(m, plain, "one root", roots)
    found["card-rsa"] = _card_store(m, plain, "rsa", roots)
    found["card-key-twice"] = _card_store(m, plain, "twice", roots)
    found["card-key-slack"] = _card_store(m, plain, "slack", roots)
    found["card-exercise-root"] = _card_store(m, plain, "exercise", roots)
    return found


def _card_store(m: Maker, plain: dict[str, Any], fault: str, roots: list[Any]) -> bytes:
    """A store with a contributor's card that is wrong in one respect, signed by the keys that it names."""
    from base64 import b64decode, b64encode

    from anonshare.trust.card import CARD_TYPE
    from anonshare.wire.dsse import decode

    card = parse(decode(b64decode(plain["pinned"][1]["card"])).payload)
    signers = m.roots[:2]
    key = card["people"][0]["keys"][0]
    if fault == "one root":
        signers = m.roots[:1]
    if fault == "rsa":
        der = bytes.fromhex("302a300506032b656e032100") + bytes(32)
        key.update(spki=b64encode(der).decode(), keyid=hashlib.sha256(der).hexdigest())
    if fault == "twice":
        card["people"][1]["keys"][0] = key
    if fault == "slack":
        twin = key["spki"].rstrip("=")
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
        text = twin[:-1] + alphabet[alphabet.index(twin[-1]) ^ 1] + "="
        card["people"][1]["keys"][0] = {**key, "spki": text}
    if fault == "exercise":
        card["root"]["keys"][2] = b64encode(exercise_root().spki()).decode()
    data = signed(CARD_TYPE, canonical(card), *signers)
    pins = [plain["pinned"][0], {**plain["pinned"][1], "card": b64encode(data).decode()}]
    return signed(STORE_TYPE, canonical({**plain, "pinned": pins}), *roots)


def parties(f: Forge) -> Iterator[Case]:
    """Whose keys count, when, and for whom the bundle is."""
    good, accepted = f.good, {"accepted": {f.digest: ACCEPTED}, "last": [1, f.digest], "at": {"1": f.digest}}
    for store, why in {
        "left": "an officer left before it came", "superseded": "a key was superseded before it came",
        "compromised": "a key was stolen before it came", "key-expired": "a key had run out before it came",
        "key-future": "a key is not valid yet", "threshold-two": "the card asks for two persons in a role",
    }.items():  # fmt: skip
        yield Case(f"trust-{store}", "signature", why, good, store=store)
    for store, why in {
        "left": "an officer left after it was accepted", "left-early": "an officer is said to have left before it was accepted",
        "superseded": "a key was superseded after it was accepted", "compromised": "a key was stolen after it was accepted",
        "key-expired": "a key ran out after it was accepted", "store-expired": "the store expired after it was accepted",
        "card-expired": "the card expired after it was accepted", "threshold-two": "the threshold was raised after it was accepted",
        "repinned": "the root was lost after it was accepted",
    }.items():  # fmt: skip
        yield Case(f"again-{store}", "accepted", why, good, store=store, state=accepted)
    yield Case(
        "again-compromised-early",
        "signature",
        "a key was stolen before it was accepted",
        good,
        store="compromised-early",
        state=accepted,
    )
    yield Case(
        "again-repinned-early",
        "trust",
        "the root was lost before it was accepted",
        good,
        store="repinned-early",
        state=accepted,
    )
    yield Case("trust-repinned", "trust", "signed under a root that was lost", good, store="repinned")
    yield Case("trust-key-last-second", "accepted", "the last second of a key counts", good, store="key-last-second")
    yield Case(
        "trust-minutes-ahead", "accepted", "the office's clock is five minutes ahead", good, store="key-minutes-ahead"
    )
    both = f.manifest(f.m.envelope(f.payload, [*f.m.officers, seeded("officer 3")]))
    yield Case(
        "trust-surplus-left",
        "accepted",
        "threshold met, and somebody who left signed as well",
        both,
        store="surplus-left",
    )
    yield Case(
        "trust-store-last-second", "accepted", "the last second of a store counts", good, store="store-last-second"
    )
    for store, why in {
        "store-expired": "the trust store has run out", "card-expired": "the contributor's card has run out",
        "contributor-is-agency": "an agency releases nothing", "nobody": "the contributor is not pinned",
        "by-one-root": "the store is signed by one of two root keys", "by-strangers": "the store is signed by others",
        "other-type": "the store is signed as something else", "extra-key": "the store has an unknown key",
        "pinned-twice": "an organisation stands twice in the store", "other-owner": "the store's first card is not its owner's",
        "touched": "the store was changed", "card-by-one-root": "a card in the store is signed by one of its root keys",
        "card-rsa": "a key on a card is not of the algorithm that the card names",
        "card-key-slack": "one key stands on a card for two persons, in two encodings",
        "card-key-twice": "one key stands on a card for two persons", "card-exercise-root": "a real card has the root of exercises",
    }.items():  # fmt: skip
        yield Case(f"store-{store}", "trust", why, good, store=store)
    yield Case("audience", "audience", "signed for somebody else", good, receiver="agency-b")
    limited = f.signed(set_in("predicate", "not_after", value=NOW))
    yield Case("not-after-last-second", "accepted", "the last second in which it may be accepted", limited)
    yield Case(
        "not-after", "expired", "the time in which it may be accepted has passed", limited, now="2026-06-01T00:00:01Z"
    )


def orders(f: Forge) -> Iterator[Case]:
    """The stream, as the receiver remembers it."""
    other, before = "f" * 64, "e" * 64
    second = f.signed(lambda r: r["predicate"].update(seq=2, prev=before))
    raw = parse(f.payload)
    raw["predicate"].update(seq=2, prev=before)
    digest = hashlib.sha256(canonical(raw)).hexdigest()
    yield Case("order-first", "accepted", "the first of its stream", f.good, state={})
    told = {
        "next": ("accepted", "the next number, after the one before", {"last": [1, before]}),
        "gap": ("gap", "a number is missing", {}),
        "rollback": ("rollback", "an older number that was never seen", {"last": [5, other]}),
        "replay": ("replay", "it was refused before", {"last": [2, digest], "at": {"2": digest}}),
        "fork": ("fork", "another bundle had this number", {"last": [2, other], "at": {"2": other}}),
        "fork-prev": ("fork", "it follows another bundle than the last one", {"last": [1, other], "at": {"1": other}}),
        "voided": ("voided", "its contributor called it back", {"last": [1, before], "voided": [digest]}),
        "duplicate": ("accepted", "it was accepted before", {"last": [2, digest], "accepted": {digest: ACCEPTED}, "at": {"2": digest}}),
    }  # fmt: skip
    for name, (expect, why, state) in told.items():
        yield Case(f"order-{name}", expect, why, second, state=state)
    far = f.signed(lambda r: r["predicate"].update(seq=2**53 - 1, prev=before))
    yield Case("order-fast-forward", "gap", "the highest number there is", far, state={"last": [1, before]})


def splices(f: Forge) -> Iterator[Case]:
    """Two valid bundles, mixed."""
    m = f.m
    seven = {**m.contents(), "data/a.csv": FileContent(b"x,y\n7,7\n", "data")}
    eight = {**m.contents(), "data/a.csv": FileContent(b"x,y\n8,8\n", "data")}
    one = m.bundle(contents=seven, seq=7, prev="a" * 64, bundle_id="7" * 32)
    two = m.bundle(contents=eight, seq=8, prev="b" * 64, bundle_id="8" * 32)
    size = 48 + struct.unpack("<I", one[18:22])[0]
    other = 48 + struct.unpack("<I", two[18:22])[0]
    yield Case("splice-7", "accepted", "number 7 of a stream", one)
    yield Case("splice-8", "accepted", "number 8 of the stream", two)
    yield Case("splice-manifest", "malformed", "the manifest of 7 before the contents of 8", one[:size] + two[other:])
    yield Case("splice-table", "malformed", "the table of 8 in 7", one.replace(b"x,y\n7,7\n", b"x,y\n8,8\n"))
    payloads = [
        m.payload(contents=c, seq=n, prev=p * 64, bundle_id=str(n) * 32)[0]
        for c, n, p in ((seven, 7, "a"), (eight, 8, "b"))
    ]
    mixed = parse(m.envelope(payloads[0]))
    mixed["signatures"] = parse(m.envelope(payloads[1]))["signatures"]
    envelope = canonical(mixed)
    head = local_header(envelope_entry(envelope)) + envelope
    yield Case("splice-signatures", "signature", "the signatures of 8 on the payload of 7", head + one[size:])


def write() -> None:
    """Write the corpus."""
    FOLDER.mkdir(exist_ok=True)
    for old in (*FOLDER.glob("*.case"), *FOLDER.glob("*.store.json")):
        old.unlink()
    for case in cases():
        (FOLDER / f"{case.name}.case").write_bytes(case.encode())
    for name, data in stores().items():
        (FOLDER / f"{name}.store.json").write_bytes(data)


if __name__ == "__main__":
    write()
