"""The published attack corpus: every case has one fault and one answer, in Python and in the page's JavaScript."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from anonshare.bundle import padding
from anonshare.bundle.verify import verify
from anonshare.errors import AnonshareError, BundleError, NotAcceptable
from anonshare.trust.store import open_store
from tests.bundle.forge import FOLDER, Case, cases, stores

PAGE = Path(__file__).parents[2] / "anonshare" / "bundle" / "verify.html"
FILES = sorted(FOLDER.glob("*.case"))
CODES = {"unsupported": 5, "audience": 5, "expired": 5, "voided": 5, "replay": 5, "rollback": 5, "gap": 5, "fork": 5}
DRIVER = r"""
const fs = require("fs"), vm = require("vm");
globalThis.crypto ??= require("crypto").webcrypto;
const page = fs.readFileSync(process.argv[2], "utf8");
vm.runInThisContext(page.split("<script>")[1].split("</script>")[0]);
const jobs = JSON.parse(fs.readFileSync(0, "utf8"));
const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
const tell = async ({ data, store, now, receiver, state }) => {
  try {
    const found = await anonshare.verdict(anonshare.ofBytes(data), { store: bytes(store), now: new Date(now), receiver, state });
    return [found.verdict, found.digest ?? null, found.order ?? null];
  } catch (error) { return ["threw " + error, null, null]; }
};
const mutants = function* (data) {
  for (let at = 0; at < data.length; at += 1) {
    for (const mask of [1, 32, 128]) { const one = data.slice(); one[at] ^= mask; yield one; }
    yield Uint8Array.from([...data.slice(0, at), ...data.slice(at + 1)]);
    yield Uint8Array.from([...data.slice(0, at), 0, ...data.slice(at)]);
    yield data.slice(0, at);
  }
};
(async () => {
  const out = [];
  for (const job of jobs) {
    const data = bytes(job.data);
    if (!job.mutate) { out.push(await tell({ ...job, data })); continue; }
    const counts = {};
    for (const one of mutants(data)) { const [verdict] = await tell({ ...job, data: one }); counts[verdict] = (counts[verdict] ?? 0) + 1; }
    out.push(counts);
  }
  process.stdout.write(JSON.stringify(out));
})();
"""


class State:
    """A receiver's memory as a case describes it."""

    def __init__(self, told):
        self._told = told

    def accepted_at(self, digest):
        return self._told.get("accepted", {}).get(digest)

    def voided(self, contributor, digest):
        return digest in self._told.get("voided", [])

    def last(self, contributor, stream):
        found = self._told.get("last")
        return None if found is None else (found[0], found[1])

    def at(self, contributor, stream, seq):
        return self._told.get("at", {}).get(str(seq))


def told_by_python(case: Case, data: bytes, path: Path) -> tuple[str, str | None, str | None]:
    """``accepted`` with digest and order, or the reason id of the one refusal."""
    path.write_bytes(data)
    store = (FOLDER / f"{case.store}.store.json").read_bytes()
    now = datetime.strptime(case.now, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    state = None if case.state is None else State(case.state)
    try:
        with verify(path, trust=open_store(store), state=state, now=now, receiver=case.receiver) as verified:
            return "accepted", verified.digest, verified.order
    except (BundleError, NotAcceptable) as error:
        assert error.exit_code == CODES.get(error.reason, 4)
        return error.reason, None, None


@cache
def read() -> tuple[Case, ...]:
    return tuple(Case.decode(path.name.removesuffix(".case"), path.read_bytes()) for path in FILES)


def by_page(jobs: list[dict]) -> list:
    """What the page's own script says of each job, run by Node."""
    node = shutil.which("node")
    assert node or not os.environ.get("CI")
    if node is None:
        pytest.skip("node is not installed")
    done = subprocess.run(
        [node, "-e", DRIVER, "driver", PAGE], input=json.dumps(jobs).encode(), capture_output=True, check=True
    )
    return json.loads(done.stdout)


def job(case: Case, data: bytes | None = None, **more) -> dict:
    return {
        "data": base64.b64encode(case.data if data is None else data).decode(),
        "store": base64.b64encode((FOLDER / f"{case.store}.store.json").read_bytes()).decode(),
        "now": case.now, "receiver": case.receiver, "state": case.state, **more,
    }  # fmt: skip


def test_the_corpus_is_what_its_keys_make():
    """Every file of the corpus follows from seeded keys, byte for byte, and every case is there."""
    made = {f"{case.name}.case": case.encode() for case in cases()}
    made |= {f"{name}.store.json": data for name, data in stores().items()}
    there = {path.name: path.read_bytes() for path in FOLDER.iterdir() if path.suffix in {".case", ".json"}}
    assert made.keys() == there.keys()
    texts = {name: Case.decode(name, data) for name, data in made.items() if name.endswith(".case")}
    assert all(Case.decode(name, there[name]) == case for name, case in texts.items())
    assert all(there[name] == data for name, data in made.items() if name.endswith(".json"))


@pytest.mark.parametrize("case", read(), ids=lambda case: case.name)
def test_each_case_has_its_answer(case, tmp_path):
    """One fault, one reason id, one exit code; and nothing that is not to be accepted is."""
    assert told_by_python(case, case.data, tmp_path / "b.zip")[0] == case.expect


def test_python_and_the_page_agree():
    """The second implementation gives the same verdict, digest and order on every case."""
    found = by_page([job(case) for case in read()])
    wrong = {case.name: (case.expect, got[0]) for case, got in zip(read(), found, strict=True) if got[0] != case.expect}
    assert not wrong
    digests = {got[1] for case, got in zip(read(), found, strict=True) if case.expect == "accepted"}
    assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in digests)


def test_what_is_accepted_is_what_was_signed(tmp_path):
    """Both give the digest of the signed payload, and the same order, for every case that they accept."""
    mine = [told_by_python(case, case.data, tmp_path / "b.zip") for case in read()]
    theirs = by_page([job(case) for case in read()])
    assert [list(one) for one in mine] == [list(one) for one in theirs]


@pytest.mark.slow
def test_every_mutant_is_refused_by_the_page():
    """Three flips, a deletion, an insertion and a truncation at every byte of a bundle: none is accepted by the page."""
    good = next(case for case in read() if case.name == "good")
    (counts,) = by_page([job(good, mutate=True)])
    assert sum(counts.values()) == 6 * len(good.data)
    assert not counts.keys() & {"accepted"}
    assert not [name for name in counts if name.startswith("threw")]


def test_the_page_may_do_nothing_else():
    """The page's policy allows its own script and style by digest, and no other source, frame, form or address."""
    page = PAGE.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        (body,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"https?://(?!in-toto\.io/Statement/v1)", page)
    assert "unsafe" not in policy


def test_the_readme_names_the_page_by_its_digest():
    """README has the SHA-256 of the page, so that one from elsewhere can be told."""
    readme = (PAGE.parents[2] / "README.md").read_text("utf-8")
    assert hashlib.sha256(PAGE.read_bytes()).hexdigest() in readme


def test_a_case_of_every_kind():
    """The corpus has the container, names, documents, envelopes, statements, parties, orders and splices."""
    kinds = {case.name.split("-")[0] for case in read()}
    assert {"zip", "name", "json", "envelope", "statement", "trust", "store", "order", "splice"} <= kinds
    assert len(read()) > 240
    assert {case.expect for case in read()} >= {*CODES, "malformed", "limit", "name", "signature", "trust", "accepted"}
    assert padding.FLOOR == 256 << 10


def test_noise_is_one_refusal(tmp_path):
    """A corpus file's own bytes, header and all, are refused like any other noise."""
    for path in FILES[:20]:
        with pytest.raises(AnonshareError):
            verify(path, trust=open_store((FOLDER / "default.store.json").read_bytes()), state=None,
                   now=datetime(2026, 6, 1, tzinfo=UTC), receiver="agency")  # fmt: skip


def test_the_format_page_names_every_key_and_reason():
    """FORMAT.md has every key of the predicate, of cards and stores, and every reason that a case expects."""
    from anonshare.bundle.statement import FileEntry, Statement
    from anonshare.intake.notices import Notice
    from anonshare.trust.card import ContactCard, Key, Root
    from anonshare.trust.store import Former, Pin, TrustStore

    page = (PAGE.parent / "FORMAT.md").read_text("utf-8")
    models = (Statement, FileEntry, ContactCard, Key, Root, TrustStore, Pin, Former, Notice)
    keys = {name for model in models for name in model.model_fields}
    assert not {key for key in keys if not re.search(rf"\b{key}\b", page)}
    assert not {case.expect for case in read() if case.expect != "accepted" and case.expect not in page}
