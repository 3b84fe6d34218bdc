"""Packing and verifying bundles beside the tools that people use: CPU as a multiple of ``openssl dgst -sha256``, memory.

270 MB of CSV, Parquet and random bytes (``bundle``), and 4.3 GB, which needs ZIP64 (``bundle-large``). Every tool works on
the same bytes in the same run, rounds interleaved, the best of each. bagit checks hashes alone; model-signing runs in an
environment of its own, because it pins other versions.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import bagit

from anonshare.bundle.pack import FileContent, pack
from anonshare.bundle.statement import parse_statement
from anonshare.trust.store import sign_store
from tests.bundle.conftest import Maker

MB = 1 << 20
SMALL = {"data/rows.csv": 171 * MB, "data/rows.parquet": 39 * MB, "data/noise.bin": 60 * MB}
LARGE = {"data/rows.csv": 4300 * MB}
ROUNDS, LARGE_ROUNDS = 4, 2
INSIDE = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from anonshare.bundle.verify import verify
from anonshare.trust.store import open_store
store = open_store(Path(sys.argv[2]).read_bytes())
begun = time.process_time()
verify(Path(sys.argv[1]), trust=store, state=None, now=datetime(2026, 6, 1, tzinfo=UTC), receiver="agency").close()
print(time.process_time() - begun)
"""
TEXTBOOK = """
import hashlib, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        with archive.open(entry) as stream:
            hashlib.file_digest(stream, "sha256").hexdigest()
"""


@dataclass
class Tool:
    """A command that is run in every round; ``cpu`` its best seconds, ``memory`` its largest megabytes."""

    name: str
    command: list[str]
    inside: bool = False
    cpu: float = float("inf")
    memory: float = 0.0

    def run(self) -> None:
        done = subprocess.run([sys.executable, "-ISc", SMALL_PARENT, *self.command], capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"{self.name} failed with {done.returncode}")
        cpu, memory = done.stderr.split()[-2:]
        self.cpu = min(self.cpu, float(done.stdout.split()[0] if self.inside else cpu))
        self.memory = max(self.memory, float(memory) / 1024)


def rows(path: Path, size: int) -> None:
    """Lines of text, or random bytes, of exactly ``size``."""
    with path.open("wb") as out:
        part = b"".join(b"%08d,%s\n" % (n, os.urandom(80).hex().encode()) for n in range(6000))
        left = size
        while left > 0:
            piece = part if path.suffix == ".csv" else os.urandom(MB)
            out.write(piece[:left])
            left -= len(piece)


class Files:
    """The bundle, its trust store, and what the peers need, in one folder."""

    def __init__(self, folder: Path, sizes: dict[str, int]) -> None:
        self.folder, self.maker = folder, Maker()
        self.plain = folder / "plain"
        (self.plain / "data").mkdir(parents=True)
        contents = self.maker.contents()
        for name, size in sizes.items():
            rows(self.plain / name, size)
            contents[name] = FileContent(self.plain / name, "data")
        payload, whole = self.maker.payload(contents)
        self.envelope, self.files, self.contents = self.maker.envelope(payload), parse_statement(payload).files, whole
        self.bundle, self.store = folder / "b.anonshare.zip", folder / "trust.dsse.json"
        self.write()
        self.store.write_bytes(sign_store(self.maker.trust, *self.maker.agency_roots))

    def write(self) -> None:
        """Pack as ``seal`` does."""
        with self.bundle.open("wb") as out:
            pack(out, self.envelope, self.files, self.contents)


PACK = """
import pickle, sys, time
from pathlib import Path
from anonshare.bundle.pack import describe, pack
envelope, files, contents = pickle.loads(Path(sys.argv[1]).read_bytes())
begun = time.process_time()
for path, content in contents.items():
    describe(path, content)
with open(sys.argv[2], "wb") as out:
    pack(out, envelope, files, contents)
print(time.process_time() - begun)
"""
# a child inherits the peak of whoever starts it, so something small has to
SMALL_PARENT = """
import os, sys
child = os.fork()
if not child:
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
sys.stderr.write(f"{usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}")
sys.exit(os.waitstatus_to_exitcode(status))
"""


def tools(files: Files) -> Iterator[Tool]:
    """Ours, and the peers that can do something alike."""
    import pickle

    python, bundle, store = sys.executable, str(files.bundle), str(files.store)
    yield Tool("openssl dgst -sha256", ["openssl", "dgst", "-sha256", bundle])
    yield Tool("ours: inside verify()", [python, "-c", INSIDE, bundle, store], inside=True)
    yield Tool(
        "ours: anonshare verify, the whole command", [python, "-m", "anonshare", "verify", bundle, "--trust", store]
    )
    parts, again = files.folder / "parts", str(files.folder / "again.zip")
    parts.write_bytes(pickle.dumps((files.envelope, files.files, files.contents)))
    yield Tool(
        "ours: inside describe and pack (hash, sum, write)", [python, "-c", PACK, str(parts), again], inside=True
    )
    yield Tool("zipfile and hashlib: read", [python, "-c", TEXTBOOK, bundle])


def peers(files: Files) -> Iterator[Tool]:
    """Tools of others over the same contents."""
    bag = files.folder / "bag"
    shutil.copytree(files.plain, bag)
    bagit.make_bag(str(bag), checksums=["sha256"])
    check = "import bagit, sys; bagit.Bag(sys.argv[1]).validate()"
    yield Tool("bagit validate", [sys.executable, "-c", check, str(bag)])
    if shutil.which("gpg"):
        yield from _gpg(files)
    signing = _model_signing(files.folder)
    if signing:
        yield from _signed(files, signing)


def _gpg(files: Files) -> Iterator[Tool]:
    home = files.folder / "gnupg"
    home.mkdir(mode=0o700)
    gpg = ["gpg", "--homedir", str(home), "--batch", "--yes", "--passphrase", "", "--pinentry-mode", "loopback"]
    subprocess.run([*gpg, "--quick-generate-key", "a@b.example", "ed25519", "sign"], check=True, capture_output=True)
    signature = str(files.folder / "b.sig")
    yield Tool("gpg --detach-sign", [*gpg, "-o", signature, "--detach-sign", str(files.bundle)])
    yield Tool("gpg --verify", [*gpg, "--verify", signature, str(files.bundle)])


def _model_signing(folder: Path) -> Path | None:
    """The peer's command in an environment of its own; None where no package index is reached."""
    place = folder / "peer"
    made = subprocess.run([sys.executable, "-m", "venv", place], check=False, capture_output=True)
    wanted = ["model-signing==1.1.1", "pyopenssl"]
    got = subprocess.run([place / "bin" / "pip", "install", "-q", *wanted], check=False, capture_output=True)
    return place / "bin" / "model_signing" if not (made.returncode or got.returncode) else None


def _signed(files: Files, command: Path) -> Iterator[Tool]:
    key, public, signature = (str(files.folder / name) for name in ("p256.key", "p256.pub", "model.sig"))
    subprocess.run(["openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", key], check=True)
    subprocess.run(["openssl", "ec", "-in", key, "-pubout", "-out", public], check=True, capture_output=True)
    sign = [str(command), "sign", "key", str(files.plain), "--private_key", key, "--signature", signature]
    verify = [str(command), "verify", "key", str(files.plain), "--public_key", public, "--signature", signature]
    yield Tool("model_signing sign", sign)
    yield Tool("model_signing verify", verify)


def measured(sizes: dict[str, int], rounds: int, *, all_peers: bool) -> Iterator[str]:
    """One line a tool."""
    with tempfile.TemporaryDirectory() as folder:
        files = Files(Path(folder), sizes)
        ran = [*tools(files), *(peers(files) if all_peers else ())]
        for _ in range(rounds):
            for tool in ran:
                tool.run()
        floor, size = ran[0].cpu, files.bundle.stat().st_size / 1e6
        for tool in ran:
            yield f"{size:,.0f} MB  {tool.cpu / floor:5.2f}x  {size / tool.cpu:6,.0f} MB/s  {tool.memory:4.0f} MB  {tool.name}"


def run() -> Iterator[str]:
    """270 MB, with peers."""
    yield from measured(SMALL, ROUNDS, all_peers=True)


def run_large() -> Iterator[str]:
    """4.3 GB: ZIP64, memory that does not grow."""
    yield from measured(LARGE, LARGE_ROUNDS, all_peers=False)
