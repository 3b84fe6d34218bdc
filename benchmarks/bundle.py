"""CPU of verifying 128 MB inside ``verify()`` beside ``openssl dgst -sha256`` over the same file."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path

from anonshare.bundle.pack import FileContent
from anonshare.bundle.verify import verify
from tests.bundle.conftest import Maker

SIZE = 128 << 20


def run():
    maker = Maker()
    with tempfile.TemporaryDirectory() as folder:
        big = Path(folder) / "big.csv"
        big.write_bytes(os.urandom(SIZE))
        path = maker.write(
            Path(folder) / "b.zip", contents=maker.contents() | {"data/big.csv": FileContent(big, "data")}
        )
        ours, theirs = [], []
        for _ in range(4):
            start = time.process_time()
            verify(path, trust=maker.trust, state=None, now=maker.now, receiver="agency").close()
            ours.append(time.process_time() - start)
            before = os.times()
            subprocess.run(["openssl", "dgst", "-sha256", path], capture_output=True, check=True)
            after = os.times()
            theirs.append(after.children_user + after.children_system - before.children_user - before.children_system)
        yield f"verify {SIZE >> 20} MB: {min(ours) / min(theirs):.2f}x the CPU of openssl dgst -sha256"
