"""Nothing that was touched is accepted."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonshare.bundle.container import Entry, closing, local_header
from anonshare.bundle.encrypted import decrypt_and_verify, seal_to
from anonshare.bundle.names import is_name
from anonshare.bundle.pack import FileContent, envelope_entry, pack, zip_entry
from anonshare.bundle.padding import padded_size
from anonshare.bundle.statement import PREDICATE_TYPE, parse_statement
from anonshare.bundle.verify import verify
from anonshare.errors import (
    BundleError,
    ExpiredBundle,
    InputError,
    LimitExceeded,
    MalformedBundle,
    NotAcceptable,
    NotForUs,
    OutOfOrder,
    SignatureError,
    UnsupportedFormat,
    UntrustedSigner,
)
from anonshare.trust.keys import generate_key
from anonshare.wire.age import generate_identity
from anonshare.wire.strict_json import canonical, parse


def check(maker, path, state=None, receiver="agency", now=None):
    return verify(path, trust=maker.trust, state=state, now=now or maker.now, receiver=receiver)


def refusal(maker, path, data: bytes) -> Exception:
    """The refusal of ``data``; fails where it is accepted or anything else is raised."""
    path.write_bytes(data)
    with pytest.raises((BundleError, NotAcceptable)) as error:
        check(maker, path).close()
    return error.value


def test_an_untouched_bundle_is_accepted(maker, tmp_path):
    """Two officers, an audience, a first number: accepted, with everything readable from the verified handle."""
    path = maker.write(tmp_path / "b.zip")
    with check(maker, path) as verified:
        assert verified.read("data/a.csv") == b"x,y\n1,2\n"
        assert verified.order == "not checked"
        assert [one.person for one in verified.signed_by] == sorted(one.person for one in verified.signed_by)
        assert {c.id for c in verified.checks} == {"container", "signatures", "manifest", "audience", "time", "order"}
        with pytest.raises(InputError):
            verified.read("data/nothing.csv")
    assert path.stat().st_size == padded_size(path.stat().st_size) == 256 << 10


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.from_regex(r"[a-z]{1,6}\.(csv|txt)", fullmatch=True).filter(is_name), st.binary(max_size=3000), max_size=6
    )
)
def test_open_undoes_pack(maker, small, tmp_path, files):
    """open(pack(x)) = x, and the size is one that Padmé allows."""
    contents = maker.contents() | {f"data/{name}": FileContent(data, "data") for name, data in files.items()}
    path = maker.write(tmp_path / "b.zip", contents=contents)
    with check(maker, path) as verified:
        for name, data in files.items():
            assert verified.read(f"data/{name}") == data
    assert path.stat().st_size == padded_size(path.stat().st_size)


def test_every_touched_byte_is_refused(maker, small, tmp_path):
    """Every one-byte change, deletion, insertion and truncation at every offset is refused."""
    whole = maker.bundle()
    path = tmp_path / "b.zip"
    assert len(whole) < 8000
    for place in range(len(whole)):
        refusal(maker, path, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        if place % 3 == 0:
            refusal(maker, path, whole[:place] + whole[place + 1 :])
            refusal(maker, path, whole[:place] + b"\0" + whole[place:])
            refusal(maker, path, whole[:place])


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_splices_are_refused(maker, small, tmp_path, data):
    """A piece of one valid bundle put into another is refused, unless it changes nothing."""
    one, two = maker.bundle(), maker.bundle(bundle_id="1" * 32)
    start = data.draw(st.integers(0, len(one)))
    end = data.draw(st.integers(start, len(one)))
    spliced = one[:start] + two[start:end] + one[end:]
    if spliced not in (one, two):
        refusal(maker, tmp_path / "b.zip", spliced)


def parts(maker):
    """The envelope, the entries and the contents of a bundle."""
    payload, whole = maker.payload()
    statement = parse_statement(payload)
    return maker.envelope(payload), statement.files, whole


def container(maker, change) -> bytes:
    """A bundle whose central directory was changed in one respect."""
    envelope, files, whole = parts(maker)
    out = io.BytesIO()
    pack(out, envelope, files, whole)
    entries = [envelope_entry(envelope), *(zip_entry(f) for f in files)]
    end = closing(entries)
    return out.getvalue()[: -len(end)] + change(end)


def field_of(end: bytes, number: int, offset: int, value: bytes) -> bytes:
    """The directory with a field of its ``number``-th entry replaced."""
    place = 0
    for _ in range(number):
        name, extra = struct.unpack("<HH", end[place + 28 : place + 32])
        place += 46 + name + extra
    return end[: place + offset] + value + end[place + offset + len(value) :]


CONTAINER = {
    "symlink": lambda end: field_of(end, 2, 38, struct.pack("<I", 0o120777 << 16)),
    "encrypted flag": lambda end: field_of(end, 2, 8, b"\1\0"),
    "deflate": lambda end: field_of(end, 2, 10, b"\x08\0"),
    "overlapping offset": lambda end: field_of(end, 2, 42, b"\0\0\0\0"),
    "other name": lambda end: field_of(end, 2, 46, b"X"),
    "other size": lambda end: field_of(end, 2, 24, b"\1\0\0\0"),
    "other date": lambda end: field_of(end, 2, 14, b"\0\0"),
    "comment": lambda end: end[:-2] + b"\1\0x",
    "fewer entries": lambda end: end[:-14] + b"\1\0" + end[-12:],
}


@pytest.mark.parametrize("change", CONTAINER.values(), ids=CONTAINER.keys())
def test_the_directory_says_nothing_else(maker, small, tmp_path, change):
    """A directory that lies in one respect is malformed, whatever an extractor would do with it."""
    assert refusal(maker, tmp_path / "b.zip", container(maker, change)).reason == "malformed"


def rebuilt(maker, files, whole, envelope) -> bytes:
    """A container over entries that need not be those of the manifest."""
    out = io.BytesIO()
    out.write(local_header(envelope_entry(envelope)) + envelope)
    for entry in files:
        data = whole[entry.name]
        out.write(local_header(entry) + data)
    out.write(closing([envelope_entry(envelope), *files]))
    return out.getvalue()


def test_extra_missing_and_doubled_files(maker, small, tmp_path):
    """A file that is not signed, a signed one that is missing, and one that stands there twice are malformed."""
    import zlib

    envelope, files, whole = parts(maker)
    data = {f.path: b"".join(whole[f.path].chunks()) for f in files} | {"evil.txt": b"evil"}
    entries = [zip_entry(f) for f in files]
    extra = Entry("evil.txt", 4, zlib.crc32(b"evil"))
    for changed in (
        [*entries, extra],
        [extra, *entries],
        entries[1:],
        entries[:-1],
        [entries[0], *entries],
        entries[::-1],
    ):
        assert refusal(maker, tmp_path / "b.zip", rebuilt(maker, changed, data, envelope)).reason == "malformed"


@pytest.mark.parametrize("where", ["before", "after", "second archive"])
def test_nothing_stands_around_it(maker, small, tmp_path, where):
    """Bytes before, after, or a whole archive behind a bundle are malformed."""
    whole = maker.bundle()
    data = {"before": b"x" + whole, "after": whole + b"x", "second archive": whole + whole}[where]
    assert refusal(maker, tmp_path / "b.zip", data).reason == "malformed"


NAMES = [
    "../evil", "/etc/passwd", "a\\b", "c:/evil.csv", "con.csv", "aux", "a./b", "a.csv:evil", "a\0b", "a\nb", "A.csv", "e\u0301",
    "\u202egpj", "a//b", "./a", "x" * 64, "a/b/c/d/e/f", "", "com1.txt", "lpt9",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_in_a_signed_manifest(maker, small, tmp_path, name):
    """A name that some system reads otherwise is refused even where it is validly signed."""
    assert not is_name(name)
    payload, whole = maker.payload()
    raw = parse(payload)
    entry = next(f for f in raw["predicate"]["files"] if f["path"] == "data/a.csv")
    entry["path"] = name
    next(s for s in raw["subject"] if s["name"] == "data/a.csv")["name"] = name
    out = io.BytesIO()
    envelope = maker.envelope(canonical(raw))
    out.write(local_header(envelope_entry(envelope)) + envelope + b"rest")
    assert refusal(maker, tmp_path / "b.zip", out.getvalue()).reason == "name"


def signed_change(maker, change) -> bytes:
    """A container whose manifest was changed and signed again."""
    payload, _ = maker.payload()
    raw = parse(payload)
    change(raw)
    envelope = maker.envelope(canonical(raw))
    return local_header(envelope_entry(envelope)) + envelope


STATEMENT = {
    "missing path": lambda r: r["predicate"]["files"][0].pop("path"),
    "file is a text": lambda r: r["predicate"]["files"].__setitem__(0, "x"),
    "crc is a number": lambda r: r["predicate"]["files"][0].__setitem__("crc32", 7),
    "unknown key in a file": lambda r: r["predicate"]["files"][0].__setitem__("more", 1),
    "unknown key": lambda r: r["predicate"].__setitem__("more", 1),
    "unknown top key": lambda r: r.__setitem__("more", 1),
    "negative size": lambda r: r["predicate"]["files"][0].__setitem__("size", -1),
    "seq 0": lambda r: r["predicate"].__setitem__("seq", 0),
    "first with a predecessor": lambda r: r["predicate"].__setitem__("prev", "0" * 64),
    "no audience": lambda r: r["predicate"].__setitem__("audience", []),
    "no roles": lambda r: r["predicate"].__setitem__("required_roles", {}),
    "other policy digest": lambda r: r["predicate"].__setitem__("policy_digest", "0" * 64),
    "subject differs": lambda r: r["subject"][0].__setitem__("name", "other"),
    "files not in order": lambda r: r["predicate"]["files"].reverse(),
    "predicate a list": lambda r: r.__setitem__("predicate", []),
    "statement type": lambda r: r.__setitem__("_type", "x"),
    "foreign predicate": lambda r: r.__setitem__("predicateType", "https://slsa.dev/provenance/v1"),
    "predicate type no text": lambda r: r.__setitem__("predicateType", 3),
    "date": lambda r: r["predicate"].__setitem__("created", "yesterday"),
}


@pytest.mark.parametrize("change", STATEMENT.values(), ids=STATEMENT.keys())
def test_a_signed_manifest_must_have_its_form(maker, small, tmp_path, change):
    """A validly signed manifest of another form is malformed, never another exception."""
    assert refusal(maker, tmp_path / "b.zip", signed_change(maker, change)).reason in {"malformed", "name"}


@pytest.mark.parametrize("kind", [PREDICATE_TYPE, "urn:anonshare:bundle:7"])
def test_a_newer_format_is_unsupported(maker, small, tmp_path, kind):
    """A validly signed bundle of another version is not tampering: the reader is too old for it."""

    def newer(raw):
        raw["predicateType"] = kind
        raw["predicate"]["format"] = "anonshare/7"

    error = refusal(maker, tmp_path / "b.zip", signed_change(maker, newer))
    assert isinstance(error, UnsupportedFormat)
    assert error.exit_code == 5


def test_signatures(maker, small, tmp_path):
    """One of two, none, a stranger's, another payload type: each refused for what it is."""
    path = tmp_path / "b.zip"
    one, two = maker.officers
    stranger = generate_key()
    assert isinstance(refusal(maker, path, maker.bundle(signers=[one])), SignatureError)
    assert isinstance(refusal(maker, path, maker.bundle(signers=[])), UntrustedSigner)
    assert isinstance(refusal(maker, path, maker.bundle(signers=[stranger, generate_key()])), UntrustedSigner)
    with check(maker, maker.write(path, signers=[one, two, stranger])) as verified:
        assert verified.unknown == 1
    payload, _ = maker.payload()
    envelope = maker.envelope(payload, kind="text/plain")
    assert refusal(maker, path, local_header(envelope_entry(envelope)) + envelope).reason == "malformed"
    demanding = maker.bundle(required_roles={"data": 1, "legal": 1, "head": 1})
    assert isinstance(refusal(maker, path, demanding), SignatureError)
    assert isinstance(refusal(maker, path, maker.bundle(contributor="agency")), UntrustedSigner)
    assert isinstance(refusal(maker, path, maker.bundle(exercise=True)), UntrustedSigner)


def test_limits(maker, tmp_path):
    """A manifest above the limit is refused before it is read; noise and an empty file are malformed."""
    path = tmp_path / "b.zip"
    head = bytearray(local_header(Entry("manifest.dsse.json", 0, 0)))
    head[18:22] = struct.pack("<I", 0x7FFFFFFF)
    assert isinstance(refusal(maker, path, bytes(head)), LimitExceeded)
    for data in (b"", b"PK\3\4", b"x" * 100, bytes(1000)):
        assert isinstance(refusal(maker, path, data), MalformedBundle)
    with pytest.raises(InputError):
        check(maker, tmp_path / "nothing.zip")


def test_padding_and_tags_follow_from_the_manifest(maker, small, tmp_path):
    """Padding that is not zeros, and tag files that say something else, are refused though they are signed."""
    payload, whole = maker.payload()
    files = parse_statement(payload).files
    import hashlib
    import zlib

    for name, data in (("padding", b"x" * 50), ("bagit.txt", b"BagIt-Version: 9\n"), ("manifest-sha256.txt", b"")):
        raw = parse(payload)
        digest = hashlib.sha256(data).hexdigest()
        entry = next(f for f in raw["predicate"]["files"] if f["path"] == name)
        entry.update(sha256=digest, size=len(data), crc32=f"{zlib.crc32(data):08x}")
        next(s for s in raw["subject"] if s["name"] == name)["digest"]["sha256"] = digest
        signed = canonical(raw)
        out = io.BytesIO()
        pack(out, maker.envelope(signed), parse_statement(signed).files, {**whole, name: FileContent(data, "tag")})
        assert refusal(maker, tmp_path / "b.zip", out.getvalue()).reason == "malformed"
    assert files[-1].path == "padding"


def test_audience_and_time(maker, tmp_path):
    """A bundle for somebody else, or past its time, is authentic and not acceptable."""
    path = maker.write(tmp_path / "b.zip", not_after="2026-06-01T00:00:00Z")
    check(maker, path).close()
    with pytest.raises(ExpiredBundle):
        check(maker, path, now=datetime(2026, 6, 1, 0, 0, 1, tzinfo=UTC))
    with pytest.raises(NotForUs):
        check(maker, path, receiver="somebody-else")


class State:
    """A receiver who remembers one last bundle."""

    def __init__(self, seq=None, digest="", accepted=(), voided=""):
        self._voided = voided
        self._last = None if seq is None else (seq, digest)
        self._accepted = accepted

    def accepted_at(self, digest):
        return "2026-05-01T00:00:00Z" if digest in self._accepted else None

    def voided(self, contributor, digest):
        return digest == self._voided

    def last(self, contributor, stream):
        return self._last

    def at(self, contributor, stream, seq):
        return self._last[1] if self._last and self._last[0] == seq else None


def test_the_order_of_a_stream(maker, tmp_path):
    """First, next, duplicate; rollback, gap, fork: told apart."""
    path = maker.write(tmp_path / "b.zip")
    with check(maker, path, State()) as first:
        digest = first.digest
        assert first.order == "first"
    with check(maker, path, State(1, digest, (digest,))) as again:
        assert again.order == "duplicate"
    maker.write(path, seq=2, prev=digest)
    with check(maker, path, State(1, digest)) as second:
        assert second.order == "next"
        here = second.digest
    for state, reason in (
        (State(5, "f" * 64), "rollback"),
        (State(), "gap"),
        (State(1, "f" * 64), "fork"),
        (State(2, digest), "fork"),
        (State(2, here), "replay"),
        (State(1, digest, voided=here), "voided"),
    ):
        with pytest.raises(OutOfOrder) as error:
            check(maker, path, state)
        assert error.value.reason == reason


def test_swapping_the_file_changes_nothing(maker, tmp_path):
    """What is read after verification comes from the verified file, or is refused."""
    path = maker.write(tmp_path / "b.zip")
    verified = check(maker, path)
    other = tmp_path / "other"
    other.write_bytes(b"evil")
    other.replace(path)
    assert verified.read("data/a.csv") == b"x,y\n1,2\n"
    verified.close()
    maker.write(path)
    verified = check(maker, path)
    with path.open("r+b") as handle:
        handle.write(bytes(8000))
    with pytest.raises(MalformedBundle, match="after it was verified"):
        verified.read("data/a.csv")
    verified.close()


def test_encrypted(maker, tmp_path):
    """Decrypted, verified, then renamed; on any failure the folder stays empty."""
    plain = maker.write(tmp_path / "b.anonshare.zip")
    sealed, into = tmp_path / "b.anonshare.zip.age", tmp_path / "opened"
    seal_to(sealed, plain, [maker.recipient])
    arguments = {"trust": maker.trust, "state": None, "now": maker.now, "receiver": "agency"}
    with decrypt_and_verify(sealed, [maker.identity], into, **arguments) as verified:
        assert verified.statement.seq == 1
        assert [p.name for p in into.iterdir()] == [f"{verified.digest[:16]}.anonshare.zip"]
    empty = tmp_path / "empty"
    with pytest.raises(NotForUs):
        decrypt_and_verify(sealed, [generate_identity()], empty, **arguments)
    with pytest.raises(NotForUs):
        decrypt_and_verify(sealed, [maker.identity], empty, **{**arguments, "receiver": "x"})
    sealed.write_bytes(sealed.read_bytes()[:-1])
    with pytest.raises(MalformedBundle):
        decrypt_and_verify(sealed, [maker.identity], empty, **arguments)
    with pytest.raises(InputError):
        decrypt_and_verify(tmp_path / "nothing.age", [maker.identity], empty, **arguments)
    assert not list(empty.iterdir())


def test_a_file_that_changes_while_packing(maker, tmp_path):
    """Contents that are no longer those of the manifest are not packed."""
    payload, whole = maker.payload()
    whole["data/a.csv"] = FileContent(b"x,y\n9,9\n", "data")
    with pytest.raises(MalformedBundle, match="changed"):
        pack(io.BytesIO(), maker.envelope(payload), parse_statement(payload).files, whole)
    with pytest.raises(InputError):
        list(FileContent(tmp_path / "nothing", "data").chunks())


def test_zip64_headers():
    """Entries beyond 4 GiB carry their sizes in the ZIP64 fields that the standard library reads."""
    big = Entry("big", 0x1_0000_0005, 7)
    assert struct.unpack("<H", local_header(big)[4:6]) == (45,)
    end = closing([big, Entry("small", 3, 9)])
    assert b"PK\6\6" in end
    assert b"PK\6\7" in end
    assert struct.unpack("<QQ", local_header(big)[-16:]) == (big.size, big.size)


@given(st.integers(1, 1 << 45))
def test_padme(size):
    """A padded size is at least the size, at most 12 % more above the floor, and its own padded size."""
    padded = padded_size(size)
    assert padded >= size
    assert padded_size(padded) == padded
    assert size < 256 << 10 or padded <= size * 1.12


def test_zipfile_reads_it(maker, tmp_path):
    """The standard library reads every entry, stored, with our names."""
    path = maker.write(tmp_path / "b.zip")
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "manifest.dsse.json"
        assert archive.read("data/a.csv") == b"x,y\n1,2\n"
