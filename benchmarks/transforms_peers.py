"""What others do to make a value into something else of its own: seconds over the same rows."""

from __future__ import annotations

import base64
import hashlib
import hmac
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from presidio_anonymizer.operators import Encrypt, Hash

KEY = bytes(range(32))
POLARS_TIMES = 20
POLARS = """
import os, sys, time
os.environ["POLARS_MAX_THREADS"] = "1"
import polars as pl, polars_hash as plh
frame = pl.read_parquet(sys.argv[1])
begun = time.process_time()
frame.select(plh.col("value").chash.hmac_sha256(key=sys.argv[2]))
print(time.process_time() - begun)
"""


def salted(values: Sequence[str]) -> list[str]:
    """Presidio's operator, which people meet first; no secret need be in it."""
    hashed, how = Hash(), {"hash_type": "sha256", "salt": KEY}
    return [hashed.operate(value, how) for value in values]


def encrypted(values: Sequence[str]) -> list[str]:
    """Presidio's other one: AES-CBC with a random start, so that equal values do not stay equal."""
    encrypt, how = Encrypt(), {"key": KEY[:16]}
    return [encrypt.operate(value, how) for value in values]


def each_row(values: Sequence[str]) -> list[str]:
    """What anyone writes: ``hmac.new`` and base32 for every row."""
    macs = (hmac.new(KEY, value.encode(), hashlib.sha256).digest() for value in values)
    return [base64.b32encode(mac[:15]).decode() for mac in macs]


HERE: dict[str, Callable[[Sequence[str]], list[str]]] = {
    "Presidio anonymizer, operator hash (sha256, salt), each row": salted,
    "Presidio anonymizer, operator encrypt (AES-CBC), each row": encrypted,
    "hmac.new and base32, each row": each_row,
}


def timed(text: pa.Array, rounds: int, *, environments: bool) -> Iterator[tuple[str, float | None]]:
    """(name, least CPU seconds) of every peer; None, and why in the name, for one that is not there."""
    values = text.to_pylist()
    for name, make in HERE.items():
        found = []
        for _ in range(rounds):
            begun = time.process_time()
            make(values)
            found.append(time.process_time() - begun)
        yield name, min(found)
    if environments:
        yield _polars(text, rounds)


def _polars(text: pa.Array, rounds: int) -> tuple[str, float | None]:
    """polars-hash in an environment of its own, one thread; its key stands in the plan of the query."""
    name = "polars-hash hmac_sha256, hex, each row, one thread"
    with tempfile.TemporaryDirectory() as folder:
        place, table = Path(folder) / "peer", Path(folder) / "values.parquet"
        made = subprocess.run([sys.executable, "-m", "venv", place], check=False, capture_output=True)
        wanted = [place / "bin" / "pip", "install", "-q", "polars-hash==0.9.3", "polars"]
        if made.returncode or subprocess.run(wanted, check=False, capture_output=True).returncode:
            return f"{name}: no package index is reached", None
        # so quick that one part would be too short a time to measure
        many = pa.chunked_array([text] * POLARS_TIMES)
        pq.write_table(pa.table({"value": many}), table)
        run = [place / "bin" / "python", "-c", POLARS, table, KEY.hex()]
        done = [subprocess.run(run, check=False, capture_output=True, text=True) for _ in range(rounds)]
    if any(one.returncode for one in done):
        return f"{name}: it does not run here", None
    return name, min(float(one.stdout) for one in done) / POLARS_TIMES
